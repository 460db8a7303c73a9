"""The migrations lead to the tables that the code works with."""

import logging
import multiprocessing
import re
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Engine, Integer, Table, inspect, text

from ivr.domain.scoring.runs import CustomerScore, KeptScore
from ivr.errors import StoreError
from ivr.store import migrate, score_query
from ivr.store.engine import writer, writing
from ivr.store.engine_reading import EngineReading
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.store.tables_for_migrations import metadata
from tests.databases import Database, PostgresDatabase


@pytest.fixture
def engine(empty_database: Database) -> Iterator[Engine]:
    made = writer(empty_database.url)
    yield made
    made.dispose()


def as_in_the_code(engine: Engine) -> None:
    """Make the tables that the code has, without what is no part of a table."""
    with writing(engine) as connection:
        metadata.create_all(connection)


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_the_migrated_tables_are_those_of_the_code(engine: Engine) -> None:
    migrate.upgrade(engine)
    assert differences(engine) == []
    extra = Table("extra", metadata, Column("id", Integer))
    try:
        assert differences(engine) != []  # so it does look
    finally:
        metadata.remove(extra)


def test_the_index_of_open_calls_has_only_those(engine: Engine) -> None:
    migrate.upgrade(engine)
    explain, definition = {
        "sqlite": (
            "EXPLAIN QUERY PLAN SELECT call_id FROM calls WHERE ended_at IS NULL",
            "SELECT sql FROM sqlite_master WHERE name = 'ix_calls_open'",
        ),
        "postgresql": (
            "EXPLAIN SELECT call_id FROM calls WHERE ended_at IS NULL",
            "SELECT pg_get_indexdef('ix_calls_open'::regclass)",
        ),
    }[engine.dialect.name]
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL enable_seqscan = off"))  # an empty table needs no index
        plan = connection.execute(text(explain)).all()
        assert "ix_calls_open" in str(plan)
        made = connection.execute(text(definition)).scalar()
    assert re.search(r"WHERE \(?ended_at IS NULL\)?$", str(made))


def test_cleaning_up_locks_out_no_lookup(empty_postgres: PostgresDatabase) -> None:
    engine = writer(empty_postgres.url)
    migrate.upgrade(engine)
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT relname FROM pg_class WHERE 'vacuum_truncate=false' = ANY (reloptions)")
        )
        kept = {"customers", "phones", "customer_places", "score_chunks", "metric_chunks"}
        assert set(found.scalars()) == kept
    engine.dispose()


def test_versions(engine: Engine) -> None:
    assert migrate.current(engine) is None
    migrate.upgrade(engine)
    assert migrate.current(engine) == migrate.head()
    migrate.upgrade(engine)
    assert migrate.current(engine) == migrate.head()


