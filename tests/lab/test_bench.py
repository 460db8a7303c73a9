"""The benchmarks run with the shipped policy, and measure something; how much, in a few seconds, says nothing."""

import json
import random
import sqlite3
from pathlib import Path

import pytest

from ivr.errors import LabError
from ivr.policy import loader
from ivr.policy.texts import Texts
from tests.bench import hold, memory, policy, rig, routing, routing_report, score, soak
from tests.bench.judgement import Chunk
from tests.bench.processor import Used
from tests.bench.sipp import Calls

pytestmark = [pytest.mark.alone, pytest.mark.thorough]


def test_the_routing_benchmark_measures_every_dialplan(tmp_path: Path) -> None:
    figures = routing.run(routing.Sizes(seconds=2, rate=20, agi_rate=1, customers=500, top_seconds=0), tmp_path)
    assert json.loads((tmp_path / "routing.json").read_text()) == figures
    assert set(figures["absent"]) <= {"odbc", "agi"}  # no driver, no program: said, and gone on without
    assert figures["calls"] >= 4 * 40
    assert figures["failed"] == 0
    for name in ("bare", "constant", "routed", "mixed"):
        assert 0 < figures[f"{name}_p50_ms"] <= figures[f"{name}_p99_ms"]
    assert figures["added_p50_ms"] is None  # of one chunk nothing is judged
    assert figures["sessions_per_core_s"] > 100
    assert not list(tmp_path.glob("lab-*"))


def test_the_soak_finds_every_call_in_our_history(tmp_path: Path) -> None:
    figures = soak.run(soak.Sizes(seconds=5, rate=5, customers=500), tmp_path)
    assert json.loads((tmp_path / "soak.json").read_text()) == figures
    assert (figures["calls"], figures["failed"], figures["lost"], figures["doubled"]) == (25, 0, 0, 0)
    assert sum(figures["outcomes"].values()) == 25
    assert figures["fds_start"] > 0
    assert figures["rss_end_mib"] > 10


def test_the_memory_benchmark_measures_what_is_held_and_how_soon(tmp_path: Path) -> None:
    figures = memory.run(6000, tmp_path)
    assert json.loads((tmp_path / "memory.json").read_text()) == figures
    assert 0 < figures["steady_mb"] <= figures["peak_mb"]
    assert 0 < figures["lookup_p50_us"] <= figures["lookup_p99_us"]
    assert 0 < figures["change_s"] <= figures["change_most_s"] < memory.CHANGE_SECONDS
    assert 0 < figures["bulk_s"] <= figures["bulk_in_memory_s"]
    assert 0 <= figures["held_p9999_ms"] <= figures["held_most_ms"]
    assert not list(tmp_path.glob("memory-*/*.db"))


def test_the_loop_is_watched_while_all_else_is_done(tmp_path: Path) -> None:
    figures = hold.run(hold.Sizes(seconds=12, rate=5, customers=500), tmp_path)
    assert json.loads((tmp_path / "hold.json").read_text()) == figures
    assert (figures["calls"], figures["failed"]) == (60, 0)
    assert figures["turns"] > 1000
    assert 0 <= figures["held_p9999_ms"] <= figures["held_most_ms"] < 1000


def test_the_score_benchmark_measures_a_full_run_and_a_night(tmp_path: Path) -> None:
    figures = score.run(2000, tmp_path)
    assert json.loads((tmp_path / "score.json").read_text()) == figures
    assert [each["kind"] for each in figures] == ["full", "night"]
    for each in figures:
        assert (each["customers"], each["contacts"], each["late"]) == (2000, 20_000, 0)
        assert 0 < each["write_s"] < each["total_s"]
        assert 0 < each["compute_s"] < each["total_s"]
        assert each["peak_mb"] > 50
        assert 0 < each["lookup_p99_ratio"] < float("inf")
    assert figures[1]["changed"] < figures[0]["changed"] == 2000
    assert not list(tmp_path.glob("score-*/*.db"))


@pytest.mark.parametrize(
    ("table", "column"),
    [("score_chunks", "scores"), ("metric_chunks", "states")],
)
def test_a_night_that_differs_from_a_full_run_is_not_measured(
    tmp_path: Path,
    table: str,
    column: str,
) -> None:
    for name, told in (("night.db", 1.0), ("whole.db", 2.0)):
        with sqlite3.connect(tmp_path / name) as database:
            database.execute("CREATE TABLE score_runs (run, state)")
            database.execute("INSERT INTO score_runs VALUES (1, 'done')")
            for each, columns in score.COMPARED.items():
                database.execute(f"CREATE TABLE {each} ({columns}, run)")
                database.execute(f"INSERT INTO {each} (run) VALUES (1)")  # noqa: S608 - ours
            database.execute(f"UPDATE {table} SET {column} = ?", [told])  # noqa: S608 - ours
        database.close()
    with pytest.raises(LabError, match="this measures nothing: the night differs"):
        score._same(tmp_path / "night.db", tmp_path / "whole.db", 1)


def test_the_policy_benchmark_measures_the_shipped_policy_and_made_up_ones() -> None:
    figures = policy.run(rounds=3)
    for name in ("shipped", "rules20", "rules20_cel", "rules200"):
        assert 0 < figures[f"{name}_p50_us"] <= figures[f"{name}_p99_us"]
    assert 0 < figures["rules200_check_ms"] < figures["rules200_load_ms"]


def test_a_policy_that_decides_nothing_is_not_measured() -> None:
    bundle = loader.parse(Texts(policy.policy(1), policy.AGENTS), Path())
    with pytest.raises(LabError, match="this measures nothing: x: only 0 rules decide"):
        policy.timed("x", bundle, policy.cases(20), 3)


def test_a_dialplan_that_does_not_answer_is_not_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every call to our dialplan is refused: the first ones say so, and no more are placed."""
    placed = []

    def chunk(_: rig.Rig, dialled: str, rate: float, seconds: float, **how: object) -> Chunk:
        placed.append((dialled, rate))
        count = round(rate * seconds)
        bad = dialled == rig.ROUTED
        calls = Calls(count, 0 if bad else count, seconds, answer_ms=[] if bad else [1.0] * count)
        return Chunk(calls, Used(0.0, 0.0, 0.0, seconds))

    monkeypatch.setattr(rig.Rig, "chunk", chunk)
    absent = dict.fromkeys((rig.ODBC, rig.AGI, rig.CONSTANT, routing_report.MIXED), "")
    here = rig.Rig(None, 1, absent, random.Random(1))  # type: ignore[arg-type]
    with pytest.raises(LabError, match=r"this measures nothing: 10 of 10 calls at 5/s failed with ours: mend that, or"):
        routing._rounds(here, routing.Sizes(rate=20))
    assert placed == 2 * [(rig.BARE, 5.0), (rig.ROUTED, 5.0)]  # once for whoever is slow at first


def test_the_search_steps_up_and_then_halves() -> None:
    search = routing.Search(100, 1000)
    tried = []
    while not search.over:
        tried.append(search.rate)
        search.tell(bears=search.rate <= 130)
    assert tried == [100, 125, 156.25, 140.625, 132.8125]
    assert search.best == 125
