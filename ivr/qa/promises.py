"""What the policy promises a caller, beside a place in a queue: self-service, a question, a message, an end.

A queue is promised to everybody: whatever breaks leads there. Anything else serves a caller only if the policy says so.
"""

from ivr.domain.customers import Unknown
from ivr.domain.routing.decision import Decision
from ivr.policy.loader import Bundle
from ivr.qa import sample_decisions
from ivr.qa.load import UNKNOWN, LoadCaller
from ivr.qa.watch import QUEUE, REFUSED

_INSTEAD = {"voicemail": "voicemail", "end": "message", "refuse": REFUSED}  # of a queue, by the decision's action
ENDS = frozenset(_INSTEAD.values())  # after these Asterisk hangs up, as the policy says


def promised(decision: Decision) -> frozenset[str]:
    """What may be there for the caller first, in the words of `Handled.met`."""
    others = {
        decision.question.kind,
        _INSTEAD.get(decision.treatment.action, ""),
        "self-service" if decision.treatment.self_service else "",
    }
    return frozenset({QUEUE, *others} - {""})


class Promises:
    """What each caller is promised who dials a number like `dialled`, and never called before."""

    def __init__(self, bundle: Bundle, dialled: str) -> None:
        def of_nobody(number: str | None, why: str) -> frozenset[str]:
            return promised(sample_decisions.about(bundle, Unknown(why), number, dialled))

        decided = sample_decisions.of_numbers(bundle, dialled)
        self._by_number = {number: promised(decision) for number, decision in decided.items()}
        self._unknown = of_nobody(UNKNOWN[0], "not a known number")
        self._withheld = of_nobody(None, "number withheld")

    def to(self, caller: LoadCaller) -> frozenset[str]:
        """What this caller is promised."""
        return self._withheld if caller.withheld else self._by_number.get(caller.number, self._unknown)
