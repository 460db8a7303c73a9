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
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, Engine, select, update
from structlog.testing import capture_logs

from ivr.application.doctor.pins import verifiable
from ivr.domain.calls.incoming_call import PinCaller
from ivr.domain.customers import Found
from ivr.errors import PinError, StoreError
from ivr.service import doctor
from ivr.service.doctor import Verdict
from ivr.settings import Settings
from ivr.store import customer_rules, peppers, pin_limits, pins, tables
from ivr.store.engine import reader, writer, writing
from ivr.store.lookup import CustomerLookup
from ivr.store.pin_hashes import Comparison, PinHashes
from ivr.store.pin_limits import FIRST_WAIT
from ivr.store.pins import DatabasePins, hashed, problem_of, set_pin, unlock
from tests.contract.test_store import NUMBER, add
from tests.databases import Database

PIN, OTHER = "86420975", "13572468"
NOW = 1_700_000_000.0
ELSEWHERE = PinCaller("carrier", "+12025550199")


@dataclass
class Asking:
    """Tries C1's PIN."""

    pins: DatabasePins
    now: float = NOW
    caller: PinCaller = ELSEWHERE

    async def __call__(self, pin: str, customer_id: str = "C1", **more: Any) -> str:
        caller = more.pop("caller", self.caller)
        return await self.pins.verify(customer_id, pin, "call-1", self.now, caller=caller, **more)


@pytest.fixture
def tries(engine: Engine) -> Iterator[Asking]:
    add(engine, "C1", NUMBER, pin_hash=hashed(PIN, cheap=True))
    add(engine, "C2")
    made = DatabasePins(engine, deadline=10)
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
    for n in range(2):
        tries.caller = PinCaller("carrier", f"+1202555019{n}")
        assert [await tries(pin) for pin in (OTHER, OTHER, PIN)] == ["wrong", "wrong", "right"]
    tries.caller = ELSEWHERE
    assert [await tries(OTHER) for _ in range(4)] == ["wrong"] * 3 + ["locked"]


async def test_the_next_try_waits_and_is_not_locked_out_for_good(tries: Asking) -> None:
    assert [await tries(OTHER) for _ in range(3)] == ["wrong"] * 3
    tries.now += FIRST_WAIT - 1
    assert await tries(PIN) == "locked"
    tries.now += 2  # and what was refused has not made it longer
    assert await tries(PIN) == "right"


async def test_a_limit_of_others_is_nobody_elses(engine: Engine, tries: Asking) -> None:
    add(engine, "C3", pin_hash=hashed(OTHER, cheap=True))
    assert [await tries(OTHER) for _ in range(4)][-1] == "locked"
    assert await tries(OTHER, "C3") == "right"


async def test_many_at_once_have_no_more_tries(engine: Engine, tries: Asking) -> None:
    callers = [PinCaller("carrier", f"+1202555{n:04}") for n in range(20)]
    said = await asyncio.gather(*(tries(OTHER, caller=caller) for caller in callers))
    assert said.count("wrong") == 3
    assert set(said) <= {"wrong", "locked", "unavailable"}
    assert kept(engine).count(False) == 3


async def test_a_lookup_says_whether_there_is_one(database: Database, engine: Engine, tries: Asking) -> None:
    made = CustomerLookup(reader(database.url), deadline=5)
    for pin in (PIN, None):
        set_pin(engine, "C1", pin)
        found = await made.find(NUMBER)
        assert isinstance(found, Found)
        assert found.customer.has_pin is (pin is not None)
        assert "argon2" not in repr(found)
    made.close()


# Who tries, and where from ---------------------------------------------------------------------------

OWN = PinCaller("carrier", NUMBER, own=True)


def add_more(engine: Engine, count: int) -> list[str]:
    """More customers with PINs."""
    made = [f"M{n}" for n in range(count)]
    for customer_id in made:
        add(engine, customer_id, pin_hash=hashed(PIN, cheap=True))
    return made


