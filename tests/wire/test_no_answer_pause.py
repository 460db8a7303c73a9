"""Agents who did not answer rest for a while, and nobody else's pause is touched."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from ivr.ami.message import Message
from ivr.ami.no_answer_pause import REASON, NoAnswerPause
from ivr.domain.agents import Member
from ivr.service import app
from ivr.settings import Settings
from ivr.shipped_files import share
from tests.databases import Database
from tests.wire.fake_ami import SECRET, USER, Answer, FakeAmi, Headers, accepted, eventually, listed, refused, running
from tests.wire.fake_ami import silence as no_answer

ANNA, BEN, EVE = "PJSIP/anna", "PJSIP/ben", "PJSIP/eve"
DECLARED = [
    Member(queue, interface, interface, 0) for queue in ("premium", "general-queue") for interface in (ANNA, BEN)
]
LONG, SHORT = 60.0, 0.05
DIALPLANS = share("dialplans")


class Pauses:
    """Who is paused in which queue, as app_queue keeps it; and a client that has logged in to it."""

    def __init__(self, ami: FakeAmi) -> None:
        self.ami = ami
        self.strategies = {"premium": "leastrecent", "general-queue": "leastrecent"}
        self.reasons: dict[tuple[str, str], str | None] = {
            (queue, interface): None for queue in self.strategies for interface in (ANNA, BEN)
        }
        ami.answers |= {"QueueStatus": self._status, "QueuePause": self._pause}

    def _status(self, action: Headers) -> bytes:
        wanted = action.get("Member")
        return listed([
            *({"Event": "QueueParams", "Queue": q, "Strategy": strategy} for q, strategy in self.strategies.items()),
            *(
                {"Event": "QueueMember", "Queue": queue, "Location": interface, "Paused": "01"[reason is not None],
                 "PausedReason": reason or ""}
                for (queue, interface), reason in self.reasons.items() if wanted in (None, interface)
            ),
        ])(action)  # fmt: skip

    def _pause(self, action: Headers) -> bytes:
        self.put(action["Interface"], action.get("Reason", "") if action["Paused"] == "true" else None,
                 action.get("Queue"))  # fmt: skip
        return accepted("Interface paused successfully")(action)

    def put(self, interface: str, reason: str | None, queue: str | None = None) -> None:
        for key in self.reasons:
            if key[1] == interface and queue in (None, key[0]):
                self.reasons[key] = reason

    def of(self, interface: str) -> set[str | None]:
        return {reason for key, reason in self.reasons.items() if key[1] == interface}

    @property
    def asked(self) -> int:
        return self.ami.count("QueuePause")

    def no_answer(self, interface: str = ANNA, queue: str = "premium") -> None:
        self.ami.event("AgentRingNoAnswer", Interface=interface, MemberName=interface, Queue=queue, RingTime=15000)


@asynccontextmanager
async def watching(
    rest: float, declared: Iterable[Member] = DECLARED, **options: float
) -> AsyncIterator[tuple[Pauses, NoAnswerPause]]:
    async with FakeAmi() as ami:
        pauses = Pauses(ami)
        watchers: list[NoAnswerPause] = []

        def event(message: Message) -> None:
            watchers[0].event(message)

        client = ami.client(on_event=event, **options)
        watchers.append(missed := NoAnswerPause(client, lambda: declared, rest))
        async with running(client):
            try:
                yield pauses, missed
            finally:
                await missed.close()


async def test_an_agent_who_did_not_answer_rests_with_our_reason_and_is_back_afterwards() -> None:
    async with watching(SHORT) as (pauses, _):
        pauses.no_answer()
        await eventually(lambda: pauses.of(ANNA) == {REASON})
        await eventually(lambda: pauses.of(ANNA) == {None})
        assert pauses.of(BEN) == {None}
        asked = [action for action in pauses.ami.actions if action["Action"] == "QueuePause"]
        assert [(action["Queue"], action["Paused"]) for action in asked] == [
            ("premium", "true"), ("general-queue", "true"),  # where the caller waits comes first
            ("general-queue", "false"), ("premium", "false"),
        ]  # fmt: skip
        assert {action.get("Reason") for action in asked[:2]} == {REASON}


async def test_events_of_other_kinds_and_without_an_agent_pause_nobody() -> None:
    async with watching(LONG) as (pauses, _):
        pauses.ami.event("AgentCalled", Interface=ANNA)
        pauses.ami.event("AgentRingNoAnswer", MemberName="Anna")
        pauses.no_answer(BEN)
        await eventually(lambda: pauses.of(BEN) == {REASON})
        assert pauses.of(ANNA) == {None}
        assert pauses.asked == 2


async def test_a_pause_that_somebody_else_set_is_left_as_it_is() -> None:
    async with watching(SHORT) as (pauses, missed):
        pauses.put(ANNA, "lunch", "general-queue")
        pauses.no_answer()
        await eventually(lambda: pauses.ami.count("QueueStatus") == 1 and not missed._resting)
        assert pauses.asked == 0
        pauses.put(BEN, "")  # paused without a reason
        pauses.no_answer(BEN)
        await eventually(lambda: pauses.ami.count("QueueStatus") == 2 and not missed._resting)
        assert pauses.asked == 0


async def test_a_pause_of_ours_that_somebody_changed_is_theirs() -> None:
    async with watching(SHORT) as (pauses, missed):
        pauses.no_answer()
        await eventually(lambda: pauses.of(ANNA) == {REASON})
        pauses.put(ANNA, "lunch")
        await eventually(lambda: not missed._resting)
        assert pauses.of(ANNA) == {"lunch"}


async def test_a_pause_that_somebody_changed_in_one_queue_stays_there() -> None:
    async with watching(SHORT) as (pauses, missed):
        pauses.no_answer()
        await eventually(lambda: pauses.of(ANNA) == {REASON})
        pauses.put(ANNA, "lunch", "general-queue")
        await eventually(lambda: not missed._resting)
        assert pauses.reasons["premium", ANNA] is None
        assert pauses.reasons["general-queue", ANNA] == "lunch"


async def test_a_second_missed_call_after_somebody_ended_the_pause_begins_another() -> None:
    async with watching(LONG) as (pauses, missed):
        for count in (1, 2):
            pauses.no_answer()
            await eventually(lambda: pauses.of(ANNA) == {REASON})
            assert pauses.asked == 2 * count
            pauses.put(ANNA, None)
        assert len(missed._resting) == 1


async def test_a_second_missed_call_in_a_rest_does_not_make_it_last_for_ever() -> None:
    """Two queues can ring a phone at the same moment."""
    async with watching(SHORT * 4) as (pauses, missed):
        pauses.no_answer()
        await eventually(lambda: pauses.of(ANNA) == {REASON})
        pauses.no_answer()
        await eventually(lambda: not missed._resting)
        assert pauses.of(ANNA) == {None}


async def test_two_missed_calls_at_once_pause_once_and_end() -> None:
    async with watching(SHORT) as (pauses, missed):
        pauses.no_answer()
        pauses.no_answer()
        pauses.no_answer(BEN)
        await eventually(lambda: pauses.of(ANNA) == pauses.of(BEN) == {REASON})
        await eventually(lambda: not missed._resting)
        assert pauses.of(ANNA) == pauses.of(BEN) == {None}


async def test_a_login_ends_overdue_pauses_of_ours_and_no_others() -> None:
    async with watching(LONG) as (pauses, missed):
        pauses.no_answer(BEN)
        await eventually(lambda: pauses.of(BEN) == {REASON})
        pauses.put(ANNA, REASON, "premium")
        pauses.put(ANNA, "lunch", "general-queue")
        await missed.resync()
        assert pauses.reasons["premium", ANNA] is None
        assert pauses.reasons["general-queue", ANNA] == "lunch"
        assert pauses.of(BEN) == {REASON}  # rests still


async def test_a_login_goes_on_when_asterisk_refuses_to_end_a_pause() -> None:
    async with watching(LONG) as (pauses, missed):
        pauses.put(ANNA, REASON)
        answered = pauses.ami.answers["QueuePause"]
        gone = refused("Interface not found")
        pauses.ami.answers["QueuePause"] = lambda action: (gone if action["Queue"] == "premium" else answered)(action)
        await missed.resync()
        assert pauses.reasons["premium", ANNA] == REASON
        assert pauses.reasons["general-queue", ANNA] is None


async def _logged(action: str, answer: Answer) -> tuple[set[str], Pauses]:
    """What is logged about a missed call when this action is answered so."""
    with capture_logs() as logs:
        async with watching(SHORT, answer_timeout=0.1) as (pauses, missed):
            pauses.ami.answers[action] = answer
            pauses.no_answer()
            await eventually(lambda: pauses.ami.count(action) >= 1)
            await eventually(lambda: not missed._resting)
    return {log["why"] for log in logs if log["event"] == "agent not paused or unpaused"}, pauses


async def test_a_refused_or_unanswered_pause_is_logged_and_no_more() -> None:
    why, _ = await _logged("QueuePause", refused("Permission denied"))
    assert why == {"QueuePause: Permission denied"}
    why, _ = await _logged("QueuePause", no_answer)
    assert why == {"QueuePause: no answer within 0.1 s"}
    why, _ = await _logged("QueueStatus", refused("Permission denied"))
    assert why == {"QueueStatus: Permission denied"}
    why, _ = await _logged("QueueStatus", no_answer)
    assert why == {"QueueStatus: no answer within 0.1 s"}


async def test_a_connection_that_is_lost_in_a_rest_is_logged_and_the_next_login_ends_the_pause() -> None:
    with capture_logs() as logs:
        async with watching(SHORT) as (pauses, missed):
            pauses.no_answer()
            await eventually(lambda: pauses.of(ANNA) == {REASON})
            pauses.ami.drop()
            await eventually(lambda: not missed._resting)
            assert pauses.of(ANNA) == {REASON}
            await eventually(lambda: pauses.ami.connections == 2 and missed._client.connected)
            await missed.resync()
            assert pauses.of(ANNA) == {None}
    (warning,) = [log for log in logs if log["event"] == "agent not paused or unpaused"]
    assert warning["log_level"] == "warning"


async def test_closing_ends_our_pauses_and_no_others() -> None:
    async with watching(LONG) as (pauses, missed):
        pauses.no_answer()
        pauses.no_answer(BEN)
        await eventually(lambda: pauses.of(ANNA) == pauses.of(BEN) == {REASON})
        pauses.put(BEN, "lunch")
        await missed.close()
        assert (pauses.of(ANNA), pauses.of(BEN)) == ({None}, {"lunch"})
        assert not missed._resting
        await missed.close()  # again


async def test_closing_without_an_answer_is_logged_and_soon_over() -> None:
    with capture_logs() as logs:
        async with watching(LONG) as (pauses, missed):
            pauses.no_answer()
            await eventually(lambda: pauses.of(ANNA) == {REASON})
            pauses.ami.answers["QueueStatus"] = no_answer
            async with asyncio.timeout(2):
                await missed.close()
    assert [log["why"] for log in logs if log["event"] == "agents still paused"] == ["no answer in time"]


@pytest.mark.thorough
async def test_a_service_that_stops_leaves_no_agent_resting_and_no_task(
    empty_database: Database, tmp_path: Path
) -> None:
    async with FakeAmi() as ami:
        pauses = Pauses(ami)
        ami.answers |= {"CoreShowChannels": listed([]), "QueueAdd": accepted(), "QueuePenalty": accepted()}
        settings = Settings(
            database_url=empty_database.url, policy_dir=DIALPLANS, agi_port=0, ami_host="127.0.0.1",
            ami_port=ami.port, ami_user=USER, ami_secret=SECRET, snapshot_path=tmp_path / "snapshot.db",
        )  # fmt: skip
        app.migrate_database(settings)  # else that is done beside all this, and takes the second that there is
        service = app.Service(settings)
        stop = asyncio.Event()
        before = asyncio.all_tasks()
        run = asyncio.create_task(service.run(stop))
        await eventually(lambda: service.watch.connected, 20)
        pauses.no_answer(BEN)  # in both queues, says agents.yaml
        await eventually(lambda: pauses.of(BEN) == {REASON})
        stop.set()
        await run
        assert pauses.of(BEN) == {None}
        left = {task for task in asyncio.all_tasks() - before if "FakeAmi" not in repr(task)}
        assert not left


async def test_a_pause_whose_answer_was_lost_ends_all_the_same() -> None:
    async with watching(SHORT, answer_timeout=0.1) as (pauses, missed):
        kept = pauses.ami.answers["QueuePause"]

        def heard_but_not_answered(action: Headers) -> bytes:
            kept(action)
            pauses.ami.answers["QueuePause"] = kept
            return b""

        pauses.ami.answers["QueuePause"] = heard_but_not_answered
        pauses.no_answer()
        await eventually(lambda: pauses.of(ANNA) == {REASON})
        await eventually(lambda: not missed._resting)
        assert pauses.of(ANNA) == {None}


# What is not ours -----------------------------------------------------------------------------------------


async def nothing_happens(pauses: Pauses, missed: NoAnswerPause) -> None:
    """All that was sent has been taken, and nobody has been paused."""
    await missed._client.request("Ping")
    await eventually(lambda: not missed._resting)
    assert pauses.asked == 0


def theirs(pauses: Pauses, strategy: str = "leastrecent") -> None:
    """A queue of the site's own: with our agents, and one who is not ours."""
    pauses.strategies["400"] = strategy
    pauses.reasons |= {("400", interface): None for interface in (ANNA, BEN, EVE)}


