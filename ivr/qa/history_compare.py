"""What the far side saw of each call, against what is on record of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ivr.domain.calls.gaps import Gap
from ivr.domain.calls.stays import Stay, Talk
from ivr.qa.far_side import FarCall, FarTalk
from ivr.qa.history_callers import SERVED
from ivr.qa.history_faults import AsteriskGone
from ivr.qa.history_records import Recorded, RecordedCall, StateSpan

NEAR = 1.5  # seconds by which times may differ: queue_log has whole ones
GAP_NEAR = 2.0  # seconds that a gap may cover more than its cause
AT_ONCE = 0.5  # a talk shorter than this may have ended before the PBX knew of it
WAITED = 6.0  # seconds after the PBX answered: by then every greeting is over
_LAST_MOMENT = 1.0  # before Asterisk is killed: lines that it had not written are lost with it


@dataclass(slots=True)
class ComparedHistory:
    """The counts; `wrong` has a sentence for each thing that is wrong."""

    calls: int = 0
    talks: int = 0  # that the far side saw
    never_came: int = 0  # whose INVITE never reached the dialplan
    too_short: int = 0  # gone before the dialplan could say that they had come
    lost: int = 0
    double: int = 0
    ghosts: int = 0
    untrue: int = 0  # lengths, times, ends that are not what happened
    days: int = 0  # agents whose day does not add up
    gaps: int = 0
    gap_seconds: float = 0.0
    calls_in_gaps: int = 0
    without_cause: int = 0  # gaps
    wrong: list[str] = field(default_factory=list)

    def says(self, what: str, sentence: str) -> None:
        """Count something that is wrong."""
        setattr(self, what, getattr(self, what) + 1)
        self.wrong.append(f"{what.replace('_', ' ')}: {sentence}")


def compare(
    far: Sequence[FarCall],
    gone: Sequence[AsteriskGone],
    record: Recorded,
) -> ComparedHistory:
    """Compare everything. The far side's calls have their ids and talks."""
    found = ComparedHistory(calls=len(far), talks=sum(len(call.talks) for call in far))
    in_gaps = _gaps(found, record.gaps, gone)
    of = _rows(far, record.calls)
    for call in far:
        _call(found, call, of.get(call.token, []), gone, in_gaps)
    known = {id(row) for rows in of.values() for row in rows}
    for row in record.calls:
        if id(row) not in known and not row.part_of:
            found.says("ghosts", f"no such call was made: {row}")
    _days(found, record, in_gaps)
    return found


def _rows(far: Iterable[FarCall], rows: Iterable[RecordedCall]) -> dict[str, list[RecordedCall]]:
    """Give the rows of each call, by its token: by SIP Call-ID, id or numbers."""
    by: dict[str, str] = {}
    for call in far:
        names = (call.sip_call_id, call.call_id, call.plan.number, call.plan.dialled)
        by |= {name: call.token for name in names if name}
    found: dict[str, list[RecordedCall]] = defaultdict(list)
    for row in rows:
        names = (row.sip_call_id, row.call_id, row.caller_number, row.dialled)
        if token := next((by[name] for name in names if name in by), None):
            found[token].append(row)
    return found


def _gaps(found: ComparedHistory, gaps: Sequence[Gap], gone: Sequence[AsteriskGone]) -> set[str]:
    """Look at the gaps; the calls in them."""
    found.gaps = len(gaps)
    found.gap_seconds = round(sum(gap.until - gap.since for gap in gaps), 3)
    for gap in gaps:
        if not any(_fits(gap, each) for each in gone):
            found.says("without_cause", f"nothing that was broken made {gap}")
    calls = {call for gap in gaps for call in gap.calls}
    found.calls_in_gaps = len(calls)
    return calls


def _call(
    found: ComparedHistory,
    call: FarCall,
    rows: Sequence[RecordedCall],
    gone: Sequence[AsteriskGone],
    in_gaps: set[str],
) -> None:
    """Compare one call."""
    if len(rows) > 1:
        found.says("double", f"{described(call)} has {len(rows)} rows: {rows}")
    if not rows:
        if not call.call_id:
            found.never_came += 1
        elif call.talks or not _is_short(call):
            if not _cut_off(call, gone):
                found.says("lost", f"{described(call)} is not on record")
        else:
            found.too_short += 1
        return
    row = rows[0]
    if row.ended_at is None:
        found.says("lost", f"{described(call)}: its end is not on record: {_told(row)}")
    if call.call_id in in_gaps or row.call_id in in_gaps or _cut_off(call, gone):
        return
    _talks(found, call, row)
    _stays(found, call, row)
    _end(found, call, row)


def _is_short(call: FarCall) -> bool:
    """Whether the caller hung up before anything could be done."""
    return call.plan.kind == "at-once" and call.answered_at is None


