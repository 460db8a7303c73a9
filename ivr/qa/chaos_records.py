"""Decisions that Asterisk applied, against decisions that the service recorded.

What Asterisk applied is what its event stream told of each call. What is recorded is a row of table
`decisions`; a call that is decided on again keeps one row, so calls are counted, and not decisions.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import StoreError
from ivr.qa.load import Offered
from ivr.qa.watch import Handled
from ivr.store.statement_reading import reading

COMPLETE_SECONDS = 0.5  # without a new row, once all that was applied is recorded
STILL_SECONDS = 6.0  # the same while something is missing: more than any pause of the journal's
MOST_SECONDS = 30.0
_POLL_SECONDS = 0.1
_ROWS = """SELECT decisions.call_id, calls.sip_call_id, decisions.rung FROM decisions
    JOIN calls ON calls.call_id = decisions.call_id WHERE calls.sip_call_id LIKE :ending"""


class RecordedDecisions:
    """The decisions on the calls of one run of `Load`, as they come into a SQLite file."""

    def __init__(self, database: Path, tag: str) -> None:
        """`tag` is the run's; what is there of an earlier run of the same tag is left out."""
        self._reading, self._ending = reading(f"sqlite:///{database}"), f"%-{tag}"
        self._before: frozenset[str] = frozenset()
        self._before = frozenset(call_id for call_id, _, _ in self._rows())

    def tiers(self) -> dict[str, str]:
        """Return the tier of each recorded decision, by SIP Call-ID; raises StoreError."""
        return {sip_call_id: tier for _, sip_call_id, tier in self._rows()}

    async def settled(self, applied: frozenset[str]) -> dict[str, str]:
        """Wait until these calls are recorded, or nothing more comes; return the tiers."""
        deadline = time.monotonic() + MOST_SECONDS
        found: dict[str, str] = {}
        changed_at = time.monotonic()
        while True:
            with suppress(StoreError):  # it may be locked for a moment
                newer = await asyncio.to_thread(self.tiers)
                if newer != found:
                    found, changed_at = newer, time.monotonic()
            patience = COMPLETE_SECONDS if applied <= found.keys() else STILL_SECONDS
            if time.monotonic() > min(changed_at + patience, deadline):
                return found
            await asyncio.sleep(_POLL_SECONDS)

    def _rows(self) -> list[tuple[str, str, str]]:
        with self._reading.asking() as run:
            rows = [tuple(row) for row in run(_ROWS, {"ending": self._ending})]
        return [(call_id, sip, tier) for call_id, sip, tier in rows if call_id not in self._before]


@dataclass(frozen=True, slots=True)
class Compared:
    """SIP Call-IDs: of decisions applied and not recorded, and recorded and not applied."""

    not_recorded: list[str]
    not_applied: list[str]


def applied(seen: Mapping[str, Handled]) -> frozenset[str]:
    """Return the calls of which Asterisk told that it applied a decision of the service."""
    return frozenset(name for name, handled in seen.items() if handled.applied)


def compare(
    offered: Sequence[Offered],
    seen: Mapping[str, Handled],
    recorded: Mapping[str, str],
    blind: Sequence[tuple[float, float]] = (),
) -> Compared:
    """Compare, call by call, what was applied with what is recorded (tiers by SIP Call-ID).

    Left out are calls of which no event came and that were up while nobody watched the events
    (`blind`: Asterisk was restarted), and a default that was recorded for a caller whom the
    dialplan remembered: it knew better.

    A decision may well be recorded and not applied: the service was killed, or ended, before it
    could take back one that nobody heard. It does no harm. The other way round there is none, but
    for a service that is killed in the moment between its answer and the record.
    """
    told = applied(seen)
    only_told, only_recorded = told - recorded.keys(), recorded.keys() - told
    not_applied = [
        call.sip_call_id
        for call in offered
        if call.sip_call_id in only_recorded
        and not _known_better(seen.get(call.sip_call_id), recorded[call.sip_call_id])
        and (call.sip_call_id in seen or not _unwatched(call, blind))
    ]
    names = [call.sip_call_id for call in offered]
    return Compared([name for name in names if name in only_told], not_applied)


def _known_better(handled: Handled | None, tier: str) -> bool:
    return tier == "default" and handled is not None and handled.tier == "remembered"


def _unwatched(call: Offered, blind: Sequence[tuple[float, float]]) -> bool:
    """Tell whether the call was up while nobody watched."""
    ended_at = call.ended_at or float("inf")
    return any(call.invited_at <= until and since <= ended_at for since, until in blind)
