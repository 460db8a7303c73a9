"""Attributes wherever the rows lie: the newest row that says something, as its type is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ivr.application.score_attributes import attributes
from ivr.domain.scoring.attributes import Attribute, MetricTest
from ivr.domain.scoring.definition import Source
from ivr.domain.scoring.metrics import values
from ivr.warehouse.sources import Sources
from tests import scored
from tests.databases import PostgresDatabase
from tests.scored import AT, ORDERS, Row, ago, metric, read, scoring
from tests.scored_rows import attributes_of

ROWS: Sequence[Row] = [
    ("C1", ago(10), "10.00", "ok", "phone", "2.5", "no"),
    ("C1", ago(30), "2.50", "ok", "shop", "9", "yes"),
    ("C1", ago(1), None, "cancelled", None, None, None),
    ("C2", ago(10), "0.145", "Ü; a;a ;", "fax", "0.001", "yes"),
    ("C2", ago(10), "0.145", "A", "fax", "0.001", "no"),
    ("C9", ago(1), "1", "ok", "chat", "1", "yes"),
]
OF_ROWS = [
    Attribute("channel", "text", "orders", '"channel"', values=("phone", "shop")),
    Attribute("shop", "text", "orders", '"channel"', "\"channel\" = 'shop'"),
    Attribute("fresh", "text", "orders", '"status"', oldest=5),
    Attribute("all", "texts", "orders", '"status"'),
    Attribute("amount", "number", "orders", '"amount"', digits=2, low=1, high=100),
    Attribute("first", "yes-no", "orders", '"first"'),
]
OF_METRICS = [
    Attribute("both", "yes-no", tests=(MetricTest("sum", ">=", 12.5), MetricTest("last", "<", 1))),
    Attribute(
        "either",
        "yes-no",
        tests=(MetricTest("sum", ">=", 12.5), MetricTest("last", "<", 1)),
        every=False,
    ),
]


@pytest.fixture(params=["csv", "parquet", "sqlite", "postgresql"])
def put(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Sequence[Row]], str]:
    if request.param == "postgresql":
        database: PostgresDatabase = request.getfixturevalue("empty_postgres")
        return lambda rows: scored.in_postgres(database, rows)
    into = {"csv": scored.in_csv, "parquet": scored.in_parquet, "sqlite": scored.in_sqlite}
    return lambda rows: into[request.param](tmp_path, rows)


def known(place: str, *made: Attribute, source: Source = ORDERS) -> tuple[list[object], list[str]]:
    """What is known of C1, C2 (who has only odd values) and C3 (who has no row), and problems."""
    asked = scoring(metric("sum"), metric("last", where=""), source=source)
    asked = replace(asked, attributes={each.name: each for each in made})
    reading = read({"orders": place}, asked)
    assert [each.error for each in reading.sources] == [""]
    found = values(asked.metrics, reading.states, AT, reading.numbers)
    columns, problems = attributes(asked, reading, found, {}, Sources({}))
    return list(attributes_of(columns, 3)), problems


def test_each_type_wherever_the_rows_lie(put: Callable[[Sequence[Row]], str]) -> None:
    found, problems = known(put(ROWS), *OF_ROWS, *OF_METRICS)
    c1 = {
        "channel": "phone",
        "shop": "shop",
        "fresh": "cancelled",
        "all": ["cancelled"],
        "amount": 10.0,
        "first": False,
        "both": False,  # the last is 10, whatever the sum
        "either": True,
    }
    # Two rows of one moment: that whose bytes are the greatest counts, everywhere.
    c2 = {"all": ["Ü", "a"], "first": True, "either": True}
    assert found == [c1, c2, {}]
    assert [line.partition(":")[0] for line in problems] == ["channel", "amount"]
    assert "'fax'" in problems[0]
    assert "1 of the customers" in problems[0]


def test_a_source_without_times(put: Callable[[Sequence[Row]], str]) -> None:
    source = replace(ORDERS, time="", serving=None)
    channel = Attribute("channel", "text", "orders", '"channel"')
    asked = replace(scoring(source=source), attributes={"channel": channel})
    reading = read({"orders": put(ROWS)}, asked)
    assert [each.error for each in reading.sources] == [""]
    assert list(reading.texts["attribute channel"]) == ["shop", "fax", None]
