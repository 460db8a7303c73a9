"""Every form of metric, worked out by hand, wherever the rows lie; and what becomes of bad rows."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ivr.domain.scoring.definition import Source
from ivr.domain.scoring.metrics import Metric, values
from tests import scored
from tests.databases import PostgresDatabase
from tests.mariadb import MariadbDatabase, in_mariadb
from tests.scored import AT, DAY, ORDERS, ROWS, Row, ago, metric, read, scoring

NAN = math.nan
Put = Callable[[Sequence[Row]], str]


@pytest.fixture(params=["csv", "parquet", "sqlite", "postgresql", "mariadb"])
def put(request: pytest.FixtureRequest, tmp_path: Path) -> Put:
    if request.param == "postgresql":
        database: PostgresDatabase = request.getfixturevalue("empty_postgres")
        return lambda rows: scored.in_postgres(database, rows)
    if request.param == "mariadb":
        other: MariadbDatabase = request.getfixturevalue("empty_mariadb")
        return lambda rows: in_mariadb(other, rows)
    into = {"csv": scored.in_csv, "parquet": scored.in_parquet, "sqlite": scored.in_sqlite}
    return lambda rows: into[request.param](tmp_path, rows)


def states(place: str, *metrics: Metric, source: Source = ORDERS) -> dict[str, list[float]]:
    found = read({"orders": place}, scoring(*metrics, source=source))
    assert [each.error for each in found.sources] == [""]
    return {name: array.tolist() for name, array in found.states.items()}


W: Any = {"window": 60}
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
    # 2^20 * (2^-1 * 1000 + 2^-3 * 250 + 2^-9 * 400) pence
    (metric("decayed-sum"), [[524288 * 1000 + 131072 * 250 + 2048 * 400, NAN, NAN]]),
    (metric("decayed-sum", of="", digits=0, window=60), [[524288 + 131072, NAN, NAN]]),
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
        assert found.pop(name) == pytest.approx(each, nan_ok=True, rel=1e-12), name
    assert not found


def test_a_window_begins_after_its_first_moment_and_ends_with_now(put: Put) -> None:
    rows = [("C1", ago(days), "1", "ok", None, None, None) for days in (60, 59.9999, 0, -0.0001)]
    assert states(put(rows), metric("count", window=60))["count"][0] == 2


def test_of_two_rows_at_one_moment_the_greater_is_the_last(put: Put) -> None:
    rows = [("C1", ago(5), amount, "ok", None, None, None) for amount in ("3", "7", None, "5")]
    assert states(put(rows), metric("last"))["last"][0] == 700


# Bad rows --------------------------------------------------------------------------------


def csv_of(folder: Path, text: str, name: str = "orders.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


HEAD = "customer_id,ordered_at,amount,status\n"
PLAIN = Source("orders", "customer_id", "ordered_at", {"amount": "money", "status": "text"})
BAD = [
    ("C1,2026-06-01T00:00:00Z,abc,ok", "customer 'C1', amount: 'abc' is no amount in GBP"),
    ("C1,2026-06-01T00:00:00Z,1e30,ok", "customer 'C1', amount: '1e30' is no amount in GBP"),
    ('C1,2026-06-01T00:00:00Z,"1,5",ok', "customer 'C1', amount: '1,5' is no amount in GBP"),
    ("C1,2026-06-01 00:00:00,5,ok", "ordered_at: '2026-06-01 00:00:00' is no time with its zone"),
    ("C1,2026-06-01,5,ok", "ordered_at: '2026-06-01' is no time with its zone"),
    ("C1,yesterday,5,ok", "ordered_at: 'yesterday' is no time"),
    ("C1,,5,ok", "ordered_at: nothing is no time"),
    (",2026-06-01T00:00:00Z,5,ok", "customer '', customer_id: it names no customer"),
    ("C1,2026-06-01T00:00:00Z,5,ok,more", "orders.csv:3: "),
    ("C1,2026-06-01T00:00:00Z", "orders.csv:3: "),
    ('C1,2026-06-01T00:00:00Z,"5"x,ok', "orders.csv:3: "),
    ("C1,2027-06-01T00:00:00Z,5,ok", "rows in the future: 1: they do not count yet"),
    ("C9,2026-06-01T00:00:00Z,5,ok", "rows of nobody who is a customer: 1 ids ('C9')"),
]


@pytest.mark.parametrize(("row", "said"), BAD, ids=[row for row, _ in BAD])
def test_a_bad_row_is_told_and_the_good_ones_count(tmp_path: Path, row: str, said: str) -> None:
    good = "C1,2026-06-01T00:00:00Z,5,ok\n"
    found = read(
        {"orders": csv_of(tmp_path, f"{HEAD}{good}{row}\n{good}")},
        scoring(metric("sum"), source=PLAIN),
    )
    assert found.states["sum"].tolist() == pytest.approx([1000, NAN, NAN], nan_ok=True)
    (source,) = found.sources
    assert len(source.problems) == 1
    assert source.problems[0].startswith("orders: ")
    assert said in source.problems[0]
    assert (source.rows, source.error) == (3, "")
    assert source.bad == (0 if "rows " in said else 1)


def test_three_bad_rows_in_many_and_no_line_too_many(tmp_path: Path) -> None:
    amounts = ["x" if n % 9_999 == 9_998 else "1" for n in range(30_000)]
    rows = [f"C{n % 3 + 1},2026-06-01T00:00:00Z,{each},ok" for n, each in enumerate(amounts)]
    found = read(
        {"orders": csv_of(tmp_path, HEAD + "\n".join(rows))},
        scoring(metric("count"), source=PLAIN),
    )
    assert sum(found.states["count"]) == 29_997
    assert (found.sources[0].rows, found.sources[0].bad, len(found.sources[0].problems)) == (
        30_000,
        3,
        3,
    )
    worse = [row.replace(",1,", ",y,") for row in rows]
    found = read(
        {"orders": csv_of(tmp_path, HEAD + "\n".join(worse))},
        scoring(metric("count"), source=PLAIN),
    )
    assert found.sources[0].bad == 30_000
    assert len(found.sources[0].problems) == 21
    assert found.sources[0].problems[-1] == "… and 29,980 more like these"


def test_a_line_that_does_nothing_to_a_terminal(tmp_path: Path) -> None:
    found = read(
        {"orders": csv_of(tmp_path, f"{HEAD}C1\x1b[2J,2026-06-01T00:00:00Z,{'z' * 5000}\x07,ok\n")},
        scoring(metric("count"), source=PLAIN),
    )
    told = " ".join(found.sources[0].problems)
    assert told.isprintable()
    assert len(told) < 200


# Times, money ----------------------------------------------------------------------------


def test_times_without_a_zone_are_in_that_of_the_source(tmp_path: Path) -> None:
    times = ["2026-06-01 00:00:00", "2026-01-01 00:00:00", "2026-06-01T00:00:00+05:30"]
    text = HEAD + "".join(f"C{n},{each},1,ok\n" for n, each in enumerate(times, 1))
    source = replace(PLAIN, zone="Europe/London")
    (found,) = read(
        {"orders": csv_of(tmp_path, text)},
        scoring(metric("tenure"), source=source),
    ).states.values()
    midnight = AT - 30 * DAY
    assert found.tolist() == [midnight - 3600, AT - 181 * DAY, midnight - 5.5 * 3600]


def test_money_of_other_currencies_is_exchanged_or_refused(tmp_path: Path) -> None:
    amounts = ["10,ok,GBP", "10.01,ok,EUR", "10,ok,USD"]
    rows = "".join(f"C{n},2026-06-01T00:00:00Z,{each}\n" for n, each in enumerate(amounts, 1))
    place = csv_of(tmp_path, f"{HEAD.strip()},currency\n{rows}")
    source = replace(PLAIN, currency="currency")
    found = read({"orders": place}, scoring(metric("sum"), source=source, rates={"EUR": 845_000}))
    assert found.states["sum"].tolist() == pytest.approx([1000, 846, NAN], nan_ok=True)  # 8.45845
    assert ["there is no rate for 'USD'" in each for each in found.sources[0].problems] == [True]
    none = read({"orders": place}, scoring(metric("sum"), source=source))
    assert none.states["sum"].tolist() == pytest.approx([1000, NAN, NAN], nan_ok=True)
    assert none.sources[0].bad == 2


def test_an_amount_rounds_as_it_is_written(put: Put) -> None:
    rows = [
        ("C1", ago(5), "0.145", "ok", None, None, None),
        ("C2", ago(5), "-0.145", "ok", None, None, None),
    ]
    assert states(put(rows), metric("sum"))["sum"][:2] == [15, -15]


# Other schemas, and what is not there ----------------------------------------------------


def failed(place: str, source: Source = PLAIN) -> str:
    found = read({"orders": place}, scoring(metric("sum"), source=source))
    assert not found.states
    return found.sources[0].error


def test_another_schema_is_named(put: Put) -> None:
    place = put(ROWS)
    source = replace(ORDERS, columns={**ORDERS.columns, "currency": "text"})
    assert "has no column currency: it has customer_id, ordered_at, amount" in failed(place, source)


def test_a_column_of_another_kind_counts_for_nobody(put: Put) -> None:
    source = replace(ORDERS, columns={"status": "text", "channel": "money"})
    found = read({"orders": put(ROWS)}, scoring(metric("count"), source=source))
    assert found.sources[0].bad == 4  # those that have a channel
    assert "channel: 'letter' is no amount" in found.sources[0].problems[0]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("", "IVR_SCORE_SOURCES_ORDERS is not set"),
        ("{}/none.csv", "there is no file"),
        ("{}", "no CSV or Parquet file"),
        ("{}/text.txt", "is neither a folder nor .csv or .parquet"),
        ("{}/empty/", "no CSV or Parquet file"),
        ("oracle://shop#orders", "oracle is no database that can be read"),
        ("sqlite:///{}/none.db#orders", "there is no file"),
        ("postgresql://localhost/shop", "after # has to come the name of a table"),
        (
            "postgresql://localhost/shop#orders; DROP TABLE orders",
            "after # has to come the name of a table",
        ),
        (
            "postgresql://nobody:secret@127.0.0.1:1/shop#orders",
            "postgresql://127.0.0.1:1/shop#orders: ",
        ),
        (
            "postgresql://127.0.0.1:1/shop?password=secret#orders",
            "postgresql://127.0.0.1:1/shop#orders: ",
        ),
        (
            "mysql://nobody:se@cret/secret@127.0.0.1:1/shop#orders",
            "mysql://127.0.0.1:1/shop#orders: ",
        ),
        (
            "mariadb://nobody:secret@127.0.0.1:1/shop#orders",
            "mariadb://127.0.0.1:1/shop#orders: ",
        ),
    ],
)
def test_a_place_that_is_wrong_is_named_without_its_password(
    tmp_path: Path,
    place: str,
    said: str,
) -> None:
    (tmp_path / "text.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    found = read(
        {"orders": place.format(tmp_path)} if place else {},
        scoring(metric("sum"), source=PLAIN),
    )
    assert said in found.sources[0].error
    assert "secret" not in found.sources[0].error
    assert not found.states


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("a,a\n1,2\n", "the column 'a' is there twice"),
        ("x;y\n", "has no column customer_id"),
    ],
)
def test_a_csv_file_that_is_none(tmp_path: Path, text: str, said: str) -> None:
    assert said in failed(csv_of(tmp_path, text))


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    good = "C1,2026-06-01T00:00:00Z,5,ok\n"
    place = csv_of(tmp_path, f'{HEAD}{good}"C2,2026-06-01T00:00:00Z,5,ok\n{good}')
    assert "orders.csv:3: a quote is opened here and never closed" in failed(place)


def test_files_of_a_folder_are_one_source(tmp_path: Path) -> None:
    for n in range(3):
        csv_of(tmp_path, f"{HEAD}C1,2026-06-01T00:00:00Z,{n}.10,ok\n", f"{n}.csv")
    found = read({"orders": str(tmp_path)}, scoring(metric("sum"), source=PLAIN))
    assert found.states["sum"][0] == 330
    csv_of(tmp_path, "customer_id,ordered_at,status,amount\n", "3.csv")
    assert "its first line is not that of 0.csv" in failed(str(tmp_path))


def test_separators_and_marks_of_other_programs(tmp_path: Path) -> None:
    text = '\ufeffcustomer_id;ordered_at;amount;status\r\nC1;2026-06-01T00:00:00Z;5;"o;k"\r\n'
    found = read({"orders": csv_of(tmp_path, text)}, scoring(metric("sum", where=""), source=PLAIN))
    assert found.states["sum"][0] == 500


def test_a_database_that_goes_away_fails_its_source_alone(
    tmp_path: Path,
    empty_postgres: PostgresDatabase,
) -> None:
    place = scored.in_postgres(empty_postgres, ROWS)
    with empty_postgres.relayed() as relay:
        away = relay.url.replace("?", "?connect_timeout=2&") + "#orders"
    other = replace(PLAIN, name="others")
    made = scoring(metric("sum"), metric("count", source="others"))
    made = replace(made, sources={"orders": ORDERS, "others": other})
    good = csv_of(tmp_path, f"{HEAD}C1,2026-06-01T00:00:00Z,5,ok\n")
    found = read({"orders": away, "others": good}, made)
    assert [bool(each.error) for each in found.sources] == [True, False]
    assert set(found.states) == {"count"}
    assert place
