"""How reports say times and verdicts."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime

from ivr.qa.scenarios.result import WORST, Check, RunResult, ScenarioResult, Verdict

SIGNS: dict[Verdict, str] = {"passed": "✓", "warned": "!", "failed": "✗", "skipped": "-"}


def seconds(value: float | None) -> str:
    """A duration: `0.2 s`, `93.2 s`, `12 min 4 s`; a dash for none."""
    if value is None or not math.isfinite(value):
        return "-"
    if value < 120:
        return f"{value:.1f} s"
    minutes, rest = divmod(round(value), 60)
    return f"{minutes} min {rest} s"


def wait(value: float | None) -> str:
    """A part of a call, more exactly: `0.21 s`, `41.0 s`; limits are often tenths of a second."""
    return f"{value:.2f} s" if value is not None and 0 <= value < 10 else seconds(value)


def milliseconds(value: float | None) -> str:
    """A short duration: `2.1 ms`; a dash for none."""
    return "-" if value is None or not math.isfinite(value) else f"{value:.1f} ms"


def moment(unix: float) -> datetime | None:
    """A Unix time; None where it is out of any calendar."""
    try:
        return datetime.fromtimestamp(unix, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def scenarios(number: int) -> str:
    """`1 scenario`, `2 scenarios`."""
    return f"{number} scenario{'' if number == 1 else 's'}"


def headline(run: RunResult) -> str:
    """The verdict on the whole run, in a sentence."""
    count, total = run.count(), len(run.scenarios)
    ran = total - count["skipped"]
    if count["failed"]:
        said = f"{count['failed']} of {scenarios(ran)} failed"
    elif not ran:
        said = "No scenario ran"
    elif count["warned"]:
        said = f"Nothing failed, {count['warned']} of {scenarios(ran)} warned"
    else:
        said = f"All {scenarios(ran)} passed" if ran > 1 else "The scenario passed"
    return f"Interrupted: {said[0].lower()}{said[1:]} until then" if run.interrupted else said


def misses(result: ScenarioResult) -> Iterator[tuple[str, Check]]:
    """The checks that failed, then those that warned, each with its caller's name (empty: of all callers)."""
    for verdict in WORST[:2]:
        yield from ((caller, check) for caller, check in result.all_checks() if check.verdict == verdict)


def missed(caller: str, check: Check) -> str:
    """One check that did not pass: `general-1: wait: expected at most 2 s, saw 2.4 s`."""
    whose = f"{caller}: " if caller else ""
    return f"{whose}{check.what}: expected {check.expected}, saw {check.seen or 'nothing'}"


def why(result: ScenarioResult) -> str:
    """In one sentence why a scenario did not pass; empty if it did."""
    first = next(misses(result), None)
    if result.verdict in ("failed", "warned") and first:
        return missed(*first)
    return result.why
