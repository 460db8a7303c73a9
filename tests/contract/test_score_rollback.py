"""A run is taken back, on a real database."""

import pytest
from sqlalchemy import Engine

from ivr.errors import StoreError
from ivr.store.score_runs import DatabaseScoreRuns
from tests.contract import test_score_runs
from tests.contract.test_score_runs import AT, counts, rows, score, whole

five_customers, runs = test_score_runs.five_customers, test_score_runs.runs  # fixtures


def test_one_run_back_and_on(engine: Engine, runs: DatabaseScoreRuns) -> None:
    whole(runs, [score(1, 10.0), score(2, 10.0)])
    whole(runs, [score(1, 20.0), score(2, 10.0), score(3, 20.0)])
    assert runs.rollback() == 1
    assert counts(engine) == {"C1": 10.0, "C2": 10.0}
    newest = runs.runs(1)[0]
    assert (newest.run, newest.state, newest.withdrawn_at) == (2, "withdrawn", AT + 99)
    assert whole(runs, [score(1, 30.0), score(2, 10.0)]) == 3
    assert counts(engine) == {"C1": 30.0, "C2": 10.0}
    assert rows(engine) == {"C1": (3, 1), "C2": (1, None)}
    assert runs.rollback() == 1
    assert counts(engine) == {"C1": 10.0, "C2": 10.0}


def test_back_to_given_scores(engine: Engine, runs: DatabaseScoreRuns) -> None:
    with pytest.raises(StoreError, match="no run is in force"):
        runs.rollback()
    whole(runs, [score(1)])
    whole(runs, [score(1, 60.0)])
    assert runs.rollback() == 1
    assert runs.rollback() == 0
    assert counts(engine) == {}
    with pytest.raises(StoreError, match="no run is in force"):
        runs.rollback()
    assert whole(runs, [score(1, 60.0)]) == 3
    assert rows(engine) == {"C1": (3, None)}


def test_not_two_runs_back_when_it_is_written_over(engine: Engine, runs: DatabaseScoreRuns) -> None:
    for value in (10.0, 20.0, 30.0):
        whole(runs, [score(1, value)])
    assert runs.rollback() == 2
    with pytest.raises(StoreError, match="before run 2 is no longer kept: run 3 has written"):
        runs.rollback()
    assert counts(engine) == {"C1": 20.0}


def test_two_runs_back_when_one_changed_nothing(engine: Engine, runs: DatabaseScoreRuns) -> None:
    for value in (10.0, 20.0, 20.0):
        whole(runs, [score(1, value)])
    assert runs.rollback() == 2
    assert runs.rollback() == 1
    assert counts(engine) == {"C1": 10.0}


def test_a_rollback_ends_the_run_that_is_under_way(engine: Engine, runs: DatabaseScoreRuns) -> None:
    other = DatabaseScoreRuns(engine)
    whole(other, [score(1, 10.0)])
    whole(other, [score(1, 20.0)])
    number = runs.begin("scoring", "calibration", AT)
    assert other.rollback() == 1
    with pytest.raises(StoreError, match=r"run 3 was ended: .* rolled back"):
        runs.write_rows(number, [score(1, 30.0)])
    assert counts(engine) == {"C1": 10.0}


def test_the_first_run_is_taken_back_although_the_next_has_begun_to_write(
    engine: Engine, runs: DatabaseScoreRuns
) -> None:
    whole(runs, [score(1, 10.0), score(2, 10.0)])
    number = runs.begin("scoring", "calibration", AT)
    runs.write_rows(number, [score(1, 20.0)])
    assert DatabaseScoreRuns(engine).rollback() == 0
    assert counts(engine) == {}
    whole(runs, [score(1, 20.0)])
    assert counts(engine) == {"C1": 20.0}
    assert rows(engine) == {"C1": (3, None)}
