"""Every form of metric, worked out by hand, wherever the rows lie."""

import math
from dataclasses import replace
from typing import Any

import pytest

from ivr.domain.scoring.definition import Source
from ivr.domain.scoring.metrics import Metric, values
from ivr.warehouse.sources import Sources
from tests.scored import AT, DAY, ORDERS, ROWS, Put, ago, metric, read, scoring

NAN = math.nan


def states(place: str, *metrics: Metric, source: Source = ORDERS) -> dict[str, list[float]]:
    found = read({"orders": place}, scoring(*metrics, source=source))
    assert [each.error for each in found.sources] == [""]
    return {name: array.tolist() for name, array in found.states.items()}


W: Any = {"window": 60}
HALF_LIFE = 10  # days, as `metric` has it
MADE_FOR = AT // (3 * HALF_LIFE * DAY) * 3 * HALF_LIFE * DAY
SINCE = [MADE_FOR, NAN, NAN]


def decayed(*rows: tuple[int, int]) -> int:
    """The sum of rows of so many days ago, each an amount, in 1,048,576ths."""
    ahead = (AT - MADE_FOR) / DAY
    return sum(math.floor(2**20 * 2 ** ((ahead - d) / HALF_LIFE) + 0.5) * of for d, of in rows)


# The form, and the states of C1, C2 (who has cancelled all) and C3 (who has no row).
FORMS: list[tuple[Metric, list[list[float]]]] = [
    (metric("sum", **W), [[1250, NAN, NAN]]),
    (metric("sum", of='"amount" - "minutes" * 2', digits=3), [[5000 + 2000, NAN, NAN]]),
    (metric("count", **W), [[2, NAN, NAN]]),
    (metric("count", where="", window=2), [[1, NAN, NAN]]),
    (metric("count", where='"first"'), [[1, NAN, NAN]]),
    (metric("count", where='"minutes" IS NULL'), [[1, NAN, NAN]]),
    (metric("count", where='"amount" > 4'), [[2, NAN, NAN]]),
    (metric("count", where="\"channel\" LIKE '%o%'"), [[2, 1, NAN]]),
    (metric("count", where="NOT \"status\" IN ('ok', 'new')"), [[1, 1, NAN]]),
    (metric("mean", **W), [[1250, NAN, NAN], [2, 0, NAN]]),
    (metric("share", **W), [[2, 0, NAN], [3, 1, NAN]]),
    (metric("last"), [[1000, NAN, NAN]]),
    (metric("last", where=""), [[9999, 15, NAN]]),
    (metric("last", of='"minutes"', digits=3), [[2500, NAN, NAN]]),
    (metric("days-since-last"), [[AT - 10 * DAY, NAN, NAN]]),
    (metric("tenure"), [[AT - 90 * DAY, NAN, NAN]]),
    (metric("tenure", window=60), [[AT - 30 * DAY, NAN, NAN]]),
    (metric("distinct", of='"channel"', where=""), [[3, 1, NAN]]),
    (metric("decayed-sum"), [[decayed((10, 1000), (30, 250), (90, 400)), NAN, NAN], SINCE]),
    (
        metric("decayed-sum", of="", digits=0, window=60),
        [[decayed((10, 1), (30, 1)), NAN, NAN], SINCE],
    ),
    (metric("trend", **W), [[1250, 0, NAN], [400, 0, NAN]]),
    # 0.50 + 2.5 * 1 in the last 20 days, 0.20 before; nothing is known of what 90 days ago cost.
    (metric("sum", of="cost-to-serve"), [[300 + 20, NAN, NAN]]),
    (metric("sum", of="cost-to-serve", where=""), [[300 + 20 + 25, 50, NAN]]),
]


def test_each_form_wherever_the_rows_lie(put: Put) -> None:
    numbered = [replace(each, name=f"m{n}") for n, (each, _) in enumerate(FORMS)]
    found = states(put(ROWS), *numbered)
    for n, (made, expected) in enumerate(FORMS):
        columns = [found[name] for name in numbered[n].columns]
        assert columns == [pytest.approx(each, nan_ok=True, abs=0) for each in expected], made


def test_the_values_of_the_forms(put: Put) -> None:
    metrics = [
        metric("sum", **W),
        metric("mean", **W),
        metric("share", **W),
        metric("last"),
        metric("days-since-last"),
        metric("decayed-sum"),
        metric("trend", **W),
        metric("count", missing=0.0),
        Metric("ratio", "ratio", ratio=("sum", "count")),
        Metric("of-ratio", "ratio", ratio=("ratio", "last")),
    ]
    made = scoring(*metrics)
    reading = read({"orders": put(ROWS)}, made)
    made_of_them = values(made.metrics, reading.states, AT, reading.numbers)
    found = {name: list(each) for name, each in made_of_them.items()}
    expected = {
        "sum": [12.5, NAN, NAN],
        "mean": [6.25, NAN, NAN],
        "share": [2 / 3, 0, NAN],
        "last": [10, NAN, NAN],
        "days-since-last": [10, NAN, NAN],
        "decayed-sum": [5 + 0.3125 + 0.0078125, NAN, NAN],
        "trend": [8.5 / 16.5, NAN, NAN],
        "count": [3, 0, 0],
        "ratio": [12.5 / 3, NAN, NAN],
        "of-ratio": [1.25 / 3, NAN, NAN],
    }
    for name, each in expected.items():
        near = 1e-6 if name == "decayed-sum" else 1e-12
        assert found.pop(name) == pytest.approx(each, nan_ok=True, rel=near), name
    assert not found


def test_a_decayed_sum_is_the_same_until_there_is_another_row(put: Put) -> None:
    place, made = put(ROWS), scoring(metric("decayed-sum"))
    sources, days = Sources({"orders": place}), (26, 29, 30)
    times = [MADE_FOR + each * DAY for each in days]
    first, *later = [sources.read(made, ["C1"], at, lambda name: None) for at in times]
    before, same, other = ([*each.states.values()] for each in (first, *later))
    assert before == same
    assert before != other
    of = [values(made.metrics, each.states, AT, each.numbers)["decayed-sum"] for each in later]
    assert of[0] == pytest.approx(of[1], rel=1e-6)


def test_a_window_begins_after_its_first_moment_and_ends_with_now(put: Put) -> None:
    rows = [("C1", ago(days), "1", "ok", None, None, None) for days in (60, 59.9999, 0, -0.0001)]
    assert states(put(rows), metric("count", window=60))["count"][0] == 2


def test_of_two_rows_at_one_moment_the_greater_is_the_last(put: Put) -> None:
    rows = [("C1", ago(5), amount, "ok", None, None, None) for amount in ("3", "7", None, "5")]
    assert states(put(rows), metric("last"))["last"][0] == 700


def test_an_amount_rounds_as_it_is_written(put: Put) -> None:
    rows = [
        ("C1", ago(5), "0.145", "ok", None, None, None),
        ("C2", ago(5), "-0.145", "ok", None, None, None),
    ]
    assert states(put(rows), metric("sum"))["sum"][:2] == [15, -15]
