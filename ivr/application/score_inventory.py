"""What there is to make scores of: how each metric is covered, by the sources as they are now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ivr.application import score_sources
from ivr.application.score_customers import Progress
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.metrics import Metric, absurd, values
from ivr.domain.scoring.numbers import known
from ivr.domain.scoring.reading import Reading, SourceReading, Warehouse


@dataclass(frozen=True, slots=True)
class MetricFound:
    """One metric. `sources` is more than one for a ratio. Numbers are of customers.

    `covered` have a value of their own, `missing` none, and of `out_of_range` it cannot be
    believed; all None where a source failed. `newest_age` is that of the newest row, in seconds.
    """

    metric: str
    sources: tuple[str, ...]
    owner: str
    covered: int | None = None
    missing: int | None = None
    out_of_range: int | None = None
    newest_age: int | None = None


@dataclass(frozen=True, slots=True)
class Inventory:
    """All metrics, of how many customers, and what is to be said, a line each."""

    customers: int
    metrics: tuple[MetricFound, ...]
    sources: tuple[SourceReading, ...]
    problems: tuple[str, ...]


def take(
    scoring: Scoring,
    customers: Sequence[str],
    warehouse: Warehouse,
    at: int,
    progress: Progress,
) -> Inventory:
    """Read the sources at Unix time `at`, and count. A source that fails hides no other."""

    def told(source: str) -> None:
        progress(f"reading {source}", 0, 0)

    reading = warehouse.read(scoring, customers, at, told)
    progress("counting", 0, 0)
    by_name = {each.source: each for each in reading.sources}
    readable = {
        name: metric
        for name, metric in scoring.metrics.items()
        if not any(by_name[each].error for each in _sources(scoring, metric))
    }
    found = values(readable, reading.states, at, reading.numbers)
    made = []
    for metric in scoring.metrics.values():
        sources = _sources(scoring, metric)
        owners = dict.fromkeys(scoring.sources[each].owner for each in sources)
        owner = ", ".join(each for each in owners if each)
        newest = [by_name[each].newest for each in sources]
        ages = [at - each for each in newest if each is not None]
        counts: tuple[int | None, int | None, int | None] = (None, None, None)
        if metric.name in readable:
            counts = _counts(metric, reading, found, at, len(customers))
        oldest = max(ages) if ages else None
        made.append(MetricFound(metric.name, sources, owner, *counts, oldest))
    problems = list(_problems(scoring, reading, at))
    problems += [
        f"{each.metric}: out of its range for {each.out_of_range:,} of the customers"
        for each in made
        if each.out_of_range
    ]
    return Inventory(len(customers), tuple(made), reading.sources, tuple(problems))


def _sources(scoring: Scoring, metric: Metric) -> tuple[str, ...]:
    """Return the sources that a metric is made of: more than one only for a ratio."""
    if metric.source:
        return (metric.source,)
    parts = [scoring.metrics[each] for each in metric.ratio if each]
    return tuple(dict.fromkeys(each for part in parts for each in _sources(scoring, part)))


def _counts(
    metric: Metric,
    reading: Reading,
    found: dict[str, object],
    at: int,
    customers: int,
) -> tuple[int, int, int]:
    """Return how many have a value that can be believed, none, and one that cannot be."""
    parts = [found[each] for each in metric.ratio if each]
    state = parts or [reading.states[each] for each in metric.columns]
    out = int(absurd(metric, state, at, reading.numbers).sum())
    if metric.source:  # what counts where there is no row is not a value of theirs
        has = int(known(reading.states[metric.columns[-1]]).sum()) - out
    else:
        has = int(known(found[metric.name]).sum())
    return has, customers - has - out, out


def _problems(scoring: Scoring, reading: Reading, at: int) -> Iterator[str]:
    for each in reading.sources:
        if each.error:
            yield f"{each.source} failed: {each.error}"
        yield from each.problems
    yield from score_sources.old(scoring, reading, at)
