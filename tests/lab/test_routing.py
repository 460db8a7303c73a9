"""Real calls by all sorts of callers, and what their agents see."""

import json

import pytest

from ivr.domain.calls.events import QueueJoined, QueueLeft
from ivr.lab.lab import Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.call_report import PhoneDisplay
from ivr.qa.calls import TestBench
from tests.lab.farm import edited, hung_up_by_agent, in_force, only_these_agents, phone, recorded

pytestmark = pytest.mark.shared

PREMIUM, STANDARD, AT_RISK, BLOCKED, SHARED = (
    "+442079460001",
    "+442079460002",
    "+442079460003",
    "+442079460004",
    "+12025550110",
)


@pytest.mark.alone
async def test_a_premium_caller_reaches_the_best_agent_who_sees_who_it_is(bench: TestBench) -> None:
    report = await bench.call(PREMIUM, "1000", talk=0.1)
    assert report.as_json() == {
        "call_id": report.call_id,
        "from": PREMIUM,
        "to": "1000",
        "customer": "C0001",
        "score": 69.4,
        "segment": "premium",
        "queue": "premium",
        "priority": 100,
        "agent": "Anna Berg",
        "wait_seconds": report.wait_seconds,
        "route_ms": report.route_ms,
        "reason": "value 91 is at least 80, so premium",
        "outcome": "answered",
    }
    assert report.wait_seconds is not None
    assert report.wait_seconds < 2
    assert report.displays == (PhoneDisplay("anna", "PREMIUM value 91 - Ada Lovelace", PREMIUM, "C0001", "premium"),)
    json.dumps(report.as_json())


async def test_a_standard_caller_reaches_the_general_queue(bench: TestBench) -> None:
    report = await bench.call(STANDARD, "1000", talk=0.1)
    assert (report.segment, report.queue, report.priority, report.agent) == (
        "standard",
        "general-queue",
        10,
        "Ben Okafor",
    )


GERMAN = "+442079460015"


@pytest.mark.alone
async def test_a_greeting_is_heard_in_the_callers_language_or_else_in_english(lab: Lab, bench: TestBench) -> None:
    english, german = (lab.home / f"pbx/data/sounds/{language}/hello.gsm" for language in ("en", "de"))
    seconds = english.stat().st_size / 33 * 0.02  # GSM: 33 bytes each 20 ms
    missing = await bench.call(GERMAN, "1000", talk=0.1)
    german.write_bytes(english.read_bytes() * 3)  # told from the English one by its length
    try:
        in_german, in_english = [await bench.call(caller, "1000", talk=0.1) for caller in (GERMAN, AT_RISK)]
    finally:
        german.unlink()
    assert [report.decision and report.decision.treatment.language for report in (missing, in_english)] == ["de", "en"]
    heard = [report.to_queue_seconds or 0 for report in (missing, in_english, in_german)]
    assert all(seconds <= time < 3 * seconds for time in heard[:2])
    assert heard[2] >= 3 * seconds


async def test_national_spelling_is_the_same_caller(bench: TestBench) -> None:
    report = await bench.call("02079460001", "1000", talk=0.1)
    assert (report.customer, report.queue) == ("C0001", "premium")


async def test_where_the_service_listens_need_not_be_said(lab: Lab, bench: TestBench) -> None:
    said = next(line for line in lab.cli("dialplan show globals").splitlines() if line.strip().startswith("IVR_AGI="))
    lab.cli('dialplan set global IVR_AGI ""')
    try:
        await bench.call(STANDARD, "1000", talk=0.1)
        assert "IVR_AGI=agi://127.0.0.1:4577/route\n" in lab.cli("dialplan show globals")
    finally:
        lab.cli(f"dialplan set global IVR_AGI {said.partition('=')[2]}")


@pytest.mark.parametrize(
    ("caller", "withhold", "reason", "shown"),
    [
        ("+12025550199", False, "not a known number, so the default applies", "GENERAL not a known number"),
        (PREMIUM, True, "number withheld, so the default applies", "GENERAL number withheld"),
        (SHARED, False, f"{SHARED} belongs to 2 customers, so the default applies", "GENERAL shared number"),
    ],
)
async def test_whom_we_do_not_know_is_served_by_the_default(
    bench: TestBench, caller: str, withhold: bool, reason: str, shown: str
) -> None:
    report = await bench.call(caller, "1000", withhold=withhold, talk=0.1)
    assert (report.customer, report.segment, report.queue, report.priority) == (None, None, "general-queue", 10)
    assert report.served
    assert report.reason == reason
    assert [(display.shows, display.customer, display.segment) for display in report.displays] == [(shown, "", "")]


async def test_a_withheld_number_is_shown_to_nobody(bench: TestBench) -> None:
    report = await bench.call(PREMIUM, "1000", withhold=True, talk=0.1)
    assert PREMIUM not in "".join(str(display) for display in report.displays)
    assert report.history is not None
    assert report.history.caller_number == ""


async def test_a_blocked_customer_is_refused(bench: TestBench) -> None:
    report = await bench.call(BLOCKED, "1000", patience=20)
    assert (report.queue, report.agent, report.outcome, report.reason) == (
        None,
        None,
        "refused",
        "blocked, so blocked",
    )


