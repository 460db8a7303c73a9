"""The live state in the process that watches: fed by AMI, over losses, told with its age."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from ivr.ami.call_tracker import CallTracker
from ivr.ami.message import Message
from ivr.domain.agents import Agent
from ivr.domain.calls.events import AgentChanged, CallEvent, QueueJoined
from ivr.service.live_watch import LiveWatch
from ivr.service.watch import DeclaredAgents
from ivr.settings import Settings
from ivr.store.engine import writing
from ivr.store.tables import decisions
from tests.databases import Database
from tests.wire.fake_ami import FakeAmi, Headers, eventually, listed, running
from tests.wire.test_live_socket import Reader

ANNA = "PJSIP/anna"
OURS = DeclaredAgents((Agent("Anna", ANNA, {"premium": 5}),), frozenset({"premium"}))
MEMBER = {"Queue": "premium", "Status": "1", "Paused": "0", "LastCall": "0"}
NAMED = {**MEMBER, "MemberName": "Anna", "Interface": ANNA}
LISTED = {"Event": "QueueMember", **MEMBER, "Name": "Anna", "Location": ANNA, "InCall": "0"}
ENTRY = {
    "Event": "QueueEntry",
    "Queue": "premium",
    "Position": "1",
    "Uniqueid": "1.1",
    "CallerIDNum": "+4420",
    "Wait": "7",
    "Priority": "5",
}


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    yield
    while Reader.ends:
        Reader.ends.pop().close()


@dataclass
class AgentJournal:
    """A journal in memory."""

    calls: list[CallEvent] = field(default_factory=list)
    agents: list[AgentChanged] = field(default_factory=list)

    def happened(self, event: CallEvent) -> None:
        self.calls.append(event)

    def changed(self, event: AgentChanged) -> None:
        self.agents.append(event)

    @property
    def states(self) -> list[str]:
        return [each.state for each in self.agents]


class Place:
    """A live watch of a scripted Asterisk, wired as the process wires it."""

    def __init__(self, ami: FakeAmi, settings: Settings) -> None:
        self.ami, self.journal, self.declared = ami, AgentJournal(), OURS
        self.client = ami.client(on_event=self._event, on_login=self._logged_in)
        self.live = LiveWatch(
            settings,
            self.client,
            self.journal,
            lambda: self.declared,
            lambda: float("-inf"),
        )
        self.tracker = CallTracker(self.live, list, lambda: self.declared.own_queues)
        self.asterisk_has()

    def asterisk_has(self, *entries: Headers, channels: tuple[Headers, ...] = ()) -> None:
        self.ami.answers["QueueStatus"] = listed(entries)
        self.ami.answers["CoreShowChannels"] = listed(channels)

    async def _logged_in(self) -> None:
        await self.live.resync()

    def _event(self, message: Message) -> None:
        self.live.event(message)
        self.tracker.event(message)

    @property
    def parts(self) -> dict[str, Any]:
        return self.live.parts()

    @property
    def callers(self) -> dict[str, dict[str, Any]]:
        return {row["call_id"]: row for row in self.parts["callers"]["rows"]}


@asynccontextmanager
async def place(tmp_path: Path, url: str = "") -> AsyncIterator[Place]:
    url = url or f"sqlite:///{tmp_path}/none.db"
    settings = Settings(database_url=url, live_socket=tmp_path / "live.sock", policy_dir=tmp_path)
    async with FakeAmi() as ami:
        made = Place(ami, settings)
        made.asterisk_has(LISTED)
        watching = asyncio.create_task(made.live.run())
        async with running(made.client):
            try:
                await eventually(lambda: made.journal.states == ["ready"])
                yield made
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)


async def test_a_call_and_its_agent(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        ami, call = here.ami, {"Queue": "premium", "Uniqueid": "1.1"}
        ami.event("QueueCallerJoin", Position=1, **call)
        await eventually(lambda: "1.1" in here.callers)
        agent = {"MemberName": "Anna", "Interface": ANNA, **call}
        ami.event("AgentCalled", **agent)
        ami.event("AgentConnect", HoldTime=1, **agent)
        await eventually(lambda: here.callers["1.1"]["state"] == "talking")
        ami.event("AgentComplete", TalkTime=1, Reason="caller", **agent)
        ami.event("QueueMemberPause", **{**NAMED, "Paused": "1", "PausedReason": "lunch"})
        ami.event("Hangup", Uniqueid="1.1", Cause=16)
        await eventually(lambda: here.journal.states[-1] == "paused" and not here.callers)
        assert here.journal.states == ["ready", "ringing", "talking", "ready", "paused"]
        assert here.journal.agents[-1].reason == "lunch"
        kinds = [event.kind for event in here.journal.calls]
        assert kinds == ["joined", "rang", "connected", "completed", "ended"]


async def test_while_the_connection_is_lost_all_stays_and_grows_old(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        here.ami.event("QueueCallerJoin", Queue="premium", Uniqueid="1.1", Position=1)
        await eventually(lambda: "1.1" in here.callers)
        reader = Reader(tmp_path / "live.sock")
        here.ami.answers["Login"] = lambda action: b""
        here.ami.drop()
        await eventually(lambda: here.journal.states == ["ready", "not known"])
        at = here.parts["callers"]["at"]
        assert "1.1" in here.callers
        assert [row["state"] for row in here.parts["agents"]["rows"]] == ["ready"]
        await eventually(lambda: time.time() - here.parts["callers"]["at"] > 1.2)
        assert here.parts["callers"]["at"] == pytest.approx(at, abs=0.01)
        assert reader.states[-1]["callers"]["rows"]


async def test_after_a_loss_there_are_no_ghosts(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        for call in ("1.1", "2.2"):
            here.ami.event("QueueCallerJoin", Queue="premium", Uniqueid=call, Position=1)
        await eventually(lambda: len(here.callers) == 2)
        paused = {**LISTED, "Paused": "1", "PausedReason": "lunch"}
        channel = {"Event": "CoreShowChannel", "Uniqueid": "1.1"}
        here.asterisk_has(paused, ENTRY, channels=(channel,))
        here.ami.drop()
        await eventually(lambda: here.journal.states[-1] == "paused")
        assert set(here.callers) == {"1.1"}
        assert here.callers["1.1"]["priority"] == 5


async def test_what_happens_while_all_of_it_is_asked_for_counts(tmp_path: Path) -> None:
    """The list of callers is answered; then one hangs up, and another comes."""
    async with place(tmp_path) as here:
        answer = listed([{"Event": "CoreShowChannel", "Uniqueid": "1.1"}])
        end = b"Event: Hangup\r\nUniqueid: 1.1\r\nCause: 16\r\n\r\n"
        came = b"Event: QueueCallerJoin\r\nUniqueid: 3.3\r\nQueue: premium\r\nPosition: 1\r\n\r\n"
        here.ami.event("QueueCallerJoin", Queue="premium", Uniqueid="1.1", Position=1)
        await eventually(lambda: "1.1" in here.callers)
        here.asterisk_has({**LISTED, "Paused": "1", "PausedReason": "lunch"}, ENTRY)
        here.ami.answers["CoreShowChannels"] = lambda action: end + came + answer(action)
        here.ami.drop()
        await eventually(lambda: here.journal.states[-1] == "paused")  # all of it is taken
        assert set(here.callers) == {"3.3"}


async def test_other_peoples_queues_are_not_told_of(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        other = {**NAMED, "Queue": "sales", "Interface": "PJSIP/eve", "MemberName": "Eve"}
        here.ami.event("QueueMemberAdded", **other)
        here.ami.event("QueueCallerJoin", Queue="sales", Uniqueid="9.9", Position=1)
        here.ami.event("QueueMemberPause", **{**NAMED, "Paused": "1"})
        await eventually(lambda: here.journal.states[-1] == "paused")
        assert [row["agent"] for row in here.parts["agents"]["rows"]] == ["Anna"]
        assert not here.callers
        assert [row["queue"] for row in here.parts["queues"]["rows"]] == ["premium"]


async def test_another_policy_is_taken_up_with_who_is_there(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        here.declared = DeclaredAgents((), frozenset({"premium", "sales"}))
        eve = {**LISTED, "Queue": "sales", "Location": "PJSIP/eve", "Name": "Eve"}
        here.asterisk_has(LISTED, eve)
        here.live.declare()
        await eventually(lambda: len(here.parts["agents"]["rows"]) == 2)


async def test_why_is_looked_up_while_somebody_reads(
    tmp_path: Path,
    database: Database,
    engine: Engine,
) -> None:
    async with place(tmp_path, database.url) as here:
        here.ami.event("QueueCallerJoin", Queue="premium", Uniqueid="1.1", Position=1)
        await eventually(lambda: "1.1" in here.callers)
        row = {
            "call_id": "1.1",
            "at": 1.0,
            "segment": "gold",
            "priority": 70,
            "rule": "vip",
            "reason": "value 91",
            "route_ms": 1.0,
            "lookup": "found",
            "policy_version": "1",
            "rung": "live",
            "decision": {},
            "call": {},
        }
        columns = {column.name for column in decisions.columns}
        with writing(engine) as connection:
            connection.execute(decisions.insert(), {k: v for k, v in row.items() if k in columns})
        assert here.callers["1.1"]["reason"] is None
        reader = Reader(tmp_path / "live.sock")
        await eventually(lambda: here.callers["1.1"]["reason"] == "value 91")
        found = here.callers["1.1"]
        assert (found["rule"], found["segment"], found["priority"]) == ("vip", "gold", 70)
        await eventually(lambda: bool(reader.states[-1]["callers"]["rows"][0]["reason"]))


async def test_a_database_that_is_away_only_leaves_it_out(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        here.ami.event("QueueCallerJoin", Queue="premium", Uniqueid="1.1", Position=1)
        await eventually(lambda: "1.1" in here.callers)
        reader = Reader(tmp_path / "live.sock")
        await eventually(lambda: len(reader.states) >= 2)
        assert reader.states[-1]["callers"]["rows"][0]["rule"] is None


async def test_what_queue_log_tells_of_the_past_is_recorded_and_no_more(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        event = QueueJoined("5.5", 1.0, "premium", 1, source="queue_log")
        here.live.happened(event)
        assert here.journal.calls == [event]
        assert not here.callers


async def test_a_mistake_of_ours_costs_no_record(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    async with place(tmp_path) as here:
        monkeypatch.setattr(here.live.states, "call", broken)
        monkeypatch.setattr(here.live.live, "happened", broken)
        monkeypatch.setattr(here.live.states, "member", broken)
        here.ami.event("QueueMemberPause", **{**NAMED, "Paused": "1"})
        here.ami.event("QueueCallerJoin", Queue="premium", Uniqueid="1.1", Position=1)
        await eventually(lambda: [event.kind for event in here.journal.calls] == ["joined"])
