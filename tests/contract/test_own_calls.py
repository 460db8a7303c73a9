"""Our own calls as a source of scores: read where the service keeps them, on both databases."""

import math
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from ivr.domain.scoring.definition import OWN_CALLS, Serving, Source
from ivr.domain.scoring.metrics import Form, Metric
from ivr.domain.scoring.own_calls import COLUMNS, CUSTOMER, TIME
from ivr.domain.scoring.reading import Reading
from ivr.service.score_sources import with_calls
from ivr.store import tables
from ivr.store.engine import writing
from ivr.warehouse.duckdb_session import DuckSession
from ivr.warehouse.postgres import PostgresTable
from tests import scored
from tests.databases import Database, SqliteFile
from tests.scored import AT, DAY, scoring

NAN = math.nan
CALLS = Source(
    OWN_CALLS,
    CUSTOMER,
    TIME,
    COLUMNS,
    serving=Serving("channel", "agent_minutes", "line_minutes"),
)
_TEXTS = ("linked_id", "caller_number", "dialled", "trunk", "sip_call_id")


def call(engine: Engine, call_id: str, customer: str, days: float, **columns: Any) -> None:
    """A call so many days ago: it lasted five minutes, three of them with an agent."""
    began = AT - days * DAY
    row = {
        "call_id": call_id,
        "customer_id": customer,
        "routed_at": began,
        "ended_at": began + 300,
        "outcome": "answered",
        "queue": "general-queue",
        "segment": "standard",
        "wait_seconds": 90.25,
        "talk_seconds": 180.0,
        "test": False,
        "rung": "live",
        "rings": 1,
        **dict.fromkeys(_TEXTS, ""),
        **columns,
    }
    with writing(engine) as connection:
        connection.execute(tables.calls.insert(), row)


def metric(form: Form, name: str, of: str = "", where: str = "", **more: Any) -> Metric:
    return Metric(name, form, OWN_CALLS, of, where, **more)


def read(database: Database, *metrics: Metric) -> Reading:
    made = scoring(*metrics, source=CALLS)
    return with_calls({}, database.url).read(made, ("C1", "C2", "C3"), AT, lambda name: None)


def states(database: Database, *metrics: Metric) -> dict[str, list[float]]:
    found = read(database, *metrics)
    assert [each.error for each in found.sources] == [""]
    return {name: array.tolist() for name, array in found.states.items()}


@pytest.fixture
def some(engine: Engine) -> None:
    """C1 was answered, gave up and left a message; C2 was answered; C3 never called."""
    call(engine, "1", "C1", 2.5)
    gave_up = {"outcome": "abandoned", "talk_seconds": None}
    gave_up |= {"queue": "premium", "segment": "premium"}
    call(engine, "2", "C1", 10.0, wait_seconds=30.5, **gave_up)
    told = {"outcome": "voicemail", "queue": None, "wait_seconds": None, "talk_seconds": None}
    call(engine, "3", "C1", 70.0, **told)
    call(engine, "4", "C2", 1.0, talk_seconds=100.0)


MADE_FOR = 15_000 * DAY  # three half-lives of 5,000 days
EACH_FORM: list[tuple[Metric, list[list[float]]]] = [
    (metric("sum", "m", '"agent_minutes"', digits=3), [[3000, 1667, NAN]]),
    (metric("sum", "m", '"line_minutes"', digits=3), [[15000, 5000, NAN]]),
    (metric("sum", "m", '"wait_seconds"', digits=3), [[90250 + 30500, 90250, NAN]]),
    (metric("count", "m"), [[3, 1, NAN]]),
    (metric("count", "m", where='"abandoned"'), [[1, NAN, NAN]]),
    (metric("count", "m", where='NOT "abandoned"', window=30), [[1, 1, NAN]]),
    (metric("count", "m", where="\"outcome\" = 'answered'"), [[1, 1, NAN]]),
    (metric("count", "m", where="\"queue\" = 'premium'"), [[1, NAN, NAN]]),
    (metric("count", "m", where="\"channel\" = 'phone'"), [[3, 1, NAN]]),
    (metric("mean", "m", '"wait_seconds"', digits=3), [[120750, 90250, NAN], [2, 1, NAN]]),
    (metric("share", "m", where='"abandoned"'), [[1, 0, NAN], [3, 1, NAN]]),
    (metric("last", "m", '"wait_seconds"', digits=3), [[90250, 90250, NAN]]),
    (metric("days-since-last", "m"), [[AT - 2.5 * DAY, AT - DAY, NAN]]),
    (metric("tenure", "m"), [[AT - 70 * DAY, AT - DAY, NAN]]),
    (metric("distinct", "m", '"segment"'), [[2, 1, NAN]]),
    (
        metric("decayed-sum", "m", where='"abandoned"', half_life=5_000),
        [[round(2**20 * 2 ** ((AT / DAY - 10 - 15_000) / 5_000)), NAN, NAN], [MADE_FOR, NAN, NAN]],
    ),
    (metric("trend", "m", window=60), [[2, 1, NAN], [1, 0, NAN]]),
    # 0.50 a contact in the last 20 days and 1 a minute of an agent; 70 days ago it was not known.
    (metric("sum", "m", "cost-to-serve", digits=2), [[50 + 300 + 50, 50 + 167, NAN]]),
]


