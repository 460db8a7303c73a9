"""Places of sources that are wrong, gone or of another schema; CSV files of other programs."""

from dataclasses import replace
from pathlib import Path

import pytest

from ivr.domain.scoring.definition import Source
from tests import scored
from tests.databases import PostgresDatabase
from tests.scored import HEAD, ORDERS, PLAIN, ROWS, Put, csv_of, metric, read, scoring


def failed(place: str, source: Source = PLAIN) -> str:
    found = read({"orders": place}, scoring(metric("sum"), source=source))
    assert not found.states
    return found.sources[0].error


@pytest.mark.thorough
def test_another_schema_is_named(put: Put) -> None:
    place = put(ROWS)
    source = replace(ORDERS, columns={**ORDERS.columns, "currency": "text"})
    assert "has no column currency: it has customer_id, ordered_at, amount" in failed(place, source)


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
            "postgresql://nobody:s@secret/secret@127.0.0.1:1/shop#orders",
            "postgresql://127.0.0.1:1/shop#orders: ",
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
        (",".join(f"c{n}" for n in range(1001)), "it has 1,001 columns, and may have 1,000"),
    ],
)
def test_a_csv_file_that_is_none(tmp_path: Path, text: str, said: str) -> None:
    assert said in failed(csv_of(tmp_path, text))


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    good = "C1,2026-06-01T00:00:00Z,5,ok\n"
    place = csv_of(tmp_path, f'{HEAD}{good}"C2,2026-06-01T00:00:00Z,5,ok\n{good}')
    assert "orders.csv:3: a quote is opened here and never closed" in failed(place)
    place = csv_of(tmp_path, f'{HEAD}{good}C2,2026-06-01T00:00:00Z,5,"ok\n{good * 10_000}')
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


def test_a_link_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    """Whoever may write exports must not read other files by what is said of their columns."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "secret").write_text("root:secret\n")
    (tmp_path / "exports" / "a.csv").symlink_to(tmp_path / "secret")
    said = failed(str(tmp_path / "exports"))
    assert "a.csv is a link that leads out of its folder" in said
    assert "secret" not in said
    (tmp_path / "exports" / "a.csv").unlink()
    within = csv_of(tmp_path / "exports", f"{HEAD}C1,2026-06-01T00:00:00Z,5,ok\n", "b.csv")
    (tmp_path / "exports" / "c.csv").symlink_to(within)
    (tmp_path / "link.csv").symlink_to(within)  # which the setting itself names
    for place, paid in ((tmp_path / "exports", 1000), (tmp_path / "link.csv", 500)):
        found = read({"orders": str(place)}, scoring(metric("sum"), source=PLAIN))
        assert found.states["sum"][0] == paid


def test_half_a_parquet_file(tmp_path: Path) -> None:
    whole = Path(scored.in_parquet(tmp_path, ROWS))
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    said = failed(str(whole), ORDERS)
    assert said.startswith(str(whole))
    assert said.endswith("is each file whole, and have all the same columns? Write them anew")