def _cut_off(call: FarCall, gone: Sequence[AsteriskGone]) -> bool:
    """Whether it came in the last moment before Asterisk was killed, or while there was none."""
    sent = call.sent_at or 0.0
    return any(each.since - _LAST_MOMENT <= sent <= each.until for each in gone)


def _talks(found: ComparedHistory, call: FarCall, row: RecordedCall) -> None:
    """Match the phones that talked with the talks on record, in order."""
    far = sorted(call.talks, key=lambda talk: talk.began_at)
    left = list(row.talks)
    for talk in far:
        match = next(
            (each for each in left if _is_the_talk(talk, each)),
            None,
        )
        if match is None:
            if not _may_be_missing(talk):
                found.says(
                    "lost",
                    f"{described(call)}: no talk with {talk.phone} is on record: {_told(row)}",
                )
            continue
        left.remove(match)
        seen = (talk.ended_at or talk.began_at) - talk.began_at
        if match.seconds is None or abs(match.seconds - seen) > NEAR:
            said = f"talked {seen:.1f} s with {talk.phone}, on record are {match.seconds}"
            found.says("untrue", f"{described(call)}: {said}: {_told(row)}")
    for each in left:
        others = [other.interface for other in row.talks if other is not each]
        is_twice = each.interface in others
        what = "double" if is_twice else "ghosts"
        found.says(what, f"{described(call)}: no such talk was there: {_talk(each)}: {_told(row)}")
    if [each.began_at for each in row.talks] != sorted(each.began_at for each in row.talks):
        found.says("untrue", f"{described(call)}: its talks are not in order: {_told(row)}")


def _fits(gap: Gap, gone: AsteriskGone) -> bool:
    return gone.since - GAP_NEAR <= gap.since and gap.until <= gone.until + GAP_NEAR


def _is_the_talk(far: FarTalk, talk: Talk) -> bool:
    is_theirs = talk.interface == f"PJSIP/{far.phone}"
    return is_theirs and abs(far.began_at - talk.began_at) <= 2 * NEAR


def _may_be_missing(talk: FarTalk) -> bool:
    return talk.ended_at is None or talk.ended_at - talk.began_at < AT_ONCE


def _stays(found: ComparedHistory, call: FarCall, row: RecordedCall) -> None:
    """Look whether each wait is there, once, and as long as it was."""
    waited = (call.ended_at or 0) - (call.answered_at or float("inf"))
    if call.plan.kind in SERVED and not row.stays and (call.talks or waited > WAITED):
        found.says("lost", f"{described(call)}: no wait is on record: {_told(row)}")
    for one, other in pairwise(row.stays):
        since, until = one.joined_at - NEAR, other.joined_at + NEAR
        between = [talk for talk in row.talks if since <= talk.began_at <= until]
        if one.queue == other.queue and not between:
            found.says("double", f"{described(call)}: waits twice in {one.queue}: {_told(row)}")
        elif other.joined_at < (one.left_at or one.joined_at) - NEAR:
            found.says("untrue", f"{described(call)}: waits in two queues at once: {_told(row)}")
    sent, ended = call.sent_at or 0.0, call.ended_at or float("inf")
    for stay in row.stays:
        if why := _untrue(stay, sent, ended, call):
            found.says("untrue", f"{described(call)}: {why}: {_told(row)}")


def _untrue(stay: Stay, sent: float, ended: float, call: FarCall) -> str:
    """Say what of a stay cannot be."""
    if stay.left_at is None or stay.wait_seconds is None:
        return f"the wait in {stay.queue} has no end"
    if stay.joined_at < sent - NEAR or stay.left_at > ended + NEAR:
        return f"the wait in {stay.queue} is outside the call"
    if stay.how in ("lost", "waiting"):
        return f"nobody knows how the wait in {stay.queue} ended"
    if stay.how == "answered":
        answers = [t for t in call.talks if f"PJSIP/{t.phone}" == stay.interface]
        if not any(abs(t.began_at - stay.left_at) <= NEAR for t in answers):
            return f"nobody answered the wait in {stay.queue} at {stay.left_at:.1f}"
    if stay.how == "abandoned" and stay.left_at < ended - NEAR:
        early = f"{ended - stay.left_at:.1f} s before the caller hung up"
        return f"the wait in {stay.queue} ended {early}"
    return ""


def _end(found: ComparedHistory, call: FarCall, row: RecordedCall) -> None:
    """Look whether the end is when it was, and the outcome what the talks say."""
    late = (row.ended_at or 0.0) - (call.ended_at or 0.0)
    if row.ended_at and call.ended_at and abs(late) > NEAR:
        found.says(
            "untrue",
            f"{described(call)}: ended {late:+.1f} s from when it did: {_told(row)}",
        )
    if (row.outcome == "answered") != bool(row.talks) or row.outcome in (
        "routing",
        "waiting",
        "talking",
    ):
        found.says("untrue", f"{described(call)}: its outcome is {row.outcome}: {_told(row)}")


