"""The follower, fed by a client on a real socket: what it journals, and what it makes good after a gap."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from structlog.testing import capture_logs

from ivr.ami import call_tracker as module
from ivr.ami import client as client_module
from ivr.ami.call_tracker import CallTracker
from ivr.ami.client import AmiClient
from ivr.ami.message import Message
from ivr.domain.calls.events import AgentChanged, CallEnded, CallEvent, QueueJoined
from ivr.errors import AmiError
from tests.wire.fake_ami import FakeAmi, Headers, block, eventually, listed, refused, running

NOW = 1_700_000_100.0
QUEUE = {"Queue": "premium-queue"}
AGENT = QUEUE | {"Interface": "PJSIP/101", "MemberName": "Ada"}


@dataclass
class Notes:
    """A journal that keeps the events."""

    events: list[CallEvent] = field(default_factory=list)
    broken: bool = False

    def happened(self, event: CallEvent) -> None:
        """Keep it, or raise as a journal must not."""
        if self.broken:
            raise RuntimeError("broken")
        self.events.append(event)

    def changed(self, event: AgentChanged) -> None:
        """Not of interest here."""

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Call and kind of each event."""
        return [(event.call_id, event.kind) for event in self.events]


@dataclass
class Stage:
    """A fake Asterisk, a client and a follower, not yet logged in."""

    ami: FakeAmi
    open_calls: list[str] = field(default_factory=list)
    own: set[str] = field(default_factory=lambda: {"premium-queue", "general-queue"})
    notes: Notes = field(default_factory=Notes)

    def __post_init__(self) -> None:
        self.now = NOW
        self.follower = CallTracker(self.notes, lambda: self.open_calls, lambda: self.own, clock=lambda: self.now)
        self.client: AmiClient = self.ami.client(
            on_event=self.follower.event, on_login=lambda: self.follower.resync(self.client)
        )
        self.asterisk_has()

    def asterisk_has(self, channels: Iterable[str] = (), waiting: Iterable[Headers] = ()) -> None:
        """What Asterisk answers at the next login."""
        params: Headers = {"Event": "QueueParams"} | QUEUE
        self.ami.answers["QueueStatus"] = listed([params, *waiting])
        self.ami.answers["CoreShowChannels"] = listed(
            {"Event": "CoreShowChannel", "Uniqueid": channel} for channel in channels
        )

    def event(self, name: str, call: str, **headers: str) -> None:
        """Send an event of a call."""
        self.ami.event(name, Uniqueid=call, **headers)

    async def settled(self) -> None:
        """All that was sent has been taken: what comes after it has been answered."""
        await self.client.request("Ping")


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    async with FakeAmi() as ami:
        stage = Stage(ami)
        async with running(stage.client):
            await eventually(lambda: ami.count("CoreShowChannels") == 1)
            await stage.settled()
            yield stage


def entry(call: str, wait: str, queue: str = "premium-queue") -> Headers:
    return {"Event": "QueueEntry", "Queue": queue, "Position": "1", "Uniqueid": call, "Wait": wait}


async def lose_and_return(stage: Stage) -> None:
    before = stage.ami.count("CoreShowChannels")
    stage.ami.drop()
    await eventually(lambda: stage.ami.count("CoreShowChannels") > before and stage.client.connected)
    await stage.settled()


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.005)


async def test_a_call_from_routing_to_its_end_and_no_agents_legs() -> None:
    async with staged() as stage:
        routed = {"UserEvent": "IvrRouted", "Linkedid": "1.1", "Action": "queue"}
        stage.event("UserEvent", "1.1", **routed)
        stage.event("QueueCallerJoin", "1.1", **QUEUE, Position="1")
        stage.event("Newchannel", "1.2")
        stage.event("AgentCalled", "1.1", **AGENT, DestUniqueid="1.2")
        stage.event("AgentConnect", "1.1", **AGENT, DestUniqueid="1.2", HoldTime="3")
        stage.event("Hangup", "1.2", Cause="16")
        stage.event("AgentComplete", "1.1", **AGENT, TalkTime="9", Reason="caller")
        stage.event("Hangup", "1.1", Cause="16")
        stage.event("Hangup", "1.1", Cause="16")
        await stage.settled()
        assert stage.notes.kinds == [
            ("1.1", kind) for kind in ("routed", "joined", "rang", "connected", "agent_left", "completed", "ended")
        ]
        assert stage.follower.followed == frozenset()


