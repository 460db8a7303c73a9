"""How recorded calls are found that fit a filter: the newest first, or page by page in their order.

First the keys of those that fit are found, by an index that has the calls in the order of time, and
then what there is about them. So no statement can have the database read everything in order to
sort it, whatever it thinks of the rows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ivr.domain.calls.call_filter import ALL_CALLS, CallFilter, ListedCall
from ivr.domain.calls.record import CallRecord
from ivr.errors import IvrError
from ivr.store.call_rows import LINES, RECORDS, line_of, record_of
from ivr.store.customer_query import Run
from ivr.store.text_ranges import after_all_with

T = TypeVar("T")
Asking = Callable[[], AbstractContextManager[Run]]
Key = tuple[float | None, str]
"""When a call was routed, and its id."""
AT_ONCE = 1000  # calls of a page
_NAMED_AT_ONCE = 500  # in one statement
MOST_NUMBERS = 500  # that an ending may fit
_BRANCHES = 50  # numbers in a statement, each looked for by itself, in the order of time
_FEW = 2000  # calls: where no condition fits fewer, it does not matter by which one they are found
_BEGINNING = -1e300
# A call that an agent made for a caller is told with that caller's.
_CALLERS = "calls.part_of = ''"
_KEYS = "SELECT calls.routed_at, calls.call_id FROM calls WHERE"
_ROUTED = "calls.routed_at IS NOT NULL"
_BY = {
    # The second part of each is the index's own.
    "customer_id": ("calls.customer_id = :customer_id", "calls.customer_id <> ''"),
    "segment": ("calls.segment = :segment", "calls.segment <> ''"),
    "outcome": ("calls.outcome = :outcome", ""),
    "agent": ("calls.agent = :agent", ""),
    "queue": ("calls.queue = :queue", ""),
}
_LONGEST = 86_400.0  # seconds that a call takes, at most
_BESIDE = {"agent": ("stays.joined_at", "talks.began_at"), "queue": ("stays.joined_at",)}
"""For what else is found by a table of its own, that table, and its order of time."""
_INDEXED = {"agent": " AND {}.agent <> ''"}
"""What the indexes of those have."""
_GOES_ON = "calls.call_id IN (SELECT call_id FROM calls WHERE ended_at IS NULL)"
_WHICH = {
    "customer_id": ("NOT calls.test", "calls.test"),
    "outcome": ("calls.ended_at IS NOT NULL",),
}
"""Indexes of only some calls, which have all of them together."""


def newest(run: Run, wanted: CallFilter, count: int) -> list[CallRecord]:
    """Give the `count` calls that arrived last of those that fit, newest first."""
    return list(_told(run, newest_keys(run, wanted, count), RECORDS, record_of))


def newest_lines(run: Run, wanted: CallFilter, count: int) -> list[ListedCall]:
    """Give the same as a list has them."""
    return list(_told(run, newest_keys(run, wanted, count), LINES, line_of))


def pages(asking: Asking, wanted: CallFilter, last: int | None) -> Iterator[list[ListedCall]]:
    """Give the `last` calls that fit, or all, in their order, so many at a time.

    No read is left open between two pages.
    """
    with asking() as run:
        search = _search(run, wanted)
        begin = _nth_newest(run, search, last) if search and last else None
        if search is None:
            return
        untimed = _untimed(run, search) if begin is None else []
        if untimed:
            yield list(_told(run, untimed, LINES, line_of))
    key: Key = (_BEGINNING if begin is None else begin, "")
    while True:
        with asking() as run:
            keys = _page(run, search, key)
            found = list(_told(run, keys, LINES, line_of))
        if found:
            yield found
        if len(keys) < AT_ONCE:
            return
        key = keys[-1]


def newest_keys(run: Run, wanted: CallFilter, count: int) -> list[Key]:
    """Give the keys of the `count` calls that arrived last of those that fit, newest first.

    Those without a time of routing are the oldest.
    """
    search = _search(run, wanted) if count > 0 else None
    if search is None:
        return []
    keys: set[Key] = set()
    for branch in search.branches():
        keys.update((row[0], row[1]) for row in run(branch, {**search.values, "count": count}))
    found = sorted(keys, key=lambda key: (key[0] or 0.0, key[1]), reverse=True)[:count]
    if len(found) < count:
        found += _untimed(run, search)[::-1][: count - len(found)]
    return found


@dataclass(slots=True)
class _Search:
    """What is asked for, as SQL. `driver` is what the calls are found by, in the order of time."""

    driver: str
    numbers: Sequence[str]
    conditions: dict[str, str] = field(default_factory=dict)
    times: list[str] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    def whole(self, *more: str) -> str:
        """All conditions."""
        return " AND ".join([*self.conditions.values(), *self.times, *more, _CALLERS])

    def branches(self) -> Iterator[str]:
        """Give statements that have the newest of all that fit between them."""
        others = [text for name, text in self.conditions.items() if name != self.driver]
        rest = " AND ".join([*others, *self.times, _ROUTED, _CALLERS])
        order = "ORDER BY calls.routed_at DESC LIMIT :count"
        if self.driver == "numbers":
            one = f"{_KEYS} calls.caller_number = :number{{}} AND calls.caller_number <> ''"
            each = [
                f"SELECT * FROM ({one.format(n)} AND {rest} {order}) AS calls{n}"  # noqa: S608
                for n in range(len(self.numbers))
            ]
            for begin in range(0, len(each), _BRANCHES):
                yield " UNION ALL ".join(each[begin : begin + _BRANCHES])
            return
        if self.driver not in _BY:
            yield f"{_KEYS} {self.whole(_ROUTED)} {order}"
            return
        by = " AND ".join(filter(None, _BY[self.driver]))
        for which in _WHICH.get(self.driver, ("1 = 1",)):
            yield f"{_KEYS} {by} AND {which} AND {rest} {order}"
        if self.driver == "outcome":  # few, and of no time: their index has the ids alone
            yield f"{_KEYS} {_GOES_ON} AND {by} AND {rest}"
        for place in _BESIDE.get(self.driver, ()):
            table = place.partition(".")[0]
            within = "".join(
                f" AND {place} {sign}"
                for name, sign in (("since", ">= :since"), ("until", "< :until_joined"))
                if name in self.values
            )
            within += _INDEXED.get(self.driver, "").format(table)
            # A call may be in it several times.
            yield (
                "SELECT calls.routed_at, calls.call_id "  # noqa: S608 - ours
                f"FROM {table} CROSS JOIN calls WHERE calls.call_id = {table}.call_id "
                f"AND {table}.{self.driver} = :{self.driver}{within} AND {rest} "
                f"ORDER BY {place} DESC LIMIT 4 * :count"
            )


def _search(run: Run, wanted: CallFilter) -> _Search | None:
    """Make the search; None when nothing can fit."""
    texts = (wanted.customer, wanted.queue, wanted.agent, wanted.segment, wanted.outcome)
    if any("\0" in text for text in (*texts, *wanted.endings, *wanted.numbers)):
        return None  # nothing is stored with it
    numbers: Sequence[str] = ()
    if wanted.endings or wanted.numbers:
        numbers = _numbers(run, wanted)
        if not numbers:
            return None
    search = _Search("", numbers)
    if numbers:
        search.values |= {f"number{n}": number for n, number in enumerate(numbers)}
        listed = ", ".join(f":number{n}" for n in range(len(numbers)))
        own = "calls.caller_number <> ''"
        search.conditions["numbers"] = f"calls.caller_number IN ({listed}) AND {own}"
    for name, value in {
        "customer_id": wanted.customer,
        "agent": wanted.agent,
        "queue": wanted.queue,
        "outcome": wanted.outcome,
        "segment": wanted.segment,
    }.items():
        if value:
            search.values[name] = value
            search.conditions[name] = _condition(name)
    for name, sign in (("since", ">="), ("until", "<")):
        if (at := getattr(wanted, name)) is not None:
            search.values[name] = at
            search.times.append(f"calls.routed_at {sign} :{name}")
    if wanted.until is not None:
        search.values["until_joined"] = wanted.until + _LONGEST
    search.driver = _driver(run, search)
    return search


def _driver(run: Run, search: _Search) -> str:
    """Say what to find them by: what few have, or else what most often few have."""
    names = list(search.conditions)
    if len(names) < 2 or "numbers" in names:
        return names[0] if names else ""
    counts = {}
    for name in names:
        by = " AND ".join(filter(None, (*_BY[name], _WHICH.get(name, ("",))[0])))
        some = f"SELECT 1 FROM calls WHERE {by} LIMIT {_FEW}"  # noqa: S608 - ours
        asked = f"SELECT COUNT(*) FROM ({some}) AS few"  # noqa: S608 - ours
        counts[name] = run(asked, search.values)[0][0]
    return min(names, key=counts.__getitem__)


def _condition(name: str) -> str:
    text = " AND ".join(filter(None, _BY[name]))
    tables = [place.partition(".")[0] for place in _BESIDE.get(name, ())]
    beside = [  # with `|| ''`, for SQLite would read all of the queue, or agent, for each call
        f"EXISTS (SELECT 1 FROM {table} WHERE {table}.call_id = calls.call_id "  # noqa: S608
        f"AND {table}.{name} || '' = :{name})"
        for table in tables
    ]
    return f"({' OR '.join([text, *beside])})" if beside else text


def _numbers(run: Run, wanted: CallFilter) -> Sequence[str]:
    """Give the numbers that are recorded and end so. Raises IvrError for too many."""
    found = dict.fromkeys(wanted.numbers)
    between = "reversed >= :begin AND reversed < :end"
    asked = f"SELECT number FROM call_numbers WHERE {between} LIMIT :most"  # noqa: S608 - ours
    for ending in wanted.endings:
        begin = ending[::-1]
        values = {"begin": begin, "end": after_all_with(begin), "most": MOST_NUMBERS + 1}
        rows = run(asked, values)
        if len(rows) > MOST_NUMBERS:
            many = f"more than {MOST_NUMBERS} callers' numbers end in {ending}"
            raise IvrError(f"{many}: write more digits")
        found |= dict.fromkeys(row[0] for row in rows)
    return list(found)


def _untimed(run: Run, search: _Search) -> list[Key]:
    """Give those without a time of routing, in their order: the few that came another way."""
    if search.times:
        return []
    asked = f"{_KEYS} {search.whole('calls.routed_at IS NULL')} ORDER BY calls.call_id LIMIT :count"
    found = run(asked, {**search.values, "count": AT_ONCE})
    return [(None, row[1]) for row in found]


def _nth_newest(run: Run, search: _Search, n: int) -> float | None:
    """Say when the `n`th newest was routed; None when there are fewer."""
    asked = f"{_KEYS} {search.whole(_ROUTED)} ORDER BY calls.routed_at DESC LIMIT 1 OFFSET :before"
    found = run(asked, {**search.values, "before": n - 1})
    return found[0][0] if found else None


def _page(run: Run, search: _Search, after: Key) -> list[Key]:
    beyond = (
        "calls.routed_at >= :at",
        "(calls.routed_at > :at OR calls.call_id > :call_id)",
    )
    order = "ORDER BY calls.routed_at, calls.call_id LIMIT :count"
    values = {**search.values, "at": after[0], "call_id": after[1], "count": AT_ONCE}
    return [(row[0], row[1]) for row in run(f"{_KEYS} {search.whole(*beyond)} {order}", values)]


def _told(
    run: Run,
    keys: Sequence[Key],
    select: str,
    of_row: Callable[[Sequence[Any]], T],
) -> Iterator[T]:
    """Give what there is about the calls, in the order of the keys."""
    for begin in range(0, len(keys), _NAMED_AT_ONCE):
        part = [call_id for _, call_id in keys[begin : begin + _NAMED_AT_ONCE]]
        values = {f"call{n}": call_id for n, call_id in enumerate(part)}
        names = ", ".join(f":{name}" for name in values)
        rows = run(f"{select} WHERE calls.call_id IN ({names})", values)
        found: Mapping[str, Sequence[Any]] = {row[0]: row for row in rows}
        yield from (of_row(found[call_id]) for call_id in part if call_id in found)


__all__ = ["ALL_CALLS", "newest", "newest_keys", "newest_lines", "pages"]