@pytest.mark.abuse
async def test_who_tries_a_typed_number_does_not_lock_the_customers_own_telephone(tries: Asking) -> None:
    """Three wrong PINs by telephone for somebody else's customer number."""
    assert [await tries(OTHER) for _ in range(4)] == ["wrong"] * 3 + ["locked"]
    assert await tries(PIN, caller=OWN) == "right"
    assert await tries(PIN) == "locked", "the right one does not let the others try anew"
    assert [await tries(OTHER, caller=OWN) for _ in range(4)] == ["wrong"] * 3 + ["locked"], "nor is it without limits"


@pytest.mark.thorough
@pytest.mark.abuse
async def test_the_waits_grow_and_end(tries: Asking) -> None:
    """However long somebody goes on, it is a dozen tries in a week; and nobody is locked out for more than a day."""
    ended, checked, longest, last = NOW + 7 * pin_limits.DAY, 0, 0.0, NOW
    while tries.now < ended:
        tries.caller = PinCaller("carrier", f"+1{tries.now:.0f}")
        if await tries(OTHER) == "wrong":
            checked, longest, last = checked + 1, max(longest, tries.now - last), tries.now
        tries.now += pin_limits.HOUR / 4
    assert 8 <= checked <= 16
    assert pin_limits.HOUR < longest <= pin_limits.LONGEST_WAIT + pin_limits.HOUR


@pytest.mark.abuse
async def test_one_caller_who_tries_many_customers_is_asked_no_more(engine: Engine, tries: Asking) -> None:
    """Two PINs for each of many customers."""
    said = [await tries(OTHER, customer_id) for customer_id in add_more(engine, 5) for _ in range(2)]
    assert said == ["wrong"] * 6 + ["locked"] * 4
    assert not tries.pins.may_ask(ELSEWHERE, tries.now)
    assert tries.pins.may_ask(PinCaller("carrier", "+12025550198"), tries.now), "another number"
    assert tries.pins.may_ask(PinCaller("other", ELSEWHERE.number), tries.now), "another trunk"
    assert tries.pins.may_ask(PinCaller("carrier", ELSEWHERE.number, own=True), tries.now), "for his own PIN"
    tries.now += pin_limits.HOUR + 1
    assert tries.pins.may_ask(ELSEWHERE, tries.now)
    assert await tries(PIN, "M4") == "right"


@pytest.mark.abuse
async def test_a_right_pin_of_ones_own_makes_no_spraying_good(engine: Engine, tries: Asking) -> None:
    more = add_more(engine, 4)
    for customer_id in more[:3]:
        assert [await tries(OTHER, customer_id) for _ in range(2)] == ["wrong"] * 2
        assert await tries(PIN, caller=PinCaller(ELSEWHERE.trunk, ELSEWHERE.number, own=True)) == "right"
    assert await tries(PIN, "M3") == "locked"


@pytest.mark.abuse
async def test_numbers_that_are_not_believed_are_one_caller(engine: Engine, tries: Asking) -> None:
    """Whoever forges another number for each call is limited by the trunk, and others there may go on for longer."""
    unknown = PinCaller("other")
    asked = [(customer_id, await tries(OTHER, customer_id, caller=unknown)) for customer_id in add_more(engine, 62)]
    assert [said for _, said in asked] == ["wrong"] * 60 + ["locked"] * 2
    assert not tries.pins.may_ask(unknown, tries.now)
    assert tries.pins.may_ask(PinCaller("carrier"), tries.now)


