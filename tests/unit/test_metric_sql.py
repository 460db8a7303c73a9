"""The SQL of the forms, as each engine is asked.

`python -m tests.unit.test_metric_sql` writes it anew.
"""

from pathlib import Path
from typing import get_args

import pytest
import sqlglot

from ivr.policy.scoring.loader import SCORING, load
from ivr.shipped_files import share
from ivr.warehouse.metric_sql import Dialect, question, translated
from tests.contract.test_warehouse_same import METRICS
from tests.scored import AT, ORDERS, scoring

FOLDER = Path(__file__).parents[1] / "data/metric_sql"


def golden(dialect: Dialect) -> str:
    """A line for each state of each form, and the rows that are asked."""
    asked = question(scoring(*METRICS), ORDERS, AT)
    assert asked is not None
    sql = translated(asked.sql, dialect)
    return sql.replace(", CAST(", ",\n  CAST(").replace(" FROM ", "\nFROM ") + "\n"


@pytest.mark.parametrize("dialect", get_args(Dialect))
def test_engines_are_asked_as_they_were(dialect: Dialect) -> None:
    assert golden(dialect) == (FOLDER / f"{dialect}.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("dialect", get_args(Dialect))
def test_what_is_shipped_can_be_asked_of_every_engine(dialect: Dialect) -> None:
    made = load(share("dialplans") / SCORING)
    for source in made.sources.values():
        asked = question(made, source, AT)
        assert asked is not None
        assert sqlglot.parse_one(translated(asked.sql, dialect), read=dialect)


if __name__ == "__main__":
    for each in get_args(Dialect):
        (FOLDER / f"{each}.sql").write_text(golden(each), encoding="utf-8")