async def test_what_comes_after_the_hangup_still_belongs_to_the_call() -> None:
    async with staged() as stage:
        stage.event("QueueCallerJoin", "1.1", **QUEUE, Position="1")
        stage.event("Hangup", "1.1", Cause="16")
        stage.event("AgentComplete", "1.1", **AGENT, TalkTime="9", Reason="caller")
        stage.event("Hangup", "2.1", Cause="16")
        stage.event("AgentComplete", "2.1", **AGENT, TalkTime="9", Reason="caller")
        await stage.settled()
        assert stage.notes.kinds == [("1.1", "joined"), ("1.1", "ended"), ("1.1", "completed")]
        assert stage.follower.followed == frozenset()


async def test_an_end_in_which_asterisk_no_longer_says_whose_it_is() -> None:
    """What Asterisk 22.10.1 sent on a busy machine, of one call in a hundred: AgentComplete after the Hangup,
    without any channel. The record of the call lacked its end."""
    async with staged() as stage:
        stage.event("QueueCallerJoin", "1.1", **QUEUE, Position="1")
        stage.event("AgentConnect", "1.1", **AGENT, DestUniqueid="1.2", HoldTime="0")
        stage.event("Hangup", "1.1", Cause="16")
        stage.ami.event("AgentComplete", **AGENT, HoldTime="0", TalkTime="0", Reason="caller")
        await stage.settled()
        assert stage.notes.kinds == [("1.1", kind) for kind in ("joined", "connected", "ended", "completed")]
        assert not stage.follower.not_understood


async def test_after_a_gap_no_end_is_taken_for_a_call_that_ended_in_it() -> None:
    async with staged() as stage:
        stage.event("QueueCallerJoin", "1.1", **QUEUE, Position="1")
        stage.event("AgentConnect", "1.1", **AGENT, DestUniqueid="1.2", HoldTime="0")
        await stage.settled()
        await lose_and_return(stage)
        stage.ami.event("AgentComplete", **AGENT, HoldTime="0", TalkTime="0", Reason="caller")
        await stage.settled()
        assert stage.notes.kinds == [("1.1", kind) for kind in ("joined", "connected", "ended")]
        assert stage.follower.not_understood == {"AgentComplete": 1}


async def test_only_the_last_ends_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED_ENDS", 10)
    async with staged() as stage:
        for number in range(50):
            stage.event("Hangup", f"1.{number}", Cause="16")
        await stage.settled()
        assert list(stage.follower._ended) == [f"1.{number}" for number in range(40, 50)]


async def test_events_that_cannot_be_understood_are_counted_and_passed_over() -> None:
    async with staged() as stage:
        stage.event("QueueCallerJoin", "1.1", **QUEUE, Position="first")
        stage.event("Hangup", "not an id", Cause="16")
        stage.event("Newchannel", "not an id")
        stage.event("QueueCallerJoin", "1.2", **QUEUE, Position="1")
        await stage.settled()
        assert stage.follower.not_understood == {"QueueCallerJoin": 1, "Hangup": 1}
        assert stage.notes.kinds == [("1.2", "joined")]


def test_an_exception_stops_nothing() -> None:
    notes = Notes(broken=True)
    follower = CallTracker(notes, list, lambda: {"premium-queue"}, clock=lambda: NOW)
    with capture_logs() as logs:
        follower.event(Message({"Event": "QueueCallerJoin", "Uniqueid": "1.1", **QUEUE, "Position": "1"}))
    assert [log["event"] for log in logs] == ["ami event not followed"]
    notes.broken = False
    follower.event(Message({"Event": "Hangup", "Uniqueid": "1.1", "Cause": "16"}))
    assert notes.kinds == [("1.1", "ended")]


async def test_after_a_gap_calls_that_are_gone_have_ended() -> None:
    async with staged() as stage:
        for call in ("1.1", "1.2"):
            stage.event("QueueCallerJoin", call, **QUEUE, Position="1")
        await stage.settled()
        stage.open_calls = ["1.3", "1.4"]
        stage.asterisk_has(channels=["1.2", "1.4", "1.5"])
        await lose_and_return(stage)
        assert stage.notes.events[2:] == [CallEnded("1.1", NOW, 0), CallEnded("1.3", NOW, 0)]
        assert not stage.follower.saw_end("1.1"), "it was only assumed"
        assert stage.follower.followed == {"1.2", "1.4"}


