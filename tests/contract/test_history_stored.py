"""What happened is kept: events, stays and talks, agents' states, gaps, and what queue_log adds."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, Table, select

from ivr.domain.calls.call_filter import CallFilter
from ivr.domain.calls.events import (
    EVENTS,
    AgentChanged,
    AgentConnected,
    AgentDidNotAnswer,
    AgentLeft,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallerAsked,
    CallEvent,
    CallHandled,
    CallRouted,
    CallStarted,
    PartOf,
    PassedOn,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.gaps import Gap
from ivr.store import call_query, call_search, calls, queue_log_position
from ivr.store.agent_rows import NobodyWatched
from ivr.store.engine_reading import EngineReading
from ivr.store.entries import LogRead, Reconciled
from ivr.store.history_tables import agent_states, gaps, stays, talks
from ivr.store.journal import DatabaseJournal

CALL = "pbx-1.1"
ROUTED = CallRouted(
    CALL,
    1000.5,
    CALL,
    "+442079460001",
    "1000",
    "carrier",
    "abc@10.0.0.1",
    "live",
    "premium",
    "premium",
    10,
    "queue",
)
ANNA = ("Anna", "PJSIP/anna")


@pytest.fixture
def kept(engine: Engine) -> Iterator[DatabaseJournal]:
    made = DatabaseJournal(engine)
    yield made
    made.close(5)


def tell(kept: DatabaseJournal, *entries: Any) -> None:
    """Have all of this recorded."""
    for entry in entries:
        kept.put(entry)
    assert kept.flush(5)


def rows(engine: Engine, table: Table, *columns: str) -> list[tuple[Any, ...]]:
    """Return these columns of a table, in the order of its key."""
    query = select(*(table.c[name] for name in columns)).order_by(*table.primary_key)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_every_kind_of_event_can_be_read_back(engine: Engine, kept: DatabaseJournal) -> None:
    told: list[CallEvent] = [
        CallStarted(CALL, 1000.0, "+442079460001", "1000", "carrier", source="queue_log"),
        ROUTED,
        CallerAsked(CALL, 1001.0, "voicemail"),
        PriorityGiven(CALL, 1002.0, 30),
        QueueJoined(CALL, 1003.0, "premium", 1, 20.0, 5.0),
        AgentRang(CALL, 1004.0, "premium", *ANNA),
        AgentDidNotAnswer(CALL, 1005.0, "premium", *ANNA, 10.0),
        AgentConnected(CALL, 1006.0, "premium", *ANNA, 14),
        CallCompleted(CALL, 1007.0, "premium", "Anna", 60, "caller"),
        AgentLeft(CALL, 1008.0, "PJSIP/anna"),
        PassedOn(CALL, 1009.0, "blind", "1003"),
        QueueLeft(CALL, 1010.0, "premium", "ABANDON"),
        CallHandled(CALL, 1011.0, "voicemail"),
        PartOf(CALL, 1012.0, "pbx-1.0"),
        CallEnded(CALL, 1013.0, 16),
    ]
    tell(kept, *told)
    assert calls.events_of(engine, CALL) == told
    assert {type(each) for each in told} == set(EVENTS.values())
    assert {kind.kind for kind in CallEvent.__subclasses__()} == set(EVENTS)


def test_a_call_that_goes_on_has_its_stays_and_talks(engine: Engine, kept: DatabaseJournal) -> None:
    tell(kept, ROUTED, QueueJoined(CALL, 1001.0, "premium", 1, 20.0, 5.0))
    assert rows(engine, stays, "how", "verdict") == [("waiting", "pending")]
    tell(kept, AgentConnected(CALL, 1031.5, "premium", *ANNA, 14))
    told = rows(engine, stays, "call_id", "number", "how", "wait_seconds", "agent", "verdict")
    assert told == [(CALL, 1, "answered", 30.5, "Anna", "missed")]
    assert rows(engine, talks, "agent", "began_at", "ended_at") == [("Anna", 1031.5, None)]
    tell(kept, CallCompleted(CALL, 1041.5, "premium", "Anna", 10, "agent"))
    tell(kept, CallEnded(CALL, 1042.0, 16))
    assert rows(engine, talks, "stay", "ended_at", "ended_by") == [(1, 1041.5, "agent")]
    assert rows(engine, stays, "talk_seconds", "priority") == [(10.0, 10)]


def test_a_late_event_stands_where_it_belongs(engine: Engine, kept: DatabaseJournal) -> None:
    """Told after the end, a first queue is the first all the same."""
    tell(kept, ROUTED, QueueJoined(CALL, 1050.0, "general", 1), CallEnded(CALL, 1060.0, 16))
    tell(kept, QueueJoined(CALL, 1001.0, "premium", 1))
    tell(kept, QueueLeft(CALL, 1045.0, "premium", "TIMEOUT"))
    told = rows(engine, stays, "number", "queue", "how", "wait_seconds")
    assert told == [(1, "premium", "timeout", 44.0), (2, "general", "lost", 10.0)]


def test_an_agent_is_in_a_state_until_the_next_one(engine: Engine, kept: DatabaseJournal) -> None:
    changes = [
        AgentChanged("PJSIP/anna", 1.0, "Anna", "out"),
        AgentChanged("PJSIP/anna", 2.5, "Anna", "paused", "lunch"),
        AgentChanged("PJSIP/anna", 9.0, "Anna", "ready"),
    ]
    tell(kept, *changes, changes[1])  # told twice, it counts once
    told = rows(engine, agent_states, "state", "reason", "at", "until")
    assert told == [
        ("out", "", 1.0, 2.5),
        ("paused", "lunch", 2.5, 9.0),
        ("ready", "", 9.0, None),
    ]


def test_a_call_made_for_a_caller_is_part_of_theirs(engine: Engine, kept: DatabaseJournal) -> None:
    """A caller who was passed on is one call in the list, whoever asked whom for them."""
    agents = replace(ROUTED, call_id="pbx-1.5", trunk="anna")
    tell(kept, ROUTED, agents, PartOf("pbx-1.5", 1002.0, CALL))
    with EngineReading(engine).asking() as run:
        assert call_query.parts(run, CALL) == ["pbx-1.5"]
        listed = [call.history.call_id for call in call_search.newest(run, CallFilter(), 9)]
    assert listed == [CALL]


@pytest.mark.parametrize("told_first", [True, False])
def test_what_agents_did_while_nobody_watched_is_not_known(
    engine: Engine, kept: DatabaseJournal, *, told_first: bool
) -> None:
    """The watch was killed at 5: the next one sees them at 9, and knows when the last one did."""
    tell(kept, AgentChanged("PJSIP/anna", 1.0, "Anna", "talking", call_id=CALL))
    tell(kept, AgentChanged("PJSIP/ben", 6.0, "Ben", "ready"))  # after that: he is none of these
    seen, unknown = AgentChanged("PJSIP/anna", 9.0, "Anna", "ready"), NobodyWatched(5.0)
    tell(kept, *((unknown, seen) if told_first else (seen, unknown)), unknown)
    told = rows(engine, agent_states, "agent", "state", "at", "until")
    assert told == [
        ("Anna", "talking", 1.0, 5.0),
        ("Anna", "not known", 5.0, 9.0),
        ("Anna", "ready", 9.0, None),
        ("Ben", "ready", 6.0, None),
    ]


def test_gaps_are_rows_and_reading_goes_on(engine: Engine, kept: DatabaseJournal) -> None:
    position = {"inode": 7, "offset": 90}
    tell(kept, Gap("calls", 1.0, 9.0, "Asterisk ended without a word", (CALL,)))
    tell(kept, LogRead("/log", {"inode": 7, "offset": 1}, 5.0), LogRead("/log", position, 8.0))
    (gap,) = rows(engine, gaps, "since", "until", "cause", "calls")
    assert gap[:3] == (1.0, 9.0, "Asterisk ended without a word")
    named = json.loads(gap[3]) if isinstance(gap[3], str) else gap[3]
    assert named == [CALL]
    stored, read_until = queue_log_position.stored(engine, "/log")
    assert (json.loads(stored) if isinstance(stored, str) else stored) == position
    assert read_until == 8.0
    assert queue_log_position.stored(engine, "/another") == (None, None)


def of_log(*events: CallEvent, customer: str = "") -> Reconciled:
    return Reconciled(CALL, events, customer)


STARTED = CallStarted(CALL, 1000.0, "+442079460001", "1000", "carrier", source="queue_log")
JOINED = QueueJoined(CALL, 1001.0, "premium", 1, source="queue_log")
ANSWERED = AgentConnected(CALL, 1003.0, "premium", *ANNA, 2, source="queue_log")
TALKED = CallCompleted(CALL, 1013.0, "premium", "Anna", 10, "agent", source="queue_log")
ENDED = CallEnded(CALL, 1013.0, 16, source="queue_log")


def test_a_call_that_only_queue_log_tells_of(engine: Engine, kept: DatabaseJournal) -> None:
    whole = of_log(STARTED, JOINED, ANSWERED, TALKED, ENDED, customer="C1")
    tell(kept, whole, whole)
    told = calls.find_call(engine, CALL)
    assert told is not None
    history = told.history
    assert (history.outcome, history.agent, history.talk_seconds) == ("answered", "Anna", 10.0)
    assert (history.customer_id, history.identified) == ("C1", "afterwards")
    assert rows(engine, stays, "how", "source") == [("answered", "queue_log")]
    assert len(calls.events_of(engine, CALL)) == 5


def test_queue_log_adds_what_asterisks_events_missed(engine: Engine, kept: DatabaseJournal) -> None:
    """Somebody listened until the caller waited, and again from the end on."""
    tell(kept, ROUTED, QueueJoined(CALL, 1001.3, "premium", 1), CallEnded(CALL, 1013.6, 16))
    tell(kept, of_log(STARTED, JOINED, ANSWERED, TALKED, ENDED, customer="C1"))
    told = calls.find_call(engine, CALL)
    assert told is not None
    assert (told.history.joined_at, told.history.ended_at) == (1001.3, 1013.6)
    assert (told.history.outcome, told.history.agent) == ("answered", "Anna")
    assert rows(engine, stays, "queue", "how", "source") == [("premium", "answered", "ami")]
    assert rows(engine, talks, "agent", "source") == [("Anna", "queue_log")]


def test_an_end_that_nobody_saw_gives_way(engine: Engine, kept: DatabaseJournal) -> None:
    tell(kept, ROUTED, QueueJoined(CALL, 1001.3, "premium", 1), CallEnded(CALL, 1099.0, 0))
    tell(kept, of_log(STARTED, JOINED, ANSWERED, TALKED, ENDED))
    told = calls.find_call(engine, CALL)
    assert told is not None
    assert told.history.ended_at == pytest.approx(1013.0, abs=1)
    ends = [each for each in calls.events_of(engine, CALL) if isinstance(each, CallEnded)]
    assert [end.cause for end in ends] == [16]


def test_an_end_that_nobody_saw_moves_no_other(engine: Engine, kept: DatabaseJournal) -> None:
    tell(kept, of_log(STARTED, JOINED, ENDED), CallEnded(CALL, 1019.5, 0))
    told = calls.find_call(engine, CALL)
    assert told is not None
    assert told.history.ended_at == 1013.0


def test_what_queue_log_told_first_counts_once(engine: Engine, kept: DatabaseJournal) -> None:
    """Asterisk's events may come later than the lines: their times are exact, so they stay."""
    tell(kept, of_log(STARTED, JOINED, ANSWERED))
    tell(kept, QueueJoined(CALL, 1001.2, "premium", 1))
    tell(kept, AgentConnected(CALL, 1003.6, "premium", *ANNA, 2))
    tell(kept, CallCompleted(CALL, 1013.7, "premium", "Anna", 10, "agent"))
    tell(kept, CallEnded(CALL, 1013.8, 16))
    told = rows(engine, stays, "joined_at", "left_at", "how", "source")
    assert told == [(1001.2, 1003.6, "answered", "ami")]
    assert rows(engine, talks, "began_at", "ended_at", "source") == [(1003.6, 1013.7, "ami")]
    tell(kept, of_log(STARTED, JOINED, ANSWERED, TALKED, ENDED))
    assert len(rows(engine, stays, "number")) == len(rows(engine, talks, "number")) == 1


def test_a_wait_that_is_asked_for_counts_once(engine: Engine, kept: DatabaseJournal) -> None:
    """After a login Asterisk says of who waits for how many whole seconds."""
    tell(kept, of_log(STARTED, JOINED), QueueJoined(CALL, 1001.9, "premium", 1))
    assert rows(engine, stays, "joined_at", "how") == [(1001.9, "waiting")]
