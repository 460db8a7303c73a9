"""What a run takes of each source: what it reads, or what is kept of one that failed."""

import hashlib
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ivr.application import score_attributes
from ivr.domain.durations import length
from ivr.domain.ports import ScoreRuns
from ivr.domain.scoring.attributes import AttributeColumn, AttributeValue
from ivr.domain.scoring.definition import OWN_CALLS, Scoring
from ivr.domain.scoring.metrics import DAY, Metric
from ivr.domain.scoring.numbers import UNKNOWN, Values
from ivr.domain.scoring.reading import Reading, SourceReading, Warehouse
from ivr.domain.scoring.runs import RunSource, ScoreRun
from ivr.errors import ScoringError

LEAST_LEFT = 0.1  # of the rows that there were; with fewer, an export is believed to be broken
MOST_BAD = 0.5  # of the rows, likewise, where it was not so before
_ATTRIBUTE = "attribute "  # before the names of those among a source's metrics


@dataclass(frozen=True, slots=True)
class Taken:
    """The states of all metrics, of whom nothing is known of a metric, and what is to be told.

    `attributes` are those of sources that failed, as they are kept.
    """

    reading: Reading
    sources: tuple[RunSource, ...]
    unknown: Mapping[str, Values] = field(default_factory=dict)
    attributes: Mapping[str, AttributeColumn] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def refuse_failed(sources: Collection[SourceReading]) -> None:
    """Raise ScoringError when one of them could not be read."""
    failed = [f"{each.source}: {each.error}" for each in sources if each.error]
    if failed:
        raise ScoringError("no scores were changed: " + "; ".join(failed))


def refuse_strangers(scoring: Scoring, accepted: Collection[str]) -> None:
    """Raise ScoringError when a source that is to be accepted is none."""
    strange = sorted(set(accepted) - set(scoring.sources))
    if strange:
        known = ", ".join(scoring.sources) or "none"
        raise ScoringError(f"there is no source {strange[0]!r}: the sources are {known}")


def as_read(
    scoring: Scoring,
    customers: Sequence[str],
    reading: Reading,
    warehouse: Warehouse,
    at: int,
) -> Taken:
    """Take what was read. Raises ScoringError when a source that a score needs could not be."""
    needed = set(_of_scores(scoring))
    refuse_failed([each for each in reading.sources if each.source in needed])
    return _taken(scoring, customers, reading, None, None, warehouse, at)


def with_kept(
    scoring: Scoring,
    customers: Sequence[str],
    reading: Reading,
    runs: ScoreRuns,
    warehouse: Warehouse,
    accepted: Collection[str],
    at: int,
) -> Taken:
    """Take what was read, and in the place of what failed what counts of the runs.

    Raises ScoringError when every source failed, and StoreError.
    """
    before = runs.in_force()
    judged = tuple(_judged(each, before, accepted) for each in reading.sources)
    if all(each.error for each in judged if _carries(scoring, each.source)):
        refuse_failed(judged)
    judged_reading = replace(reading, sources=judged)
    return _taken(scoring, customers, judged_reading, before, runs, warehouse, at)


def _taken(
    scoring: Scoring,
    customers: Sequence[str],
    reading: Reading,
    before: ScoreRun | None,
    runs: ScoreRuns | None,
    warehouse: Warehouse,
    at: int,
) -> Taken:
    """Take what was read, and in the place of what failed what the run `before` has, if any."""
    taken = {}
    for each in reading.sources:
        made = _kept(scoring, each, before) if each.error else _good(scoring, each, at)
        taken[each.source] = made
    failed = [each for each in reading.sources if each.error]
    if not failed:
        return Taken(reading, tuple(taken.values()))
    names = {each.source for each in failed}
    lost = [metric for metric in scoring.metrics.values() if metric.source in names]
    kept = [metric for metric in lost if metric.name in taken[metric.source].metrics]
    states, unknown = _states(customers, kept, runs, warehouse)
    nothing = warehouse.column([UNKNOWN] * len(customers))
    for metric in lost:
        if metric not in kept:
            states |= dict.fromkeys(metric.columns, nothing)
            unknown[metric.name] = nothing != nothing  # noqa: PLR0124 - all of them
    problems = [line for each in failed for line in _told(scoring, taken[each.source], at)]
    read = {name: each for name, each in reading.states.items() if name not in states}
    whole = replace(reading, states=read | states)
    gone = [taken[name] for name in names]
    attributes = _attributes(scoring, customers, gone, runs, warehouse)
    return Taken(whole, tuple(taken.values()), unknown, attributes, tuple(problems))


