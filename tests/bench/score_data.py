"""What a company knows of its customers, made up: Parquet files, made once and kept.

Two states of it: that of one night, and that of the next, with events of a few more customers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.bench.customers import Say

AT, DAY = 1_790_000_000, 86_400
"""Unix time of the first night, and how much later the next one is."""
SERVED = 0.03
"""Share of the customers with new events on the day between."""
VERSION = 1
"""Counts up when other data is made: what was kept is then made anew."""


@dataclass(frozen=True, slots=True)
class Data:
    """A folder for each source, as of both nights."""

    contacts: int
    first: Mapping[str, str]
    next: Mapping[str, str]


def made(customers: int, folder: Path, say: Say) -> Data:
    """Return the data of so many customers: 2.5 orders and 10 contacts each."""
    home = folder / f"score-{customers}-{VERSION}"
    first, following = home / "first", home / "next"
    statements = dict(_statements(customers))
    for name, (before, after) in statements.items():
        _write(first / name / "1.parquet", before, say)
        _link(first / name / "1.parquet", following / name / "1.parquet")
        if after:
            _write(following / name / "2.parquet", after, say)
    return Data(10 * customers, _places(first, statements), _places(following, statements))


def _places(home: Path, names: Mapping[str, object]) -> dict[str, str]:
    return {name: str((home / name).resolve()) for name in names}


def _write(path: Path, select: str, say: Say) -> None:
    """Whole or not at all: it may be interrupted."""
    if path.exists():
        return
    say(f"making {path.parent.parent.name}/{path.parent.name} (once)")
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with duckdb.connect() as database:
        database.execute(f"COPY ({select}) TO '{new}' (FORMAT parquet)")
    new.rename(path)


def _link(path: Path, other: Path) -> None:
    other.parent.mkdir(parents=True, exist_ok=True)
    if not other.exists():
        other.hardlink_to(path)


def _part(salt: int, below: int) -> str:
    """Return a number from 0 to `below` that depends on the row alone."""
    return f"(hash(n * 31 + {salt}) % {below})::BIGINT"


_AMOUNT = f"{_part(3, 30_000)}::DECIMAL(18, 2) / 100"
_ORDERS = (
    f"({_AMOUNT})::DECIMAL(12, 2) AS amount, ({_AMOUNT} * 0.6)::DECIMAL(12, 2) AS goods, "
    f"CASE WHEN {_part(4, 20)} = 0 THEN 'open' ELSE 'paid' END AS status"
)
_CONTACTS = (
    f"['phone', 'phone', 'chat', 'letter', 'shop'][1 + {_part(5, 5)}] AS channel, "
    f"CASE WHEN {_part(6, 12)} = 0 THEN 'complaint' ELSE 'other' END AS about, "
    f"CASE WHEN {_part(7, 15)} = 0 THEN 'abandoned' ELSE 'answered' END AS outcome, "
    f"{_part(8, 900)} / 60.0 AS agent_minutes, {_part(9, 1200)} / 60.0 AS line_minutes"
)
_PRODUCT = f"['fibre', 'mobile', 'tv', 'power'][1 + {_part(10, 4)}] AS product"
_CONTRACTS = f"{_PRODUCT}, {_part(11, 8)} = 0 AS ended"
_CASES = f"CASE WHEN {_part(12, 6)} = 0 THEN 'open' ELSE 'closed' END AS status"
_REMINDERS = f"({_AMOUNT})::DECIMAL(12, 2) AS amount, 1 + {_part(13, 3)} AS stage"
_PROFILES = (
    f"['phone', 'chat', 'letter', 'shop'][1 + {_part(14, 4)}] AS channel, "
    f"['north', 'south', 'east', 'west'][1 + {_part(15, 4)}] AS region, "
    f"'travel' AS interests, '25-44' AS age_band"
)
_YEAR = 365 * DAY
_FRESH = 100_000_000  # numbers of new rows begin above those of any old one


def _statements(customers: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """What makes each source, and what the day between adds to it, if anything."""
    served = max(1, int(SERVED * customers))

    def old(count: int, columns: str, seconds: int, time: str) -> str:
        """The square: few have much of it, many have little."""
        share = f"{_part(1, 1_000_003)} / 1000003.0"
        who = f"floor({customers} * ({share}) * ({share}))::BIGINT"
        return _rows((0, count), who, columns, (AT - seconds, seconds), time)

    def new(count: int, columns: str, time: str) -> str:
        return _rows((_FRESH, count), f"n % {served}", columns, (AT, DAY), time)

    orders = old(5 * customers // 2, _ORDERS, 2 * _YEAR, "ordered_at")
    yield "orders", (orders, new(served, _ORDERS, "ordered_at"))
    contacts = old(10 * customers, _CONTACTS, _YEAR, "began_at")
    yield "contacts", (contacts, new(2 * served, _CONTACTS, "began_at"))
    yield "contracts", (old(customers, _CONTRACTS, 5 * _YEAR, "began_at"), "")
    yield "cases", (old(customers // 5, _CASES, _YEAR, "opened_at"), "")
    yield "reminders", (old(customers // 10, _REMINDERS, _YEAR, "sent_at"), "")
    yield "referrals", (old(customers // 20, "1 AS one", 2 * _YEAR, "bought_at"), "")
    yield "profiles", (old(customers // 2, _PROFILES, 2 * _YEAR, "updated_at"), "")


def _rows(
    numbers: tuple[int, int],
    who: str,
    columns: str,
    period: tuple[int, int],
    time: str,
) -> str:
    """Rows of these numbers (first, count) in a period (begin, seconds)."""
    (first, count), (begin, seconds) = numbers, period
    when = f"make_timestamp({begin * 1_000_000} + 1000000 * {_part(2, seconds)})"
    name = f"format('C{{:07d}}', {who}) AS customer_id"
    return (
        f"SELECT {name}, {when} AS {time}, {columns} "  # noqa: S608 - numbers of our own
        f"FROM (SELECT range AS n FROM range({first}, {first + count}))"
    )
