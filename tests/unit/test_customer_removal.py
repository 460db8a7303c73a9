"""Customers who have left: named one by one, marked in a file, or no longer in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, insert, select

from ivr.domain.imports import ImportMap
from ivr.errors import FileError, RemovalError
from ivr.numbers.e164 import PhoneNumbers
from ivr.store import customer_removal, customer_survey, tables
from ivr.store.customer_removal import Leaving, remove, who_leaves
from ivr.store.customers_csv import ImportReport, import_customers
from ivr.store.engine import writing
from tests.unit.test_customers_csv import stored

Load = Callable[..., ImportReport]


@pytest.fixture
def load(tmp_path: Path, engine: Engine) -> Load:
    """Imports a file; there are ten customers with a number and scores each."""

    def do(content: str, given: ImportMap | None = None) -> ImportReport:
        path = tmp_path / "c.csv"
        path.write_text(content)
        return import_customers(engine, path, PhoneNumbers(), "GB", given=given)

    rows = [f"C{n},N{n},+44207946000{n},5\n" for n in range(10)]
    do("".join(["customer_id,name,phones,value\n", *rows]))
    with writing(engine) as connection:
        connection.execute(
            insert(tables.customer_places),
            [{"customer_id": f"C{n}", "place": n} for n in range(10)],
        )
    return do


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        found: int = connection.execute(
            select(func.count()).select_from(tables.metadata.tables[table]),
        ).scalar_one()
        return found


def test_a_marked_customer_is_removed_with_numbers_and_scores(engine: Engine, load: Load) -> None:
    report = load(
        "customer_id,name,phones,remove\nC3,,,yes\nC4,Four,,no\nC99,?,nonsense,y\nC5,Five,,\n",
    )
    assert (report.rows_ok, report.rows_bad, report.removed) == (2, 0, 1)
    kept = stored(engine)
    assert set(kept) == {f"C{n}" for n in range(10)} - {"C3"}
    assert kept["C4"]["name"] == "Four"
    assert (count(engine, "phones"), count(engine, "customer_places")) == (7, 9)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("C3,,,perhaps", "2: remove: 'perhaps' does not fit: write yes or no"),
        ("C 3,,,yes", "2: 'C 3' does not fit"),
        ("C3,N,,\nC3,,,yes", "3: customer_id: 'C3' is in line 2 already"),
    ],
)
def test_a_mark_that_is_none_removes_nobody(
    engine: Engine,
    load: Load,
    row: str,
    problem: str,
) -> None:
    report = load(f"customer_id,name,phones,remove\n{row}\n")
    assert (report.rows_bad, report.removed, len(stored(engine))) == (1, 0, 10)
    assert problem in report.problems[0]


def test_a_map_says_which_words_mark(engine: Engine, load: Load) -> None:
    given = ImportMap(
        columns={name: (name,) for name in ("customer_id", "name", "phones")}
        | {
            "remove": ("State",),
        },
        values={"remove": {"Ended": "yes", "Active": "no"}},
    )
    report = load("customer_id,name,phones,State\nC1,A,,ENDED\nC2,B,,active\n", given)
    assert (report.rows_ok, report.removed) == (1, 1)
    assert "C1" not in stored(engine)


def test_who_leaves_is_said_before(engine: Engine, load: Load) -> None:
    assert who_leaves(engine, {"C1", "C2", "X"}) == Leaving(
        ("C1", "C2"),
        10,
        (("C1", "N1"), ("C2", "N2")),
        1,
    )
    gone = who_leaves(engine, set(), only={"C0", "C1", "X"}, most=2)
    assert gone.customers == tuple(f"C{n}" for n in range(2, 10))
    assert gone.named == (("C2", "N2"), ("C3", "N3"))
    assert who_leaves(engine, set()).customers == ()


@pytest.mark.parametrize(
    ("leave", "allowed", "refused"),
    [
        (1, None, False),
        (2, None, True),
        (2, 2, False),
        (3, 2, True),
        (10, 10, False),
        (1, 0, True),
        (0, 0, False),
    ],
)
def test_more_than_a_tenth_needs_a_word(leave: int, allowed: int | None, refused: bool) -> None:
    leaving = Leaving(tuple(f"C{n}" for n in range(leave)), 10)
    if not refused:
        leaving.refuse_many(allowed)
        return
    with pytest.raises(
        RemovalError,
        match=rf"{leave} of 10 customers .* --remove-up-to {leave} removes them",
    ):
        leaving.refuse_many(allowed)


def test_they_are_removed_some_at_a_time(
    engine: Engine,
    load: Load,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(customer_removal, "_AT_ONCE", 3)
    monkeypatch.setattr(customer_removal, "_ASKED", 2)
    done: list[int] = []
    assert remove(engine, [f"C{n}" for n in range(7)], done.append) == 7
    assert done == [3, 6, 7]
    assert set(stored(engine)) == {"C7", "C8", "C9"}
    assert remove(engine, ["C1"]) == 0


def test_an_import_that_is_interrupted_removes_whole_customers(engine: Engine, load: Load) -> None:
    def interrupt(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("DELETE FROM customers"):
            raise KeyboardInterrupt

    event.listen(engine, "before_cursor_execute", interrupt)
    report = load("customer_id,name,phones,remove\nC3,,,yes\n")
    event.remove(engine, "before_cursor_execute", interrupt)
    assert (report.stopped_at_line, report.removed) == (1, 0)
    assert stored(engine)["C3"]["phones"] == ["+442079460003"]


@pytest.mark.parametrize(
    ("row", "line"),
    [('"C2"x,B,,', 3), (",B,,", 3), ("C2,B,,\n\n'', ", 0)],
    ids=["quotes", "empty", "fine"],
)
def test_a_whole_list_has_to_say_whom_each_row_is_about(
    tmp_path: Path,
    row: str,
    line: int,
) -> None:
    path = tmp_path / "c.csv"
    path.write_text(f"customer_id,name,phones,value\nC1,A,,\n{row}\n")
    if not line:
        assert {"C1", "C2"} <= customer_survey.survey(path, listed=True).listed
        return
    with pytest.raises(FileError, match=rf"c\.csv:{line}: nobody can say whom this row is about"):
        customer_survey.survey(path, listed=True)


def test_rows_that_do_not_fit_still_list_their_customers(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("customer_id,name,phones,value\nC1,A,nonsense,\nC2\nC3,B,,,,\n\nC4\n")
    assert customer_survey.survey(path, listed=True).listed == {"C1", "C2", "C3", "C4"}
