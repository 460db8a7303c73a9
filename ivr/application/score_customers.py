"""Scores of all customers, made of data: a run, and the calibration that its ranks are among."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ivr.application import score_attributes, score_sources
from ivr.application.score_sources import Taken
from ivr.domain.ports import ScoreRuns
from ivr.domain.scoring import calibration as calibrations
from ivr.domain.scoring import formula, made_for, stability
from ivr.domain.scoring.attributes import AttributeColumn
from ivr.domain.scoring.calibration import CALIBRATED, Calibration
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.formula import MadeScore
from ivr.domain.scoring.metrics import absurd, values
from ivr.domain.scoring.numbers import Numbers, Values
from ivr.domain.scoring.reading import Reading, SourceReading, Warehouse
from ivr.domain.scoring.runs import RunSource, ScoredCustomers
from ivr.errors import IvrError, ScoringError

Progress = Callable[[str, int, int], None]
"""Is told what is being done, and how much of how much is done; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What came of a run. `problems` are lines about rows and values that do not count.

    `definition` is the version of scoring and calibration, `origin` where these were from.
    """

    run: int
    customers: int
    changed: int
    sources: tuple[SourceReading, ...]
    problems: tuple[str, ...]
    definition: str = ""
    origin: str = ""
    taken: tuple[RunSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """Every customer's metrics at one time: arrays in the order of `customers`.

    `unknown` says of whom nothing is known of a metric, because its source failed.
    """

    customers: Sequence[str]
    states: Mapping[str, Values]
    values: Mapping[str, Values]
    sources: tuple[SourceReading, ...]
    problems: tuple[str, ...]
    numbers: Numbers
    taken: tuple[RunSource, ...] = ()
    unknown: Mapping[str, Values] = field(default_factory=dict)
    attributes: Mapping[str, AttributeColumn] = field(default_factory=dict)


def score_customers(
    scoring: Scoring,
    calibration: Calibration,
    customers: Sequence[str],
    warehouse: Warehouse,
    runs: ScoreRuns,
    at: int,
    progress: Progress,
    definition: str = "",
    accepted: Collection[str] = (),
) -> RunReport:
    """Calculate and write every customer's scores at Unix time `at`; all count at once, at the end.

    `definition` is the version under which file and calibration are kept. Of a source that fails,
    what counts of the runs is kept. The sources in `accepted` do not fail for having few rows, or
    bad ones.

    Raises ScoringError when no source can be used, or the calibration does not fit: then the scores
    that there are stay.
    """
    began = time.monotonic()
    refuse_misfit(scoring, calibration)
    score_sources.refuse_strangers(scoring, accepted)
    run = runs.begin(scoring.version, calibration.version, at, definition)
    try:
        reading = _read(scoring, customers, warehouse, at, progress)
        takes = (scoring, customers, reading, runs, warehouse, accepted, at)
        taken = score_sources.with_kept(*takes)
        measured = _measured(scoring, customers, taken, warehouse, at, progress)
        rows = _rows(measured, scored(scoring, calibration, measured))
        sources, problems, rests = measured.sources, measured.problems, measured.taken
        del taken, measured, reading  # of a million customers, half a gigabyte
        runs.rests_on(run, rests, score_sources.rests_on(scoring, rests, at))
        progress("writing", 0, len(customers))
        changed = runs.write(run, rows, partial(progress, "writing"))
        runs.finish(run, at + time.monotonic() - began)
    except BaseException as error:
        interrupted = isinstance(error, KeyboardInterrupt)
        ended = "it was interrupted" if interrupted else f"it was ended ({type(error).__name__})"
        why = str(error) if isinstance(error, IvrError) else ended
        runs.fail(run, why, at + time.monotonic() - began)
        raise
    return RunReport(run, len(customers), changed, sources, problems, definition, taken=rests)


def refuse_misfit(scoring: Scoring, calibration: Calibration) -> None:
    """Raise ScoringError when ranks are asked for that the calibration does not have."""
    lacking = sorted(made_for.ranked(scoring) - set(calibration.metrics))
    lacking += sorted(set(scoring.made) & set(CALIBRATED) - set(calibration.scores))
    if lacking:
        problem = f"the calibration has no ranks for {', '.join(lacking)}"
        raise ScoringError(f"{problem}: make a new one (ivr score calibrate --write)")


def measure(
    scoring: Scoring,
    customers: Sequence[str],
    warehouse: Warehouse,
    at: int,
    progress: Progress,
) -> Measured:
    """Everybody's metrics at Unix time `at`. Raises ScoringError when a source cannot be read."""
    reading = _read(scoring, customers, warehouse, at, progress)
    taken = score_sources.as_read(scoring, customers, reading, warehouse, at)
    return _measured(scoring, customers, taken, warehouse, at, progress)