@pytest.mark.abuse
async def test_above_the_limit_over_all_only_own_telephones_may_try(engine: Engine, tries: Asking) -> None:
    """Many numbers, many customers: PINs are switched off for whoever calls from elsewhere, and for nobody else."""
    limited = DatabasePins(engine, deadline=10, per_hour=5)
    asking = Asking(limited)
    for n, customer_id in enumerate(add_more(engine, 5)):
        with capture_logs() as logs:
            assert await asking(OTHER, customer_id, caller=PinCaller("carrier", f"+1202555{n:04}")) == "wrong"
    assert [line["log_level"] for line in logs] == ["warning"]
    assert "too many wrong PINs" in str(logs)
    assert limited.is_alarmed(NOW)
    assert not limited.may_ask(PinCaller("carrier", "+12025559999"), NOW)
    with capture_logs() as logs:
        assert await asking(PIN, caller=PinCaller("carrier", "+12025559999")) == "locked"
    assert not logs, "once a minute"
    assert limited.may_ask(OWN, NOW)
    assert await asking(PIN, caller=OWN) == "right"
    asking.now += pin_limits.HOUR + 1
    assert limited.may_ask(ELSEWHERE, asking.now)
    assert await asking(PIN) == "right"
    limited.close()


async def test_another_service_knows_what_was_tried(engine: Engine, tries: Asking) -> None:
    for customer_id in add_more(engine, 6):
        assert await tries(OTHER, customer_id) == "wrong"
    restarted = DatabasePins(engine, deadline=10)
    assert await Asking(restarted)(PIN) == "locked"
    assert not restarted.may_ask(ELSEWHERE, NOW)
    restarted.close()


