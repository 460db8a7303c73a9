"""What Asterisk applied of the service's decisions is compared with what is recorded."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ivr.ami.message import Message
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.qa import chaos, chaos_records
from ivr.qa.chaos import Result
from ivr.qa.chaos_records import Compared, RecordedDecisions, applied, compare
from ivr.qa.faults import moved_away
from ivr.qa.load import LoadCaller, Offered
from ivr.qa.watch import Handled, Watch
from ivr.store import migrate
from ivr.store.engine import writer
from ivr.store.journal import DatabaseJournal
from tests.lab.scripted import decision

CALLER = LoadCaller("+442079460002", "70002", False, False)
TAG = "frozen@chaos"


def seen(tier: str) -> Handled:
    return Handled(tier, "1", applied=tier in ("live", "snapshot", "default"))


def call(name: str, invited_at: float = 100.0, ended_at: float = 104.0) -> Offered:
    return Offered(name, CALLER, invited_at, invited_at + 0.1, ended_at)


@pytest.mark.parametrize(
    ("tier", "recorded", "found"),
    [
        ("live", "live", Compared([], [])),
        ("live", "", Compared(["a"], [])),
        ("snapshot", "", Compared(["a"], [])),
        ("default", "", Compared(["a"], [])),
        ("dialplan", "", Compared([], [])),
        ("remembered", "", Compared([], [])),
        ("", "", Compared([], [])),
        ("dialplan", "live", Compared([], ["a"])),
        ("dialplan", "default", Compared([], ["a"])),
        ("remembered", "live", Compared([], ["a"])),
        ("remembered", "default", Compared([], [])),  # the dialplan knew better
        ("", "live", Compared([], ["a"])),  # the caller never came so far
    ],
)
def test_what_was_applied_against_what_is_recorded(
    tier: str,
    recorded: str,
    found: Compared,
) -> None:
    told = {"a": seen(tier)} if tier else {}
    rows = {"a": recorded} if recorded else {}
    assert compare([call("a")], told, rows) == found


def test_each_call_counts_for_itself() -> None:
    told = {name: seen("live") for name in ("a", "b")} | {"c": seen("dialplan")}
    calls = [call(name) for name in ("a", "b", "c", "d")]
    rows = {"b": "live", "c": "live", "x": "live"}  # x is of another run
    assert compare(calls, told, rows) == Compared(["a"], ["c"])


@pytest.mark.parametrize(
    ("blind", "not_applied"),
    [
        ((90.0, 99.9), ["a"]),  # before the call
        ((99.0, 100.0), []),
        ((101.0, 102.0), []),
        ((104.1, 110.0), ["a"]),  # after it
    ],
)
def test_a_call_without_events_is_left_out_where_nobody_watched(
    blind: tuple[float, float],
    not_applied: list[str],
) -> None:
    assert compare([call("a")], {}, {"a": "live"}, [blind]).not_applied == not_applied
    told = {"a": seen("dialplan")}
    assert compare([call("a")], told, {"a": "live"}, [blind]).not_applied == ["a"], "it was told"
    told = {"a": seen("live")}
    assert compare([call("a")], told, {}, [blind]).not_recorded == ["a"], "it was told"


def test_the_stream_tells_which_decisions_were_applied() -> None:
    """One of the service's own counts, whatever the dialplan fell back to after a question."""
    state: Any = SimpleNamespace(pbx="127.0.0.1", qa_secret="x", home="/nowhere")
    watch = Watch(state)
    tiers = {"a": ["live"], "b": ["remembered"], "c": ["default"], "d": ["live", "dialplan"]}
    for name, rungs in tiers.items():
        for rung in rungs:
            told = {"Event": "UserEvent", "UserEvent": "IvrRouted", "SipCallID": name}
            ids = {"Uniqueid": f"1.{name}", "Linkedid": f"1.{name}", "Rung": rung}
            watch._event(Message(list({**told, **ids}.items())))
    assert applied(watch.by_sip_id) == {"a", "c", "d"}


