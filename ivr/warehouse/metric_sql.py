"""The SQL of each metric form, in DuckDB's words; sqlglot says the same to PostgreSQL and Spark.

It is asked of a relation `events` with the columns `_customer`, `_time` (Unix time, a whole number)
and those of the source, in their types, without the rows that cannot be read. What comes out are
whole numbers: the states of the metrics. So every engine gives the same, to the last digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import sqlglot
from sqlglot import exp

from ivr.domain.scoring.attributes import Attribute
from ivr.domain.scoring.definition import Costs, Scoring, Source
from ivr.domain.scoring.metrics import DAY, DECAY_UNIT, Metric, decayed_at, half_life

Dialect = Literal["duckdb", "postgres", "spark"]
COST_TO_SERVE = "cost-to-serve"
_BEFORE_ALL = 100_000_000_000  # seconds: no time is that long ago
_BELOW_ALL = 5_000_000_000_000_000  # no amount is less than that, below zero
CUSTOMER, TIME = '"_customer"', '"_time"'


@dataclass(frozen=True, slots=True)
class SourceQuestion:
    """What one source is asked of its relation `events`.

    First comes the customer, then the `columns`: whole numbers, or NULL; then the `texts`.
    """

    sql: str
    columns: tuple[str, ...]
    texts: tuple[str, ...] = ()


def question(scoring: Scoring, source: Source, at: int) -> SourceQuestion | None:
    """Return what is asked of a source at Unix time `at`; None where nothing is."""
    metrics = [each for each in scoring.metrics.values() if each.source == source.name]
    attributes = [each for each in scoring.attributes.values() if each.source == source.name]
    if not metrics and not attributes:
        return None
    asking = _Asking(scoring, source, at)
    names = [name for metric in metrics for name in metric.columns]
    states = [state for metric in metrics for state in asking.states(metric)]
    selected = [f"{sql} AS {quoted(name)}" for sql, name in zip(states, names, strict=True)]
    texts = [each.column for each in attributes]
    selected += [f"{asking.newest(each)} AS {quoted(each.column)}" for each in attributes]
    rows = f"events{asking.where(metrics, attributes)} GROUP BY {CUSTOMER}"
    return SourceQuestion(_select([CUSTOMER, *selected], rows), tuple(names), tuple(texts))


def translated(sql: str, dialect: Dialect) -> str:
    """Return the same for another engine."""
    if dialect == "duckdb":
        return sql
    tree = sqlglot.parse_one(sql, read="duckdb")
    if dialect == "spark":  # it compares texts byte by byte as it is
        tree = tree.transform(lambda node: node.this if isinstance(node, exp.Collate) else node)
    return tree.sql(dialect)


def over(events: str, sql: str) -> str:
    """Return a question about the rows that `events` selects."""
    return f"WITH events AS ({events}) SELECT * FROM ({sql}) AS states"  # noqa: S608 - checked


def quoted(name: str) -> str:
    """Return a name, as SQL has it: `at`, `days` and `last` are words of some engine."""
    return '"' + name.replace('"', '""') + '"'


class _Asking:
    """The SQL of one source's metrics at one time."""

    def __init__(self, scoring: Scoring, source: Source, at: int) -> None:
        self.scoring, self.source, self.at = scoring, source, at

    def states(self, metric: Metric) -> list[str]:
        """One expression for each whole number of the metric's state; none for a ratio."""
        found = self.two(metric) or self.one(metric)
        return [f"CAST({each} AS BIGINT)" for each in found]

    def one(self, metric: Metric) -> list[str]:
        """Of the forms whose state is one number."""
        rows, amount = self.filter(metric), self.amount(metric)
        made = {
            "sum": f"SUM({amount}){rows}",
            "count": f"NULLIF(COUNT(*){rows}, 0)",
            "last": self.last(metric),
            "days-since-last": f"MAX({TIME}){rows}",
            "tenure": f"MIN({TIME}){rows}",
            "distinct": f"NULLIF(COUNT(DISTINCT {metric.of}){rows}, 0)",
        }
        return [made[metric.form]] if metric.form in made else []

    def two(self, metric: Metric) -> list[str]:
        """Of the forms whose state is two."""
        rows, amount = self.filter(metric), self.amount(metric)
        begin = self.newer(metric.window)
        before = _filter([self.newer(metric.window, 2), f"NOT {begin}", metric.where])
        at = decayed_at(metric, self.at)
        made = {
            "decayed-sum": [f"SUM({self.weight(metric)} * {amount}){rows}", f"MAX({at}){rows}"],
            "mean": [f"SUM({amount}){rows}", f"COUNT({amount}){rows}"],
            "share": [f"COUNT(*){rows}", f"NULLIF(COUNT(*){_filter([begin])}, 0)"],
            "trend": [f"COALESCE(SUM({amount}){each}, 0)" for each in (rows, before)],
        }
        return made.get(metric.form, [])

    def filter(self, metric: Metric) -> str:
        """Which rows count."""
        return _filter([self.newer(metric.window), metric.where])

    def newer(self, window: int | None, times: int = 1) -> str:
        """Return the condition that a row is not older than the window, so many times."""
        return f"{TIME} > {self.at - window * DAY * times}" if window else ""

    def amount(self, metric: Metric) -> str:
        """Return what a row adds, as a whole number of the smallest unit."""
        if not metric.of:
            return "1"
        unit = f" * {10**metric.digits}" if metric.digits else ""
        return f"CAST(ROUND(({self.of(metric)}){unit}, 0) AS BIGINT)"

    def of(self, metric: Metric) -> str:
        """Return what a row has, as a decimal."""
        return self.cost() if metric.of == COST_TO_SERVE else metric.of

    def weight(self, metric: Metric) -> str:
        """How much a row counts at the time that the sum is made for, in whole units.

        They are the same on engines whose powers differ in their last bit.
        """
        age = f"CAST({TIME} - {decayed_at(metric, self.at)} AS DOUBLE)"
        halves = f"{age} / CAST({half_life(metric)} AS DOUBLE)"
        return f"CAST(FLOOR({DECAY_UNIT} * POWER(CAST(2 AS DOUBLE), {halves}) + 0.5) AS BIGINT)"

    def where(self, metrics: Sequence[Metric], attributes: Sequence[Attribute]) -> str:
        """Which rows any of them may count."""
        if not self.source.time:
            return ""
        conditions = [f"{TIME} <= {self.at}"]
        windows = [(each.window or 0) * (2 if each.form == "trend" else 1) for each in metrics]
        windows += [each.oldest or 0 for each in attributes]
        if all(windows):
            conditions.append(self.newer(max(windows)))
        return f" WHERE {' AND '.join(conditions)}"

    def last(self, metric: Metric) -> str:
        """Return the newest row's number; of rows of one moment, the greatest. It takes no join.

        Time and number stand in one decimal, the time before the number: its greatest is the last.
        """
        moment = f"CAST({TIME} + {_BEFORE_ALL} AS DECIMAL(20, 0))"
        amount = f"CAST({self.amount(metric)} + {_BELOW_ALL} AS DECIMAL(20, 0))"
        both = f"{moment} * CAST({2 * _BELOW_ALL} AS DECIMAL(17, 0)) + {amount}"
        newest = f"MAX({both}){self.filter(metric)}"
        return f"MOD({newest}, CAST({2 * _BELOW_ALL} AS DECIMAL(17, 0))) - {_BELOW_ALL}"

    def newest(self, attribute: Attribute) -> str:
        """Return what the newest row that says something says, as a text; of one moment, the last.

        Time and text stand in one text, the time before, always of 12 digits. The collation is that
        of their bytes, which is the same everywhere.
        """
        said = {
            "yes-no": f"CASE WHEN {attribute.of} THEN '1' WHEN NOT ({attribute.of}) THEN '0' END",
            "text": f"NULLIF(CAST({attribute.of} AS TEXT), '')",
            "texts": f"NULLIF(CAST({attribute.of} AS TEXT), '')",
        }
        unit = 10**attribute.digits
        whole = f"CAST(CAST(ROUND(({attribute.of}) * {unit}, 0) AS BIGINT) AS TEXT)"
        text = said.get(attribute.type, whole)
        age = self.newer(attribute.oldest) if self.source.time else ""
        rows = _filter([age, attribute.where])
        if not self.source.time:
            return f'MAX(({text}) COLLATE "C"){rows}'
        moment = f"CAST({TIME} + {2 * _BEFORE_ALL} AS TEXT)"
        return f'SUBSTRING(MAX(({moment} || {text}) COLLATE "C"){rows}, 13)'

    def cost(self) -> str:
        """Return what serving cost in a row, with the prices of its day."""
        dated = [(each.since, self.prices(each)) for each in reversed(self.scoring.costs)]
        cases = " ".join(f"WHEN {TIME} >= {since} THEN {prices}" for since, prices in dated)
        return f"CASE {cases} END"

    def prices(self, costs: Costs) -> str:
        """Return what serving cost in a row, with these prices."""
        serving, parts = self.source.serving, []
        assert serving is not None  # noqa: S101 - whoever read the file has seen to that
        if serving.channel:
            contact = dict(costs.contact)
            other = contact.pop("other", "0")
            cases = " ".join(f"WHEN '{name}' THEN {price}" for name, price in contact.items())
            by_channel = f"CASE {quoted(serving.channel)} {cases} ELSE {other} END"
            parts.append(by_channel if cases else other)
        for column, price in (
            (serving.agent_minutes, costs.agent_minute),
            (serving.line_minutes, costs.line_minute),
        ):
            if column:
                parts.append(f"COALESCE({quoted(column)}, 0) * {price}")
        return f"({' + '.join(parts)})"


def _filter(conditions: Sequence[str]) -> str:
    which = _all(conditions)
    return f" FILTER (WHERE {which})" if which else ""


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join(f"({each})" for each in conditions if each)


def _select(columns: Sequence[str], rows: str) -> str:
    """Return a query. Names are of a checked file, expressions were let through node by node."""
    return f"SELECT {', '.join(columns)} FROM {rows}"  # noqa: S608 - see above