def rests_on(scoring: Scoring, sources: Sequence[RunSource], at: float) -> float:
    """Return how old the scores are that a run makes: the oldest source that they use says so."""
    return _oldest(_of_scores(scoring), sources, at)


def metric_rests_on(
    scoring: Scoring,
    metric: str,
    sources: Sequence[RunSource],
    at: float,
) -> float:
    """Return how old a metric is, likewise."""
    return _oldest(_used(scoring, [metric]), sources, at)


def _oldest(used: Iterable[str], sources: Sequence[RunSource], at: float) -> float:
    names = set(used)
    ages = [each.as_of for each in sources if each.name in names and each.as_of is not None]
    return min(ages, default=at)


def old(scoring: Scoring, reading: Reading, at: int) -> Iterator[str]:
    """Tell of each source whose newest row is older than it may be."""
    for each in reading.sources:
        oldest = scoring.sources[each.source].oldest
        if oldest is None or each.error:
            continue
        if each.newest is None:
            yield f"{each.source}: there is no row with a time: is the export broken?"
        elif at - each.newest > oldest * DAY:
            days = (at - each.newest) // DAY
            yield f"{each.source}: the newest row is {days:,} days old, and may be {oldest:,}"


def _carries(scoring: Scoring, source: str) -> bool:
    """Whether there may be a run of this source alone: our calls are always there, used or not."""
    return source != OWN_CALLS or source in set(_of_scores(scoring))


def _of_scores(scoring: Scoring) -> Iterator[str]:
    for weights in scoring.made.values():
        yield from _used(scoring, weights)


def _used(scoring: Scoring, names: Collection[str]) -> Iterator[str]:
    for name in names:
        metric = scoring.metrics[name]
        yield metric.source
        yield from _used(scoring, [each for each in metric.ratio if each])


def _judged(
    read: SourceReading,
    before: ScoreRun | None,
    accepted: Collection[str],
) -> SourceReading:
    """Have a source fail of which suddenly hardly anything is left, unless that is accepted.

    Nor is it believed that suddenly hardly anybody has rows: their ids are written in another way.
    """
    sources = before.sources if before else ()
    was = next((each for each in sources if each.name == read.source), None)
    if read.error or was is None or read.source in accepted:
        return read
    good, good_before, why = read.rows - read.bad, was.rows - was.bad, ""
    if good < good_before * LEAST_LEFT:
        why = f"there are {good:,} good rows, and were {good_before:,}"
    elif read.bad > read.rows * MOST_BAD and was.bad <= was.rows * MOST_BAD:
        why = f"{read.bad:,} of {read.rows:,} rows are bad"
    elif read.customers < was.customers * LEAST_LEFT:
        why = f"it has rows of {read.customers:,} customers, and had of {was.customers:,}"
    if not why:
        return read
    if read.problems:
        why += f", such as {read.problems[0].removeprefix(f'{read.source}: ')}"
    mend = f"is the export broken? If it is right: ivr score run --accept {read.source}"
    return replace(read, error=f"{why}: {mend}")


def _good(scoring: Scoring, read: SourceReading, at: int) -> RunSource:
    oldest = scoring.sources[read.source].oldest
    is_old = oldest and read.newest is not None and at - read.newest > oldest * DAY
    return RunSource(
        read.source,
        float(read.newest if is_old and read.newest is not None else at),
        read.rows,
        read.bad,
        read.customers,
        read.newest,
        oldest,
        metrics=_made_how(scoring, read.source),
    )


