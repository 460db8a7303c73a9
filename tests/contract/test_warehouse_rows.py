"""What becomes of rows: bad ones, times without a zone, money of other currencies."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from tests.scored import AT, DAY, HEAD, ORDERS, PLAIN, ROWS, Put, csv_of, metric, read, scoring

NAN = math.nan
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


def test_a_column_of_another_kind_counts_for_nobody(put: Put) -> None:
    source = replace(ORDERS, columns={"status": "text", "channel": "money"})
    found = read({"orders": put(ROWS)}, scoring(metric("count"), source=source))
    assert found.sources[0].bad == 4  # those that have a channel
    assert "channel: 'letter' is no amount" in found.sources[0].problems[0]


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


def test_a_row_that_is_not_utf8_is_told_wherever_it_is_not(tmp_path: Path) -> None:
    """DuckDB looks at the bytes of the columns that it reads, and status is only read later."""
    good = f"{HEAD}C1,2026-06-01T00:00:00Z,5,ok\n".encode()
    (tmp_path / "orders.csv").write_bytes(good + b"C1,2026-06-01T00:00:00Z,7,\xe4\n")
    made = scoring(metric("sum", where=""), metric("count"), source=PLAIN)
    found = read({"orders": str(tmp_path / "orders.csv")}, made)
    (source,) = found.sources
    assert source.problems == ("orders: orders.csv:3: 'it is not UTF-8': left out",)
    assert (source.rows, source.bad, found.states["sum"][0]) == (2, 1, 500)


def test_lines_that_end_in_two_ways(tmp_path: Path) -> None:
    rows = ["C1,2026-06-01T00:00:00Z,5,ok"] * 2000
    text = HEAD + "".join(row + ("\r\n" if n == 1990 else "\n") for n, row in enumerate(rows))
    (tmp_path / "orders.csv").write_bytes(text.encode())
    found = read({"orders": str(tmp_path / "orders.csv")}, scoring(metric("sum"), source=PLAIN))
    (source,) = found.sources
    assert (source.error, source.bad, found.states["sum"][0]) == ("", 0, 2000 * 500)
