"""What is on record after `make chaos-history`, read from the database; and when all is settled."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from ivr.domain.calls.events import AgentState
from ivr.domain.calls.gaps import Gap
from ivr.domain.calls.stays import Stay, Talk
from ivr.errors import StoreError
from ivr.store.customer_query import Run
from ivr.store.statement_reading import reading

QUIET_SECONDS = 2.0  # without a change, once queue_log is read to its end
SILENT_SECONDS = 16.0  # the same while something is missing: more than queue_log is waited for
MOST_SECONDS = 90.0
_POLL_SECONDS = 0.25
_CAME = re.compile(r" came ([^ ]+) ([^ ]+) ([^ ]*)$")
_PRINT = """SELECT (SELECT COUNT(*) || '/' || COALESCE(MAX(id), 0) FROM facts),
    (SELECT COUNT(*) || '/' || COUNT(ended_at) FROM calls), (SELECT COUNT(*) FROM stays),
    (SELECT COUNT(*) || '/' || COUNT(ended_at) FROM talks), (SELECT COUNT(*) FROM gaps),
    (SELECT COUNT(*) FROM agent_states),
    (SELECT MAX(CAST(position AS TEXT)) FROM queue_log_positions)"""


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """A row of `calls`, with its stays and talks."""

    call_id: str
    sip_call_id: str
    caller_number: str
    dialled: str
    ended_at: float | None
    outcome: str
    part_of: str
    stays: tuple[Stay, ...] = ()
    talks: tuple[Talk, ...] = ()


@dataclass(frozen=True, slots=True)
class StateSpan:
    """A row of `agent_states`."""

    interface: str
    at: float
    until: float | None
    state: AgentState
    call_id: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that is on record."""

    calls: tuple[RecordedCall, ...]
    states: tuple[StateSpan, ...]
    gaps: tuple[Gap, ...]


def recorded(database: Path) -> Recorded:
    """Read all of it. Raises StoreError."""
    with reading(f"sqlite:///{database}").asking() as run:
        stays, talks = _parts(run, "stays", Stay), _parts(run, "talks", Talk)
        calls = [
            replace(
                RecordedCall(*row),
                stays=tuple(stays.get(row[0], ())),
                talks=tuple(talks.get(row[0], ())),
            )
            for row in run(f"SELECT {_names(RecordedCall, 7)} FROM calls", {})  # noqa: S608 - ours
        ]
        states = [
            StateSpan(*row)
            for row in run(
                f"SELECT {_names(StateSpan)} FROM agent_states "  # noqa: S608 - ours
                "ORDER BY interface, at",
                {},
            )
        ]
        gaps = [
            Gap(what, since, until, cause, tuple(json.loads(calls_in)))
            for what, since, until, cause, calls_in in run(
                "SELECT what, since, until, cause, CAST(calls AS TEXT) FROM gaps ORDER BY since",
                {},
            )
        ]
    return Recorded(tuple(calls), tuple(states), tuple(gaps))


def _names(kind: Any, most: int | None = None) -> str:
    return ", ".join(f'"{each.name}"' for each in fields(kind)[:most])


def _parts(run: Run, table: str, kind: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    query = f"SELECT call_id, {_names(kind)} FROM {table} ORDER BY call_id, number"  # noqa: S608
    for call_id, *values in run(query, {}):
        found.setdefault(call_id, []).append(kind(*values))
    return found


def came(folder: Path) -> dict[str, str]:
    """Say which calls came to the dialplan: their ids at the PBX by SIP Call-ID."""
    found: dict[str, str] = {}
    for path in folder.glob("messages*"):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if match := _CAME.search(line):
                found[match[3]] = match[1]
    return found


async def settled(database: Path, queue_log: Path, is_over: Callable[[], bool]) -> str:
    """Wait until nothing changes any more; what is still missing then, or nothing."""
    deadline = time.monotonic() + MOST_SECONDS
    before: tuple[Any, ...] = ()
    changed_at = time.monotonic()
    while True:
        missing = "the far side" if not is_over() else ""
        try:
            now, open_calls, is_read = _look(database, queue_log)
            if now != before:
                before, changed_at = now, time.monotonic()
            missing = missing or ("ends of calls" if open_calls else "")
            missing = missing or ("" if is_read else "lines of queue_log")
        except StoreError as error:
            missing, changed_at = str(error), time.monotonic()
        patience = SILENT_SECONDS if missing else QUIET_SECONDS
        if time.monotonic() > min(changed_at + patience, deadline):
            return f"{missing} (as of {before})" if missing else ""
        await asyncio.sleep(_POLL_SECONDS)


def _look(database: Path, queue_log: Path) -> tuple[tuple[Any, ...], int, bool]:
    with reading(f"sqlite:///{database}").asking() as run:
        (now,) = run(_PRINT, {})
        ((open_calls,),) = run("SELECT COUNT(*) FROM calls WHERE ended_at IS NULL", {})
    position = json.loads(now[-1]) if now[-1] else {}
    there = queue_log.stat()
    is_read = (position.get("inode"), position.get("offset")) == (there.st_ino, there.st_size)
    return tuple(now), open_calls, is_read


def talks_of(calls: Iterable[RecordedCall]) -> list[tuple[RecordedCall, Talk]]:
    """Give each talk, with its call."""
    return [(call, talk) for call in calls for talk in call.talks]
