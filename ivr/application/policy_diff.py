"""Recorded calls decided again under another policy: who would be treated differently, and how.

A period is cut into slices of some thousand calls. Several processes read and decide them, and each slice comes back as
a tally, so memory does not grow with the period.
"""

import contextlib
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord
from ivr.domain.ports import PolicyInForce
from ivr.domain.routing.decision import Decision
from ivr.domain.routing.decision_record import PATHS
from ivr.domain.routing.redecide import TREATED, NotRecordedError, differences, other_policy
from ivr.errors import IvrError, StoreError
from ivr.policy import loader
from ivr.policy.texts import Texts
from ivr.processes import no_ctrl_c, spawn_context


class RecordedCalls(Protocol):
    """The calls that the service decided on, of a period: from `since` to before `until`, in Unix time.

    Both raise StoreError.
    """

    def count(self, since: float, until: float) -> int:
        """How many there are."""
        ...

    def between(self, since: float, until: float) -> Iterator[CallRecord]:
        """Each, in the order in which they arrived, without having all of them in memory."""
        ...


class CallArchive(Protocol):
    """Where recorded calls are. Other processes get it pickled."""

    def opened(self) -> AbstractContextManager[RecordedCalls]:
        """The calls, for the time of a block. Raises StoreError."""
        ...


SLICE = 4000  # calls
_ALONE = 10_000  # so few calls are decided before other processes have started
_TRIED, _TRIED_LATER = 50, 20  # so many calls of a slice at first, then every 20th
_SHORTEST = 1.0  # seconds of a slice
_PAUSES = (0.1, 0.3, 1.0)  # seconds
_SPAWN = spawn_context()
T = TypeVar("T")
Period = tuple[float, float]
"""From when, to before when, in Unix time."""
Change = tuple[str, str]
"""From what, to what; an empty text is none."""


@dataclass(frozen=True, slots=True)
class Example:
    """A call that would be treated differently. `at` is Unix time; `fields` has what changes, with both values."""

    at: float
    call_id: str
    number: str
    customer: str
    old: str
    new: str
    fields: Mapping[str, tuple[Any, Any]]
    reason: str


