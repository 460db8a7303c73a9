"""What a company knows of its customers, made up and always the same: Parquet files, made once and kept.

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


def _statements(customers: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """What makes each source, and what the day between adds to it, if anything."""
    served = max(1, int(SERVED * customers))

    def part(salt: int, below: int) -> str:
        return f"(hash(n * 31 + {salt}) % {below})::BIGINT"

    def rows(count: int, columns: str, seconds: int, since: int = 0) -> str:
        """The square: few have much of it, many have little."""
        share = f"{part(1, 1_000_003)} / 1000003.0"
        who = f"n % {served}" if since else f"floor({customers} * ({share}) * ({share}))::BIGINT"
        begin = AT if since else AT - seconds
        when = f"make_timestamp({begin * 1_000_000} + 1000000 * {part(2, seconds)})"
        numbers = f"(SELECT range AS n FROM range({since}, {since + count}))"  # noqa: S608 - numbers of our own
        name = f"format('C{{:07d}}', {who}) AS customer_id"
        return f"SELECT {name}, {when} AS moment, {columns} FROM {numbers}"  # noqa: S608

    def named(select: str, time: str) -> str:
        return f"SELECT * EXCLUDE (moment), moment AS {time} FROM ({select})"  # noqa: S608 - as above

    amount = f"{part(3, 30_000)}::DECIMAL(18, 2) / 100"
    orders = (
        f"({amount})::DECIMAL(12, 2) AS amount, ({amount} * 0.6)::DECIMAL(12, 2) AS goods, "
        f"CASE WHEN {part(4, 20)} = 0 THEN 'open' ELSE 'paid' END AS status"
    )
    contacts = (
        f"['phone', 'phone', 'chat', 'letter', 'shop'][1 + {part(5, 5)}] AS channel, "
        f"CASE WHEN {part(6, 12)} = 0 THEN 'complaint' ELSE 'other' END AS about, "
        f"CASE WHEN {part(7, 15)} = 0 THEN 'abandoned' ELSE 'answered' END AS outcome, "
        f"{part(8, 900)} / 60.0 AS agent_minutes, {part(9, 1200)} / 60.0 AS line_minutes"
    )
    year, fresh = 365 * DAY, 100_000_000  # numbers of new rows begin above those of any old one
    yield (
        "orders",
        (
            named(rows(5 * customers // 2, orders, 2 * year), "ordered_at"),
            named(rows(served, orders, DAY, fresh), "ordered_at"),
        ),
    )
    yield (
        "contacts",
        (
            named(rows(10 * customers, contacts, year), "began_at"),
            named(rows(2 * served, contacts, DAY, fresh), "began_at"),
        ),
    )
    product = f"['fibre', 'mobile', 'tv', 'power'][1 + {part(10, 4)}] AS product"
    held = f"{product}, {part(11, 8)} = 0 AS ended"
    yield "contracts", (named(rows(customers, held, 5 * year), "began_at"), "")
    status = f"CASE WHEN {part(12, 6)} = 0 THEN 'open' ELSE 'closed' END AS status"
    yield "cases", (named(rows(customers // 5, status, year), "opened_at"), "")
    reminder = f"({amount})::DECIMAL(12, 2) AS amount, 1 + {part(13, 3)} AS stage"
    yield "reminders", (named(rows(customers // 10, reminder, year), "sent_at"), "")
    yield "referrals", (named(rows(customers // 20, "1 AS one", 2 * year), "bought_at"), "")
    profile = (
        f"['phone', 'chat', 'letter', 'shop'][1 + {part(14, 4)}] AS channel, "
        f"['north', 'south', 'east', 'west'][1 + {part(15, 4)}] AS region, "
        f"'travel' AS interests, '25-44' AS age_band"
    )
    yield "profiles", (named(rows(customers // 2, profile, 2 * year), "updated_at"), "")