def _kept(scoring: Scoring, read: SourceReading, before: ScoreRun | None) -> RunSource:
    """Take what counts of this source: of the metrics that were made as they would be now."""
    nothing = RunSource(
        read.source,
        None,
        oldest=scoring.sources[read.source].oldest,
        error=read.error,
    )
    how = _made_how(scoring, read.source)
    if before is None:
        return nothing
    if not before.sources and before.version == scoring.version:  # it did not say
        return replace(nothing, as_of=before.began_at, metrics=how)
    was = next((each for each in before.sources if each.name == read.source), nothing)
    same = {name: made for name, made in how.items() if was.metrics.get(name) == made}
    if not same:
        return nothing
    return replace(was, oldest=nothing.oldest, error=read.error, metrics=same)


def _made_how(scoring: Scoring, source: str) -> dict[str, str]:
    """Return of each metric of a source a hash of all that its state depends on."""
    rows = replace(scoring.sources[source], oldest=None, owner="")
    if source == OWN_CALLS:
        rows = replace(rows, columns={})  # what there is keeps its meaning when more comes
    money = (scoring.currency, sorted(scoring.rates.items()), scoring.costs)
    made = {}
    for metric in scoring.metrics.values():
        if metric.source == source:
            state = (metric.form, metric.of, metric.where, metric.window, metric.half_life)
            text = repr((rows, money, state, metric.digits))
            made[metric.name] = _hash(text)
    for attribute in scoring.attributes.values():
        if attribute.source == source:
            made[_ATTRIBUTE + attribute.name] = _hash(repr((rows, attribute)))
    return made


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _attributes(
    scoring: Scoring,
    customers: Sequence[str],
    failed: Sequence[RunSource],
    runs: ScoreRuns | None,
    warehouse: Warehouse,
) -> dict[str, AttributeColumn]:
    """Return the attributes of sources that failed: what counts of the runs, else unknown."""
    names = {each.name for each in failed}
    lost = [each.name for each in scoring.attributes.values() if each.source in names]
    kept = {name for each in failed for name in each.metrics}
    found: dict[str, dict[Hashable, AttributeValue | None]] = {name: {} for name in lost}
    same = [name for name in lost if _ATTRIBUTE + name in kept]
    if same and runs:
        for customer, attributes in runs.attributes_in_force():
            for name in same:
                found[name][customer] = attributes.get(name)
    return {name: score_attributes.column(customers, of, warehouse) for name, of in found.items()}


def _states(
    customers: Sequence[str],
    metrics: Sequence[Metric],
    runs: ScoreRuns | None,
    warehouse: Warehouse,
) -> tuple[dict[str, Values], dict[str, Values]]:
    """Return the states of these metrics that count of the runs, and of whom there are none."""
    columns = {name: [UNKNOWN] * len(customers) for each in metrics for name in each.columns}
    blank = {each.name: [1.0] * len(customers) for each in metrics}
    if metrics and runs:
        places = {name: n for n, name in enumerate(customers)}
        for customer, kept in runs.metrics_in_force():
            n = places.get(customer)
            if n is None:
                continue
            for metric in metrics:
                for name in metric.columns:
                    state = kept.get(name)
                    columns[name][n] = UNKNOWN if state is None else state
                if all(name in kept for name in metric.columns):
                    blank[metric.name][n] = 0.0
    states = {name: warehouse.column(values) for name, values in columns.items()}
    return states, {name: warehouse.column(values) == 1.0 for name, values in blank.items()}


def _told(scoring: Scoring, source: RunSource, at: int) -> Iterator[str]:
    if source.as_of is not None:
        what = f"its metrics keep their values of {length(max(at - source.as_of, 0))} ago"
        yield f"{source.name} failed: {source.error}: {what}"
    else:
        yield f"{source.name} failed: {source.error}"
    never = [name for name in _made_how(scoring, source.name) if name not in source.metrics]
    if never:
        yield f"{source.name}: there are no earlier values of {', '.join(never)}: not known"