@dataclass(slots=True)
class Tally:
    """What came of a number of calls. `undecided` counts those whose record says too little, by the reason."""

    calls: int = 0
    tests: int = 0
    same: int = 0
    different: int = 0
    undecided: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    segments: Counter[Change] = field(default_factory=Counter)
    rules: Counter[Change] = field(default_factory=Counter)
    queues: Counter[Change] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    examples: dict[Change, list[Example]] = field(default_factory=dict)

    def add(self, other: "Tally", limit: int) -> None:
        """Put another tally's calls to ours; of each change of rule the first `limit` examples are kept."""
        for name in ("calls", "tests", "same", "different"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("undecided", "fields", "segments", "rules", "queues", "failed"):
            getattr(self, name).update(getattr(other, name))
        for change, examples in other.examples.items():
            both = self.examples.get(change, []) + examples
            self.examples[change] = sorted(both, key=lambda example: example.at)[:limit]

    def some(self, limit: int) -> list[Example]:
        """Examples of each change of rule in turn, of the most frequent first."""
        kept = [list(self.examples.get(change, ())) for change, _ in self.rules.most_common()]
        found: list[Example] = []
        while len(found) < limit and any(kept):
            found += [examples.pop(0) for examples in kept if examples]
        return found[:limit]


@dataclass(frozen=True, slots=True)
class DiffQuestion:
    """What is compared: the texts of a new policy with those of an old one, or with what was decided (None)."""

    new: Texts
    old: Texts | None
    limit: int = 5


def tally(records: Iterator[CallRecord], new: PolicyInForce, old: PolicyInForce | None, limit: int) -> Tally:
    """Decide these calls again. Without `old` the new decisions are compared with what was decided."""
    found = Tally()
    earlier = Earlier(old)
    for record in records:
        found.calls += 1
        if record.decision is None or record.call is None:
            found.undecided["the service decided nothing about it"] += 1
        elif record.history.test or record.decision.test:
            found.tests += 1
        else:
            try:
                before = earlier.decision(record.call, record.decision)
                after = other_policy(record.call, record.decision, new)
            except NotRecordedError as error:
                found.undecided[str(error)] += 1
            else:
                _compare(found, record, before, after, limit)
    return found


class Earlier:
    """What an old policy decides; without one (None) what was decided.

    A call that this very policy decided gets what it got, so that need not be worked out. Whether this program still
    decides as the one that recorded the calls is tried on some of them: once it does not, nothing is taken for granted.
    """

    def __init__(self, old: PolicyInForce | None) -> None:
        self._old = old
        self._seen = 0
        self._agree = True

    def decision(self, call: IncomingCall, recorded: Decision) -> Decision:
        """The decision about one call. Raises NotRecordedError."""
        if self._old is None:
            return recorded
        if recorded.trace.policy_version != self._old.policy.version or not self._agree:
            return other_policy(call, recorded, self._old)
        self._seen += 1
        if self._seen > _TRIED and self._seen % _TRIED_LATER:
            return recorded
        again = other_policy(call, recorded, self._old)
        self._agree = not differences(recorded, again)
        return again


def _compare(found: Tally, record: CallRecord, before: Decision, after: Decision, limit: int) -> None:
    found.failed.update(map(str, after.trace.failed))
    was, comes = _treatment(before), _treatment(after)
    if was == comes:
        found.same += 1
        return
    changed = {name: (a, b) for name, a, b in zip(TREATED, was, comes, strict=True) if a != b}
    found.different += 1
    found.fields.update(list(changed))
    found.segments[before.identity.segment or "", after.identity.segment or ""] += 1
    found.queues[_where(before), _where(after)] += 1
    rule = before.trace.rule, after.trace.rule
    found.rules[rule] += 1
    examples = found.examples.setdefault(rule, [])
    if len(examples) < limit:
        call = record.call
        assert call is not None  # noqa: S101 - who has no call is not compared
        name = after.identity.customer_name or before.identity.customer_name or ""
        examples.append(
            Example(
                call.arrived_at, call.call_id, call.caller_number, name, _in_short(before), _in_short(after), changed,
                after.trace.reason,
            )
        )  # fmt: skip


_treatment = attrgetter(*(PATHS[name] for name in TREATED))


def _where(decision: Decision) -> str:
    return decision.treatment.queue or decision.treatment.action


def _in_short(decision: Decision) -> str:
    treatment = decision.treatment
    return f"{_where(decision)} {treatment.priority}" if treatment.queue else treatment.action


def compare(
    archive: CallArchive, question: DiffQuestion, since: float, until: float,
    progress: Callable[[int, int], None] = lambda *_: None,
    processes: int = 0,
) -> Tally:  # fmt: skip
    """Decide the calls that arrived from `since` to before `until` (Unix time) again.

    `progress` is told the calls that are done, and how many there are. `processes` 0 is one for each processor.
    Raises StoreError, FileError for a policy that is not in order, and IvrError when one of the processes was killed.
    """
    with archive.opened() as calls:
        total = _patiently(lambda: calls.count(since, until))
        cut = _patiently(lambda: list(slices(calls, since, until)))
    progress(0, total)
    most = processes or (1 if total <= _ALONE else len(os.sched_getaffinity(0)))
    wanted = min(most, len(cut))
    found = (
        _side_by_side(archive, question, cut, wanted) if wanted > 1 else _one_after_the_other(archive, question, cut)
    )
    whole = Tally()
    with contextlib.closing(found):
        for one in found:
            whole.add(one, question.limit)
            progress(whole.calls, total)
    return whole


def _one_after_the_other(
    archive: CallArchive, question: DiffQuestion, cut: Iterable[Period]
) -> Generator[Tally, None, None]:
    """What came of each slice. Its policies are read once."""
    new = loader.parse(question.new, Path("new policy"), None)
    old = loader.parse(question.old, Path("old policy"), None) if question.old else None
    with archive.opened() as calls:
        for period in cut:
            yield _patiently(lambda period=period: tally(calls.between(*period), new, old, question.limit))  # type: ignore[misc]


def _side_by_side(
    archive: CallArchive, question: DiffQuestion, cut: Iterable[Period], processes: int
) -> Generator[Tally, None, None]:
    """By processes that share nothing: multiprocessing.Pool can wait for ever when it is interrupted, or loses one."""
    left = iter(cut)
    staff: list[_DiffWorker] = []
    try:
        with no_ctrl_c():
            for _ in range(processes):
                staff.append(_DiffWorker(archive, question, next(left)))  # noqa: PERF401 - those before are ended if it breaks
        at_work = {worker.connection: worker for worker in staff}
        while at_work:
            for connection in wait(list(at_work)):
                worker = at_work[connection]  # type: ignore[index]  # they are what was waited for
                yield worker.found()
                if period := next(left, None):
                    worker.decides(period)
                else:
                    del at_work[worker.connection]
    finally:
        for worker in staff:
            worker.end()


class _DiffWorker:
    """A process that decides one slice after the other, and ends with the one that started it."""

    def __init__(self, archive: CallArchive, question: DiffQuestion, first: Period) -> None:
        self.connection, theirs = _SPAWN.Pipe()
        self._process: SpawnProcess = _SPAWN.Process(target=_work, args=(theirs, archive, question), daemon=True)
        self._process.start()
        theirs.close()
        self.decides(first)

    def decides(self, period: Period) -> None:
        """Give it a slice."""
        with contextlib.suppress(OSError):  # it is gone: found() says so
            self.connection.send(period)

    def found(self) -> Tally:
        """What came of its slice. Raises what went wrong."""
        try:
            found: Tally | IvrError = self.connection.recv()
        except (EOFError, OSError):
            raise IvrError("a process that decided calls was ended (out of memory?): try again") from None
        if isinstance(found, IvrError):
            raise found
        return found

    def end(self) -> None:
        """At once."""
        self._process.kill()
        self._process.join()
        self.connection.close()


def _work(asked: Connection, archive: CallArchive, question: DiffQuestion) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started us, and who ends us
    os.nice(10)  # calls first
    with contextlib.suppress(EOFError, OSError):  # that one is gone
        try:
            for found in _one_after_the_other(archive, question, iter(asked.recv, None)):
                asked.send(found)
        except IvrError as error:
            asked.send(error)


def slices(calls: RecordedCalls, since: float, until: float) -> Iterator[Period]:
    """The period in parts with at most SLICE calls each, as far as seconds tell them apart."""
    count = calls.count(since, until)
    if count == 0:
        return
    if count <= SLICE or until - since <= _SHORTEST:
        yield since, until
        return
    middle = (since + until) / 2
    yield from slices(calls, since, middle)
    yield from slices(calls, middle, until)


def _patiently(work: Callable[[], T]) -> T:
    """Once more when the database was locked for a moment: whoever reads waits for nobody."""
    for pause in _PAUSES:
        try:
            return work()
        except StoreError:
            time.sleep(pause)
    return work()
