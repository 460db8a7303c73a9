"""What customer systems and spreadsheets write goes in as it is, or with one map beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from ivr import private_files
from ivr.cli import app
from ivr.shipped_files import share
from ivr.store.engine import writer
from tests.databases import SqliteFile, stamp
from tests.exports import EXPORTS, Export
from tests.unit.test_customers_csv import stored

Ivr = Callable[..., Result]


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    path = tmp_path / "ivr.db"
    private_files.touch(path)
    path.write_bytes(sqlite_template.read_bytes())
    stamp(SqliteFile(path))
    monkeypatch.setenv("IVR_DATABASE_URL", SqliteFile(path).url)
    monkeypatch.setenv("IVR_POLICY_DIR", str(share("dialplans")))
    monkeypatch.chdir(tmp_path)
    return writer(SqliteFile(path).url)


def written(export: Export) -> None:
    """Write the file and its map into the current folder."""
    Path("export.csv").write_bytes(export.content)
    if export.map:
        Path("customers.map.yaml").write_text(export.map, encoding="utf-8")


def ivr(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["import", "customers", *arguments])


@pytest.mark.parametrize("program", EXPORTS)
def test_it_goes_in_as_it_is_or_with_one_map(database: Engine, program: str) -> None:
    export = EXPORTS[program]
    written(export)
    said = ivr("export.csv")
    assert said.exit_code == 0, said.output
    kept = stored(database)
    assert set(kept) == set(export.stored)
    for customer, expected in export.stored.items():
        assert {name: kept[customer][name] for name in expected} == dict(expected)
    for line in export.says:
        assert line in said.stderr
    assert said.stdout == ""


@pytest.mark.parametrize("program", EXPORTS)
def test_a_second_time_all_is_the_same(database: Engine, program: str) -> None:
    export = EXPORTS[program]
    written(export)
    first = ivr("export.csv", "--dry-run")
    count = len(export.stored)
    assert (first.exit_code, stored(database)) == (0, {})
    assert f"customers: {count} new, 0 changed, 0 the same, 0 refused, 0 in doubt" in first.stderr
    ivr("export.csv")
    again = ivr("export.csv", "--dry-run")
    assert f"customers: 0 new, 0 changed, {count} the same, 0 refused, 0 in doubt" in again.stderr


def test_without_its_map_none_that_needs_one_goes_in(database: Engine) -> None:
    for program, export in EXPORTS.items():
        written(export)
        said = ivr("export.csv", "--no-map")
        assert bool(said.exception) == bool(export.map), program
