"""What admins do while calls come in: agents, policy, restarts."""

import asyncio
from pathlib import Path

import pytest
import yaml

from ivr.ami.client import AmiClient
from ivr.lab import ready
from ivr.lab.lab import AMI, Lab
from ivr.qa.calls import TestBench
from tests.conftest import until
from tests.lab.farm import edited, in_force

pytestmark = pytest.mark.shared

TWO_SECONDS = 2.5  # what docs/admin/dialplan.md promises, and a little for this machine


def members(lab: Lab) -> dict[str, dict[str, int]]:
    """Interface and penalty of the members of each queue."""
    return asyncio.run(_members(lab))


async def _members(lab: Lab) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    async with AmiClient(lab.state.pbx, AMI, "qa", lab.state.qa_secret, events="off").session() as client:
        for event in await client.collect("QueueStatus"):
            queue = found.setdefault(event.header("Queue"), {})
            if event.header("Event") == "QueueMember":
                queue[event.header("Location")] = int(event.header("Penalty"))
    return found


DECLARED = {
    "premium": {"PJSIP/anna": 0, "PJSIP/ben": 2},
    "general-queue": {"PJSIP/ben": 0, "PJSIP/cleo": 1},
    "general-de": {"PJSIP/dora": 0},
    "general-fr": {"PJSIP/cleo": 0},
}


def test_agents_are_in_their_queues_with_the_best_first(lab: Lab) -> None:
    assert members(lab) == DECLARED


@pytest.mark.alone
def test_a_change_of_agents_is_in_the_queues_within_two_seconds(lab: Lab) -> None:
    agents = lab.policy_dir / "agents.yaml"
    with edited(agents, "skills: {general-queue: 4,", "skills: {premium: 1, general-queue: 2,"):
        until(lambda: members(lab)["premium"].get("PJSIP/cleo") == 4, TWO_SECONDS)
        assert members(lab)["general-queue"]["PJSIP/cleo"] == 3
    until(lambda: members(lab) == DECLARED, TWO_SECONDS)


@pytest.mark.alone
def test_members_of_others_are_left_alone(lab: Lab) -> None:
    lab.cli("queue add member PJSIP/visitor to premium penalty 3")
    try:
        agents = lab.policy_dir / "agents.yaml"
        with edited(agents, "skills: {premium: 5}", "skills: {premium: 4}"):
            until(lambda: members(lab)["premium"].get("PJSIP/anna") == 1, TWO_SECONDS)
            assert members(lab)["premium"]["PJSIP/visitor"] == 3
        until(lambda: members(lab)["premium"].get("PJSIP/anna") == 0, TWO_SECONDS)
        assert members(lab)["premium"]["PJSIP/visitor"] == 3
    finally:
        lab.cli("queue remove member PJSIP/visitor from premium")


def test_agents_stay_without_the_service_and_after_asterisk_restarts(lab: Lab) -> None:
    lab.state.process("service").stop()
    try:
        assert members(lab) == DECLARED
        lab.restart_asterisk()
        assert members(lab) == DECLARED
    finally:
        lab.start_service()
        ready.wait(lab.state)


async def test_the_service_finds_a_restarted_asterisk_again(lab: Lab, bench: TestBench) -> None:
    service = lab.state.process("service")
    await bench.__aexit__()
    lab.restart_asterisk()
    await ready.until_ready(lab.state)
    async with bench:
        report = await bench.call("+442079460001", "1000", talk=0.1)
    assert (report.queue, report.outcome) == ("premium", "answered")
    assert service.alive()


@pytest.mark.alone
async def test_a_change_of_policy_is_in_force_within_two_seconds(lab: Lab, bench: TestBench) -> None:
    with edited(lab.policy_dir / "policy.yaml", "enter: [customer.value >= 80.0]", "enter: [customer.value >= 40.0]"):
        await in_force(lab, TWO_SECONDS)
        report = await bench.call("+442079460002", "1000", talk=0.1)
        assert (report.segment, report.queue) == ("premium", "premium")
    await in_force(lab, TWO_SECONDS)
    report = await bench.call("+442079460002", "1000", talk=0.1)
    assert (report.segment, report.queue) == ("standard", "general-queue")


@pytest.mark.alone
async def test_a_broken_policy_changes_nothing_and_says_so(lab: Lab, bench: TestBench) -> None:
    log = Path(lab.state.process("service").log)
    path = lab.policy_dir / "policy.yaml"
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "priority: 100" in text)
    with edited(path, "    priority: 100\n", "    priority: lots\n"):
        until(lambda: f"policy.yaml:{line}:5: " in log.read_text(), TWO_SECONDS)
        report = await bench.call("+442079460001", "1000", talk=0.1)
    assert (report.queue, report.priority) == ("premium", 100)


def test_the_shipped_agents_are_those_of_this_test(lab: Lab) -> None:
    agents = yaml.safe_load((lab.policy_dir / "agents.yaml").read_text())["agents"]
    assert {agent["interface"] for agent in agents} == {i for queue in DECLARED.values() for i in queue}