@pytest.mark.parametrize("strategy", ["ringall", "leastrecent"])
@pytest.mark.parametrize("interface", [ANNA, EVE])
async def test_a_ring_in_vain_in_somebody_elses_queue_pauses_nobody(strategy: str, interface: str) -> None:
    async with watching(LONG) as (pauses, missed):
        theirs(pauses, strategy)
        pauses.no_answer(interface, queue="400")
        await nothing_happens(pauses, missed)


async def test_a_member_of_our_queue_who_is_not_declared_is_not_paused() -> None:
    async with watching(LONG) as (pauses, missed):
        pauses.reasons["premium", EVE] = None
        pauses.no_answer(EVE)
        await nothing_happens(pauses, missed)


async def test_who_rests_in_our_queues_can_be_rung_in_others() -> None:
    async with watching(SHORT) as (pauses, missed):
        theirs(pauses)
        pauses.no_answer()
        await eventually(lambda: pauses.reasons["general-queue", ANNA] == REASON)
        assert (pauses.reasons["premium", ANNA], pauses.reasons["400", ANNA]) == (REASON, None)
        await eventually(lambda: not missed._resting)
        assert {action["Queue"] for action in pauses.ami.actions if action["Action"] == "QueuePause"} == {
            "premium", "general-queue",
        }  # fmt: skip


