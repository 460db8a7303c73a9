"""`ivr import customers` as a user types it: what it says, shows, refuses and exits with."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ivr.__main__ import main
from ivr.store import customer_batches
from tests.unit import test_real_exports
from tests.unit.test_customers_csv import stored

database = test_real_exports.database  # the fixture
ROWS = [f"C{n},N{n},+44207946000{n},5\n" for n in range(10)]
FILE = "".join(["customer_id,name,phones,value\n", *ROWS])
Said = tuple[int, str, str]
Ivr = Callable[..., Said]


@pytest.fixture
def ivr(
    database: Engine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Ivr:
    """Runs `ivr import`; gives the exit code, stdout and stderr. c.csv has ten customers."""

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["ivr", "import", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    write()
    return run


def write(*rows: str, without: int = 0) -> None:
    """Write c.csv: without its first customers, and with these rows."""
    lines = FILE.splitlines()
    Path("c.csv").write_text(
        "\n".join([lines[0], *lines[1 + without :], *rows]) + "\n",
        encoding="utf-8",
    )


def test_an_import_says_how_it_read_and_what_came_of_it(ivr: Ivr) -> None:
    code, out, err = ivr("customers", "c.csv")
    assert (code, out) == (0, "")
    assert err.startswith("c.csv: UTF-8, columns separated by a comma, decimal point\n")
    assert "10 customers imported, 0 rows refused, in " in err
    assert err.endswith(f"the database: {Path.cwd()}/ivr.db\n")


def test_doubts_are_told_and_counted(database: Engine, ivr: Ivr) -> None:
    write("D1,ZoÃ«,,", "D2,Jo\N{REPLACEMENT CHARACTER}rg,,", "D3,JOÃO,,")
    for code, _, err in (ivr("customers", "c.csv", "--dry-run"), ivr("customers", "c.csv")):
        assert code == 0
        assert "doubt: c.csv:12: name: 'ZoÃ«': is 'Zoë' meant?" in err
        assert "doubt: c.csv:13: name: 'Jo\N{REPLACEMENT CHARACTER}rg': a letter was lost" in err
        assert "c.csv:14" not in err
    assert "2 rows in doubt" in err
    assert stored(database)["D1"]["name"] == "ZoÃ«"


def test_a_dry_run_shows_all_and_changes_nothing(database: Engine, ivr: Ivr) -> None:
    ivr("customers", "c.csv")
    before = stored(database)
    write("C0,Zero,+442079460000,5.5", "N1,New,,", "B1,Bad,x,", without=1)
    code, out, err = ivr("customers", "c.csv", "--dry-run")
    assert code == 1
    shown = out.splitlines()
    assert shown[:2] == ["line 2 is read as:", "  customer_id          C1"]
    assert out.count("is read as:") == 3
    assert shown[-1] == "line 11 changes C0: name N0 → Zero; value 5 → 5.5"
    assert "c.csv:13: phones: 'x' is not a telephone number" in err
    assert err.endswith(
        "customers: 1 new, 1 changed, 9 the same, 1 refused, 0 in doubt. Nothing was written\n",
    )
    assert stored(database) == before


def test_a_dry_run_makes_no_database(
    ivr: Ivr,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path}/none/ivr.db")
    code, _, err = ivr("customers", "c.csv", "--dry-run", "--replace")
    assert code == 0
    assert "customers: 10 new, 0 changed" in err
    assert not (tmp_path / "none").exists()


def test_a_dry_run_of_many_rows_counts_them_all(ivr: Ivr, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customer_batches, "MANY_ROWS", 5)
    monkeypatch.setattr(customer_batches, "BATCH", 3)
    ivr("customers", "c.csv")
    assert "0 new, 0 changed, 10 the same" in ivr("customers", "c.csv", "--dry-run")[2]


def test_a_hash_of_a_pin_is_never_shown(ivr: Ivr) -> None:
    for salt in ("A", "B"):
        pin = f"$argon2id$v=19$m=32768,t=2,p=1$c2FsdHNhbHRzYWx0${salt * 43}"
        Path("c.csv").write_text(f'customer_id,name,phones,pin_hash\nC1,A,,"{pin}"\n')
        code, out, err = ivr("customers", "c.csv", "--dry-run")
        assert code == 0
        assert "argon2id" not in out + err
        ivr("customers", "c.csv")
    assert "pin_hash a hash → a hash" in out


def test_a_replacement_removes_who_is_no_longer_there(database: Engine, ivr: Ivr) -> None:
    ivr("customers", "c.csv")
    write(without=1)
    code, _, err = ivr("customers", "c.csv", "--replace")
    assert code == 0
    assert "to be removed: 1 of 10 customers: C0 (N0)\n" in err
    assert "9 customers imported, 0 rows refused, 1 customers removed" in err
    assert "C0" not in stored(database)


def test_a_replacement_that_removes_many_does_nothing_without_a_word(
    database: Engine,
    ivr: Ivr,
) -> None:
    ivr("customers", "c.csv")
    write("N1,New,,", without=5)
    for options in (["--dry-run"], []):
        code, _, err = ivr("customers", "c.csv", "--replace", *options)
        assert code == 2
        assert "to be removed: 5 of 10 customers: C0 (N0), C1 (N1)" in err
        assert "--remove-up-to 5 removes them" in err
        assert set(stored(database)) == {f"C{n}" for n in range(10)}
    assert ivr("customers", "c.csv", "--replace", "--remove-up-to", "5")[0] == 0
    assert set(stored(database)) == {*(f"C{n}" for n in range(5, 10)), "N1"}


def test_a_row_that_is_refused_keeps_its_customer(database: Engine, ivr: Ivr) -> None:
    ivr("customers", "c.csv")
    write("C0,,nonsense,", without=1)
    assert ivr("customers", "c.csv", "--replace")[0] == 1
    assert stored(database)["C0"]["name"] == "N0"


def test_a_list_of_those_who_have_left(database: Engine, ivr: Ivr) -> None:
    ivr("customers", "c.csv")
    Path("left.csv").write_text("Since;Customer ID\n2026;C7\n2025;X1\n")
    code, _, err = ivr("customers", "--remove", "left.csv")
    assert code == 0
    assert "to be removed: 1 of 10 customers: C7 (N7)\n" in err
    assert "note: 1 of those who have left are no customers" in err
    assert "0 customers imported, 0 rows refused, 1 customers removed" in err
    assert "C7" not in stored(database)
    Path("left.csv").write_text("customer_id\nC1\nC2\n")
    assert ivr("customers", "c.csv", "--remove", "left.csv")[0] == 2
    assert len(stored(database)) == 9, "nor is c.csv imported, which has C7"


@pytest.mark.parametrize("names", ["customer_id;when", "when;Nr", "CUSTOMER ID;Nr"])
def test_a_list_goes_by_the_name_in_the_map_or_ours(database: Engine, ivr: Ivr, names: str) -> None:
    ivr("customers", "c.csv")
    Path("customers.map.yaml").write_text("columns: {customer_id: Nr, name: N}\nheader-line: 7\n")
    Path("left.csv").write_text(f"{names}\nC7;C7\n")
    assert ivr("customers", "--remove", "left.csv")[0] == 0
    assert len(stored(database)) == 9


def test_a_map_may_say_no_more_than_where_the_country_stands(database: Engine, ivr: Ivr) -> None:
    Path("customers.map.yaml").write_text("region-column: Country\n")
    Path("c.csv").write_text("customer_id,name,phones,Country\nD1,A,030 23125100,de\n")
    assert ivr("customers", "c.csv")[0] == 0
    assert stored(database)["D1"]["phones"] == ["+493023125100"]


def test_the_decimal_sign_of_a_map_is_the_only_one(database: Engine, ivr: Ivr) -> None:
    Path("customers.map.yaml").write_text('decimal: ","\n')
    Path("c.csv").write_text("customer_id;name;phones;value\nD1;A;;1.234\nD2;A;;1,5\nD3;A;;7\n")
    code, _, err = ivr("customers", "c.csv")
    assert code == 1
    assert "c.csv:2: value: '1.234' is no number from 0 to 100: write it like 72,5" in err
    assert {each: kept["value"] for each, kept in stored(database).items()} == {"D2": 1.5, "D3": 7}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "name the file of customers"),
        (["--replace", "--remove", "c.csv"], "name the file of customers"),
        (["c.csv", "--map", "none.yaml"], "none.yaml: cannot be read: no such file"),
        (["c.csv", "--map", "c.csv", "--no-map"], "write --map or --no-map, not both"),
        (["c.csv", "--encoding", "zlib"], "the encoding 'zlib' is not known"),
        (["c.csv", "--remove-up-to", "-1"], "--remove-up-to"),
        (["none.csv"], "none.csv: cannot be read: no such file"),
        (["c.csv", "--remove", "none.csv"], "none.csv: cannot be read: no such file"),
    ],
)
def test_what_makes_no_sense_is_refused(
    database: Engine,
    ivr: Ivr,
    arguments: list[str],
    problem: str,
) -> None:
    code, out, err = ivr("customers", *arguments)
    assert (code, out) == (2, "")
    assert problem in " ".join(err.replace("│", " ").split())
    assert stored(database) == {}


def test_every_mistake_of_a_map_is_told(ivr: Ivr) -> None:
    Path("customers.map.yaml").write_text("columns: {nam: N}\nregion: XX\n")
    code, _, err = ivr("customers", "c.csv")
    assert code == 2
    assert err.count("customers.map.yaml:") == 2
    assert ivr("customers", "c.csv", "--no-map")[0] == 0


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        (
            "{customer_id: customer_id, name: nam, phones: phones}",
            "1:37: columns: no column nam is in c.csv: is name",
        ),
        (
            "{customer_id: a, name: b, phones: c}",
            "c.csv:1: no line with the columns' names: the first has to have",
        ),
        (
            "{customer_id: customer_id, name: name}",
            "c.csv:1: the column phones is missing: name it under `columns` in",
        ),
        (
            "{customer_id: [customer_id, name], name: name, phones: phones}",
            "1:11: columns: customer_id: name one",
        ),
    ],
)
def test_a_map_that_does_not_fit_the_file_is_told_with_its_place(
    ivr: Ivr,
    columns: str,
    problem: str,
) -> None:
    Path("customers.map.yaml").write_text(f"columns: {columns}\n")
    code, _, err = ivr("customers", "c.csv")
    assert code == 2
    assert problem in err


def test_a_country_that_nobody_knows_decides_nothing(database: Engine, ivr: Ivr) -> None:
    columns = "columns: {customer_id: id, name: n, phones: p}\n"
    regions = "region-column: c\nregions: {Deutschland: DE}\n"
    Path("customers.map.yaml").write_text(columns + regions)
    rows = (
        "1,A,030 23125100,deutschland",
        "2,B,030 23125100,Narnia",
        "3,C,+493023125100,Narnia",
        "4,D,020 7946 0001,uk",
        "5,E,020 7946 0001,",
    )
    Path("c.csv").write_text("id,n,p,c\n" + "\n".join(rows) + "\n")
    code, _, err = ivr("customers", "c.csv")
    assert code == 1
    assert "c.csv:3: phones: the country 'Narnia' is not known" in err
    numbers = {customer: kept["phones"] for customer, kept in stored(database).items()}
    german, british = ["+493023125100"], ["+442079460001"]
    assert numbers == {"1": german, "3": german, "4": british, "5": british}


def test_both_decimal_signs_are_told(ivr: Ivr) -> None:
    write('D1,A,,"5,5"', "D2,B,,5.5")
    code, _, err = ivr("customers", "c.csv")
    assert code == 1
    assert "note: scores have both decimal signs (1 a point, 1 a comma)" in err
    assert "c.csv:12: value: '5,5' is no number from 0 to 100" in err


def test_utf8_that_is_read_as_something_else_is_told(ivr: Ivr) -> None:
    write("D1,Zoë,,")
    said = ivr("customers", "c.csv", "--encoding", "windows-1252", "--dry-run")[2]
    assert "note: the file is read as Windows-1252, but it looks like UTF-8" in said


@pytest.mark.abuse
@pytest.mark.parametrize(
    "names",
    [
        ",".join(f"c{n}" for n in range(10_000)),
        "customer_id,name,phones,Name",
        "customer_id,name,phones\x1b[2J",
        "sep=,",
    ],
)
def test_a_hostile_line_of_names_is_refused(ivr: Ivr, names: str) -> None:
    Path("c.csv").write_text(f"{names}\n1,2,3\n")
    code, out, err = ivr("customers", "c.csv")
    assert (code, out) == (2, "")
    assert err.removesuffix("\n").isprintable()


def test_the_schema_of_a_map_is_for_editors(ivr: Ivr) -> None:
    code, out, _ = ivr("schema")
    assert code == 0
    assert {"columns", "region-column", "yes-words"} <= set(json.loads(out)["properties"])
