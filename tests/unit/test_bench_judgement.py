"""What `make bench` judges by: quiet chunks, processor time, and an interval."""

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.bench import processor
from tests.bench.judgement import LEAST_CHUNKS, QUIET_CORES, Arm, Chunk, Judged, judged, percentile
from tests.bench.processor import Meter, Used
from tests.bench.sipp import Calls


def chunk(ms: float, others: float = 0.0, count: int = 100) -> Chunk:
    times = [ms + n / 100 for n in range(count)]
    calls = Calls(count, count, 3.0, answer_ms=times)
    return Chunk(calls, Used(0.2, 0.1, others * 3.0, 3.0))


def arm(*chunks: Chunk) -> Arm:
    return Arm(list(chunks))


def p50(chunks: Sequence[Chunk]) -> float:
    return percentile(chunks, 50)


def test_what_others_disturbed_does_not_count() -> None:
    quiet = [chunk(2.0)] * LEAST_CHUNKS
    loud = [chunk(90.0, others=QUIET_CORES)] * 5
    found = judged([arm(*quiet, *loud)], p50)
    assert found.rounded() == pytest.approx(2.5, abs=0.01)
    assert found.low == found.high == pytest.approx(2.5, abs=0.01)


def test_of_too_few_quiet_chunks_nothing_is_judged() -> None:
    quiet = [chunk(2.0)] * LEAST_CHUNKS
    few = [*quiet[1:], chunk(2.0, others=1.0)]
    assert judged([arm(*quiet), arm(*few)], lambda one, other: p50(one) - p50(other)) == Judged()
    assert str(Judged()) == "not judged"
    assert Judged().meets(1e9) is None


def test_the_interval_holds_what_chunks_differ_by() -> None:
    differing = arm(*[chunk(float(n)) for n in range(1, 11)])
    found = judged([differing], p50)
    assert found.low is not None
    assert found.high is not None
    assert 2 < found.low < 5
    assert 7 < found.high < 10
    assert found == judged([differing], p50)  # the same each time


@pytest.mark.parametrize(
    ("low", "high", "least", "met"),
    [
        (1.0, 2.0, False, True),
        (1.9, 2.1, False, None),
        (2.1, 3.0, False, False),
        (2.0, 3.0, True, True),
        (1.9, 2.1, True, None),
        (1.0, 1.9, True, False),
    ],
)
def test_an_aim_is_met_by_the_whole_interval(
    low: float,
    high: float,
    least: bool,
    met: bool | None,
) -> None:
    assert Judged((low + high) / 2, low, high).meets(2.0, least=least) is met


def test_processor_time_is_told_apart() -> None:
    """A program that works for us, and one that is nobody's."""
    work = "import time\nwhile time.process_time() < {}: pass\nprint(flush=True); input()"
    both = [
        subprocess.Popen(
            [sys.executable, "-c", work.format(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for seconds in (0.3, 0.5)
    ]
    try:
        meter = Meter(os.getpid(), [both[0].pid])
        for each in both:
            assert each.stdout is not None
            each.stdout.readline()
        used = meter.used()
        assert both[0].pid in processor.family(os.getpid())
    finally:
        for each in both:
            each.communicate(b"\n")
    assert used.ours == pytest.approx(0.3, abs=0.1)
    assert used.others >= 0.4  # the other one, and whoever else is there
    assert used.other_cores == used.others / used.seconds
    assert processor.of_process(both[0].pid) == 0.0
