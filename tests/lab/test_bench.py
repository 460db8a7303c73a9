"""The benchmarks still run; what they measure in a few seconds says nothing."""

import json
from pathlib import Path

import pytest

from tests.bench import routing, soak

pytestmark = pytest.mark.thorough


def test_the_routing_benchmark_measures_every_dialplan(tmp_path: Path) -> None:
    figures = routing.run(routing.Sizes(seconds=2, rate=20, agi_rate=1, customers=500, top_seconds=0), tmp_path)
    assert json.loads((tmp_path / "routing.json").read_text()) == figures
    assert set(figures["absent"]) <= {"odbc", "agi"}  # no driver, no program: said, and gone on without
    assert figures["calls"] >= 2 * 40
    assert figures["failed"] == 0
    assert 0 < figures["bare_p50_ms"] <= figures["bare_p99_ms"]
    assert figures["added_p50_ms"] == round(figures["routed_p50_ms"] - figures["bare_p50_ms"], 2)
    assert not list(tmp_path.glob("lab-*"))


def test_the_soak_finds_every_call_in_our_history(tmp_path: Path) -> None:
    figures = soak.run(soak.Sizes(seconds=5, rate=5, customers=500), tmp_path)
    assert json.loads((tmp_path / "soak.json").read_text()) == figures
    assert (figures["calls"], figures["failed"], figures["lost"], figures["doubled"]) == (25, 0, 0, 0)
    assert sum(figures["outcomes"].values()) == 25
    assert figures["fds_start"] > 0
    assert figures["rss_end_mib"] > 10


def test_the_search_steps_up_and_then_halves() -> None:
    search = routing.Search(100, 1000)
    tried = []
    while not search.over:
        tried.append(search.rate)
        search.tell(bears=search.rate <= 130)
    assert tried == [100, 125, 156.25, 140.625, 132.8125]
    assert search.best == 125
