"""PINs: verified while a caller waits, and set by staff.

A PIN is in no log, no exception, no repr and no row: only its argon2id hash is kept, and what goes wrong while it is
hashed is told without what went in.
"""

import asyncio
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection, Engine, func, insert, select, update

from ivr.errors import PinError
from ivr.store import rules
from ivr.store.engine import explained, writing
from ivr.store.tables import customers, pin_tries

PinVerdict = Literal["right", "wrong", "locked", "none", "unavailable"]
"""`locked`: too many wrong tries; `none`: the customer has no PIN, or there is no such customer; `unavailable`: nobody
can say."""

DEADLINE = 2.0  # seconds
LIMIT = 3  # wrong tries
LIMIT_SECONDS = 86_400.0  # for how long a wrong try counts

_PIN = re.compile(r"[0-9]{4,8}")
_USUAL = PasswordHasher(time_cost=2, memory_cost=32_768, parallelism=1)  # 32 MiB; 75 ms of one core of 2 GHz
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Pins:
    """Verifies PINs, in one thread: however many callers type, they cost no more than one core.

    `engine` is one that writes, and stays open at the end. A try is written down before it is checked, as a wrong one,
    and then as a right one: who can keep the database from being written has no more tries for that.
    """

    def __init__(self, engine: Engine, deadline: float = DEADLINE) -> None:
        self._engine, self._deadline = engine, deadline
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pins")

    async def verify(self, customer_id: str, pin: str, call_id: str, now: float, limit: int = LIMIT) -> PinVerdict:
        """Whether this is the customer's PIN; never raises, and is done within the deadline.

        `now` is Unix time in seconds. After `limit` wrong tries within 24 hours, and since the last right one, nothing
        is checked any more. Nothing typed at all is wrong, and no try.
        """
        if not pin:
            return "wrong"
        # What the thread is given has no arguments that anybody could print.
        try:
            checking = self._thread.submit(_check(self._engine, customer_id, pin, call_id, now, limit))
            async with asyncio.timeout(self._deadline):
                return await asyncio.wrap_future(checking)
        except Exception:  # noqa: BLE001 - too late, or no thread: the caller goes on without a PIN
            return "unavailable"

    def close(self) -> None:
        """End the thread. A check that hangs is not waited for."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def set_pin(engine: Engine, customer_id: str, pin: str | None) -> None:
    """Give a customer a new PIN, or none; wrong tries until now count no longer.

    Raises PinError for a PIN that is none or too easy, and for an unknown customer; StoreError.
    """
    if pin is not None and (problem := problem_of(pin)):
        raise PinError(problem)
    kept = hashed(pin) if pin is not None else ""
    with explained(engine), writing(engine) as connection:
        changed = connection.execute(
            update(customers).where(customers.c.customer_id == customer_id).values(pin_hash=kept)
        )
        if not changed.rowcount:
            raise _nobody(customer_id)
        _forgive(connection, customer_id)


def unlock(engine: Engine, customer_id: str) -> None:
    """Have wrong tries until now count no longer. Raises PinError for an unknown customer; StoreError."""
    with explained(engine), writing(engine) as connection:
        if _hash(connection, customer_id) is None:
            raise _nobody(customer_id)
        _forgive(connection, customer_id)


def problem_of(pin: str) -> str:
    """Why this cannot be a PIN, without repeating it; empty when it can."""
    if not _PIN.fullmatch(pin):
        return "the PIN does not fit: choose 4 to 8 digits"
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        return "the PIN is too easy: choose digits that are not all the same, and do not count up or down"
    return ""


def hashed(pin: str, *, cheap: bool = False) -> str:
    """The PIN's hash, as it is stored. A `cheap` one is made and verified at once, and is for tests only.

    Raises PinError when there is not enough memory for it.
    """
    try:
        return (_CHEAP if cheap else _USUAL).hash(pin)
    except (Argon2Error, ValueError):
        raise PinError("the PIN cannot be hashed: is there no memory left?") from None


def _check(
    engine: Engine, customer_id: str, pin: str, call_id: str, now: float, limit: int
) -> Callable[[], PinVerdict]:
    """What checks a PIN when it is called; it raises only what has no PIN in it."""

    def check() -> PinVerdict:
        with explained(engine), writing(engine) as connection:
            kept = _hash(connection, customer_id)
            if not kept:
                return "none"
            if not rules.is_pin_hash(kept):
                return "unavailable"
            locked = _wrong_tries(connection, customer_id, now) >= limit
            try_id = _keep(connection, customer_id, call_id, now, right=None if locked else False)
        if locked:
            return "locked"
        verdict = _compared(kept, pin)
        if verdict != "wrong":
            right = True if verdict == "right" else None
            with explained(engine), writing(engine) as connection:
                connection.execute(update(pin_tries).where(pin_tries.c.id == try_id).values(right=right))
        return verdict

    return check


def _compared(kept: str, pin: str) -> PinVerdict:
    if not _PIN.fullmatch(pin):
        return "wrong"
    try:
        _USUAL.verify(kept, pin)  # what it costs stands in the hash
    except VerifyMismatchError:
        return "wrong"
    except (Argon2Error, InvalidHashError, ValueError, MemoryError):
        return "unavailable"
    return "right"


def _hash(connection: Connection, customer_id: str) -> str | None:
    """The customer's hash, empty when they have no PIN; None when there is no such customer."""
    if "\0" in customer_id:
        return None
    found: str | None = connection.execute(
        select(customers.c.pin_hash).where(customers.c.customer_id == customer_id)
    ).scalar()
    return found


def _wrong_tries(connection: Connection, customer_id: str, now: float) -> int:
    own = pin_tries.c.customer_id == customer_id
    last_right = select(func.coalesce(func.max(pin_tries.c.id), 0)).where(own, pin_tries.c.right.is_(True))
    wrong = select(func.count()).where(
        own,
        pin_tries.c.right.is_(False),
        pin_tries.c.at > now - LIMIT_SECONDS,
        pin_tries.c.id > last_right.scalar_subquery(),
    )
    return connection.execute(wrong).scalar_one()


def _keep(connection: Connection, customer_id: str, call_id: str, at: float, *, right: bool | None) -> int:
    row = {"customer_id": customer_id, "call_id": call_id.replace("\0", ""), "at": at, "right": right}
    key = connection.execute(insert(pin_tries), row).inserted_primary_key
    assert key is not None  # noqa: S101 - of one row there is always one
    made: int = key[0]
    return made


def _forgive(connection: Connection, customer_id: str) -> None:
    """A right try of nobody's: wrong ones before it count no longer, and all of them can still be looked up."""
    _keep(connection, customer_id, "", time.time(), right=True)


def _nobody(customer_id: str) -> PinError:
    return PinError(f"there is no customer {customer_id!r}: `ivr import customers` brings them in")
