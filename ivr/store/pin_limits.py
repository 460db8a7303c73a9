"""How many wrong PINs are tried, by whom, and for whom: what slows guessing down without locking anybody out.

Three things are counted, over what the table of tries says:

- By customer, in two ways that know nothing of each other: calls from the customer's own telephone (its number is
  believed), and all others. After the policy's `wrong-pins` each further try has to wait, twice as long each time. So
  nobody who knows a customer number can keep the customer's own telephone from trying.
- By where the call came from, over all customers but the one whose own number it is: a number that is believed, or a
  trunk with all of its numbers that are not. From there no PIN is asked for for a while, whoever it is said to be.
- Over all. Above that limit only the customers' own telephones may try: switching PINs off for everybody would be what
  an attacker wants as well.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, func, or_, select

from ivr.domain.calls.incoming_call import PinCaller
from ivr.store.engine import explained, writing
from ivr.store.tables import pin_tries

HOUR, DAY = 3_600.0, 86_400.0
COUNTED = 7 * DAY  # a wrong try of a customer's counts so long, and no try is kept longer
FIRST_WAIT = 900.0  # seconds that the first try beyond the limit has to wait; the next one twice that
LONGEST_WAIT = DAY
# Wrong tries of one number, over all customers, as a multiple of the policy's `wrong-pins`; of a trunk ten times that.
_OF_CALLER = ((HOUR, 2), (DAY, 6))
_OF_TRUNK = 10
_AT_ONCE = 500  # rows that are deleted in one transaction
_WRONG = pin_tries.c.right.is_(False)


def wait_of_customer(connection: Connection, customer_id: str, own: bool, now: float, limit: int) -> float:
    """Seconds until this customer's PIN may be tried again, from their own telephone or from elsewhere; 0 for now."""
    of_customer = pin_tries.c.customer_id == customer_id
    same_way = pin_tries.c.own.is_(own)
    last_right = select(func.coalesce(func.max(pin_tries.c.id), 0)).where(
        of_customer,
        pin_tries.c.right.is_(True),
        or_(same_way, pin_tries.c.call_id == ""),  # by staff
    )
    counted = select(func.count(), func.max(pin_tries.c.at)).where(
        of_customer, same_way, _WRONG, pin_tries.c.at > now - COUNTED, pin_tries.c.id > last_right.scalar_subquery()
    )
    wrong, last = connection.execute(counted).one()
    if wrong < limit:
        return 0.0
    wait: float = min(FIRST_WAIT * 2.0 ** min(wrong - limit, 20), LONGEST_WAIT)
    return max(0.0, min(wait, float(last) + wait - now))  # not longer, if the clock was set back


def caller_refused_until(connection: Connection, caller: PinCaller, now: float, limit: int) -> float:
    """Until when (Unix time) no other customer's PIN may be tried from there; 0 when there is nothing against it."""
    most = limit if caller.number else limit * _OF_TRUNK
    place = and_(pin_tries.c.trunk == caller.trunk, pin_tries.c.caller == caller.number)
    here = and_(place, pin_tries.c.own.is_(False), pin_tries.c.call_id != "")
    return max(_full_until(connection, here, now, seconds, times * most) for seconds, times in _OF_CALLER)


def alarm_until(connection: Connection, now: float, per_hour: int) -> float:
    """Until when (Unix time) there are too many wrong PINs over all; 0 when there are not."""
    return _full_until(connection, pin_tries.c.call_id != "", now, HOUR, per_hour)


def _full_until(connection: Connection, of: ColumnElement[bool], now: float, seconds: float, most: int) -> float:
    """When the first of the last `most` wrong tries counts no longer; 0 when there are fewer within `seconds`."""
    at = pin_tries.c.at
    newest = select(at).where(of, _WRONG, at > now - seconds).order_by(at.desc()).offset(most - 1).limit(1)
    first: float | None = connection.execute(newest).scalar()
    return 0.0 if first is None else min(first, now) + seconds


@dataclass(frozen=True, slots=True)
class WrongTries:
    """Wrong PINs: how many in 24 hours, for how many customers, and how many of them in the last hour."""

    day: int
    customers: int
    hour: int


def wrong_tries(engine: Engine, now: float) -> WrongTries:
    """How many wrong PINs there were of late. Raises StoreError."""
    at = pin_tries.c.at
    of_day = select(func.count(), func.count(pin_tries.c.customer_id.distinct())).where(_WRONG, at > now - DAY)
    of_hour = select(func.count()).where(_WRONG, at > now - HOUR)
    with explained(engine), engine.connect() as connection:
        day, customers = connection.execute(of_day).one()
        return WrongTries(day, customers, connection.execute(of_hour).scalar_one())


def forget_old_tries(engine: Engine, now: float) -> int:
    """Delete the tries that count no longer, a few at a time, so that no other writer waits; how many. StoreError."""
    old = select(pin_tries.c.id).where(pin_tries.c.at < now - COUNTED).order_by(pin_tries.c.at).limit(_AT_ONCE)
    deleted = 0
    while True:
        with explained(engine), writing(engine) as connection:
            ids = list(connection.execute(old).scalars())
            if ids:
                connection.execute(delete(pin_tries).where(pin_tries.c.id.in_(ids)))
        deleted += len(ids)
        if len(ids) < _AT_ONCE:
            return deleted
