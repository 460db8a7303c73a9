"""What became of the calls of a load test: each call judged by the service's own record of it, then counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ivr.domain.calls.record import CallRecord
from ivr.qa.load import Offered
from ivr.qa.load_crowd import CrowdCall, Wait
from ivr.qa.load_mix import Asked, Owed
from ivr.qa.load_stats import percentile

MOST_NAMED = 10  # calls of which it is said what was wrong with them
_OVERFLOW_SLACK = 1.0  # seconds: app_queue counts whole ones
Fate = Literal["answered", "abandoned", "failed"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the figures were measured under."""

    rate: float
    seconds: float
    mix: dict[str, float]
    talk: float
    patience: float
    seed: int
    target: str
    agents: dict[str, int]  # by queue
    asterisk: str
    policy: str
    machine: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One call. Times in seconds since the first call; None where it did not come to that."""

    name: str  # of its kind in the mix
    at: float
    fate: Fate
    ended_at: float | None = None
    connected_at: float | None = None
    wait: float | None = None
    route_ms: float | None = None
    tier: str = ""
    failed: str = ""  # why
    lost: str = ""  # in the records: what is missing
    doubled: bool = False
    wrong: str = ""  # what it got, and what the policy says


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The calls of one kind, counted. Waits in seconds, of those that were answered."""

    offered: int
    answered: int
    abandoned: int
    failed: int
    lost: int
    doubled: int
    wrong: int
    wait_p50: float | None
    wait_p90: float | None
    wait_p99: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a load test found."""

    conditions: Conditions
    started_at: float  # Unix time of the first call
    calling_seconds: float  # from the first call to the last
    interrupted: bool
    judged: Sequence[Judged] = field(repr=False)
    waits: Sequence[Wait] = field(repr=False)  # of all callers in all queues; seconds since the first call
    rows: dict[str, FigureRow]  # by kind
    total: FigureRow
    route_ms: dict[str, float]  # p50, p90, p99, slowest; empty when nothing was decided
    rungs: dict[str, int]
    trouble: list[str]  # a sentence for each call that failed, was lost or got something wrong; the first few

    @property
    def bad(self) -> int:
        """How many calls failed, were lost or recorded twice, or got something that the policy does not say."""
        return sum(bool(call.failed or call.lost or call.doubled or call.wrong) for call in self.judged)

    @property
    def well(self) -> bool:
        """Whether nothing failed or was lost, and every call got what the policy says."""
        return self.total.offered > 0 and not self.bad

    @property
    def length(self) -> float:
        """Seconds from the first call to the end of the last."""
        return max((call.ended_at or call.at for call in self.judged), default=0.0)

    def as_json(self) -> dict[str, Any]:
        """For programs: the same figures as in the table."""
        return {
            "well": self.well,
            **asdict(self.conditions),
            "started_at": round(self.started_at, 3),
            "calling_seconds": round(self.calling_seconds, 3),
            "interrupted": self.interrupted,
            **asdict(self.total),
            "by_kind": {name: asdict(row) for name, row in self.rows.items()},
            "route_ms": self.route_ms,
            "rungs": self.rungs,
            "trouble": self.trouble,
        }


def figures(
    conditions: Conditions,
    offered: Sequence[Offered],
    asked: Mapping[str, Asked],
    records: Mapping[str, Sequence[CallRecord]],
    seen: Mapping[str, CrowdCall],
    owed: Mapping[str, Owed],
    *,
    interrupted: bool = False,
) -> Figures:
    """Judge and count. All but `owed` (by kind) are by SIP Call-ID."""
    began = min((call.invited_at for call in offered), default=0.0)
    judged, trouble = [], []
    for call in offered:
        caller, name = asked[call.sip_call_id], call.sip_call_id
        one = judge(call, caller, records.get(name, ()), seen.get(name), owed[caller.name], began)
        judged.append(one)
        told = [f"failed: {one.failed}"] if one.failed else []
        told += [f"lost: {one.lost}"] if one.lost else []
        told += ["recorded more than once"] if one.doubled else []
        told += [f"wrong: {one.wrong}"] if one.wrong else []
        number = "withheld" if caller.withheld else caller.number
        trouble += [f"{name}, {caller.name} ({number}), {one.at:.1f} s: {each}" for each in told]
    waits = [
        Wait(wait.queue, wait.since - began, None if wait.until is None else wait.until - began)
        for each in seen.values() for wait in each.waits
    ]  # fmt: skip
    routed = [call.route_ms for call in judged if call.route_ms is not None]
    by_percent = {f"p{percent}": round(percentile(routed, percent), 2) for percent in (50, 90, 99)} if routed else {}
    return Figures(
        conditions=conditions,
        started_at=began,
        calling_seconds=max((call.at for call in judged), default=0.0),
        interrupted=interrupted,
        judged=judged,
        waits=waits,
        rows={kind: row([call for call in judged if call.name == kind]) for kind in conditions.mix},
        total=row(judged),
        route_ms=by_percent | ({"slowest": round(max(routed), 2)} if routed else {}),
        rungs=dict(Counter(call.tier for call in judged if call.tier).most_common()),
        trouble=trouble[:MOST_NAMED],
    )


def row(judged: Sequence[Judged]) -> FigureRow:
    """Count calls."""
    fates = Counter(call.fate for call in judged)
    waits = [call.wait for call in judged if call.fate == "answered" and call.wait is not None]
    p50, p90, p99 = (round(percentile(waits, percent), 3) if waits else None for percent in (50, 90, 99))
    return FigureRow(
        offered=len(judged), answered=fates["answered"], abandoned=fates["abandoned"], failed=fates["failed"],
        lost=sum(bool(call.lost) for call in judged), doubled=sum(call.doubled for call in judged),
        wrong=sum(bool(call.wrong) for call in judged), wait_p50=p50, wait_p90=p90, wait_p99=p99,
    )  # fmt: skip


def judge(
    call: Offered, caller: Asked, records: Sequence[CallRecord], seen: CrowdCall | None, owed: Owed, began: float
) -> Judged:
    """What became of one call. What callers saw is SIPp's, the rest the service's record."""
    at = round(call.invited_at - began, 3)
    if not records:
        fate, why = _unrecorded(call, seen)
        ended = None if call.ended_at is None else call.ended_at - began
        return Judged(caller.name, at, fate, ended, failed=why, lost="the service has no record of it")
    record = records[-1]
    history = record.history
    fate, why = _fate(call, record, seen)
    ended_at = history.ended_at or call.ended_at
    return Judged(
        name=caller.name,
        at=at,
        fate=fate,
        ended_at=None if ended_at is None else ended_at - began,
        connected_at=None if history.connected_at is None else history.connected_at - began,
        wait=history.wait_seconds,
        route_ms=record.route_ms,
        tier=history.tier,
        failed=why,
        lost="" if history.ended_at is not None else "its record has no end",
        doubled=len(records) > 1,
        wrong=wrong(record, owed),
    )


def _unrecorded(call: Offered, seen: CrowdCall | None) -> tuple[Fate, str]:
    """The fate of a call without a record, as far as others saw it."""
    if call.answered_at is None:
        return "failed", call.refused or "no answer"
    if seen is not None and seen.connected_at is not None:
        return "answered", ""
    return ("abandoned", "") if seen is not None and seen.gave_up else ("failed", "reached no agent")


def _fate(call: Offered, record: CallRecord, seen: CrowdCall | None) -> tuple[Fate, str]:
    outcome = record.history.outcome
    if call.answered_at is None:
        return "failed", call.refused or "no answer"
    if outcome in ("answered", "talking"):
        return "answered", ""
    # One who gave up during the greeting was in no queue yet: the history calls that lost.
    if outcome == "abandoned" or (outcome == "lost" and seen is not None and seen.gave_up):
        return "abandoned", ""
    return "failed", f"the record says {outcome}"


def wrong(record: CallRecord, owed: Owed) -> str:
    """What a call got that is not what the policy says; "" when all is right."""
    history, decision = record.history, record.decision
    first = decision.treatment.queue if decision is not None and history.tier == "live" else None
    adjusted = decision is not None and bool(decision.trace.adjustments)  # who called before, say
    priority = decision.treatment.priority if decision is not None and adjusted else owed.priority
    got = (history.segment, history.priority or 0)
    right = got == (owed.segment, priority) and (first or owed.queue) == owed.queue
    allowed = {owed.queue}
    overflow = owed.overflow
    if overflow is not None and overflow.queue and (history.wait_seconds or 0.0) >= overflow.after - _OVERFLOW_SLACK:
        allowed.add(overflow.queue)
    if right and (history.queue is None or history.queue in allowed):
        return ""
    where = first if first not in (None, owed.queue) else history.queue
    got_it = f"segment {history.segment or 'none'}, queue {where or 'none'}, priority {got[1]}, tier {history.tier}"
    due = f"segment {owed.segment or 'none'}, queue {owed.queue}, priority {priority}"
    return f"{got_it}; the policy says {due}"
