"""PINs on real databases: who is right, who is locked out, and that no PIN is anywhere."""

import asyncio
import logging
import os
import pty
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, update

from ivr.domain.customer import Found
from ivr.errors import PinError, StoreError
from ivr.store import pins, rules, tables
from ivr.store.engine import reader, writer, writing
from ivr.store.lookup import CustomerLookup
from ivr.store.pins import LIMIT_SECONDS, Pins, hashed, problem_of, set_pin, unlock
from tests.contract.test_store import NUMBER, add
from tests.databases import Database

PIN, OTHER = "86420975", "13572468"
NOW = 1_700_000_000.0


@dataclass
class Asking:
    """Tries C1's PIN."""

    pins: Pins
    now: float = NOW

    async def __call__(self, pin: str, customer_id: str = "C1", **more: Any) -> str:
        return await self.pins.verify(customer_id, pin, "call-1", self.now, **more)


@pytest.fixture
def tries(engine: Engine) -> Iterator[Asking]:
    add(engine, "C1", NUMBER, pin_hash=hashed(PIN, cheap=True))
    add(engine, "C2")
    made = Pins(engine, deadline=10)
    yield Asking(made)
    made.close()


def kept(engine: Engine, customer_id: str = "C1") -> list[bool | None]:
    with engine.connect() as connection:
        table = tables.pin_tries
        asked = select(table.c.right).where(table.c.customer_id == customer_id).order_by(table.c.id)
        return list(connection.execute(asked).scalars())


# Verifying -------------------------------------------------------------------------------------------


async def test_right_wrong_or_none(engine: Engine, tries: Asking) -> None:
    assert await tries(PIN) == "right"
    assert await tries(OTHER) == "wrong"
    assert await tries(PIN, "C2") == "none"
    assert await tries(PIN, "nobody") == "none"
    assert await tries(PIN, "\0") == "none"
    assert kept(engine) == [True, False]
    assert kept(engine, "C2") == kept(engine, "nobody") == []
    with engine.connect() as connection:
        row = connection.execute(select(tables.pin_tries)).first()
    assert row is not None
    assert (row.customer_id, row.call_id, row.at) == ("C1", "call-1", NOW)


@pytest.mark.parametrize(
    "pin", ["1", "123456789", "abcd", " 86420975", "86420975\n", "\0", "\ud800", "٨٦٤٢", "9" * 10_000]
)
async def test_what_is_no_pin_is_wrong_and_counts(engine: Engine, tries: Asking, pin: str) -> None:
    assert await tries(pin) == "wrong"
    assert kept(engine) == [False]


async def test_nothing_typed_is_no_try(engine: Engine, tries: Asking) -> None:
    for _ in range(5):
        assert await tries("") == "wrong"
    assert kept(engine) == []


async def test_after_three_wrong_tries_nothing_is_checked(engine: Engine, tries: Asking) -> None:
    assert [await tries(OTHER) for _ in range(3)] == ["wrong"] * 3
    assert [await tries(pin) for pin in (PIN, OTHER, PIN)] == ["locked"] * 3
    assert kept(engine) == [False] * 3 + [None] * 3
    assert await tries(PIN, limit=4) == "right"  # who is locked out is up to the policy


async def test_a_right_try_makes_the_wrong_ones_before_it_good(tries: Asking) -> None:
    for _ in range(2):
        assert [await tries(pin) for pin in (OTHER, OTHER, PIN)] == ["wrong", "wrong", "right"]
    assert [await tries(OTHER) for _ in range(4)] == ["wrong"] * 3 + ["locked"]


async def test_wrong_tries_count_for_a_day(tries: Asking) -> None:
    assert [await tries(OTHER) for _ in range(3)] == ["wrong"] * 3
    tries.now += LIMIT_SECONDS - 1
    assert await tries(PIN) == "locked"
    tries.now += 2  # and those that were locked out have not made it longer
    assert await tries(PIN) == "right"


async def test_a_limit_of_others_is_nobody_elses(engine: Engine, tries: Asking) -> None:
    add(engine, "C3", pin_hash=hashed(OTHER, cheap=True))
    assert [await tries(OTHER) for _ in range(4)][-1] == "locked"
    assert await tries(OTHER, "C3") == "right"


async def test_many_at_once_have_no_more_tries(engine: Engine, tries: Asking) -> None:
    said = await asyncio.gather(*(tries(OTHER) for _ in range(20)))
    assert (said.count("wrong"), said.count("locked")) == (3, 17)


async def test_a_lookup_says_whether_there_is_one(database: Database, engine: Engine, tries: Asking) -> None:
    made = CustomerLookup(reader(database.url), deadline=5)
    for pin in (PIN, None):
        set_pin(engine, "C1", pin)
        found = await made.find(NUMBER)
        assert isinstance(found, Found)
        assert found.customer.has_pin is (pin is not None)
        assert "argon2" not in repr(found)
    made.close()


