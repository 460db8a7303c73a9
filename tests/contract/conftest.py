"""Every kind of place that rows of a source may lie in."""

from pathlib import Path

import pytest

from tests import scored
from tests.databases import PostgresDatabase
from tests.mariadb import MariadbDatabase, in_mariadb
from tests.scored import Put


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