async def test_a_call_that_the_database_has_not_yet_ended_does_not_end_twice() -> None:
    async with staged() as stage:
        stage.event("QueueCallerJoin", "1.1", **QUEUE, Position="1")
        stage.event("Hangup", "1.1", Cause="16")
        await stage.settled()
        stage.open_calls = ["1.1"]
        await lose_and_return(stage)
        assert stage.notes.kinds == [("1.1", "joined"), ("1.1", "ended")]


async def test_after_a_gap_callers_found_waiting_have_joined() -> None:
    async with staged() as stage:
        stage.event("QueueCallerJoin", "1.1", **QUEUE, Position="1")
        stage.event("UserEvent", "1.2", UserEvent="IvrRouted", Linkedid="1.2", Action="queue")
        stage.event("QueueCallerJoin", "1.3", **QUEUE, Position="2")
        await stage.settled()
        waiting = [
            entry("1.1", "60"),
            entry("1.2", "30"),
            entry("1.3", "20", queue="general-queue"),
            entry("1.4", "10"),
            entry("1.5", "5"),  # hung up between the two lists
            entry("1.6", "ages"),
        ]
        stage.asterisk_has(channels=["1.1", "1.2", "1.3", "1.4", "1.6"], waiting=waiting)
        await lose_and_return(stage)
        assert stage.notes.events[3:] == [
            QueueJoined("1.2", NOW - 30, "premium-queue", 1),
            QueueJoined("1.3", NOW - 20, "general-queue", 1),
            QueueJoined("1.4", NOW - 10, "premium-queue", 1),
        ]
        assert stage.follower.followed == {"1.1", "1.2", "1.3", "1.4"}
        assert stage.follower.not_understood == {"QueueEntry": 1}


async def test_a_hangup_while_the_lists_come_counts() -> None:
    async with staged() as stage:
        stage.event("QueueCallerJoin", "1.3", **QUEUE, Position="1")
        await stage.settled()
        stage.open_calls = ["1.1"]
        calls = ["1.1", "1.2", "1.3"]
        stage.asterisk_has(channels=calls, waiting=[entry(call, "9") for call in calls])
        channels = stage.ami.answers["CoreShowChannels"]
        hangups = b"".join(block(Event="Hangup", Uniqueid=call, Cause="16") for call in calls)
        stage.ami.answers["CoreShowChannels"] = lambda action: channels(action) + hangups
        await lose_and_return(stage)
        assert stage.follower.followed == frozenset()
        assert stage.notes.events[1:] == [CallEnded("1.1", NOW, 16), CallEnded("1.3", NOW, 16)]


async def test_a_call_that_begins_while_the_lists_come_is_not_ended() -> None:
    async with staged() as stage:
        empty = stage.ami.answers["CoreShowChannels"]
        join = b"Event: QueueCallerJoin\r\nUniqueid: 1.9\r\nQueue: premium-queue\r\nPosition: 1\r\n\r\n"
        stage.ami.answers["CoreShowChannels"] = lambda action: join + empty(action)
        await lose_and_return(stage)
        assert stage.notes.kinds == [("1.9", "joined")]
        assert stage.follower.followed == {"1.9"}


async def test_a_refused_list_is_an_error() -> None:
    async with staged() as stage:
        stage.ami.answers["CoreShowChannels"] = refused("Permission denied")
        with pytest.raises(AmiError, match="CoreShowChannels: Permission denied"):
            await stage.follower.resync(stage.client)


THEIRS = {"Queue": "400"}
THEIR_AGENT = AGENT | THEIRS
ROUTED = {"UserEvent": "IvrRouted", "Linkedid": "1.1", "Action": "queue", "Rung": "dialplan"}


async def test_a_caller_of_somebody_elses_queue_leaves_nothing() -> None:
    async with staged() as stage:
        stage.event("QueueCallerJoin", "1.1", **THEIRS, Position="1")
        stage.event("AgentCalled", "1.1", **THEIR_AGENT, DestUniqueid="1.2")
        stage.event("AgentRingNoAnswer", "1.1", **THEIR_AGENT, DestUniqueid="1.2", RingTime="5000")
        stage.event("AgentConnect", "1.1", **THEIR_AGENT, DestUniqueid="1.2", HoldTime="3")
        stage.event("AgentComplete", "1.1", **THEIR_AGENT, TalkTime="9", Reason="caller")
        await stage.settled()
        assert stage.follower.followed == frozenset()
        stage.event("QueueCallerAbandon", "1.1", **THEIRS)
        stage.event("Hangup", "1.1", Cause="16")
        await stage.settled()
        assert (stage.notes.events, stage.follower._held) == ([], {})


