"""Without the service, the dialplan passes over agents who do not answer while others are free."""

from collections.abc import AsyncIterator, Iterator

import pytest

from ivr.lab import ready
from ivr.lab.lab import Lab
from ivr.qa.call_report import Report
from ivr.qa.calls import TestBench
from tests.lab.farm import Rung, edited, only_these_agents, phone, ring_again

pytestmark = pytest.mark.shared

SOMEBODY = "+12025550190"
QUEUE = "general-queue"


@pytest.fixture
def without_service(lab: Lab) -> Iterator[None]:
    """Ringing takes two seconds; nobody decides, and nobody pauses agents."""
    with edited(lab.policy_dir / "queues.conf", "timeout = 15 ", "timeout = 2 "):
        lab.cli("queue reload all")
        lab.state.process("service").stop()
        yield
    lab.cli("queue reload all")
    lab.start_service()
    ready.wait(lab.state)


@pytest.fixture
async def rung() -> Rung:
    return Rung()


@pytest.fixture
async def bench(lab: Lab, without_service: None, rung: Rung) -> AsyncIterator[TestBench]:
    async def no_decision(call_id: str, asked: int) -> None:
        return None

    async with TestBench(lab.state, no_decision, rung.watch) as bench:
        ring_again(lab, "ben", "cleo")
        yield bench
        await bench.hang_up_all()
        ring_again(lab, "ben", "cleo")


async def called(bench: TestBench, rung: Rung, patience: float = 20) -> tuple[Report, list[str]]:
    """Call, and return what came of it and the phones that rang."""
    rung.phones.clear()
    report = await bench.call(SOMEBODY, "1000", talk=0.1, patience=patience)
    return report, list(rung.phones)


async def test_the_next_agent_is_rung_and_the_same_again_where_there_is_no_other(
    bench: TestBench,
    rung: Rung,
) -> None:
    async with phone(bench, "ben", ANSWER="no"):
        report, phones = await called(bench, rung)
        assert (report.agent, phones) == ("Cleo Marsh", ["ben", "cleo"])
        report, phones = await called(bench, rung)  # somebody else is not kept waiting for Ben
        assert (report.agent, phones) == ("Cleo Marsh", ["cleo"])
        async with only_these_agents(bench, "ben"):
            _, phones = await called(bench, rung, patience=6)
        assert phones[:2] == ["ben", "ben"]
        by_the_test = {(queue, f"PJSIP/{name}") for queue, name in OTHERS}
        assert rung.paused <= by_the_test


OTHERS = [("premium", "anna"), (QUEUE, "cleo"), ("general-fr", "cleo"), ("general-de", "dora")]


async def test_who_declines_is_passed_over_as_well(bench: TestBench, rung: Rung) -> None:
    async with phone(bench, "ben", BUSY="yes"):
        report, phones = await called(bench, rung)
    assert (report.agent, phones) == ("Cleo Marsh", ["ben", "cleo"])


async def test_where_all_of_a_rank_are_rung_at_once_all_are_rung_again(
    lab: Lab,
    bench: TestBench,
    rung: Rung,
) -> None:
    """Nobody is passed over for being no quicker than the others."""
    strategy = ("strategy = leastrecent", "strategy = ringall")
    with edited(lab.policy_dir / "queues.conf", *strategy):
        lab.cli("queue reload all")
        await bench.pbx.request("QueuePenalty", Queue=QUEUE, Interface="PJSIP/cleo", Penalty=0)
        async with phone(bench, "ben", ANSWER="no"), phone(bench, "cleo", ANSWER="no"):
            _, phones = await called(bench, rung, patience=8)
        assert sorted(phones[:4]) == ["ben", "ben", "cleo", "cleo"]
        await bench.pbx.request("QueuePenalty", Queue=QUEUE, Interface="PJSIP/cleo", Penalty=1)
    lab.cli("queue reload all")
