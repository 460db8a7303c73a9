"""What an earlier version left behind, as an upgrade meets it: see tests/data/README.md."""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import NullPool, create_engine, make_url, text

from tests.databases import PostgresServer, SqliteFile

FOLDER = Path(__file__).parent / "data" / "0b694e5"
TABLES = (
    "calls", "customers", "decisions", "facts", "members", "phones", "pin_tries", "policy_publications",
    "policy_versions",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class Golden:
    """One of its databases, migrated. `then` is each table's rows before that, in no order."""

    kind: str
    url: str
    then: Mapping[str, list[Row]]

    def now(self, table: str) -> list[Row]:
        """The table's rows as they are now."""
        return rows_of(self.url, table)


@cache
def expected() -> Any:
    """What the earlier version said of it all."""
    return json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def put_file(path: Path) -> str:
    """Its SQLite file, to be migrated; the URL."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(FOLDER / "ivr.db", path)
    path.chmod(0o644)  # as it was left: everybody might read it
    return SqliteFile(path).url


def put_server(server: PostgresServer, name: str) -> str:
    """Its PostgreSQL dump, in a database of its own; the URL."""
    server.do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    server.do(f"CREATE DATABASE {name}")
    with psycopg.connect(f"host={server.folder} user=ivr dbname={name}", autocommit=True) as connection:
        connection.execute((FOLDER / "ivr.sql").read_bytes())
    return server.url(name)


def rows_of(url: str, table: str) -> list[Row]:
    """A table's rows; what is JSON in it is read."""
    engine = create_engine(make_url(url).set(drivername=_DRIVERS[make_url(url).get_backend_name()]), poolclass=NullPool)
    with engine.connect() as connection:
        return [
            {name: _read(name, value) for name, value in row.items()}
            for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()  # noqa: S608 - a name of TABLES
        ]


_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
_JSON = {"decision", "call", "data"}
_FLAGS = {"test", "right", "own", "blocked", "open_case", "lapsed", "prefers_self_service"}


def _read(name: str, value: Any) -> Any:
    if name in _FLAGS and value is not None:
        return bool(value)
    return json.loads(value) if name in _JSON and isinstance(value, str) else value


def what_occurs(rows: Mapping[str, Iterable[Row]]) -> tuple[dict[str, set[Any]], dict[str, set[str]]]:
    """The values that stand in the records, by what they are of; and the fields that say something, by theirs."""
    values, filled = defaultdict[str, set[Any]](set), defaultdict[str, set[str]](set)

    def seen(of: str, record: Row, *names: str) -> None:
        filled[of] |= {name for name, value in record.items() if value not in (None, "", 0, -1, False, [], {}, ())}
        for name in names:
            values[f"{of}.{name}"].add(record[name])

    for table, those in rows.items():
        for row in those:
            seen(f"table.{table}", row)
    for row in rows["decisions"]:
        decision, call = row["decision"], row["call"]
        seen("decision", decision, "action", "rung", "lookup", "trust", "ask", "account", "test", "disclose")
        seen("scores", decision["scores"])
        seen("facts", decision["facts"], *("call.attestation", "call.trust", "call.weekday", "customer.lookup"))
        values["facts.note.pin"].add(decision["facts"]["note.pin"])
        for step in decision["steps"]:
            seen("step", step, "offer", "then")
        seen("call", call, "attestation")
        values["call.asked"] |= set(call["asked"])
    for row in rows["calls"]:
        seen("history", row, "outcome", "hung_up_by", "rung")
    for row in rows["facts"]:
        values["event"].add(row["kind"])
        event = f"event.{row['kind']}"
        named = [name for name in ("ask", "what", "status", "hung_up_by") if name in row["data"]]
        seen(event, {"call_id": row["call_id"], "at": row["at"], **row["data"]}, *named)
    values["publication.kind"] = {row["kind"] for row in rows["policy_publications"]}
    values["pin try"] = {row["right"] for row in rows["pin_tries"]}
    return values, filled


def given_up(row: Mapping[str, Any]) -> bool:
    """Whether it was given up before it was a wait."""
    waited = row["wait_seconds"]
    if waited is None and row["ended_at"] is not None:
        waited = row["ended_at"] - row["routed_at"]
    nobody = row["outcome"] in ("abandoned", "lost", "unserved")
    return nobody and waited is not None and waited < 20


def with_contacts(found: dict[str, Any], none: set[float]) -> dict[str, Any]:
    """What was found, without the calls that are no contacts."""
    if "customer" not in found:
        return found
    contacts = found["customer"]["contacts"]
    times = [at for at in contacts["times"] if at not in none]
    last = max(times, default=None)
    changed = {"times": times, "last_at": last} if times != contacts["times"] else {}
    return {**found, "customer": {**found["customer"], "contacts": {**contacts, **changed}}}