async def test_of_two_callers_for_one_agent_the_premium_one_is_served_first(bench: TestBench) -> None:
    async with only_these_agents(bench, "ben"):
        busy = await bench.place(STANDARD, "1000")
        await bench.wait_for(lambda: busy.connected, 20)
        waiting = [await bench.place(caller, "1000") for caller in (STANDARD, AT_RISK, PREMIUM)]
        for placed in waiting:
            await bench.wait_for(lambda placed=placed: placed.waiting, 20)  # type: ignore[misc]
        await bench.hang_up(busy)
        standard, at_risk, premium = waiting
        for placed in (premium, at_risk, standard):
            await bench.wait_for(lambda placed=placed: placed.connected, 20)  # type: ignore[misc]
            assert [other.connected for other in waiting].count(True) == 1 + sum(other.over for other in waiting)
            await bench.hang_up(placed)
        connected = [placed.history.connected_at for placed in (premium, at_risk, standard) if placed.history]
        assert connected == sorted(connected, key=lambda at: at or 0)


@pytest.mark.alone
async def test_a_waiting_caller_gets_a_free_agent_within_two_seconds(bench: TestBench) -> None:
    """An announcement would make the caller wait until it has been played."""
    async with only_these_agents(bench, "ben"):
        busy = await bench.place(STANDARD, "1000")
        await bench.wait_for(lambda: busy.connected, 20)
        waiting = await bench.place(AT_RISK, "1000")
        await bench.wait_for(lambda: waiting.waiting, 20)
        await bench.hang_up(busy)
        await bench.wait_for(lambda: waiting.connected, 2)
        await bench.hang_up(waiting)


async def test_the_history_of_an_answered_call(bench: TestBench, records: AwaitedRecords) -> None:
    report = await bench.call(PREMIUM, "1000", talk=0.3)
    assert report.call_id is not None
    record = await recorded(records, report.call_id)
    history = record.history
    assert (history.queue, history.agent, history.interface, history.outcome, history.hung_up_by) == (
        "premium",
        "Anna Berg",
        "PJSIP/anna",
        "answered",
        "caller",
    )
    assert history.talk_seconds is not None
    assert 0.2 < history.talk_seconds < 5
    assert record.decision == report.decision
    kinds = [event.kind for event in records.events(report.call_id)]
    assert kinds[:4] == ["routed", "joined", "rang", "connected"]
    assert sorted(kinds[4:]) == ["completed", "ended"]  # AgentComplete may come after the Hangup


async def test_who_hung_up_is_recorded(bench: TestBench, records: AwaitedRecords) -> None:
    placed = await bench.place(PREMIUM, "1000")
    await bench.wait_for(lambda: placed.connected, 20)
    await hung_up_by_agent(bench, "anna")
    await bench.wait_for(lambda: placed.over, 20)
    assert placed.history is not None
    assert (await recorded(records, placed.history.call_id)).history.hung_up_by == "agent"


async def test_a_caller_who_gives_up_is_recorded_as_abandoned(bench: TestBench, records: AwaitedRecords) -> None:
    async with phone(bench, "anna", ANSWER="no"), only_these_agents(bench, "anna"):
        placed = await bench.place(PREMIUM, "1000")
        await bench.wait_for(lambda: placed.history is not None and placed.history.rings > 0, 20)
        await bench.hang_up(placed)
    assert placed.history is not None
    history = (await recorded(records, placed.history.call_id)).history
    assert (history.outcome, history.hung_up_by, history.agent) == ("abandoned", "caller", None)
    assert history.wait_seconds is not None


async def test_an_agent_who_is_busy_does_not_cost_the_caller_the_call(bench: TestBench) -> None:
    async with phone(bench, "anna", BUSY="yes"):
        report = await bench.call(PREMIUM, "1000", talk=0.1)
    assert (report.queue, report.agent) == ("premium", "Ben Okafor")


async def test_without_premium_agents_a_premium_caller_moves_on_with_the_same_priority(
    bench: TestBench, records: AwaitedRecords
) -> None:
    async with only_these_agents(bench, "cleo"):
        report = await bench.call(PREMIUM, "1000", talk=0.1)
    assert (report.segment, report.queue, report.priority, report.agent) == (
        "premium",
        "general-queue",
        100,
        "Cleo Marsh",
    )
    assert report.call_id is not None
    assert (await recorded(records, report.call_id)).history.outcome == "answered"
    left = [event for event in records.events(report.call_id) if event.kind == "left"]
    assert [getattr(event, "status", "") for event in left] == ["JOINEMPTY"]


async def test_a_premium_caller_who_waits_too_long_moves_on_and_that_is_recorded(
    lab: Lab, bench: TestBench, records: AwaitedRecords
) -> None:
    async with only_these_agents(bench, "anna", "cleo"):
        busy = await bench.place(
            PREMIUM, "1000"
        )  # by the policy as it is: it waits for Anna, should she not be free yet
        await bench.wait_for(lambda: busy.connected, 20)
        with edited(lab.policy_dir / "policy.yaml", "after: 45, queue", "after: 1, queue"):
            await in_force(lab)
            report = await bench.call("+442079460005", "1000", talk=0.1)
        await bench.hang_up(busy)
    assert (report.queue, report.agent, report.priority) == ("general-queue", "Cleo Marsh", 100)
    assert report.call_id is not None
    await recorded(records, report.call_id)
    events = records.events(report.call_id)
    left = [event for event in events if isinstance(event, QueueLeft)][-1]
    assert (left.queue, left.status) == (
        "premium",
        "TIMEOUT",
    )
    assert [event.queue for event in events if isinstance(event, QueueJoined)] == ["premium", "general-queue"]
