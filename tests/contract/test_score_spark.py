"""Apache Spark gives the same states as DuckDB, to the last digit: `make test-spark`."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ivr.warehouse import engines
from tests import scored
from tests.contract.test_score_engines import INTO, ODD, told
from tests.contract.test_warehouse import FORMS
from tests.contract.test_warehouse_same import METRICS, history
from tests.scored import ORDERS, ROWS, Row, metric, read, scoring

pytest.importorskip("pyspark", reason="pyspark is not here: make test-spark")
SPARK = engines.chosen("spark", "", "")


@pytest.fixture(params=["csv", "parquet"])
def put(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Sequence[Row]], str]:
    return lambda rows: INTO[request.param](tmp_path, rows)


def test_each_form_as_duckdb_has_it(put: Callable[[Sequence[Row]], str]) -> None:
    made = scoring(*[replace(each, name=f"m{n}") for n, (each, _) in enumerate(FORMS)])
    place = put([each for each in ODD if each[2] != "no amount"])
    assert told(read({"orders": place}, made, engine=SPARK)) == told(read({"orders": place}, made))


def test_bad_rows_are_told(tmp_path: Path) -> None:
    place, made = scored.in_csv(tmp_path, ODD), scoring(metric("sum"))
    assert told(read({"orders": place}, made, engine=SPARK)) == told(read({"orders": place}, made))


def test_lines_that_do_not_fit_are_left_out_and_told(tmp_path: Path) -> None:
    place, made = scored.in_csv(tmp_path, ROWS), scoring(metric("sum"))
    good = read({"orders": place}, made, engine=SPARK)
    with Path(place).open("a", encoding="utf-8", newline="\r\n") as file:  # as the lines before
        file.write("C1,too,few\nC1,2026-01-01T00:00:00Z,1,ok,phone,1,no,too,many\n")
    found = read({"orders": place}, made, engine=SPARK)
    assert (found.sources[0].bad, told(found)[0]) == (2, told(good)[0])
    assert "columns or quotes do not fit: 2" in found.sources[0].problems[0]


@pytest.mark.parametrize(
    "when",
    ["2026-10-25 01:30:00", "2026-03-29 01:30:00", "2026-05-01", "1777593600", "2026-05", "soon"],
)
def test_times_are_what_they_are_elsewhere(tmp_path: Path, when: str) -> None:
    place = scored.in_csv(tmp_path, [("C1", when, "1", "ok", "phone", "1", "no")])
    made = scoring(metric("tenure"), source=replace(ORDERS, zone="Europe/London"))
    assert told(read({"orders": place}, made, engine=SPARK)) == told(read({"orders": place}, made))


def test_a_hundred_thousand_customers_to_the_last_digit(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    parquet, csv = history(tmp_path, 100_000)
    made, ids = scoring(*METRICS), [f"C{n}" for n in range(100_000)]
    began = time.monotonic()
    expected = read({"orders": str(parquet)}, made, ids)
    lines = [f"DuckDB, parquet: {time.monotonic() - began:.1f} s"]
    for place in (parquet, csv):
        began = time.monotonic()
        found = read({"orders": str(place)}, made, ids, SPARK)
        lines.append(f"Spark, {place.name}: {time.monotonic() - began:.1f} s")
        assert replace(found.sources[0], place="") == replace(expected.sources[0], place="")
        assert set(found.states) == set(expected.states)
        for name, states in expected.states.items():
            assert np.array_equal(states, found.states[name], equal_nan=True), (place.name, name)
    with capsys.disabled():
        same = f"{len(ids):,} customers, {len(expected.states)} states the same"
        print(f"\n{same}; {'; '.join(lines)}")  # noqa: T201 - the figures, for whoever runs it