@pytest.mark.abuse
async def test_many_who_type_at_once_keep_no_own_telephone_waiting(
    engine: Engine, tries: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds at once: those who cannot be told in time are refused at once, and it is no try of theirs."""
    compared = PinHashes.compared

    def slowly(*of: Any) -> Comparison:
        time.sleep(0.05)
        return compared(*of)

    # Not argon2: a busy machine would be another one each time.
    monkeypatch.setattr(PinHashes, "compared", slowly)
    more = add_more(engine, 3)
    for _ in range(3):
        assert await tries(PIN) == "right"  # by now it is known what one takes
    others = [
        asyncio.create_task(tries(OTHER, more[n % 3], caller=PinCaller("carrier", f"+1202556{n:04}")))
        for n in range(300)
    ]
    await asyncio.sleep(0)
    own = asyncio.create_task(tries(PIN, caller=OWN))
    said = await asyncio.gather(*others)
    assert await own == "right"
    assert said.count("unavailable") > 280
    assert 0 < sum(kept(engine, customer_id).count(False) for customer_id in more) < 20


@pytest.mark.abuse
async def test_one_caller_takes_no_more_than_two_places(tries: Asking) -> None:
    said = await asyncio.gather(*(tries(OTHER) for _ in range(20)))
    assert (said.count("wrong"), said.count("unavailable")) == (2, 18)


async def test_tries_are_forgotten_when_they_count_no_longer(engine: Engine, tries: Asking) -> None:
    assert await tries(OTHER) == "wrong"
    tries.now += pin_limits.COUNTED - 1
    assert await tries(OTHER, caller=OWN) == "wrong"
    assert pin_limits.forget_old_tries(engine, tries.now) == 0
    assert pin_limits.wrong_tries(engine, tries.now) == pin_limits.WrongTries(1, 1, 1)
    assert pin_limits.wrong_tries(engine, tries.now + pin_limits.HOUR) == pin_limits.WrongTries(1, 1, 0)
    assert pin_limits.forget_old_tries(engine, tries.now + 2) == 1
    with engine.connect() as connection:
        assert list(connection.execute(select(tables.pin_tries.c.caller)).scalars()) == [NUMBER]


async def test_old_tries_are_deleted_a_few_at_a_time(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pin_limits, "_AT_ONCE", 3)
    row = {"customer_id": "C1", "call_id": "1", "at": NOW, "right": False}
    with writing(engine) as connection:
        connection.execute(tables.pin_tries.insert(), [row] * 8)
    turns: list[Engine] = []

    def turn(of: Engine) -> AbstractContextManager[Connection]:
        turns.append(of)
        return writing(of)

    monkeypatch.setattr(pin_limits, "writing", turn)
    assert pin_limits.forget_old_tries(engine, NOW + pin_limits.COUNTED + 1) == 8
    assert len(turns) == 3


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
    impatient = DatabasePins(engine, deadline=0.2)
    with database.busy():
        began = time.monotonic()
        callers = [PinCaller("carrier", str(n)) for n in range(5)]
        said = await asyncio.gather(*(Asking(impatient)(PIN, caller=caller) for caller in callers))
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
    assert customer_rules.is_pin_hash(stored)
    set_pin(engine, "C1", None)
    assert await tries(OTHER) == "none"


async def test_a_new_pin_and_an_unlock_let_try_again(engine: Engine, tries: Asking) -> None:
    for own, mend in ((False, partial(unlock, engine, "C1")), (True, partial(set_pin, engine, "C1", PIN))):
        tries.caller = PinCaller("carrier", NUMBER, own=own)
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


# The pepper ------------------------------------------------------------------------------------------


def stored(engine: Engine, customer_id: str = "C1") -> str:
    with engine.connect() as connection:
        column = tables.customers.c.pin_hash
        found: str = connection.execute(
            select(column).where(tables.customers.c.customer_id == customer_id)
        ).scalar_one()
    return found


async def settled(made: DatabasePins) -> None:
    """Until the thread has done what it was given."""
    await asyncio.wrap_future(made._thread.submit(int))


@pytest.fixture
def peppered(engine: Engine, tries: Asking, tmp_path: Path) -> Iterator[Asking]:
    """With a pepper; C1's PIN has none yet."""
    file = tmp_path / "secrets/pepper"
    peppers.add(file)
    made = DatabasePins(engine, deadline=10, pepper_file=file)
    yield Asking(made, caller=OWN)
    made.close()


def file_of(asking: Asking) -> Path:
    assert asking.pins._pepper_file is not None
    return asking.pins._pepper_file


async def test_a_pin_without_a_pepper_gets_it_when_it_is_right(engine: Engine, peppered: Asking) -> None:
    before = stored(engine)
    assert await peppered(OTHER) == "wrong"
    await settled(peppered.pins)
    assert stored(engine) == before
    assert await peppered(PIN) == "right"
    await settled(peppered.pins)
    newest = peppers.load(file_of(peppered)).newest
    assert newest is not None
    assert stored(engine).startswith(f"$pepper${newest.id}$argon2id$v=19$m=8,t=1,p=1$"), "as dear as it was"
    assert customer_rules.is_pin_hash(stored(engine))
    assert pins.peppers_in_use(engine) == {newest.id: 1}
    assert [await peppered(pin) for pin in (PIN, OTHER)] == ["right", "wrong"]


@pytest.mark.abuse
async def test_a_copy_of_the_database_alone_tells_no_pin(engine: Engine, peppered: Asking) -> None:
    set_pin(engine, "C1", PIN, file_of(peppered))
    assert await peppered(PIN) == "right"
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(peppers.parted(stored(engine))[1], PIN)
    secret = peppers.load(file_of(peppered)).known[0].secret
    with engine.connect() as connection:
        rows = [str(row) for table in tables.metadata.sorted_tables for row in connection.execute(select(table))]
    assert not any(secret.hex() in row for row in rows)
    assert secret.hex() not in repr(peppers.load(file_of(peppered)))


async def test_a_new_pepper_needs_no_restart_and_no_new_pins(engine: Engine, peppered: Asking) -> None:
    set_pin(engine, "C1", PIN, file_of(peppered))
    set_pin(engine, "C2", PIN, file_of(peppered))
    before = peppers.load(file_of(peppered)).known[0].id
    made = peppers.add(file_of(peppered)).id
    assert await peppered(PIN) == "right"
    await settled(peppered.pins)
    assert pins.peppers_in_use(engine) == {before: 1, made: 1}
    assert peppers.drop(file_of(peppered), set(pins.peppers_in_use(engine))) == [], "C2 still needs it"
    assert await peppered(PIN, "C2") == "right"
    await settled(peppered.pins)
    assert peppers.drop(file_of(peppered), set(pins.peppers_in_use(engine))) == [before]
    assert [await peppered(PIN, who) for who in ("C1", "C2")] == ["right", "right"]


@pytest.mark.abuse
@pytest.mark.parametrize("damage", ["gone", "another", "open", "text", "fifo"])
async def test_without_its_pepper_no_pin_is_right_and_none_is_tried(
    engine: Engine, peppered: Asking, damage: str
) -> None:
    file = file_of(peppered)
    set_pin(engine, "C1", PIN, file)
    tries_before = len(kept(engine))
    match damage:
        case "gone":
            file.unlink()
        case "another":
            file.unlink()
            peppers.add(file)
        case "open":
            file.chmod(0o644)
        case "text":
            file.write_text("secret\n")
        case "fifo":
            file.unlink()
            os.mkfifo(file, 0o600)
    with capture_logs() as logs:
        assert [await peppered(pin) for pin in (PIN, OTHER)] == ["unavailable", "unavailable"]
    assert len(kept(engine)) == tries_before
    assert len(logs) == 1, "once a minute"
    if damage != "another":
        with pytest.raises(PinError) as caught:
            set_pin(engine, "C1", OTHER, file)
        assert str(file) in str(caught.value)
        assert "secret\n" not in str(caught.value)


async def test_a_service_without_the_setting_says_that_it_cannot_tell(engine: Engine, peppered: Asking) -> None:
    set_pin(engine, "C1", PIN, file_of(peppered))
    without = DatabasePins(engine, deadline=10)
    assert await Asking(without, caller=OWN)(PIN) == "unavailable"
    without.close()


def test_the_file_is_its_owners_and_replaced_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "pepper"
    mask = os.umask(0)
    try:
        first = peppers.add(file)
        second = peppers.add(file)
    finally:
        os.umask(mask)
    assert file.stat().st_mode & 0o777 == 0o600
    assert peppers.load(file).known == (second, first)
    assert list(tmp_path.iterdir()) == [file]
    link = tmp_path / "link"
    link.symlink_to(file)
    third = peppers.add(link)
    assert link.is_symlink()
    assert peppers.load(link).newest == third


# The doctor ------------------------------------------------------------------------------------------


def of_doctor(settings: Settings) -> Verdict:
    return verifiable(doctor.ports(settings))


async def test_the_doctor_tells_how_many_were_wrong(database: Database, engine: Engine, tries: Asking) -> None:
    settings = Settings(database_url=database.url, wrong_pins_per_hour=3)
    assert of_doctor(settings) == Verdict("PINs", True, "1, without a pepper; 0 tried wrongly in the last 24 hours")
    tries.now = time.time()
    assert await tries(OTHER) == "wrong"
    assert "; 1 tried wrongly in the last 24 hours, for 1 customer" in of_doctor(settings).says
    assert [await tries(OTHER) for _ in range(2)] == ["wrong"] * 2
    said = of_doctor(settings)
    assert not said.ok
    assert "3 of them in the last hour: only customers' own telephones may try" in said.says
    assert OTHER not in str(said)


async def test_the_doctor_says_what_is_wrong_with_the_pepper(
    database: Database, engine: Engine, peppered: Asking
) -> None:
    file = file_of(peppered)
    settings = Settings(database_url=database.url, pin_pepper_file=file)
    assert "1, 1 of them not yet with the newest pepper" in of_doctor(settings).says
    set_pin(engine, "C1", PIN, file)
    assert of_doctor(settings).ok
    assert "1, with the newest pepper" in of_doctor(settings).says
    lost = of_doctor(Settings(database_url=database.url))
    assert (lost.ok, "IVR_PIN_PEPPER_FILE is not set" in lost.says) == (False, True)
    file.chmod(0o644)
    assert f"chmod 600 {file}" in of_doctor(settings).says
    file.unlink()
    assert (of_doctor(settings).ok, "is missing" in of_doctor(settings).says) == (False, True)
    peppers.add(file)
    other = of_doctor(settings)
    assert (other.ok, f"is not in {file}" in other.says) == (False, True)


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


def test_what_argon2_says_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    class Telltale(PasswordHasher):
        def hash(self, password: Any, *, salt: bytes | None = None) -> str:
            raise ValueError(f"cannot hash {password}")

    monkeypatch.setattr(pins, "_USUAL", Telltale())
    with pytest.raises(PinError) as caught:
        hashed(PIN)
    assert PIN not in "".join(traceback.format_exception(caught.value))


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


@pytest.mark.thorough
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_the_command_reads_one_line(database: Database, tmp_path: Path, tries: Asking) -> None:
    told = run(["set", "C2"], tmp_path, database.url, f"{OTHER}\nmore\n")
    assert (told.returncode, told.stdout.splitlines()[0], told.stderr) == (0, "C2 has a new PIN", "")
    assert await tries(OTHER, "C2") == "right"
    assert [await tries(PIN, "C2") for _ in range(4)][-1] == "locked"
    assert run(["unlock", "C2"], tmp_path, database.url).returncode == 0
    assert await tries(OTHER, "C2") == "right"
    assert run(["clear", "C2"], tmp_path, database.url).returncode == 0
    assert await tries(OTHER, "C2") == "none"


@pytest.mark.thorough
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


@pytest.mark.thorough
@pytest.mark.abuse
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "arguments", [["set", "C1", PIN], ["set", "C1", "--pin", PIN], ["set", f"--pin={PIN}"], [PIN], ["set", PIN]]
)
def test_a_pin_in_the_command_line_is_not_repeated(
    database: Database, tmp_path: Path, tries: Asking, arguments: list[str]
) -> None:
    told = run(arguments, tmp_path, database.url, f"{OTHER}\n")
    assert (told.returncode, told.stdout) == (2, "")
    assert PIN not in told.stderr
    assert OTHER not in told.stderr
    assert "(what stands there is not shown)" in told.stderr


