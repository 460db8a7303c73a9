"""The databases that tests are given: each as new, whoever had it before."""

import psycopg
import pytest

from tests.databases import PostgresDatabase, PostgresDatabases, PostgresServer

FACT = "INSERT INTO facts (call_id, kind, at, data) VALUES ('pbx-1', 'ended', 1.0, '{}')"


@pytest.fixture
def databases(postgres_server: PostgresServer, postgres_template: str) -> PostgresDatabases:
    return PostgresDatabases(postgres_server, postgres_template)


def rows(database: PostgresDatabase) -> list[tuple[object, ...]]:
    with database.connected() as connection:
        return connection.execute("SELECT id, call_id FROM facts").fetchall()


def test_rows_are_gone_and_are_counted_anew(databases: PostgresDatabases) -> None:
    first = databases.out()
    for _ in range(2):
        first.edit(FACT)
        first.edit("INSERT INTO policy_versions VALUES ('v', '', '', 1.0)")
        first.edit("INSERT INTO policy_publications (version, at, author, message, kind) VALUES ('v', 1, '', '', 'x')")
        assert rows(first) == [(1, "pbx-1")]
        databases.back(first)
        assert databases.out() is first
        assert rows(first) == []
    first.drop()


def test_who_is_still_connected_is_put_out(databases: PostgresDatabases) -> None:
    given = databases.out()
    left = psycopg.connect(f"host={given.server.folder} user=ivr dbname={given.name}")
    left.execute(FACT)  # and its locks
    databases.back(given)
    with pytest.raises(psycopg.OperationalError):
        left.execute("SELECT 1")
    left.close()
    assert databases.out() is given
    assert rows(given) == []
    given.drop()


@pytest.mark.thorough
@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE calls ADD COLUMN more integer",
        "ALTER TABLE calls DROP COLUMN outcome",
        "ALTER TABLE calls ALTER COLUMN outcome DROP NOT NULL",
        "ALTER TABLE calls ALTER COLUMN outcome SET DEFAULT 'x'",
        "ALTER TABLE calls ADD CHECK (priority > 1)",
        "ALTER TABLE phones DROP CONSTRAINT fk_phones_customer_id",
        "DROP INDEX ix_calls_open",
        "CREATE INDEX more ON calls (agent)",
        "DROP TABLE decisions CASCADE",
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA other",
        "GRANT SELECT ON calls TO public",
        "ALTER TABLE calls SET (vacuum_truncate = false)",
        "ANALYZE facts",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = 7', current_database()); END $$",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 3', current_database()); END $$",
    ],
)
def test_one_that_was_changed_otherwise_is_given_to_nobody(databases: PostgresDatabases, change: str) -> None:
    given = databases.out()
    given.edit(FACT)
    given.edit(change)
    databases.back(given)
    assert databases.spare == 0
