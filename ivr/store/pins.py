"""PINs: verified while a caller waits, and set by staff.

A PIN is in no log, no exception, no repr and no row: only its argon2id hash is kept, and what goes wrong while it is
hashed is told without what went in. How many are tried is limited by pin_limits.py; peppers.py has
the secrets, and pin_hashes.py the process that compares.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Literal

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from sqlalchemy import Connection, Engine, case, func, insert, select, update

from ivr.domain.calls.incoming_call import PinCaller
from ivr.errors import PinError, StoreError
from ivr.limits import WARN_AGAIN_SECONDS
from ivr.store import customer_rules, peppers, pin_limits
from ivr.store.engine import explained, writing
from ivr.store.peppers import NONE, Peppers, joined, parted
from ivr.store.pin_hashes import PinHashes
from ivr.store.tables import customers, pin_tries

log = structlog.get_logger()
PinVerdict = Literal["right", "wrong", "locked", "none", "unavailable"]
"""`locked`: too many wrong tries, and the next is not checked yet; `none`: the customer has no PIN, or there is no such
customer; `unavailable`: nobody can say."""

DEADLINE = 2.0  # seconds
START_SECONDS = 0.6  # a check that has not begun by then would be for nobody: its call waits no longer (pin_entry)
QUEUE_SECONDS = 0.4  # of checks that may wait in front of one; beyond that it is refused at once
OTHERS_SHARE = 0.6  # of the queue for callers from elsewhere: the rest is for the customers' own telephones
AT_ONCE = 2  # checks of one number; of a trunk's numbers that are not believed, twice that
LIMIT = 3  # wrong tries that do not have to wait
PER_HOUR = 200  # wrong tries over all
_MOST_REFUSED = 10_000  # callers who are remembered as refused
_NO_ANSWER = "no memory, or its process ended or was late: the next PIN has a new one"

_USUAL = PasswordHasher(time_cost=2, memory_cost=32_768, parallelism=1)  # 32 MiB; 75 ms of one core of 2 GHz
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class DatabasePins:
    """Verifies PINs, one after the other: however many callers type, they cost no more than a core.

    The database is asked in a thread, and what was typed is compared in a process (PinHashes).

    `engine` is one that writes, and stays open at the end. A try is written down before it is checked, as a wrong one,
    and then as a right one: who can keep the database from being written has no more tries for that.

    Of callers who type at once, so many are taken on as can be told in time; the others are refused before anything is
    tried, which costs them nothing. `pepper_file` is read for each check: a new one needs no restart.
    """

    def __init__(
        self, engine: Engine, deadline: float = DEADLINE, pepper_file: Path | None = None, per_hour: int = PER_HOUR
    ) -> None:
        self._engine, self._deadline, self._pepper_file = engine, deadline, pepper_file
        self._per_hour = per_hour
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pins")
        self._hashes = PinHashes()
        self._waiting: Counter[tuple[str, str]] = Counter()  # checks, by where the calls come from
        self._seconds = 0.1  # that a check takes, of late
        self._refused: dict[tuple[str, str], float] = {}  # where from, until when
        self._alarm_until = 0.0
        self._warned_at: float | None = None

    async def verify(
        self, customer_id: str, pin: str, call_id: str, now: float, limit: int = LIMIT, *, caller: PinCaller
    ) -> PinVerdict:
        """Whether this is the customer's PIN; never raises, and is done within the deadline.

        `now` is Unix time in seconds. After `limit` wrong tries each further one has to wait (pin_limits), and is not
        checked before. Nothing typed at all is wrong, and no try.
        """
        if not pin:
            return "wrong"
        place = _place(caller)
        if not self._has_room(caller):
            return "unavailable"
        self._waiting[place] += 1
        # What the thread is given has no arguments that anybody could print.
        try:
            checking = self._thread.submit(self._check(customer_id, pin, call_id, now, limit, caller))
            async with asyncio.timeout(self._deadline):
                return await asyncio.wrap_future(checking)
        except Exception:  # noqa: BLE001 - too late, or no thread: the caller goes on without a PIN
            return "unavailable"
        finally:
            self._waiting[place] -= 1
            if not self._waiting[place]:
                del self._waiting[place]

    def may_ask(self, caller: PinCaller, now: float) -> bool:
        """Whether this caller may be asked for a PIN: not while too many wrong ones came from there, or over all.

        The customer's own telephone always may: else somebody who forges its number could have it refused.
        The process that compares PINs is started for whoever may.
        """
        may = self._may(caller, now)
        if may and not self._hashes.has_begun:
            with suppress(RuntimeError):  # the service ends
                self._thread.submit(self._hashes.begin)
        return may

    def _may(self, caller: PinCaller, now: float) -> bool:
        return caller.own or (self._refused.get(_place(caller), 0.0) <= now and self._alarm_until <= now)

    def is_alarmed(self, now: float) -> bool:
        """Whether there are too many wrong tries over all: then only the customers' own telephones may try."""
        return self._alarm_until > now

    def close(self) -> None:
        """End the thread and the process. A check that hangs is not waited for."""
        self._hashes.close()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _has_room(self, caller: PinCaller) -> bool:
        if not self._waiting:
            return True
        if self._waiting[_place(caller)] >= (AT_ONCE if caller.number else 2 * AT_ONCE):
            return False
        room = QUEUE_SECONDS if caller.own else QUEUE_SECONDS * OTHERS_SHARE
        return self._waiting.total() * self._seconds < room

    def _check(
        self, customer_id: str, pin: str, call_id: str, now: float, limit: int, caller: PinCaller
    ) -> Callable[[], PinVerdict]:
        """What checks a PIN when it is called; it raises only what has no PIN in it."""
        asked = time.monotonic()
        until = asked + self._deadline

        def check() -> PinVerdict:
            began = time.monotonic()
            if began > min(asked + START_SECONDS, until):
                return "unavailable"
            with explained(self._engine), writing(self._engine) as connection:
                kept = _hash(connection, customer_id)
                if not kept:
                    return "none"
                known = self._peppers_for(kept)
                if known is None:
                    return "unavailable"
                locked = not self._may_try(connection, customer_id, caller, now, limit)
                try_id = _keep(connection, customer_id, call_id, now, caller, right=None if locked else False)
            if locked:
                return "locked"
            verdict = self._hashes.compared(kept, pin, known, until)
            if verdict == "wrong":
                with explained(self._engine), self._engine.connect() as connection:
                    self._look_at(connection, caller, now, limit)  # so that nobody is asked in vain
            else:
                if verdict == "unavailable":
                    self._warn("a PIN could not be compared", why=_NO_ANSWER)
                right = True if verdict == "right" else None
                with explained(self._engine), writing(self._engine) as connection:
                    connection.execute(update(pin_tries).where(pin_tries.c.id == try_id).values(right=right))
            self._seconds += 0.2 * (min(time.monotonic() - began, 1.0) - self._seconds)
            newest = known.newest
            if verdict == "right" and newest is not None and newest.id != parted(kept)[0]:
                with suppress(RuntimeError):  # the service ends: another time
                    self._thread.submit(self._renewing(customer_id, kept, pin, known))
            return verdict

        return check

    def _renewing(
        self,
        customer_id: str,
        kept: str,
        pin: str,
        known: Peppers,
    ) -> Callable[[], None]:
        """What gives a PIN that was right a hash with the newest pepper, when it is called."""

        def renew() -> None:
            new = self._hashes.renewed(kept, pin, known, time.monotonic() + self._deadline)
            same = (customers.c.customer_id == customer_id) & (customers.c.pin_hash == kept)
            if not new:
                return  # another time
            with suppress(StoreError), explained(self._engine), writing(self._engine) as made:
                made.execute(update(customers).where(same).values(pin_hash=new))

        return renew

    def _peppers_for(self, kept: str) -> Peppers | None:
        """The peppers, when this hash can be verified with them; else None."""
        if not customer_rules.is_pin_hash(kept):
            return None
        try:
            known = peppers.load(self._pepper_file)
        except PinError as error:
            self._warn("PINs cannot be verified", why=str(error))
            return None
        pepper, _ = parted(kept)
        if pepper and known.get(pepper) is None:
            self._warn("PINs cannot be verified", why=f"the pepper {pepper} is missing: see `ivr doctor`")
            return None
        return known

    def _may_try(self, connection: Connection, customer_id: str, caller: PinCaller, now: float, limit: int) -> bool:
        self._look_at(connection, caller, now, limit)
        if not self._may(caller, now):
            return False
        return pin_limits.wait_of_customer(connection, customer_id, caller.own, now, limit) <= 0

    def _look_at(self, connection: Connection, caller: PinCaller, now: float, limit: int) -> None:
        """Learn who may be asked for no PIN for a while."""
        place = _place(caller)
        until = pin_limits.caller_refused_until(connection, caller, now, limit)
        self._refused.pop(place, None)  # the oldest are forgotten first
        if until > now:
            self._refused[place] = until
            if len(self._refused) > _MOST_REFUSED:
                del self._refused[next(iter(self._refused))]
        self._alarm_until = pin_limits.alarm_until(connection, now, self._per_hour)
        if self._alarm_until > now:
            self._warn(
                "too many wrong PINs", limit_per_hour=self._per_hour,
                mend="somebody may be trying PINs: only the customers' own telephones may for now; see `ivr doctor`",
            )  # fmt: skip

    def _warn(self, what: str, **more: object) -> None:
        """Once a minute, and not for each try."""
        now = time.monotonic()
        if self._warned_at is None or now - self._warned_at >= WARN_AGAIN_SECONDS:
            self._warned_at = now
            log.warning(what, **more)