async def test_only_in_the_queues_that_the_agent_is_declared_for() -> None:
    async with watching(LONG, [Member("premium", ANNA, "Anna", 0)]) as (pauses, missed):
        pauses.no_answer(queue="general-queue")  # somebody else made him a member there
        await nothing_happens(pauses, missed)
        pauses.no_answer()
        await eventually(lambda: pauses.reasons["premium", ANNA] == REASON)
        assert pauses.reasons["general-queue", ANNA] is None


async def test_a_queue_of_ours_that_rings_all_pauses_nobody() -> None:
    async with watching(SHORT) as (pauses, missed):
        pauses.strategies["premium"] = "ringall"
        pauses.no_answer()
        await eventually(lambda: pauses.ami.count("QueueStatus") == 1)
        await nothing_happens(pauses, missed)
        pauses.no_answer(queue="general-queue")
        await eventually(lambda: pauses.reasons["general-queue", ANNA] == REASON)
        assert pauses.reasons["premium", ANNA] is None


async def test_it_can_be_turned_off() -> None:
    async with watching(0) as (pauses, missed):
        pauses.no_answer()
        await nothing_happens(pauses, missed)
        pauses.put(ANNA, REASON)  # of before it was turned off
        await missed.resync()
        assert pauses.of(ANNA) == {None}