# When it cannot be said ------------------------------------------------------------------------------


async def test_a_database_that_is_away_is_no_exception(database: Database, engine: Engine, tries: Asking) -> None:
    engine.dispose()
    with database.away():
        assert await tries(PIN) == "unavailable"
    assert await tries(PIN) == "right"


async def test_who_cannot_be_written_down_is_not_checked(database: Database, engine: Engine, tries: Asking) -> None:
    database.edit("ALTER TABLE pin_tries RENAME TO elsewhere")
    assert await tries(PIN) == "unavailable"
    database.edit("ALTER TABLE elsewhere RENAME TO pin_tries")
    assert kept(engine) == []


async def test_it_is_never_late(database: Database, engine: Engine, tries: Asking) -> None:
    impatient = Pins(engine, deadline=0.2)
    with database.busy():
        began = time.monotonic()
        said = await asyncio.gather(*(Asking(impatient)(PIN) for _ in range(5)))
        assert said == ["unavailable"] * 5
        assert time.monotonic() - began < 2
    impatient.close()
    impatient._thread.shutdown(wait=True)


async def test_after_the_end_nobody_can_say(tries: Asking) -> None:
    tries.pins.close()
    assert await tries(PIN) == "unavailable"


@pytest.mark.parametrize(
    "damaged", ["x", "$argon2id$", PIN, "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0$" + "A" * 42 + "!"]
)
async def test_a_damaged_hash_is_unavailable_and_no_try(engine: Engine, tries: Asking, damaged: str) -> None:
    with writing(engine) as connection:
        connection.execute(update(tables.customers).values(pin_hash=damaged))
    assert await tries(PIN) == "unavailable"
    assert kept(engine) == []


async def test_a_hash_that_cannot_be_afforded_is_not_tried(engine: Engine, tries: Asking) -> None:
    dear = hashed(PIN, cheap=True).replace("m=8,", "m=4194304,")
    with writing(engine) as connection:
        connection.execute(update(tables.customers).values(pin_hash=dear))
    assert await tries(PIN) == "unavailable"


async def test_the_loop_goes_on_meanwhile(engine: Engine, tries: Asking) -> None:
    set_pin(engine, "C1", PIN)  # as dear as they are
    checking = asyncio.create_task(tries(PIN))
    beats = 0
    while not checking.done():
        await asyncio.sleep(0.002)
        beats += 1
    assert await checking == "right"
    assert beats >= 5


# Setting ---------------------------------------------------------------------------------------------


async def test_a_pin_that_was_set_is_right(engine: Engine, tries: Asking) -> None:
    set_pin(engine, "C1", OTHER)
    assert (await tries(PIN), await tries(OTHER)) == ("wrong", "right")
    with engine.connect() as connection:
        stored: str = connection.execute(
            select(tables.customers.c.pin_hash).where(tables.customers.c.customer_id == "C1")
        ).scalar_one()
    assert stored.startswith("$argon2id$v=19$m=32768,t=2,p=1$")
    assert rules.is_pin_hash(stored)
    set_pin(engine, "C1", None)
    assert await tries(OTHER) == "none"


async def test_a_new_pin_and_an_unlock_let_try_again(engine: Engine, tries: Asking) -> None:
    for mend in (partial(unlock, engine, "C1"), partial(set_pin, engine, "C1", PIN)):
        assert [await tries(OTHER) for _ in range(4)][-1] == "locked"
        mend()
        assert await tries(PIN) == "right"
    assert kept(engine).count(False) == 6  # who tried can still be looked up


@pytest.mark.parametrize("customer_id", ["nobody", "", "\0"])
def test_a_customer_who_is_unknown_gets_none(engine: Engine, customer_id: str) -> None:
    for do in (partial(set_pin, engine, customer_id, PIN), partial(unlock, engine, customer_id)):
        with pytest.raises((PinError, StoreError)) as caught:
            do()
        assert PIN not in str(caught.value)


@pytest.mark.parametrize(
    "pin", ["", "123", "123456789", "12a4", "1234", "0123", "7890", "4321", "98765432", "1111", "00000000"]
)
def test_a_pin_that_is_none_or_too_easy_is_refused(engine: Engine, pin: str) -> None:
    add(engine, "C1")
    with pytest.raises(PinError) as caught:
        set_pin(engine, "C1", pin)
    assert not pin or pin not in str(caught.value)


@pytest.mark.parametrize("pin", ["2580", "1212", "1122", "13579", PIN])
def test_other_pins_are_good(pin: str) -> None:
    assert problem_of(pin) == ""


# Nowhere is a PIN ------------------------------------------------------------------------------------


