"""What the doctor says of queue members that nobody declared."""

import pytest

from ivr.ami.message import Message
from ivr.application.doctor import queues
from ivr.policy import loader
from ivr.service.doctor_adapters import queue_status
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
    verdict = queues.undeclared(bundle, queue_status(events), Settings())
    away = queues.reachable("queue premium", queue_status(events[:1]).members, set())
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
    verdict = queues.undeclared(loader.load(share("dialplans")), queue_status(events), Settings())
    assert (verdict.ok, verdict.can_wait) == (False, True)
    assert "two members of one name" in verdict.says
