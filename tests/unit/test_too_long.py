"""A treatment whose answer the dialplan could not read is refused with its line: else its calls would get no answer."""

from typing import Any

import pytest

from ivr.agi.variables import VARIABLES, answer
from ivr.domain.customers import Customer, Found, Scores
from ivr.errors import FileError
from ivr.limits import LONGEST_VALUE_BYTES
from tests.policies import policy
from tests.unit.test_decision import MARK, decided

pytestmark = pytest.mark.abuse

SOUND = "a" * 28 + "/" + "b" * 27
SAID = [SOUND] * 8
LONG_NAME = Found(Customer("C" * 64, "\N{MATHEMATICAL BOLD CAPITAL A}" * 100, Scores(95)))


def treatments(**premium: Any) -> dict[str, Any]:
    return {
        "premium": {"queue": "premium", **premium},
        "rescue": {"queue": "rescue"},
        "general": {"queue": "general"},
        "refused": {"refuse": True},
    }


def steps(many: int, say: list[str]) -> list[dict[str, Any]]:
    return [{"after": 10 + i, "queue": "q" * 64, "say": list(say)} for i in range(many)]


@pytest.mark.parametrize(
    "premium", [{"steps": steps(20, SAID)}, {"announce": {"every": 15, "say": list(SAID)}}], ids=["steps", "announce"]
)
def test_steps_that_the_dialplan_cannot_read_are_refused(premium: dict[str, Any]) -> None:
    with pytest.raises(FileError, match=r"policy.yaml:\d+:\d+: treatments.premium: its steps are [0-9,]+ characters"):
        policy(treatments=treatments(**premium))


@pytest.mark.thorough
def test_whatever_is_not_refused_can_be_told() -> None:
    """The longest of everything at once, with a name of the longest signs."""
    most = 0
    for many in range(1, 21):
        for say in range(9):
            try:
                by = policy(
                    treatments=treatments(priority=1000, greeting=list(SAID), steps=steps(many, SAID[:say] or ["a"])),
                    menus={"m": {"say": list(SAID), "keys": {key: f"i{key}" for key in "0123456789"}}},
                    **{"entry-points": {"main": {"numbers": "any", "menu": "m"}}},
                )
            except FileError:
                continue
            told = answer(decided(LONG_NAME, by), MARK)
            most = max(most, *(len(pair) for pair in told.split(",")))
    assert most > LONGEST_VALUE_BYTES - 500, "some were nearly too long"
    assert "IVR_STEPS" in VARIABLES