@pytest.mark.usefixtures("some")
def test_each_form_by_hand(database: Database) -> None:
    made = [replace(each, name=f"m{n}") for n, (each, _) in enumerate(EACH_FORM)]
    found = states(database, *made)
    for n, (_, expected) in enumerate(EACH_FORM):
        for name, wanted in zip(made[n].columns, expected, strict=True):
            assert found[name] == pytest.approx(wanted, abs=0, nan_ok=True), EACH_FORM[n]


@pytest.mark.usefixtures("some")
def test_a_ratio_and_what_is_told(database: Database) -> None:
    given_up = metric("count", "given up", where='"abandoned"')
    ratio = Metric("share", "ratio", ratio=("given up", "all"))
    found = read(database, given_up, metric("count", "all"), ratio)
    (of,) = found.sources
    told = (of.source, of.rows, of.bad, of.customers, of.newest, of.problems)
    assert told == (OWN_CALLS, 4, 0, 2, AT - DAY, ())
    assert of.place.endswith("#calls")


@pytest.mark.usefixtures("some")
def test_what_is_no_contact_of_a_customers_does_not_count(
    engine: Engine,
    database: Database,
) -> None:
    call(engine, "5", "C1", 1.0, test=True, outcome="abandoned")
    call(engine, "6", "", 1.0, outcome="abandoned")
    call(engine, "7", "C1", 0.1, ended_at=None, outcome="waiting", talk_seconds=None)
    call(engine, "8", "C1", 1.0, routed_at=None)
    given_up = metric("count", "gave up", where='"abandoned"')
    found = read(database, metric("count", "calls"), given_up)
    assert found.states["calls"].tolist()[:2] == [3, 1]
    assert found.states["gave up"].tolist()[0] == 1
    assert found.sources[0].rows == 4


def test_damaged_times_of_a_call_are_not_known_and_the_call_counts(
    engine: Engine,
    database: Database,
) -> None:
    call(engine, "1", "C1", 1.0, talk_seconds=-5.0, wait_seconds=math.inf)
    call(engine, "2", "C1", 1.0, talk_seconds=1e300, ended_at=0.0)
    call(engine, "3", "C1", 1.0, routed_at=1e300)
    minutes = metric("sum", "minutes", '"agent_minutes" + "line_minutes"', digits=3)
    waits = metric("mean", "waits", '"wait_seconds"', digits=3)
    found = states(database, metric("count", "calls"), minutes, waits)
    assert found["calls"][0] == 2
    assert found["waits of"][0] == 1


def test_no_calls_are_no_failure(database: Database) -> None:
    found = read(database, metric("count", "calls"))
    assert (found.sources[0].error, found.sources[0].rows) == ("", 0)


def test_a_password_is_shown_to_nobody() -> None:
    url = "postgresql+psycopg://ivr:s%40cret@127.0.0.1:1/ivr"
    made = scoring(metric("count", "calls"), source=CALLS)
    found = with_calls({}, url).read(made, ("C1",), AT, lambda name: None)
    assert found.sources[0].error
    assert "cret" not in repr(found.sources)
    assert "\n" not in found.sources[0].error


def test_a_database_that_goes_away_in_the_middle_is_a_line(
    engine: Engine, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(300):
        call(engine, str(n), "C1", 1.0, queue="q" * 500)  # SQLite reads some pages later
    made = replace(
        scoring(metric("count", "calls"), scored.metric("count", "orders"), source=CALLS),
        sources={OWN_CALLS: CALLS, "orders": scored.ORDERS},
    )
    sources = with_calls({"orders": scored.in_csv(tmp_path, scored.ROWS)}, database.url)
    lost = _lost_midway(database, monkeypatch)
    found = sources.read(made, ("C1",), AT, lambda name: None)
    assert lost, "it was not taken away"
    by_name = {each.source: each for each in found.sources}
    assert by_name[OWN_CALLS].error
    assert "\n" not in by_name[OWN_CALLS].error
    assert by_name["orders"].error == ""
    assert set(found.states) == {"orders"}


def _lost_midway(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have the database go once some of it was read; the list then says so."""
    lost: list[str] = []
    if isinstance(database, SqliteFile):
        put, path = DuckSession.put_texts, database.path

        def put_texts(self: DuckSession, table: str, *rest: Any) -> None:
            if "calls" in table and not lost:
                lost.append(table)
                for each in (path, path.with_name(f"{path.name}-wal")):
                    os.truncate(each, min(each.stat().st_size, 4096))
            put(self, table, *rest)

        monkeypatch.setattr(DuckSession, "put_texts", put_texts)
        return lost
    copy = PostgresTable.copy_states

    def copied(self: PostgresTable, events: str, sql: str, path: Path) -> None:
        lost.append(sql)
        others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        database.edit(f"SELECT pg_terminate_backend(pid) {others}")
        copy(self, events, sql, path)

    monkeypatch.setattr(PostgresTable, "copy_states", copied)
    return lost
