"""Do the parts of scoring.yaml fit together? What names another part; SQL; times."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from ivr.domain.scoring.definition import ColumnType
from ivr.errors import FileError
from ivr.policy import suggestions
from ivr.policy.schema import Where
from ivr.policy.scoring import expressions, schedule
from ivr.policy.scoring.currencies import digits
from ivr.policy.scoring.expressions import Checked, ExpressionError
from ivr.policy.scoring.schema import MetricSchema, ScoringFile, SourceSchema
from ivr.policy.yaml_file import Document, shown

COST_TO_SERVE = "cost-to-serve"
"""What `of` says where it means what serving cost."""

_TIMED = ("last", "days-since-last", "tenure", "decayed-sum", "trend")
_EXPECTED: Mapping[str, tuple[ColumnType, ...]] = {
    "channel": ("text",),
    "agent_minutes": ("number", "whole"),
    "line_minutes": ("number", "whole"),
}
Misfit = tuple[Where, str]


def misfits(file: ScoringFile, document: Document) -> Iterator[FileError]:
    """Everything for which the file cannot be used, in no order."""
    parts = (_sources, _costs, _metrics, _ratios, _scores, _report, _schedule)
    for part in (each(file) for each in parts):
        for where, problem in part:
            yield document.error(where, f"{'.'.join(map(str, where))}: {problem}")
    yield from _expressions(file, document)


def columns(source: SourceSchema) -> dict[str, ColumnType]:
    """Return the columns that expressions may name."""
    found: dict[str, ColumnType] = dict(source.columns)
    if source.time:
        found[source.time] = "time"
    if source.currency:
        found.setdefault(source.currency, "text")
    return found


def checked_of(metric: MetricSchema, source: SourceSchema, money_digits: int) -> Checked | None:
    """Return what the metric adds up, in canonical SQL; None for rows. Raises ExpressionError."""
    if metric.of is None or metric.of == COST_TO_SERVE:
        return None
    if metric.form == "distinct":
        return expressions.anything(metric.of, columns(source), money_digits)
    return expressions.amount(metric.of, columns(source), money_digits)


def checked_where(text: str | None, source: SourceSchema) -> Checked | None:
    """Return a filter in canonical SQL. Raises ExpressionError."""
    return expressions.condition(text, columns(source)) if text is not None else None


def _missing(where: Where, kind: str, name: str | None, known: Collection[str]) -> Iterator[Misfit]:
    if name is not None and name not in known:
        hint = suggestions.is_it(name, known) or f": there are {suggestions.listed(known)}"
        yield where, f"there is no {kind} {shown(name)}{hint}"


def _sources(file: ScoringFile) -> Iterator[Misfit]:
    for name, source in file.sources.items():
        where: Where = ("sources", name)
        if source.zone and not schedule.is_zone(source.zone):
            problem = f"there is no time zone {source.zone}: write it as Europe/London"
            yield (*where, "zone"), problem
        for what in ("customer", "time", "currency"):
            column = getattr(source, what)
            if column in source.columns and (what, source.columns[column]) != ("currency", "text"):
                problem = f"{column} is the {what} already: remove it here"
                yield (*where, "columns", column), problem
        taken = [column for column in (source.customer, source.time, source.currency) if column]
        if len(set(taken)) < len(taken):
            yield where, "customer, time and currency are three columns: name different ones"
        by_small: dict[str, str] = {}
        for column in source.columns:
            if (other := by_small.setdefault(column.lower(), column)) != column:
                problem = f"only its capitals tell it from {other}, which databases do not see"
                yield (*where, "columns", column), problem
        yield from _serving(where, source)


def _serving(where: Where, source: SourceSchema) -> Iterator[Misfit]:
    for what, types in _EXPECTED.items() if source.serving else ():
        column = getattr(source.serving, what)
        at: Where = (*where, "serving", what.replace("_", "-"))
        if column is None:
            continue
        yield from _missing(at, "column", column, source.columns)
        if source.columns.get(column, types[0]) not in types:
            yield at, f"{column} is {source.columns[column]}, and has to be {types[0]}"


def _report(file: ScoringFile) -> Iterator[Misfit]:
    for part in sorted(file.report.model_fields_set) if file.report else ():
        name = getattr(file.report, part)
        yield from _missing(("report", part.replace("_", "-")), "metric", name, file.metrics)


def _schedule(file: ScoringFile) -> Iterator[Misfit]:
    for part, problem in schedule.wrong(file.schedule) if file.schedule else ():
        yield ("schedule", part), problem


def _costs(file: ScoringFile) -> Iterator[Misfit]:
    if file.currency in file.rates:
        yield ("rates", file.currency), "that is the currency itself: remove it"
    for name, rate in file.rates.items():
        if not float(rate):
            yield ("rates", name), "it cannot be worth nothing: write what one of it is worth"
    before = ""
    for i, costs in enumerate(file.costs):
        where: Where = ("costs", i, "since")
        try:
            date.fromisoformat(costs.since)
        except ValueError:
            yield where, f'{costs.since} is no day with its year: write it as "2026-01-01"'
            continue
        if costs.since <= before:
            yield where, f"{costs.since} is not after {before}: put the earliest first"
        before = costs.since


def _metrics(file: ScoringFile) -> Iterator[Misfit]:
    for name, metric in file.metrics.items():
        where: Where = ("metrics", name)
        yield from _missing((*where, "source"), "source", metric.source, file.sources)
        source = file.sources.get(metric.source or "")
        if source is None:
            continue
        if source.time is None and (metric.form in _TIMED or metric.window):
            at = (*where, "window" if metric.window else "form")
            yield at, f"the source {metric.source} has no `time`: name the column that says when"
        if metric.of == COST_TO_SERVE:
            yield from _cost_to_serve((*where, "of"), file, source)
        values = [float(each) for each in metric.points or ()]
        if values != sorted(set(values)):
            yield (*where, "points"), "write the lowest value first, and each once"


def _cost_to_serve(where: Where, file: ScoringFile, source: SourceSchema) -> Iterator[Misfit]:
    if source.serving is None:
        yield where, "the source does not say what serving cost: give it `serving`"
    if source.time is None:
        yield where, "prices have dates: the source needs a `time`"
    if not file.costs:
        yield where, "there are no prices: write `costs`"


def _ratios(file: ScoringFile) -> Iterator[Misfit]:
    for name, metric in file.metrics.items():
        if metric.ratio is None:
            continue
        where: Where = ("metrics", name, "ratio")
        for what in ("of", "to"):
            yield from _missing((*where, what), "metric", getattr(metric.ratio, what), file.metrics)
        if name in _made_of(name, file):
            yield where, "it is made of itself: name other metrics"


def _made_of(name: str, file: ScoringFile) -> set[str]:
    """Every metric that a ratio is made of, directly or over others."""
    found, open_ = set[str](), [name]
    while open_:
        metric = file.metrics.get(open_.pop())
        if metric is not None and metric.ratio is not None:
            new = {metric.ratio.of, metric.ratio.to} - found
            found |= new
            open_ += new
    return found


def _scores(file: ScoringFile) -> Iterator[Misfit]:
    for score in type(file.weights).model_fields:
        weights = getattr(file.weights, score)
        for metric in weights:
            where: Where = ("weights", score, metric)
            yield from _missing(where, "metric", metric, file.metrics)
            if metric in file.metrics and file.metrics[metric].report_only:
                yield where, "the metric is `report-only`: remove that, or this"
        if not weights and getattr(file.scores, score) == "run":
            yield ("scores", score), f"nothing makes it: write weights.{score}, or `given` here"


def _expressions(file: ScoringFile, document: Document) -> Iterator[FileError]:
    money_digits = digits(file.currency)
    for name, metric in file.metrics.items():
        source = file.sources.get(metric.source or "")
        if source is None:
            continue
        where: Where = ("metrics", name)
        try:
            checked_of(metric, source, money_digits)
        except ExpressionError as error:
            yield _wrong(document, (*where, "of"), metric.of, error)
        yield from _filter((*where, "where"), metric.where, source, document)


def _filter(
    where: Where,
    text: str | None,
    source: SourceSchema,
    document: Document,
) -> Iterator[FileError]:
    try:
        checked_where(text, source)
    except ExpressionError as error:
        yield _wrong(document, where, text, error)


def _wrong(document: Document, where: Where, text: str | None, error: ExpressionError) -> FileError:
    name = ".".join(map(str, where))
    return document.error(where, f"{name}: {shown(text)}: {error}", error.column)
