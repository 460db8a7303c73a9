"""The engine is a setting: each gives the same, and one that cannot be used says what to do."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ivr.domain.scoring.attributes import Attribute
from ivr.domain.scoring.reading import Reading
from ivr.errors import SettingError
from ivr.warehouse import engines
from ivr.warehouse.engines import Engine
from tests import scored
from tests.contract.test_warehouse import FORMS
from tests.databases import PostgresDatabase
from tests.scored import ROWS, Row, ago, metric, read, scoring

INTO = {"csv": scored.in_csv, "parquet": scored.in_parquet, "sqlite": scored.in_sqlite}
ODD: Sequence[Row] = [
    *ROWS,
    ("C1", ago(2), None, 'a "quoted", ü;\nsecond line', "", "1", "yes"),
    ("C2", ago(3), "no amount", "ok", "phone", "1", "yes"),
    ("", ago(3), "1", "ok", "phone", "1", "yes"),
    ("C9 of nobody", ago(3), "1", "ok", "\\.", "1", None),
]


@pytest.fixture(params=INTO)
def put(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Sequence[Row]], str]:
    return lambda rows: INTO[request.param](tmp_path, rows)


def told(reading: Reading) -> tuple[object, ...]:
    states = {
        name: [None if math.isnan(each) else each for each in values.tolist()]
        for name, values in reading.states.items()
    }
    return states, dict(reading.texts), reading.sources


def test_postgresql_gives_what_duckdb_gives(
    put: Callable[[Sequence[Row]], str],
    empty_postgres: PostgresDatabase,
) -> None:
    numbered = [replace(each, name=f"m{n}") for n, (each, _) in enumerate(FORMS)]
    said = Attribute("said", "text", "orders", '"status"', '"channel" IS NULL OR "channel" < \'a\'')
    made = replace(scoring(*numbered), attributes={"said": said})
    place = put([each for each in ODD if each[2] != "no amount"])
    engine = engines.chosen("postgresql", empty_postgres.url, "sqlite:///var/ivr.db")
    expected, found = read({"orders": place}, made), read({"orders": place}, made, engine=engine)
    assert told(found) == told(expected)
    assert expected.sources[0].rows == len(ODD) - 1
    assert found.texts[said.column][0] is not None


def test_bad_rows_are_told_whichever_engine_calculates(
    tmp_path: Path,
    empty_postgres: PostgresDatabase,
) -> None:
    place = scored.in_csv(tmp_path, ODD)
    engine = engines.chosen("postgresql", "", empty_postgres.url)
    made = scoring(metric("sum"))
    found = read({"orders": place}, made, engine=engine)
    assert told(found) == told(read({"orders": place}, made))
    assert found.sources[0].bad == 2


def test_nothing_stays_in_the_database_that_calculated(
    tmp_path: Path,
    empty_postgres: PostgresDatabase,
) -> None:
    engine: Engine = engines.chosen("postgresql", empty_postgres.url, "")
    reading = read({"orders": scored.in_csv(tmp_path, ROWS)}, scoring(metric("sum")), engine=engine)
    assert reading.sources[0].error == ""
    with empty_postgres.connected() as connection:
        left = connection.execute("SELECT count(*) FROM pg_class WHERE relname = 'staged'")
        assert left.fetchone() == (0,)


def test_a_postgresql_that_is_away_fails_the_source_and_shows_no_password(tmp_path: Path) -> None:
    url = f"postgresql://ivr:secret-word@/ivr?host={tmp_path}"
    engine = engines.chosen("postgresql", url, "")
    reading = read({"orders": scored.in_csv(tmp_path, ROWS)}, scoring(metric("sum")), engine=engine)
    assert reading.sources[0].error
    assert "secret-word" not in reading.sources[0].error
    assert not reading.states


@pytest.mark.parametrize("url", ["", "mysql://host/name", "no url"])
def test_postgresql_without_a_postgresql_says_what_to_set(url: str) -> None:
    with pytest.raises(SettingError, match=r"ENGINE_URL.*postgresql://.*--engine duckdb"):
        engines.chosen("postgresql", url, "sqlite:///var/ivr.db")


def test_the_service_s_own_postgresql_calculates_where_no_other_is_set() -> None:
    assert engines.chosen("postgresql", "", "postgresql+psycopg://ivr@host/name")