async def test_no_pin_is_told_by_what_goes_wrong(
    database: Database,
    engine: Engine,
    tries: Asking,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)
    asyncio.get_running_loop().set_debug(True)
    try:
        assert [await tries(pin) for pin in (PIN, OTHER, OTHER)] == ["right", "wrong", "wrong"]
        set_pin(engine, "C1", PIN)
        engine.dispose()
        with database.away():
            assert await tries(OTHER) == "unavailable"
            with pytest.raises(StoreError) as caught:
                set_pin(engine, "C1", PIN)
    finally:
        logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
        asyncio.get_running_loop().set_debug(False)
    told = "".join(traceback.format_exception(caught.value)) + caplog.text + str(capfd.readouterr()) + repr(tries.pins)
    assert caplog.records
    assert PIN not in told
    assert OTHER not in told


def test_what_argon2_says_is_not_repeated(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    class Telltale(PasswordHasher):
        def hash(self, password: Any, *, salt: bytes | None = None) -> str:
            raise ValueError(f"cannot hash {password}")

        def verify(self, hash: Any, password: Any) -> Any:  # noqa: A002 - its name
            raise ValueError(f"cannot verify {password}")

    kept_hash = hashed(PIN, cheap=True)
    monkeypatch.setattr(pins, "_USUAL", Telltale())
    with pytest.raises(PinError) as caught:
        hashed(PIN)
    assert PIN not in "".join(traceback.format_exception(caught.value))
    assert pins._compared(kept_hash, PIN) == "unavailable"


async def test_no_pin_stays_in_the_database(database: Database, engine: Engine, tries: Asking) -> None:
    set_pin(engine, "C1", PIN)
    assert [await tries(pin) for pin in (PIN, OTHER)] == ["right", "wrong"]
    with engine.connect() as connection:
        rows = [str(row) for table in tables.metadata.sorted_tables for row in connection.execute(select(table))]
    assert rows
    assert not any(pin in row for pin in (PIN, OTHER) for row in rows)


# The command -----------------------------------------------------------------------------------------


def run(arguments: list[str], folder: Path, url: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ivr", "pin", *arguments], cwd=folder, input=typed, text=True, capture_output=True,
        timeout=60, env={**os.environ, "IVR_DATABASE_URL": url}, check=False,
    )  # fmt: skip


async def test_the_command_reads_one_line(database: Database, tmp_path: Path, tries: Asking) -> None:
    told = run(["set", "C2"], tmp_path, database.url, f"{OTHER}\nmore\n")
    assert (told.returncode, told.stdout.splitlines()[0], told.stderr) == (0, "C2 has a new PIN", "")
    assert await tries(OTHER, "C2") == "right"
    assert [await tries(PIN, "C2") for _ in range(4)][-1] == "locked"
    assert run(["unlock", "C2"], tmp_path, database.url).returncode == 0
    assert await tries(OTHER, "C2") == "right"
    assert run(["clear", "C2"], tmp_path, database.url).returncode == 0
    assert await tries(OTHER, "C2") == "none"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("arguments", "typed", "problem"),
    [
        (["set", "C1"], "1234\n", "ivr: the PIN is too easy"),
        (["set", "C1"], "", "ivr: the PIN does not fit: choose 4 to 8 digits"),
        (["set", "nobody"], f"{PIN}\n", "ivr: there is no customer 'nobody'"),
        (["clear", "nobody"], "", "ivr: there is no customer 'nobody'"),
        (["unlock", "nobody"], "", "ivr: there is no customer 'nobody'"),
    ],
)
def test_the_command_says_what_is_wrong(
    database: Database, tmp_path: Path, tries: Asking, arguments: list[str], typed: str, problem: str
) -> None:
    told = run(arguments, tmp_path, database.url, typed)
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert told.stderr.startswith(problem)
    assert PIN not in told.stderr


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("second", "verdict"), [(OTHER, "right"), (PIN, "none")])
async def test_at_a_terminal_it_asks_twice_and_shows_nothing(
    database: Database, tmp_path: Path, tries: Asking, second: str, verdict: str
) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: ASYNC220 - it is waited for anyway
        [sys.executable, "-m", "ivr", "pin", "set", "C2"], cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs,
        env={**os.environ, "IVR_DATABASE_URL": database.url}, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    for prompt, pin in ((b"PIN: ", OTHER), (b"once more: ", second)):
        while not shown.endswith(prompt):
            shown += os.read(ours, 1000)
        os.write(ours, f"{pin}\n".encode())
    try:
        while more := os.read(ours, 1000):
            shown += more
    except OSError:  # Linux says so when nobody has the other side open any more
        pass
    os.close(ours)
    assert process.wait(30) == (0 if second == OTHER else 2)
    assert OTHER.encode() not in shown
    assert PIN.encode() not in shown
    assert await tries(OTHER, "C2") == verdict


def test_a_database_without_our_tables_is_explained(empty_database: Database) -> None:
    engine = writer(empty_database.url)
    with pytest.raises(StoreError, match="ivr migrate"):
        set_pin(engine, "C1", PIN)
    engine.dispose()