@pytest.mark.thorough
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_command_makes_a_pepper_and_takes_old_ones_away(
    database: Database, engine: Engine, tmp_path: Path, tries: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run(["pepper"], tmp_path, database.url)
    assert (told.returncode, told.stdout) == (2, "")
    assert "IVR_PIN_PEPPER_FILE" in told.stderr
    file = tmp_path / "pepper"
    monkeypatch.setenv("IVR_PIN_PEPPER_FILE", str(file))
    assert run(["pepper"], tmp_path, database.url).returncode == 0
    first = peppers.load(file).known[0]
    assert run(["set", "C2"], tmp_path, database.url, f"{PIN}\n").returncode == 0
    assert stored(engine, "C2").startswith(f"$pepper${first.id}$")
    told = run(["pepper"], tmp_path, database.url)
    assert told.returncode == 0
    assert first.secret.hex() not in told.stdout
    told = run(["pepper", "--drop-old"], tmp_path, database.url)
    assert told.stdout.splitlines()[:3] == ["taken away: none", "PINs without a pepper: 1", f"PINs with {first.id}: 1"]
    assert run(["set", "C2"], tmp_path, database.url, f"{PIN}\n").returncode == 0
    told = run(["pepper", "--drop-old"], tmp_path, database.url)
    assert told.stdout.splitlines()[0] == f"taken away: {first.id}"
    file.unlink()
    told = run(["pepper"], tmp_path, database.url)
    assert told.returncode == 2
    assert not file.exists(), "a new one would make no PIN right"


@pytest.mark.thorough
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