def test_what_is_short_is_counted_and_not_well() -> None:
    result = Result("x", 1, offered=3, served=3)
    chaos.add_compared(result, Compared([], ["c"]))
    assert (result.not_recorded, result.not_applied) == (0, 1)
    assert result.well, "it harms nobody"
    chaos.add_compared(result, Compared(["a", "b"], ["c"]))
    assert (result.not_recorded, result.not_applied) == (2, 1)
    assert not result.well
    assert {"not_recorded", "not_applied", "while_asterisk_away"} <= chaos.as_json(result).keys()
    assert "applied, and not recorded: b" in result.wrong


def put(journal: DatabaseJournal, uniqueid: str, name: str, tier: str = "live") -> None:
    """Record a decision on the call with this Uniqueid and SIP Call-ID."""
    arrived = IncomingCall(uniqueid, uniqueid, "", "70002", False, "", name, 100.0)
    journal.decided(arrived, decision(call_id=uniqueid, rung=tier), 1.0)


class TestRecorded:
    """The rows of a run's calls, in a real database."""

    @pytest.fixture
    def database(self, tmp_path: Path) -> Path:
        return tmp_path / "ivr.db"

    @pytest.fixture
    def journal(self, database: Path) -> Iterator[DatabaseJournal]:
        engine = writer(f"sqlite:///{database}")
        migrate.upgrade(engine)
        journal = DatabaseJournal(engine)
        yield journal
        assert journal.close(5)
        engine.dispose()

    def test_those_of_this_run(self, database: Path, journal: DatabaseJournal) -> None:
        """Neither those of another fault, nor those of an earlier run of the same one."""
        for number in (1, 2):
            put(journal, f"1.{number}", f"{number}-{TAG}")
        assert journal.flush(5)
        records = RecordedDecisions(database, TAG)
        put(journal, "2.1", f"1-{TAG}", "snapshot")
        put(journal, "2.2", "1-frozen-queue-full@chaos")
        put(journal, "2.3", "1-other-frozen@chaos.example")
        assert journal.flush(5)
        assert records.tiers() == {f"1-{TAG}": "snapshot"}

    async def test_the_journal_is_waited_for(
        self,
        database: Path,
        journal: DatabaseJournal,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """What is to come is waited for, as is what comes after that and nobody asked for."""
        monkeypatch.setattr(chaos_records, "STILL_SECONDS", 60.0)
        records = RecordedDecisions(database, TAG)
        waiting = asyncio.create_task(records.settled(frozenset({f"1-{TAG}", f"2-{TAG}"})))
        for number in (1, 2, 3):
            put(journal, f"1.{number}", f"{number}-{TAG}")
            await asyncio.to_thread(journal.flush, 5)
        async with asyncio.timeout(10):
            assert await waiting == {f"{number}-{TAG}": "live" for number in (1, 2, 3)}

    async def test_some_of_them_are_not_all(
        self,
        database: Path,
        journal: DatabaseJournal,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """However long it takes from one to the next."""
        monkeypatch.setattr(chaos_records, "COMPLETE_SECONDS", 0.0)
        monkeypatch.setattr(chaos_records, "_POLL_SECONDS", 0.0)
        records = RecordedDecisions(database, TAG)
        come = iter([{}, {"a": "live"}, {"a": "live"}, {"a": "live"}, {"a": "live", "b": "live"}])
        monkeypatch.setattr(records, "tiers", lambda: next(come))
        assert (await records.settled(frozenset("ab"))).keys() == {"a", "b"}

    async def test_what_never_comes_is_given_up(
        self,
        database: Path,
        journal: DatabaseJournal,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(chaos_records, "STILL_SECONDS", 0.3)
        records = RecordedDecisions(database, TAG)
        put(journal, "1.1", f"1-{TAG}")
        assert journal.flush(5)
        lost = frozenset({f"2-{TAG}"})
        assert await records.settled(lost) == {f"1-{TAG}": "live"}

    async def test_a_database_that_is_away_all_the_time_has_nothing(
        self,
        database: Path,
        journal: DatabaseJournal,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(chaos_records, "MOST_SECONDS", 0.3)
        records = RecordedDecisions(database, TAG)
        put(journal, "1.1", f"1-{TAG}")
        assert journal.flush(5)
        with moved_away(database):
            assert await records.settled(frozenset({f"1-{TAG}"})) == {}
