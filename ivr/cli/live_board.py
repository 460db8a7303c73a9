"""What `ivr top` shows: queues, callers and agents as rich's tables, each with its age.

A part that is older than a few seconds says so, and shows no figures when it is older still: a
board that stands still must not look alive. Whatever was sent is shown as text, and nothing else.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ivr.domain.showable import one_line

OLD_SECONDS, GONE_SECONDS = 3.0, 10.0
NOTHING = "\N{EN DASH}"
Sort = Literal["priority", "wait", "segment", "queue"]
_STATES = {"talking": "green", "ready": "cyan", "ringing": "yellow", "paused": "magenta"}
Rows = Sequence[Mapping[str, Any]]


def board(state: Mapping[str, Any], sort: Sort, now: float | None = None) -> RenderableType:
    """Draw a state that was told. `now` is Unix time."""
    now = time.time() if now is None else now
    makers = {"queues": _queues, "callers": _callers, "agents": _agents}
    drawn: list[RenderableType] = []
    for name, make in makers.items():
        part = _mapping(state.get(name))
        at = part.get("at")
        age = max(0.0, now - at) if isinstance(at, int | float) else None
        is_gone = age is None or age > GONE_SECONDS
        rows = [_mapping(each) for each in part.get("rows") or ()]
        table = make(rows, sort, now, is_gone=is_gone)
        drawn += [_heading(name, age, part.get("more")), table, Text()]
    return Group(*drawn[:-1])


def _heading(name: str, age: float | None, more: object) -> Text:
    if age is None:
        return Text.assemble((name, "bold"), (" not known so far", "red"))
    words, style = f" {age:.0f} s old", "dim"
    if age > GONE_SECONDS:
        words, style = f" {_span(age)} old: nobody hears from Asterisk", "bold red"
    elif age > OLD_SECONDS:
        words, style = f" {age:.0f} s old !", "bold yellow"
    heading = Text.assemble((name, "bold"), (words, style))
    if isinstance(more, int) and more > 0:
        heading.append(f"  and {more} more", "dim")
    return heading


def _queues(rows: Rows, sort: Sort, now: float, *, is_gone: bool) -> Table:
    table = _table(("queue", "waiting", "longest wait", "agents", "free"), numbers=(1, 2, 3, 4))
    for row in rows:
        wait = row.get("longest_wait")
        figures = (
            _figure(row.get("waiting"), is_gone),
            NOTHING if wait is None or is_gone else _span(wait),
            _figure(row.get("agents"), is_gone),
            _figure(row.get("free"), is_gone),
        )
        _add(table, (row.get("queue"), *figures), is_gone=is_gone)
    return table


def _callers(rows: Rows, sort: Sort, now: float, *, is_gone: bool) -> Table:
    names = ("pos", "caller", "segment", "prio", "queue", "since", "with", "why")
    table = _table(names, numbers=(0, 3, 5))
    for row in _sorted(rows, sort):
        rings, agent = row.get("rings"), row.get("agent")
        why = ": ".join(str(each) for each in (row.get("rule"), row.get("reason")) if each)
        cells = (
            _figure(row.get("position"), is_gone),
            f"{row.get('number') or 'withheld'}{' (test)' if row.get('test') else ''}",
            row.get("segment") or "-",
            _figure(row.get("priority"), is_gone),
            row.get("queue"),
            NOTHING if is_gone else _since(row, now),
            f"{rings} rings" if rings else agent or "waits",
            why or "-",
        )
        _add(table, cells, is_gone=is_gone)
    return table


def _agents(rows: Rows, sort: Sort, now: float, *, is_gone: bool) -> Table:
    table = _table(("agent", "state", "since", "queues"), numbers=(2,))
    for row in rows:
        state, reason = str(row.get("state")), row.get("reason")
        queues = ", ".join(str(each) for each in row.get("queues") or ())
        cells = (
            row.get("agent") or row.get("interface"),
            Text(one_line(f"{state}: {reason}" if reason else state), _STATES.get(state, "")),
            NOTHING if is_gone else _since(row, now),
            queues or "-",
        )
        _add(table, cells, is_gone=is_gone)
    return table


def _sorted(rows: Rows, sort: Sort) -> list[Mapping[str, Any]]:
    """Order callers: who waits first, then those who talk."""

    def key(row: Mapping[str, Any]) -> tuple[object, ...]:
        waits, since = row.get("state") != "waiting", _number(row.get("since"))
        first = -_number(row.get("priority"))
        by = {
            "priority": (first,),
            "wait": (),
            "segment": (str(row.get("segment")), first),
            "queue": (str(row.get("queue")), first),
        }
        return (waits, *by[sort], since)

    return sorted(rows, key=key)


def _table(names: Iterable[str], numbers: Sequence[int]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="cyan")
    for number, name in enumerate(names):
        is_last = name in ("why", "queues")
        justify: Literal["right", "left"] = "right" if number in numbers else "left"
        table.add_column(name, justify=justify, no_wrap=True, ratio=1 if is_last else None)
    return table


def _add(table: Table, cells: Iterable[object], *, is_gone: bool) -> None:
    shown = (each if isinstance(each, Text) else Text(one_line(str(each))) for each in cells)
    table.add_row(*shown, style="dim" if is_gone else None)


def _since(row: Mapping[str, Any], now: float) -> str:
    return _span(max(0.0, now - _number(row.get("since"))))


def _span(seconds: object) -> str:
    whole = int(_number(seconds))
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
    return f"{whole // 60}:{whole % 60:02}"


def _figure(value: object, is_gone: bool) -> str:
    return NOTHING if value is None or is_gone else str(value)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