def _place(caller: PinCaller) -> tuple[str, str]:
    return caller.trunk, caller.number


def set_pin(engine: Engine, customer_id: str, pin: str | None, pepper_file: Path | None = None) -> None:
    """Give a customer a new PIN, or none; wrong tries until now count no longer.

    Raises PinError for a PIN that is none or too easy, for a pepper that cannot be used, and for an unknown customer;
    StoreError.
    """
    if pin is not None and (problem := problem_of(pin)):
        raise PinError(problem)
    kept = hashed(pin, known=peppers.load(pepper_file)) if pin is not None else ""
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
    if not customer_rules.PIN.fullmatch(pin):
        return "the PIN does not fit: choose 4 to 8 digits"
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        return "the PIN is too easy: choose digits that are not all the same, and do not count up or down"
    return ""


def hashed(pin: str, *, cheap: bool = False, known: Peppers = NONE) -> str:
    """The PIN's hash, as it is stored. A `cheap` one is made and verified at once, and is for tests only.

    Raises PinError when there is not enough memory for it.
    """
    return _hashed(_CHEAP if cheap else _USUAL, pin, known)


def peppers_in_use(engine: Engine) -> dict[str, int]:
    """How many PINs there are, by the ID of their pepper; empty for those without. Raises StoreError."""
    kept = customers.c.pin_hash
    of = case((kept.startswith("$pepper$"), func.substr(kept, 9, 8)), else_="").label("pepper")
    query = select(of, func.count().label("pins")).where(kept != "").group_by(of)
    with explained(engine), engine.connect() as connection:
        return {row.pepper: row.pins for row in connection.execute(query)}