async def test_a_caller_found_waiting_in_somebody_elses_queue_leaves_nothing() -> None:
    async with staged() as stage:
        stage.asterisk_has(channels=["1.1"], waiting=[entry("1.1", "10", queue="400")])
        await lose_and_return(stage)
        stage.event("Hangup", "1.1", Cause="16")
        await stage.settled()
        assert stage.notes.events == []


@pytest.mark.parametrize("rung", ["live", "default", "remembered", "dialplan"])
async def test_what_our_dialplan_decided_is_ours_in_whatever_queue(rung: str) -> None:
    async with staged() as stage:
        stage.event("UserEvent", "1.1", **ROUTED | {"Rung": rung})
        stage.event("QueueCallerJoin", "1.1", **THEIRS, Position="1")
        stage.event("Hangup", "1.1", Cause="16")
        await stage.settled()
        assert stage.notes.kinds == [("1.1", kind) for kind in ("routed", "joined", "ended")]


async def test_who_comes_from_somebody_elses_queue_to_our_dialplan_brings_what_happened_before() -> None:
    async with staged() as stage:
        stage.event("QueueCallerJoin", "1.1", **THEIRS, Position="1")
        stage.event("QueueCallerAbandon", "1.1", **THEIRS)
        await stage.settled()
        assert stage.notes.events == []
        stage.event("UserEvent", "1.1", **ROUTED)
        stage.event("QueueCallerJoin", "1.1", **QUEUE, Position="1")
        stage.event("Hangup", "1.1", Cause="16")
        await stage.settled()
        assert stage.notes.kinds == [("1.1", kind) for kind in ("joined", "left", "routed", "joined", "ended")]


@pytest.mark.parametrize("said", [{"UserEvent": "IvrAsked", "Ask": "menu"},
                                  {"UserEvent": "IvrHandled", "What": "message"}])  # fmt: skip
async def test_a_call_of_which_only_a_later_word_of_our_dialplan_is_heard_is_ours(said: dict[str, str]) -> None:
    async with staged() as stage:
        stage.event("UserEvent", "1.1", **said)
        stage.event("Hangup", "1.1", Cause="16")
        await stage.settled()
        assert [kind for _, kind in stage.notes.kinds][1:] == ["ended"]


async def test_a_queue_is_ours_as_soon_as_the_policy_names_it() -> None:
    async with staged() as stage:
        stage.event("QueueCallerJoin", "1.1", **THEIRS, Position="1")
        await stage.settled()
        stage.own.add("400")
        stage.event("QueueCallerJoin", "1.2", **THEIRS, Position="2")
        await stage.settled()
        assert stage.notes.kinds == [("1.2", "joined")]


async def test_what_is_held_of_others_calls_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD_CALLS", 5)
    monkeypatch.setattr(module, "HELD_EVENTS", 3)
    async with staged() as stage:
        for number in range(20):
            stage.event("QueueCallerJoin", f"1.{number}", **THEIRS, Position="1")
        for _ in range(10):
            stage.event("AgentCalled", "1.19", **THEIR_AGENT)
        await stage.settled()
        assert {call: len(events) for call, events in stage.follower._held.items()} == {
            "1.15": 1, "1.16": 1, "1.17": 1, "1.18": 1, "1.19": 3,
        }  # fmt: skip
        stage.now += module.HELD_SECONDS + 1
        stage.event("QueueCallerJoin", "2.1", **THEIRS, Position="1", Timestamp=f"{stage.now:.6f}")
        await stage.settled()
        assert list(stage.follower._held) == ["2.1"]
        await lose_and_return(stage)  # and is gone meanwhile
        assert stage.follower._held == {}
        assert stage.notes.events == []


async def test_a_phone_that_forwards_is_told_by_its_own_leg_and_belongs_to_the_callers_call() -> None:
    async with staged() as stage:
        stage.event("UserEvent", "1.1", **ROUTED)
        phone = {"UserEvent": "IvrForwards", "Queue": "premium-queue", "Interface": "PJSIP/101"}
        stage.event("UserEvent", "1.2", **phone, Call="1.1")
        stage.event("UserEvent", "1.3", **phone, Call="9.9")
        await stage.settled()
        assert stage.notes.kinds == [("1.1", "routed"), ("1.1", "no_answer")]
