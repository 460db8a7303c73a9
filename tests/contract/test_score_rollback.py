"""A run is taken back, on a real database."""

import pytest
from sqlalchemy import Engine

from ivr.errors import StoreError
from ivr.store.score_runs import DatabaseScoreRuns
from tests.contract import test_score_runs
from tests.contract.test_score_runs import AT, counts, score, whole, written

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
    assert {run for run, _ in written(engine)} == {1, 3}
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
    assert written(engine) == {(3, "C1")}


def test_whenever_one_begins_the_last_two_are_kept(
    engine: Engine,
    runs: DatabaseScoreRuns,
) -> None:
    for value in (10.0, 20.0, 30.0, 40.0):
        whole(runs, [score(1, value)])
    assert {run for run, _ in written(engine)} == {2, 3, 4}  # as they were when 4 began
    assert [runs.rollback(), runs.rollback()] == [3, 2]
    assert counts(engine) == {"C1": 20.0}
    with pytest.raises(StoreError, match="before run 2 is no longer kept"):
        runs.rollback()
    assert counts(engine) == {"C1": 20.0}


def test_a_run_that_failed_takes_nothing_away(engine: Engine, runs: DatabaseScoreRuns) -> None:
    for value in (10.0, 20.0):
        whole(runs, [score(1, value)])
    number = runs.begin("scoring", "calibration", AT)
    runs.write_rows(number, [score(1, 30.0)])
    runs.fail(number, "", AT)
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
    assert written(engine) == {(3, "C1")}