def _hashed(hasher: PasswordHasher, pin: str, known: Peppers) -> str:
    pepper = known.newest
    try:
        return joined(pepper, hasher.hash(pepper.mixed(pin) if pepper else pin))
    except (Argon2Error, ValueError):
        raise PinError("the PIN cannot be hashed: is there no memory left?") from None


def _hash(connection: Connection, customer_id: str) -> str | None:
    """The customer's hash, empty when they have no PIN; None when there is no such customer."""
    if "\0" in customer_id:
        return None
    found: str | None = connection.execute(
        select(customers.c.pin_hash).where(customers.c.customer_id == customer_id)
    ).scalar()
    return found


def _keep(
    connection: Connection, customer_id: str, call_id: str, at: float, caller: PinCaller, *, right: bool | None
) -> int:
    row = {
        "customer_id": customer_id, "call_id": call_id.replace("\0", ""), "at": at, "right": right,
        "trunk": caller.trunk, "caller": caller.number, "own": caller.own,
    }  # fmt: skip
    key = connection.execute(insert(pin_tries), row).inserted_primary_key
    assert key is not None  # noqa: S101 - of one row there is always one
    made: int = key[0]
    return made


def _forgive(connection: Connection, customer_id: str) -> None:
    """A right try of nobody's: wrong ones before it count no longer, and all of them can still be looked up."""
    _keep(connection, customer_id, "", time.time(), PinCaller(""), right=True)


def _nobody(customer_id: str) -> PinError:
    if customer_id.isdecimal():  # a PIN in the customer's place, perhaps
        return PinError("there is no customer with this customer_id (what stands there is not shown)")
    return PinError(f"there is no customer {customer_id!r}: `ivr import customers` brings them in")
