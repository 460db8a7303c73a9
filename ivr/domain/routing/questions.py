"""What the caller is asked before the decision stands: the menu, the customer number, the PIN."""

from dataclasses import dataclass, field
from typing import Literal

from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.json_dataclasses import stored_as
from ivr.domain.policy import EntryPoint, Policy
from ivr.domain.routing.facts import Gathered

MOST_QUESTIONS = 4  # in one call
_TRIES = {"m": 1, "n": 2, "p": 2}  # how often a caller is asked the same
_NOT_NOW = ("locked", "later", "none", "unavailable")  # PINs that nobody is helped by typing again


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and how.

    `kind` is empty for nothing. `sound` is played, and `keys` are those that the menu knows.
    """

    kind: Literal["", "menu", "number", "pin"] = field(default="", metadata=stored_as("ask"))
    sound: tuple[str, ...] = field(default=(), metadata=stored_as("ask_sound"))
    keys: str = field(default="", metadata=stored_as("ask_keys"))


NO_QUESTION = Question()


def question(
    call: IncomingCall, gathered: Gathered, policy: Policy, entry: EntryPoint, *, wants_trust: bool
) -> Question:
    """Choose what to ask next.

    `wants_trust` is whether more trust would have led to another treatment.
    """
    asked, outcome = call.asked, gathered.facts["customer.lookup"]
    if outcome == "unavailable" or len(asked) >= MOST_QUESTIONS:
        return NO_QUESTION
    if _may_ask(call, "n") and entry.identify and outcome in ("ambiguous", "unknown"):
        again = "n" in asked
        if not again or call.typed:
            return Question("number", ("ivr/number-unknown" if again else "ivr/number",))
    if _may_ask(call, "p") and _pin_would_help(call, gathered, wants_trust=wants_trust):
        return Question("pin", ("ivr/pin-wrong" if gathered.notes.pin == "wrong" else "ivr/pin",))
    menu = policy.menus.get(entry.menu)
    if menu and _may_ask(call, "m"):
        return Question("menu", menu.say, "".join(menu.keys))
    return NO_QUESTION


def _may_ask(call: IncomingCall, letter: str) -> bool:
    return call.asked.count(letter) < _TRIES[letter]


def _pin_would_help(call: IncomingCall, gathered: Gathered, *, wants_trust: bool) -> bool:
    facts, notes = gathered
    if facts["call.trust"] == "pin" or notes.pin in _NOT_NOW:
        return False
    if "p" in call.asked and notes.pin != "wrong":
        return False  # nothing was typed
    if not facts["customer.has_pin"] and not notes.claims_pin:
        return False
    return wants_trust or bool(facts["customer.lookup"] == "untrusted")
