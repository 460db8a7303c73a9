"""Telephone numbers in an import: as spreadsheets spoil them, in doubt, or nobody's."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from ivr.cli import app
from ivr.store import tables
from tests.unit import test_real_exports
from tests.unit.test_customers_csv import stored

database = test_real_exports.database  # the fixture
Import = Callable[..., Result]


@pytest.fixture
def load(database: Engine) -> Import:
    """Imports customers C0, C1, … with these numbers, as written in a region."""

    def run(region: str, *numbers: str, dry: bool = False) -> Result:
        rows = [f'C{n},Ann,"{number}"\n' for n, number in enumerate(numbers)]
        Path("c.csv").write_text("customer_id,name,phones\n" + "".join(rows), encoding="utf-8")
        Path("customers.map.yaml").write_text(f"region: {region}\n", encoding="utf-8")
        only = ["--dry-run"] if dry else []
        return CliRunner().invoke(app, ["import", "customers", "c.csv", *only])

    return run


def numbers(database: Engine) -> list[str]:
    return [number for kept in stored(database).values() for number in kept["phones"]]


@pytest.mark.parametrize(
    ("region", "written", "number"),
    [
        ("DE", "4915112345678", "+4915112345678"),
        ("DE", "3012345670.0", "+493012345670"),
        ("DE", "+493012345678.0", "+493012345678"),
        ("IT", "3331234567.0", "+393331234567"),
        ("MX", "+52 1 55 5550 1234", "+525555501234"),
        ("US", "00442079460001", "+442079460001"),
    ],
)
def test_a_number_is_stored_as_its_region_means_it(
    database: Engine,
    load: Import,
    region: str,
    written: str,
    number: str,
) -> None:
    said = load(region, written)
    assert said.exit_code == 0, said.output
    assert "doubt" not in said.stderr
    assert numbers(database) == [number]


@pytest.mark.parametrize(
    ("region", "written", "problem"),
    [
        ("GB", "4.42079E+11", "is a number that a spreadsheet has shortened: format its column"),
        ("GB", "0000000000", "is a placeholder, not a telephone number: leave it empty"),
        ("US", "1111111111", "is a placeholder, not a telephone number"),
        ("FR", "0123456789", "is a placeholder, not a telephone number"),
        ("GB", "unknown", "is a word for a withheld number: leave it empty"),
        ("GB", "-", "is not a telephone number: write it like +442079460001, or leave it empty"),
        ("GB", "+446660001234", "would be +446660001234, and there is no such number: correct it"),
        ("GB", "4915112345678", "is not a telephone number: if +4915112345678 is meant"),
    ],
)
def test_what_nobody_can_have_is_refused_with_the_reason(
    database: Engine,
    load: Import,
    region: str,
    written: str,
    problem: str,
) -> None:
    said = load(region, written)
    assert said.exit_code == 1
    assert f"c.csv:2: phones: '{written}' {problem}" in said.stderr
    assert stored(database) == {}


@pytest.mark.parametrize("dry", [True, False])
def test_doubts_are_told_and_counted(database: Engine, load: Import, dry: bool) -> None:
    said = load("SE", "468123456", "+46 8 123 456", "08-465 004 00 x123", dry=dry)
    assert said.exit_code == 0, said.output
    plus = "it could be +46468123456 as well; with a + in front there is no doubt"
    assert f"doubt: c.csv:2: phones: '468123456' is read as +468123456: {plus}" in said.stderr
    assert "c.csv:4: phones: '08-465 004 00 x123' is read as +46846500400: the ext" in said.stderr
    assert "c.csv:3" not in said.stderr
    assert "2 rows in doubt" in said.stderr or "2 in doubt" in said.stderr
    assert numbers(database) == ([] if dry else ["+468123456", "+468123456", "+46846500400"])


def test_the_next_import_mends_what_an_earlier_version_read_otherwise(
    database: Engine,
    load: Import,
) -> None:
    load("DE", "+493023125123")
    with database.begin() as connection:
        connection.execute(tables.phones.update().values(number="+494915112345678"))
    assert load("DE", "4915112345678").exit_code == 0
    assert numbers(database) == ["+4915112345678"]
