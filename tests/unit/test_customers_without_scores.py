"""Files of customers that give some scores, or none."""

from collections.abc import Callable

from sqlalchemy import Engine

from ivr.store.customer_columns import SCORE_NAMES
from ivr.store.customers_csv import ImportReport
from tests.unit import test_customers_csv
from tests.unit.test_customers_csv import row, rows, stored

Load = Callable[[str], ImportReport]
load = test_customers_csv.load  # the fixture
SCORELESS = "customer_id,name,phones,language,tags,preferred_agent,blocked"


def without_scores(customer_id: str = "C1", name: str = "Ann") -> str:
    return f"{SCORELESS}\n{customer_id},{name},,en,,,\n"


def test_a_file_without_scores_leaves_them_and_their_age(engine: Engine, load: Load) -> None:
    load(rows(row(value="90", potential="", need="5")))
    before = stored(engine)["C1"]
    load(without_scores(name="Anna"))
    after = stored(engine)["C1"]
    assert after["name"] == "Anna"
    assert after["updated_at"] > before["updated_at"]
    scores = (*SCORE_NAMES, "scored_at")
    assert {name: after[name] for name in scores} == {name: before[name] for name in scores}
    assert [after[name] for name in SCORE_NAMES] == [90.0, None, 5.0]


def test_who_was_never_given_scores_has_none_of_any_age(engine: Engine, load: Load) -> None:
    assert load(without_scores("C2")).problems == ()
    assert [stored(engine)["C2"][name] for name in (*SCORE_NAMES, "scored_at")] == [None] * 4


def test_a_file_may_have_some_of_the_scores(engine: Engine, load: Load) -> None:
    load(rows(row(value="90", potential="70", need="5")))
    before = stored(engine)["C1"]
    load(f"{SCORELESS},need\nC1,Ann,,en,,,,60\n")
    after = stored(engine)["C1"]
    assert [after[name] for name in SCORE_NAMES] == [90.0, 70.0, 60.0]
    assert after["scored_at"] > before["scored_at"]