def _read(
    scoring: Scoring,
    customers: Sequence[str],
    warehouse: Warehouse,
    at: int,
    progress: Progress,
) -> Reading:
    if not scoring.made:
        problem = "no score is made by a run: write `run` for one of them under `scores`"
        raise ScoringError(problem)

    def told(source: str) -> None:
        progress(f"reading {source}", 0, 0)

    return warehouse.read(scoring, customers, at, told)


def _measured(
    scoring: Scoring,
    customers: Sequence[str],
    taken: Taken,
    warehouse: Warehouse,
    at: int,
    progress: Progress,
) -> Measured:
    progress("calculating", 0, 0)
    reading = taken.reading
    found = values(scoring.metrics, reading.states, at, reading.numbers, taken.unknown)
    takes = (scoring, reading, found, taken.attributes, warehouse)
    attributes, refused = score_attributes.attributes(*takes)
    problems = list(taken.problems)
    problems += [line for source in reading.sources for line in source.problems]
    problems += score_sources.old(scoring, reading, at)
    problems += [*_absurd(scoring, reading, found, at), *refused]
    return Measured(
        customers,
        reading.states,
        found,
        reading.sources,
        tuple(problems),
        reading.numbers,
        taken.sources,
        taken.unknown,
        attributes,
    )


def scored(scoring: Scoring, calibration: Calibration, measured: Measured) -> dict[str, MadeScore]:
    """Return the scores that a run makes, of everybody."""
    return formula.score(
        scoring.metrics,
        measured.values,
        calibration,
        scoring.made,
        measured.numbers,
    )


def calibrated(
    scoring: Scoring,
    measured: Measured,
    warehouse: Warehouse,
    at: int,
) -> Calibration:
    """Return a new calibration, of the customers as they are."""
    ranked = sorted(made_for.ranked(scoring))
    counts = [(name, warehouse.counted(measured.values[name])) for name in ranked]
    ranks = {name: calibrations.knots(counted) for name, counted in counts}
    made = Calibration(at, len(measured.customers), scoring.version, ranks)
    scores = {
        name: calibrations.knots(warehouse.counted(score.weighted), "not less")
        for name, score in scored(scoring, made, measured).items()
        if name in CALIBRATED
    }
    shares = {name: stability.shares(counted, made.customers) for name, counted in counts}
    return replace(made, scores=scores, made_for=made_for.hashes(scoring), shares=shares)


def moved(
    scoring: Scoring,
    calibration: Calibration,
    measured: Measured,
    warehouse: Warehouse,
) -> dict[str, float | None]:
    """Say how far each ranked metric has moved since the calibration, as an index.

    None where the calibration does not say how the customers lay.
    """
    found: dict[str, float | None] = {}
    for name in sorted(made_for.ranked(scoring)):
        before = calibration.shares.get(name)
        counted = warehouse.counted(measured.values[name]) if before else []
        count = len(measured.customers)
        found[name] = stability.index(before, counted, count) if before else None
    return found


def _absurd(
    scoring: Scoring,
    reading: Reading,
    found: Mapping[str, Values],
    at: int,
) -> Iterator[str]:
    for name, metric in scoring.metrics.items():
        parts = [found[each] for each in metric.ratio if each]
        state = parts or [reading.states[each] for each in metric.columns]
        count = int(absurd(metric, state, at, reading.numbers).sum())
        if count:
            low, high = metric.low, metric.high
            where = f"out of its range ({low or 0:,.15g} to {high or 0:,.15g})"
            yield f"{name}: {where} for {count:,} of the customers: not known of them"


def _rows(measured: Measured, made: Mapping[str, MadeScore]) -> ScoredCustomers:
    """Return what is kept of everybody."""
    scores = {name: formula.kept(each.score, measured.numbers) for name, each in made.items()}
    unknown = {
        column: blank
        for name, blank in measured.unknown.items()
        for column in (name, f"{name} of")
        if column in measured.states
    }
    return ScoredCustomers(
        measured.customers,
        scores,
        measured.states,
        unknown,
        measured.attributes,
    )
