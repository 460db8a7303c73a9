"""What the doctor says of queue members that nobody declared."""

import pytest

from ivr.ami.message import Message
from ivr.application import doctor
from ivr.policy import loader
from ivr.settings import Settings
from ivr.shipped_files import share

pytestmark = pytest.mark.abuse


@pytest.mark.parametrize("name", ["\x1b[2J\x1b[1;31mAll is well", "Anna\u202e", "\x9b2J", "a\nqueue premium  ok"])
def test_a_strangers_name_does_nothing_to_a_terminal(name: str) -> None:
    events = [
        Message([
            ("Event", "QueueMember"), ("Queue", "premium"), ("Location", f"PJSIP/{number}"), ("Name", name),
            ("Penalty", "0"), ("Membership", "dynamic"), ("Status", "5"),
        ])
        for number in range(50)
    ]  # fmt: skip
    bundle = loader.load(share("dialplans"))
    verdict = doctor._strangers(bundle, events, Settings())
    away = doctor._members("queue premium", events[:1], set())
    assert not verdict.ok
    assert "and 45 more" in verdict.says
    assert verdict.says.isprintable()
    assert away.says.isprintable()


def test_two_of_one_name_are_told_though_both_were_declared() -> None:
    """One who has the secret can give an agent's interface another agent's name."""
    events = [
        Message([
            ("Event", "QueueMember"), ("Queue", "premium"), ("Location", interface), ("Name", "Anna Berg"),
            ("Penalty", "0"), ("Membership", "dynamic"),
        ])
        for interface in ("PJSIP/anna", "PJSIP/ben")
    ]  # fmt: skip
    verdict = doctor._strangers(loader.load(share("dialplans")), events, Settings())
    assert (verdict.ok, verdict.can_wait) == (False, True)
    assert "two members of one name" in verdict.says
