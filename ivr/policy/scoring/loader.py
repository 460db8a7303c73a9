"""scoring.yaml: read, checked, and made into what a run works with."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from ivr import regular_files
from ivr.domain.policy_version import version_of
from ivr.domain.scoring.definition import (
    RATE_DIGITS,
    Costs,
    ReportPart,
    Scoring,
    Serving,
    Source,
)
from ivr.domain.scoring.metrics import Metric
from ivr.errors import FileError
from ivr.limits import LARGEST_TEXT_BYTES
from ivr.policy.scoring import attributes, references, schedule
from ivr.policy.scoring.currencies import digits
from ivr.policy.scoring.schema import (
    CostsSchema,
    MetricSchema,
    ReportSchema,
    ScoringFile,
    SourceSchema,
)
from ivr.policy.texts import SCORING
from ivr.policy.yaml_file import Document, names_of, problems

__all__ = ["SCORING", "ScoringReading", "load", "parse", "read"]


class ScoringReading:
    """The file as far as it can be read, and every mistake in it, in its order."""

    def __init__(self, path: Path, text: str) -> None:
        self.text = text
        self.mistakes: list[FileError] = []
        self.file: ScoringFile | None = None
        self.document: Document | None = None
        try:
            self.document = Document(path, text, collect=True, names=names_of(ScoringFile))
        except FileError as error:
            self.mistakes = [error]
            return
        self.mistakes = list(self.document.mistakes)
        try:
            self.file = ScoringFile.model_validate(self.document.data)
        except ValidationError as error:
            self.mistakes += problems(self.document, error)
        else:
            self.mistakes += references.misfits(self.file, self.document)
            self.mistakes += attributes.misfits(self.file, self.document)
        self.mistakes.sort(key=lambda each: (each.line or 0, each.column or 0))

    def scoring(self) -> Scoring:
        """Return what a run works with. Raises FileError for the first mistake."""
        if self.mistakes or self.file is None:
            telling = (each for each in self.mistakes if not each.problem.endswith("is missing"))
            raise next(telling, self.mistakes[0])
        return _scoring(self.file, version_of(self.text, ""))


def read(path: Path) -> str:
    """Return the text of the file; raises FileError when it cannot be read, or is too large."""
    return regular_files.text(path, LARGEST_TEXT_BYTES, path.parent)


def load(path: Path) -> Scoring:
    """Read and check the file; raises FileError for the first mistake."""
    return parse(read(path), path)


def parse(text: str, path: Path) -> Scoring:
    """Check the text; `path` is for messages. Raises FileError for the first mistake."""
    return ScoringReading(path, text).scoring()


def _scoring(file: ScoringFile, version: str) -> Scoring:
    money_digits = digits(file.currency)
    rates = {name: int(Decimal(rate) * 10**RATE_DIGITS) for name, rate in file.rates.items()}
    return Scoring(
        version=version,
        currency=file.currency,
        money_digits=money_digits,
        sources={name: _source(name, source, file) for name, source in file.sources.items()},
        metrics={name: _metric(name, each, file) for name, each in file.metrics.items()},
        weights={score: dict(weights) for score, weights in file.weights if weights},
        origins=dict(file.scores),
        costs=tuple(_costs(each) for each in file.costs),
        rates=rates,
        report=_report(file.report),
        schedule=schedule.made(file.schedule) if file.schedule else None,
        attributes=attributes.made(file),
    )


def _report(report: ReportSchema | None) -> dict[ReportPart, str]:
    if report is None:
        return {}
    named: dict[ReportPart, str | None] = {
        "revenue": report.revenue,
        "cost-to-serve": report.cost_to_serve,
        "agent-minutes": report.agent_minutes,
    }
    return {part: metric for part, metric in named.items() if metric is not None}


def _source(name: str, source: SourceSchema, file: ScoringFile) -> Source:
    off = attributes.columns_of(file, name, source.columns)
    columns = source.serving
    serving = None
    if columns is not None:
        agent, line = columns.agent_minutes or "", columns.line_minutes or ""
        serving = Serving(columns.channel or "", agent, line)
    return Source(
        name=name,
        customer=source.customer,
        time=source.time or "",
        columns={name: type_ for name, type_ in source.columns.items() if name not in off},
        zone=source.zone or "",
        currency=source.currency or "",
        oldest=_days(source.oldest),
        owner=source.owner or "",
        serving=serving,
    )


def _metric(name: str, metric: MetricSchema, file: ScoringFile) -> Metric:
    money_digits = digits(file.currency)
    of = where = None
    if metric.source is not None:
        source = file.sources[metric.source]
        of = references.checked_of(metric, source, money_digits)
        where = references.checked_where(metric.where, source)
    costs = metric.of == references.COST_TO_SERVE
    low, high = metric.range or (None, None)
    return Metric(
        name=name,
        form=metric.form,
        source=metric.source or "",
        of=references.COST_TO_SERVE if costs else of.sql if of else "",
        where=where.sql if where else "",
        window=_days(metric.window),
        half_life=_days(metric.half_life),
        digits=money_digits if costs else of.digits if of else 0,
        low=low,
        high=high,
        missing=metric.missing,
        rising=metric.direction != "less",
        points=tuple((float(at), points) for at, points in (metric.points or {}).items()),
        ratio=(metric.ratio.of, metric.ratio.to) if metric.ratio else ("", ""),
        about=metric.about or "",
    )


def _costs(costs: CostsSchema) -> Costs:
    since = datetime.combine(date.fromisoformat(costs.since), time(), UTC)
    return Costs(int(since.timestamp()), dict(costs.contact), costs.agent_minute, costs.line_minute)


def _days(length: str | None) -> int | None:
    return int(length.partition(" ")[0]) if length else None
