"""What the agent's phone shows of a call: the segment, why in few words, the customer's name."""

from collections.abc import Sequence

from ivr.domain.policy import Rule, Segment
from ivr.domain.routing.condition_tokens import facts_of
from ivr.domain.routing.facts import SCORE_FACTS, Gathered
from ivr.domain.showable import showable

SURENESS = {"typed": "(not proved)", "attested": "(signed)", "pin": "(PIN)"}
"""How sure it is who calls. Without a word it is the number that the caller shows."""

_MEANING = str.maketrans("", "", '"\\<>')  # in a display name


def few_words(
    segment: Segment | None,
    rule: str,
    adjusting: Sequence[Rule],
    gathered: Gathered,
) -> str:
    """Why, for the agent's phone: the scores that count for the segment, and what rules add."""
    facts, notes = gathered
    words: list[str] = []
    if segment:
        asked = (name for condition in segment.enter for name in facts_of(condition))
        scores = (name for name in dict.fromkeys(asked) if name in SCORE_FACTS)
        words = [f"{name.removeprefix('customer.')} {facts[name]:g}" for name in scores]
    elif rule != "default":
        words = [rule]
    else:
        match facts["customer.lookup"]:
            case "ambiguous":
                words = ["shared number"]
            case "unavailable":
                words = ["lookup failed"]
            case "untrusted":
                words = ["not sure who"]
            case "unknown":
                words = [notes.why]
    shown = ", ".join([*words, *(rule.name for rule in adjusting)])
    if not facts["customer.found"]:
        return shown
    return f"{SURENESS.get(facts['call.trust'], '')} {shown}".strip()


def label(segment: str, words: str, name: str, width: int = 60) -> str:
    """Make what the agent's phone shows: the segment, why in few words, the customer's name.

    Only printable characters, without those that mean something in a SIP display name
    (RFC 3261 section 25.1).
    """
    text = f"{segment.upper()} {words}".strip() + (f" - {name}" if name else "")
    text = text.translate(_MEANING)
    return showable(showable(text)[:width]).strip()  # half of what is joined is not shown