async def test_a_pause_elsewhere_is_somebody_elses_also_when_it_gives_our_reason() -> None:
    async with watching(SHORT) as (pauses, missed):
        theirs(pauses)
        for place in (("400", ANNA), ("400", EVE), ("premium", EVE)):
            pauses.reasons[place] = REASON
        await missed.resync()
        pauses.no_answer()
        await eventually(lambda: pauses.reasons["premium", ANNA] == REASON)
        await eventually(lambda: not missed._resting)
        await missed.close()
        assert pauses.reasons["premium", ANNA] is None
        assert {pauses.reasons[place] for place in (("400", ANNA), ("400", EVE), ("premium", EVE))} == {REASON}


async def test_a_pause_elsewhere_keeps_nobody_from_resting_here() -> None:
    async with watching(LONG) as (pauses, _):
        theirs(pauses)
        pauses.reasons["400", ANNA] = "lunch"
        pauses.no_answer()
        await eventually(lambda: pauses.reasons["premium", ANNA] == REASON)


async def test_who_is_no_longer_declared_does_not_stay_paused() -> None:
    declared = list(DECLARED)
    async with watching(SHORT * 4, declared) as (pauses, missed):
        pauses.no_answer()
        await eventually(lambda: pauses.of(ANNA) == {REASON})
        declared.clear()
        await eventually(lambda: not missed._resting)
        assert pauses.of(ANNA) == {None}


@pytest.mark.parametrize("queue", ["premium", "another"])
async def test_an_agent_whose_phone_forwards_rests_too(queue: str) -> None:
    """In whichever queue the caller is: a colleague may have passed the call on."""
    async with watching(LONG) as (pauses, missed):
        for interface in (ANNA, EVE):
            pauses.ami.event("UserEvent", UserEvent="IvrForwards", Call="1.1", Queue=queue, Interface=interface)
        await eventually(lambda: pauses.of(ANNA) == {REASON})
        assert missed._resting.keys() == {ANNA}
