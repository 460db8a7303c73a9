"""Reading records with plain statements: the same from a file as from a server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ivr.domain.calls.record import CallRecord
from ivr.errors import StoreError
from ivr.settings import Settings
from ivr.store import version_query, versions
from ivr.store.engine import writer
from ivr.store.engine_reading import EngineReading
from ivr.store.journal import DatabaseJournal
from ivr.store.records import Records
from ivr.store.statement_reading import FileReading, reading
from tests.contract.test_store import CALL, DECISION, HAPPENED, ROUTED, decided, folded, only_sqlite
from tests.databases import Database, SqliteFile, make_tables

WHOLE = CallRecord(decided(folded(*HAPPENED)), DECISION, CALL, 12.5)


@pytest.fixture
def records(database: Database, engine: Engine) -> Iterator[Records]:
    """Of a call that is known from its beginning to its end, and of a later test call."""
    kept = DatabaseJournal(engine)
    kept.decided(CALL, DECISION, 12.5)
    for event in (*HAPPENED, replace(ROUTED, call_id="pbx-1.2", at=2000.5, test=True)):
        kept.happened(event)
    assert kept.close(5)
    with Records(Settings(database_url=database.url)) as found:
        yield found


def test_a_file_is_read_by_itself_and_a_server_by_an_engine(records: Records, database: Database) -> None:
    assert type(records.reading) is (FileReading if database.kind == "sqlite" else EngineReading)


def test_records_come_back_as_they_were_told(records: Records) -> None:
    assert records.find("pbx-1.1") == WHOLE
    assert records.events("pbx-1.1") == HAPPENED
    assert [each.history.call_id for each in records.last(9)] == ["pbx-1.1", "pbx-1.2"]
    assert records.last(9)[0] == WHOLE
    assert [each.history.test for each in records.last(9)] == [False, True]  # and neither 0 nor 1
    assert records.since(2000.0) == records.last(1)
    assert (records.find("nobody"), records.events("nobody"), records.since(3000.0)) == (None, [], [])


def test_versions_come_back_as_they_were_kept(database: Database, engine: Engine) -> None:
    put = versions.publish(engine, "policy 50%\n", "agents: []\n", "ann", "why", 1.0)
    of = reading(database.url)
    with of.asking() as run:
        assert version_query.log(run, 9) == [put] == versions.log(engine, 9)
        assert version_query.texts_of(run, put.version[:6]) == versions.texts_of(engine, put.version)
        assert version_query.log(run, -1) == []
    with pytest.raises(StoreError, match="no version abcdef is known"), of.asking() as run:
        version_query.texts_of(run, "abcdef")
    of.close()


def test_several_threads_may_ask_at_once(records: Records) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(records.find, ["pbx-1.1"] * 80)) == [WHOLE] * 80


def test_a_reader_keeps_no_writer_waiting_and_writes_nothing(records: Records, database: Database) -> None:
    with records.reading.asking() as run:
        assert run("SELECT count(*) FROM calls", {})[0][0] == 2
        database.edit("DELETE FROM calls WHERE call_id = 'pbx-1.2'")
        assert run("SELECT count(*) FROM calls", {})[0][0] == 1
    with pytest.raises(StoreError), records.reading.asking() as run:
        run("DELETE FROM calls", {})
    assert records.find("pbx-1.1") == WHOLE


def test_a_database_that_is_away_is_explained_and_read_again_when_it_is_back(
    records: Records, database: Database
) -> None:
    with database.away(), pytest.raises(StoreError, match=r"ivr[\w.]*(\?\S+)?: .*: (check|is the|is there)"):
        records.find("pbx-1.1")
    assert records.find("pbx-1.1") == WHOLE


@only_sqlite
def test_a_file_that_was_replaced_is_the_one_that_is_read(records: Records, database: SqliteFile) -> None:
    other = writer(f"sqlite:///{database.path.with_name('other.db')}")
    make_tables(other)
    other.dispose()
    assert records.last(9)
    Path(f"{database.path}-wal").unlink(missing_ok=True)
    database.path.with_name("other.db").replace(database.path)
    assert records.last(9) == []


def test_what_is_wrong_with_a_database_is_said(empty_database: Database) -> None:
    if isinstance(empty_database, SqliteFile):
        with pytest.raises(StoreError, match=r"ivr\.db: .*: is there a database\?.* folder exists"):
            Records(Settings(database_url=empty_database.url)).last(1)
        assert not empty_database.path.exists()
    writer(empty_database.url).dispose()
    refused = pytest.raises(StoreError, match=r"ivr[\w.]*(\?\S+)?: .*run `ivr migrate`")
    with Records(Settings(database_url=empty_database.url)) as records, refused:
        records.last(1)


@pytest.mark.parametrize("damage", ['"a text"', "[]", "{}", "null"])
def test_a_damaged_decision_is_none(records: Records, database: Database, damage: str) -> None:
    database.edit("UPDATE decisions SET decision = :damage", damage=damage)
    assert records.find("pbx-1.1") == replace(WHOLE, decision=None)


@only_sqlite  # PostgreSQL takes none
def test_what_is_no_json_is_explained(records: Records, database: Database) -> None:
    database.edit("UPDATE decisions SET decision = 'no JSON'")
    with pytest.raises(StoreError, match=r"ivr\.db: not in a form that can be stored or read"):
        records.find("pbx-1.1")