def test_upgrading_is_quiet(
    engine: Engine, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    handlers, level = list(logging.root.handlers), logging.root.level
    migrate.upgrade(engine)
    assert (list(logging.root.handlers), logging.root.level) == (handlers, level)
    assert not logging.getLogger("ivr").disabled
    assert capfd.readouterr() == ("", "")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_it_goes_back_too(engine: Engine) -> None:
    migrate.upgrade(engine)
    with writing(engine) as connection:
        command.downgrade(migrate.config(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate.upgrade(engine)
    assert differences(engine) == []


OLD_ROWS = """
INSERT INTO customers (customer_id, name, language, tags, preferred_agent, blocked, updated_at)
    VALUES ('C1', 'Ann', 'en', '', '', false, 1);
INSERT INTO decisions (call_id, at, customer_id, priority, rule, reason, route_ms, lookup, rung, policy_version,
    decision, call)
    VALUES ('1', 1, 'C1', 0, '', '', 1, 'found', 'live', '', '{}', '{}'),
    ('2', 1, NULL, 0, '', '', 1, 'unknown', 'live', '', '{}', '{}');
INSERT INTO calls (call_id, linked_id, caller_number, dialled, trunk, sip_call_id, rung, segment, rings, outcome)
    VALUES ('1', '', '', '', '', '', '', '', 0, ''), ('2', '', '', '', '', '', '', '', 0, ''),
    ('3', '', '', '', '', '', '', '', 0, '')
"""


def test_customers_and_calls_that_are_there_already_go_on(engine: Engine) -> None:
    with writing(engine) as connection:
        command.upgrade(migrate.config(connection), "0002")
        for statement in OLD_ROWS.split(";"):
            connection.execute(text(statement))
    migrate.upgrade(engine)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT call_id, customer_id FROM calls ORDER BY call_id")).all()
        assert [tuple(row) for row in found] == [("1", "C1"), ("2", ""), ("3", "")]
        known = connection.execute(text("SELECT * FROM customers")).one()._mapping
    assert [known[name] for name in ("products", "contract", "customer_number", "pin_hash")] == [""] * 4
    assert [bool(known[name]) for name in ("open_case", "lapsed", "prefers_self_service")] == [False] * 3
    assert known["scored_at"] == 1  # until then that was when their row came in


KEPT = """
    INSERT INTO customers (customer_id, name, language, tags, preferred_agent, blocked, updated_at,
            value)
        VALUES ('C1', 'n', 'en', '', '', :no, 1, 5), ('C2', 'n', 'en', '', '', :no, 1, 5),
            ('C3', 'n', 'en', '', '', :no, 1, 5);
    INSERT INTO score_runs (state, version, calibration, began_at)
        VALUES ('done', 'v', 'c', 7), ('done', 'v', 'c', 8), ('running', 'v', 'c', 9);
    INSERT INTO customers (customer_id, name, language, tags, preferred_agent, blocked, updated_at)
        VALUES ('B9', 'n', 'en', '', '', :no, 1);
    INSERT INTO customer_scores (customer_id, run, value, need, previous_run, previous_value)
        VALUES ('B9', 1, 1000, 0, NULL, NULL), ('C1', 1, 10.5, 0, NULL, NULL),
            ('C2', 3, 30, 3, 2, 100),
            ('C3', 3, 30, 3, NULL, NULL);
    INSERT INTO customer_metrics (customer_id, run, metrics, attributes, digest)
        VALUES ('C1', 1, '{"a": 1, "b": null}', '{"lapsed": true}', 1),
            ('C2', 1, '{"b": 2.5}', NULL, 1), ('C3', 3, '{"a": 9}', NULL, 1)
"""
"""Rows as they were before chunks: a run under way has written over some."""


def test_what_counted_of_the_runs_goes_on_to_count(engine: Engine) -> None:
    with writing(engine) as connection:
        command.upgrade(migrate.config(connection), "0012")
        for statement in KEPT.split(";"):
            connection.execute(text(statement), {"no": False})
    migrate.upgrade(engine)
    with EngineReading(engine).asking() as asked:
        found = [score_query.kept(asked, name) for name in ("C1", "C2", "C3")]
        places = [row[0] for row in asked("SELECT place FROM customer_places ORDER BY place", {})]
    first = CustomerScore("C1", 10.5, None, 0.0, {"a": 1.0, "b": None}, {"lapsed": True})
    second = CustomerScore("C2", 100.0, None, None, {"b": 2.5})
    assert found == [KeptScore(2, first), KeptScore(2, second), None]
    assert places == [0, 1, 2, 3]  # B9's is damaged, and nobody else's
    runs = DatabaseScoreRuns(engine, pause=lambda: None)
    with pytest.raises(StoreError, match="before run 2 is no longer kept"):
        runs.rollback()
    number = runs.begin("v", "c", 9.0)
    assert runs.write_rows(number, [first, second]) == 1  # B9 is left out


@pytest.mark.parametrize("name", ["ix_calls_contacts", "ix_customers_customer_number"])
def test_indexes_of_a_part_are_migrated_as_such(engine: Engine, name: str) -> None:
    asked = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE name = :name",
        "postgresql": "SELECT pg_get_indexdef(to_regclass(:name))",
    }[engine.dialect.name]
    definitions = []
    for make in (migrate.upgrade, as_in_the_code):
        make(engine)
        with writing(engine) as connection:
            definitions.append(str(connection.execute(text(asked), {"name": name}).scalar()))
            metadata.drop_all(connection)
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    assert "WHERE" in definitions[0]
    assert definitions[0] == definitions[1]


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine) -> None:
    migrate.upgrade(engine)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="has version 9999, and this program knows only"):
        migrate.upgrade(engine)
    assert migrate.current(engine) == "9999"


def test_a_migration_that_fails_leaves_nothing_behind(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE facts (other TEXT)"))  # somebody else's database
    with pytest.raises(StoreError, match="facts"):
        migrate.upgrade(engine)
    assert inspect(engine).get_table_names() == ["facts"]


def _start(url: str) -> str | None:
    engine = writer(url)
    migrate.upgrade(engine)
    current = migrate.current(engine)
    engine.dispose()
    return current


@pytest.mark.thorough
def test_two_processes_may_start_at_once(empty_database: Database) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = pool.map(_start, [empty_database.url] * 4, chunksize=1)
    assert found == [migrate.head()] * 4


def test_tries_of_pins_that_are_there_already_stay(engine: Engine) -> None:
    with writing(engine) as connection:
        command.upgrade(migrate.config(connection), "0006")
        connection.execute(
            text("INSERT INTO pin_tries (customer_id, call_id, at, \"right\") VALUES ('C1', '1', 5, false)")
        )
    migrate.upgrade(engine)
    with engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM pin_tries")).one()._mapping
    assert (row["customer_id"], bool(row["right"]), bool(row["own"])) == ("C1", False, False)
    assert (row["trunk"], row["caller"]) == ("", "")


def test_the_number_of_a_run_is_given_once(engine: Engine) -> None:
    """Also after the newest was deleted, and in a migrated table as in one that the code made."""
    columns = "state, version, calibration, began_at"
    insert = f"INSERT INTO score_runs ({columns}) VALUES ('done', '', '', 1)"  # noqa: S608
    for make in (migrate.upgrade, as_in_the_code):
        make(engine)
        with writing(engine) as connection:
            for _ in range(2):
                connection.execute(text(insert))
            connection.execute(text("DELETE FROM score_runs"))
            connection.execute(text(insert))
            assert connection.execute(text("SELECT run FROM score_runs")).scalar() == 3
            metadata.drop_all(connection)
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