def _days(found: ComparedHistory, record: Recorded, in_gaps: set[str]) -> None:
    """Look whether each agent's day adds up."""
    of_agent: dict[str, list[StateSpan]] = defaultdict(list)
    for span in record.states:
        of_agent[span.interface].append(span)
    talks = [(call, talk) for call in record.calls for talk in call.talks]
    for interface, spans in of_agent.items():
        own = [(call, talk) for call, talk in talks if talk.interface == interface]
        problems = [*_holes(spans), *_talking(spans, own, in_gaps)]
        if problems:
            found.says("days", f"{interface}: {'; '.join(problems)}")


def _holes(spans: Sequence[StateSpan]) -> Iterator[str]:
    for one, other in pairwise(spans):
        if one.until != other.at:
            then = f"{other.state} from {other.at:.3f}"
            yield f"{one.state} at {one.at:.3f} until {one.until}, and {then}"
    if spans[-1].until is not None:
        yield f"its last state ends at {spans[-1].until}"


def _talking(
    spans: Sequence[StateSpan],
    talks: Sequence[tuple[RecordedCall, Talk]],
    in_gaps: set[str],
) -> Iterator[str]:
    """Compare the talks with the states, where these are known.

    An agent may have several talks at a time, passed on by colleagues: the state names one of them.
    """
    unknown = [(s.at, s.until or float("inf")) for s in spans if s.state == "not known"]
    talking = [s for s in spans if s.state == "talking"]
    for call, talk in talks:
        since, until = _times(talk)
        is_unknown = any(a - NEAR < until and since < b + NEAR for a, b in unknown)
        if is_unknown or since < spans[0].at or call.call_id in in_gaps:
            continue
        length = sum(_overlap(span, since, until) for span in talking)
        if length < until - since - NEAR:
            said = f"talked {until - since:.1f} s in {call.call_id} at {since:.1f}"
            yield f"{said}, {length:.1f} s in its states"
    for since, until in _joined((span.at, span.until or span.at) for span in talking):
        known = _joined(_times(talk) for _, talk in talks)
        talked = sum(max(0.0, min(until, b) - max(since, a)) for a, b in known)
        if until - since > talked + NEAR:
            yield f"talking from {since:.1f} until {until:.1f}, {talked:.1f} s of it in a talk"


def _times(talk: Talk) -> tuple[float, float]:
    return talk.began_at, talk.ended_at or talk.began_at


def _joined(times: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join times that overlap or follow at once."""
    joined: list[tuple[float, float]] = []
    for since, until in sorted(times):
        if joined and since <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], until)
        else:
            joined.append((since, until))
    return joined


def _overlap(span: StateSpan, since: float, until: float) -> float:
    return max(0.0, min(span.until or float("inf"), until) - max(span.at, since))


def described(call: FarCall) -> str:
    """Say what the far side saw of a call."""
    sent = call.sent_at or 0.0
    at = [f"sent {sent:.2f}"]
    at += [f"answered +{call.answered_at - sent:.2f}"] if call.answered_at else []
    for talk in call.talks:
        until = (talk.ended_at or talk.began_at) - sent
        at.append(f"{talk.phone} +{talk.began_at - sent:.2f}-{until:.2f}")
    at += [f"over +{call.ended_at - sent:.2f} ({call.status})"] if call.ended_at else ["never over"]
    name = call.call_id or call.sip_call_id
    return f"{call.plan.kind} {call.plan.number} {name} [{', '.join(at)}]"


def _told(row: RecordedCall) -> str:
    stays = ", ".join(map(_stay, row.stays))
    talks = ", ".join(map(_talk, row.talks))
    ended = f"ended {row.ended_at or 0:.2f}"
    return f"on record: {row.outcome}, {ended}, stays ({stays}), talks ({talks})"


def _stay(stay: Stay) -> str:
    times = f"{stay.joined_at:.2f}-{stay.left_at or 0:.2f}"
    return f"{stay.queue} {times} {stay.how} {stay.interface} {stay.source}"


def _talk(talk: Talk) -> str:
    passed = f" {talk.passed_how} to {talk.passed_to}" if talk.passed_how else ""
    return f"{talk.interface} {talk.began_at:.2f}-{talk.ended_at or 0:.2f} {talk.source}{passed}"


def assign(far: Sequence[FarCall], talks: Iterable[FarTalk], came: Mapping[str, str]) -> None:
    """Give each call its id at the PBX, and its talks."""
    by_id: dict[str, FarCall] = {}
    by_number = {call.plan.number: call for call in far if not call.plan.is_withheld}
    for call in far:
        call.call_id = came.get(call.sip_call_id, "")
        if call.call_id:
            by_id[call.call_id] = call
    for talk in talks:
        if owner := by_id.get(talk.call) or by_number.get(talk.number):
            owner.talks.append(talk)


def kinds(far: Iterable[FarCall]) -> Counter[str]:
    """Count the calls by what their callers do."""
    return Counter(call.plan.kind for call in far)
