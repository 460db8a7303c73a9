"""What the pages for operators tell somebody to do with the database, done to one."""

import re
import shlex
import subprocess
import sys
from typing import Any

import pytest
from sqlalchemy import JSON, Engine, Table, insert, select

from ivr.store import tables
from ivr.store.engine import reader, writing
from tests.contract.test_store import add
from tests.databases import SqliteFile
from tests.docs import ROOT

NUMBER, OTHER = "+442079460001", "+442079460002"


def put(engine: Engine, table: Table, **given: Any) -> None:
    """A row with these columns, and something in those that must have something."""
    must = [each for each in table.columns if not each.nullable and each.server_default is None and each.name != "id"]
    row = {each.name: {} if isinstance(each.type, JSON) else each.type.python_type() for each in must} | given
    with writing(engine) as connection:
        connection.execute(insert(table).values(**row))


def everything(engine: Engine) -> str:
    """All rows of all tables, as text."""
    with engine.connect() as connection:
        return "\n".join(
            repr(tuple(row)) for table in tables.metadata.sorted_tables for row in connection.execute(select(table))
        )


def called(engine: Engine, call_id: str, customer: str, number: str) -> None:
    """A call, with its decision, its history and a try of a PIN."""
    put(engine, tables.calls, call_id=call_id, customer_id=customer, caller_number=number, routed_at=1.0)
    put(engine, tables.decisions, call_id=call_id, customer_id=customer, call={"caller_number": number})
    put(engine, tables.facts, call_id=call_id, kind="routed", data={"number": number})
    put(engine, tables.pin_tries, customer_id=customer, call_id=call_id, caller=number)


def test_an_erased_customer_is_in_no_table_and_everybody_else_is(engine: Engine) -> None:
    page = (ROOT / "docs/operate/security.md").read_text(encoding="utf-8")
    statements = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)[0].split(";")
    add(engine, "C0001", NUMBER)
    add(engine, "C0002", OTHER)
    called(engine, "theirs", "C0001", NUMBER)
    called(engine, "theirs, from elsewhere", "C0001", "")
    called(engine, "not known yet", "", NUMBER)
    called(engine, "somebody else's", "C0002", OTHER)
    with writing(engine) as connection:
        for each in statements:
            if each.strip() not in ("", "BEGIN", "COMMIT"):
                connection.exec_driver_sql(each)
    left = everything(engine)
    for gone in ("C0001", NUMBER, "theirs'", "theirs, from", "not known yet"):
        assert gone not in left
    assert left.count("somebody else's") == 4 + 4  # and four pieces of its name
    assert left.count("C0002") >= 4


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("user", ["sudo", "docker compose exec"])
def test_a_copy_is_whole_while_somebody_writes(database: SqliteFile, engine: Engine, user: str) -> None:
    page = (ROOT / "docs/operate/upgrade-backup.md").read_text(encoding="utf-8")
    line = next(each for each in page.splitlines() if each.startswith(user) and "VACUUM INTO" in each)
    code = shlex.split(line)[-1]
    add(engine, "C0001", NUMBER)
    with database.busy():
        subprocess.run([sys.executable, "-c", code], cwd=database.path.parent, check=True)
    copy = reader(f"sqlite:///{database.path.parent / 'copy.db'}", 5)
    assert NUMBER in everything(copy)
    assert everything(copy) == everything(engine)
    copy.dispose()
