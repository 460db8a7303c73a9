"""`ivr qa load`: what became of calls is counted rightly, and shown as text and as a page."""

import dataclasses
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.record import CallRecord
from ivr.domain.policy import Step
from ivr.qa import load, load_figures, load_plots, load_report, load_stats
from ivr.qa.load import Load, Offered
from ivr.qa.load_crowd import CrowdCall, Wait
from ivr.qa.load_figures import Conditions, Figures
from ivr.qa.load_mix import Asked, Owed

MOMENTS = st.floats(0, 100, allow_nan=False)
VALUES = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1)
PREMIUM = Asked("+442079460001", "1000", False, True, "premium", 20)
GENERAL = Asked("+442079460001", "1000", True, False, "general", 20)
OWED = {
    "premium": Owed("premium", "premium", 100, Step(45, queue="general-queue")),
    "general": Owed("", "general-queue", 10, None),
}
GOOD = CallHistory(
    "c", sip_call_id="s", tier="live", segment="premium", routed_at=100.0, queue="premium", priority=100,
    joined_at=100.1, connected_at=100.3, wait_seconds=0.2, ended_at=103.0, outcome="answered",
)  # fmt: skip


def record(
    history: CallHistory = GOOD,
    route_ms: float = 2.0,
    queue: str | None = None,
    adjustments: tuple[str, ...] = (),
    **changes: Any,
) -> CallRecord:
    decision: Any = (
        None
        if queue is None
        else SimpleNamespace(
            treatment=SimpleNamespace(queue=queue, priority=120), trace=SimpleNamespace(adjustments=adjustments)
        )
    )
    return CallRecord(dataclasses.replace(history, **changes), decision, None, route_ms)


def judged(*records: CallRecord, answered: bool = True, seen: CrowdCall | None = None, caller: Asked = PREMIUM) -> Any:
    call = Offered("s", caller, 100.0, 100.01 if answered else None, 103.0)
    return load_figures.judge(call, caller, records, seen, OWED[caller.name], 100.0)


# --- numbers ------------------------------------------------------------------------------------------


@given(VALUES, st.floats(0, 100))
def test_a_percentile_is_one_of_the_values_and_enough_are_not_above_it(values: list[float], percent: float) -> None:
    found = load_stats.percentile(values, percent)
    assert found in values
    assert sum(value <= found for value in values) >= percent / 100 * len(values) - 1e-6


def test_percentiles_of_a_hundred() -> None:
    assert [load_stats.percentile(range(1, 101), p) for p in (0, 50, 90, 99, 100)] == [1, 50, 90, 99, 100]


@given(st.floats(1e-6, 1e9))
def test_nice_numbers(least: float) -> None:
    found = load_stats.nice(least)
    assert least * (1 - 1e-6) <= found <= 2.5 * least
    assert re.match(r"[125]\.?0*e|[125]$", f"{found:.6e}")


@given(st.lists(MOMENTS), st.floats(1, 100_000))
def test_rates_count_every_moment_once(moments: list[float], length: float) -> None:
    width = load_stats.bin_seconds(length)
    rates = load_stats.rates(moments, length)
    assert len(rates) <= load_stats.MOST_BINS + 1
    widths = [width] * (len(rates) - 1) + [max(length, width) - (len(rates) - 1) * width]
    assert sum(rate * each for (_, rate), each in zip(rates, widths, strict=True)) == pytest.approx(len(moments))


@given(st.lists(st.tuples(MOMENTS, MOMENTS)))
def test_how_many_at_once(stays: list[tuple[float, float]]) -> None:
    found = load_stats.at_once(stays, 100)
    real = [(since, until) for since, until in stays if until > since]
    most = max((sum(a <= since < b for a, b in real) for since, _ in real if since < 100), default=0)
    assert max(count for _, count in found) == most
    assert found[0][0] == 0
    assert found[-1][0] == 100


@given(VALUES)
def test_a_distribution_rises_to_all_of_them(values: list[float]) -> None:
    points = load_stats.shares(values)
    assert points == sorted(points)
    assert points[-1] == (max(values), 100)
    assert len(points) <= 200


# --- one call -----------------------------------------------------------------------------------------


def test_a_call_as_it_should_be() -> None:
    one = judged(record(queue="premium"))
    assert (one.fate, one.wait, one.route_ms, one.tier) == ("answered", 0.2, 2.0, "live")
    assert (one.failed, one.lost, one.doubled, one.wrong) == ("", "", False, "")
    assert (one.at, one.connected_at, one.ended_at) == (0.0, pytest.approx(0.3), 3.0)


@pytest.mark.parametrize(
    "changes",
    [{"segment": ""}, {"segment": "standard"}, {"priority": 10}, {"queue": "general-queue"}, {"priority": None}],
)
def test_a_call_that_got_something_else_is_wrong(changes: dict[str, Any]) -> None:
    one = judged(record(**changes))
    assert one.wrong.endswith("the policy says segment premium, queue premium, priority 100")
    assert one.fate == "answered"


def test_a_queue_that_the_service_did_not_mean_is_wrong() -> None:
    assert "queue general-queue" in judged(record(queue="general-queue")).wrong


def test_a_caller_may_move_on_to_the_other_queue_after_a_while() -> None:
    assert not judged(record(queue="premium"), seen=None).wrong
    moved = record(queue="premium", wait_seconds=46.0)
    assert not judged(CallRecord(dataclasses.replace(moved.history, queue="general-queue"), None, None, 2.0)).wrong
    early = dataclasses.replace(moved.history, queue="general-queue", wait_seconds=3.0)
    assert judged(CallRecord(early, None, None, 2.0)).wrong


def test_a_priority_that_a_rule_adjusted_is_right() -> None:
    assert not judged(record(queue="premium", priority=120, adjustments=("repeat caller",))).wrong
    assert judged(record(queue="premium", priority=120)).wrong
    assert judged(record(queue="premium", priority=110, adjustments=("repeat caller",))).wrong.endswith("priority 120")


def test_calls_that_nobody_answered() -> None:
    gave_up = CrowdCall("s", "premium", gave_up=True)
    assert judged(record(outcome="abandoned")).fate == "abandoned"
    assert judged(record(outcome="lost", queue=None), seen=gave_up).fate == "abandoned", "during the greeting"
    for outcome in ("lost", "unserved", "refused", "waiting"):
        assert (judged(record(outcome=outcome)).fate, judged(record(outcome=outcome)).failed) == (
            "failed",
            f"the record says {outcome}",
        )


def test_calls_without_a_whole_record_are_lost() -> None:
    assert judged().lost == "the service has no record of it"
    assert judged(seen=CrowdCall("s", "premium", connected_at=101.0)).fate == "answered", "as Asterisk showed it"
    assert judged(seen=CrowdCall("s", "premium", gave_up=True)).fate == "abandoned"
    assert judged().failed == "reached no agent"
    assert judged(record(ended_at=None, outcome="talking")).lost == "its record has no end"
    assert judged(record(), record()).doubled


def test_a_call_that_the_pbx_did_not_answer_has_failed() -> None:
    assert (judged(answered=False).fate, judged(answered=False).failed) == ("failed", "no answer")
    assert judged(record(), answered=False).failed == "no answer"


# --- all calls ----------------------------------------------------------------------------------------


def example(*, hostile: str = "", bad: bool = False) -> Figures:
    """Ten premium calls and ten general ones; with `bad`, two of them went wrong."""
    callers = {f"{n}-x": PREMIUM if n % 2 else GENERAL for n in range(1, 21)}
    offered = [Offered(name, c, 1000.0 + n, 1000.01 + n, 1005.0 + n) for n, (name, c) in enumerate(callers.items())]
    records, seen = {}, {}
    for n, (name, caller) in enumerate(callers.items()):
        owed, at = OWED[caller.name], 1000.0 + n
        abandoned = n % 5 == 4
        history = CallHistory(
            name, sip_call_id=name, tier="live", segment=owed.segment, routed_at=at, queue=owed.queue,
            priority=owed.priority, joined_at=at, connected_at=None if abandoned else at + n / 10,
            wait_seconds=n / 10, ended_at=at + 5, outcome="abandoned" if abandoned else "answered",
        )  # fmt: skip
        records[name] = [CallRecord(history, None, None, 1.0 + n)]
        seen[name] = CrowdCall(name, caller.name, [Wait(owed.queue, at, at + n / 10)])
    if bad:
        del records["3-x"]
        records["4-x"] = [record(records["4-x"][0].history, segment=hostile or "standard", priority=100)]
    conditions = Conditions(
        rate=1, seconds=20, mix={"premium": 1, "general": 1}, talk=3, patience=20, seed=1, target=f"a lab{hostile}",
        agents={"premium": 2, f"general-queue{hostile}": 3}, asterisk="22", policy="abc", machine="2 processors",
    )  # fmt: skip
    return load_figures.figures(conditions, offered, callers, records, seen, OWED)


def test_the_table_adds_up() -> None:
    found = example()
    assert found.well
    for row in (*found.rows.values(), found.total):
        assert row.offered == row.answered + row.abandoned + row.failed
    for name in ("offered", "answered", "abandoned", "failed", "lost", "wrong"):
        assert getattr(found.total, name) == sum(getattr(row, name) for row in found.rows.values())
    assert (found.total.offered, found.total.answered, found.total.abandoned) == (20, 16, 4)
    assert found.route_ms == {"p50": 10.0, "p90": 18.0, "p99": 20.0, "slowest": 20.0}
    assert found.calling_seconds == 19
    table = load_report.lines(found)
    assert table[0].split()[:5] == ["callers", "offered", "answered", "abandoned", "failed"]
    assert table[3].split()[:5] == ["all", "20", "16", "4", "0"]
    assert load_report.verdict(found).startswith("None of 20 calls failed; every call")


def test_what_went_wrong_is_said() -> None:
    found = example(bad=True)
    assert not found.well
    assert (found.total.lost, found.total.wrong, found.total.failed, found.bad) == (1, 1, 1, 2)
    assert load_report.verdict(found) == "Of 20 calls: 1 failed, 1 lost, 1 wrong."
    assert len(found.trouble) == 3
    assert found.trouble[-1].startswith("4-x, general (withheld), 3.0 s: wrong: segment standard")
    told = json.loads(json.dumps(found.as_json()))
    assert (told["offered"], told["lost"], told["wrong"], told["well"]) == (20, 1, 1, False)
    assert told["by_kind"]["premium"]["offered"] == 10


def test_no_calls_are_not_well() -> None:
    conditions = example().conditions
    found = load_figures.figures(conditions, [], {}, {}, {}, OWED)
    assert not found.well
    assert "no such calls" in load_report.page(found)


# --- the page -----------------------------------------------------------------------------------------


def parsed(page: str) -> ET.Element:
    """The page is XML, too: so that a mistake in it is seen."""
    return ET.fromstring(page.removeprefix("<!DOCTYPE html>\n"))  # noqa: S314 - our own


@pytest.mark.parametrize("bad", [False, True])
def test_the_page_has_the_same_figures_and_needs_nothing_else(bad: bool) -> None:
    found = example(bad=bad)
    page = load_report.page(found)
    root = parsed(page)
    cells = [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]
    assert cells == [list(load_report.HEADINGS), *(list(each) for each in load_report.cells(found))]
    svg = "{http://www.w3.org/2000/svg}"
    assert len(list(root.iter(f"{svg}svg"))) == 4
    assert len(list(root.iter(f"{svg}polyline"))) >= 8
    assert not re.search(r"<script|\ssrc=|\shref=|url\(|@import", page)
    assert ("What went wrong" in page) == bad


HOSTILE = "</style><script>alert('1')</script>&\"<svg onload=x>"


def test_what_comes_from_data_is_escaped() -> None:
    page = load_report.page(example(hostile=HOSTILE, bad=True))
    root = parsed(page)
    assert "<script" not in page
    assert not list(root.iter("script"))
    assert HOSTILE in "".join(root.itertext())


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufffe\uffff")))
def test_any_name_in_a_plot_is_escaped(name: str) -> None:
    drawn = load_plots.plot(name, "s", name, [load_plots.PlotLine(name, 0, [(0, 1), (1, 2)])])
    texts = list(ET.fromstring(drawn).itertext())  # noqa: S314 - our own
    assert texts.count(name) >= 3 or not name


@given(
    st.lists(st.tuples(st.floats(0, 1e5), st.floats(0, 1e7)), max_size=30),
    st.floats(0, 1e5),
    st.booleans(),
)
def test_every_point_is_inside_the_picture(points: list[tuple[float, float]], end: float, steps: bool) -> None:
    drawn = load_plots.plot("t", "s", "y", [load_plots.PlotLine("n", 9, sorted(points), steps)], x_end=end)
    for polyline in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}polyline"):  # noqa: S314 - our own
        for pair in (polyline.get("points") or "").split():
            x, y = map(float, pair.split(","))
            assert 0 <= x <= load_plots.WIDTH
            assert 0 <= y <= load_plots.HEIGHT


@given(st.floats(0, 1e9))
def test_ticks_reach_the_top_and_are_few(top: float) -> None:
    marks = load_plots.ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top * (1 - 1e-6)
    assert 2 <= len(marks) <= 7


# --- SIPp ---------------------------------------------------------------------------------------------


def test_what_sipp_writes_is_read_as_it_comes(tmp_path: Path) -> None:
    state: Any = SimpleNamespace(sipp=None)
    calls = Load(state, tmp_path, [PREMIUM, GENERAL], 10, "t@load", longest=30)
    assert calls.calls() == []
    log = tmp_path / "messages.log"

    def line(at: str, way: str, call: str, cseq: str, first: str) -> str:
        return "\t".join(("2026-01-01", "00:00:00", at, way, f"{call}-t@load", f"CSeq:{cseq}", first)) + "\n"

    first = line("100.0", "S", "1", "1 INVITE", "INVITE sip:1000@h SIP/2.0")
    log.write_text(first + line("100.1", "R", "1", "1 INVITE", "SIP/2.0 200 OK")[:20])
    assert [(call.invited_at, call.answered_at) for call in calls.calls()] == [(100.0, None)]
    log.write_text(
        first
        + line("100.1", "R", "1", "1 INVITE", "SIP/2.0 200 OK")
        + line("100.2", "R", "1", "1 INFO", "INFO sip:sipp@h SIP/2.0")
        + line("100.3", "S", "1", "2 BYE", "BYE sip:1000@h SIP/2.0")
        + line("101.0", "S", "2", "1 INVITE", "INVITE sip:1000@h SIP/2.0")
        + line("101.1", "R", "2", "1 INVITE", "SIP/2.0 503 Service Unavailable")
    )
    told = [(c.caller, c.answered_at, c.ended_at, c.refused) for c in calls.calls()]
    assert told == [(PREMIUM, 100.1, 100.3, ""), (GENERAL, None, 101.1, "503 Service Unavailable")]


def test_the_message_to_a_caller_is_within_the_call() -> None:
    told = load.told_to_leave("7-ab@load", "127.71.1.2").decode()
    assert told.startswith("INFO sip:sipp@127.71.1.2:5070 SIP/2.0\r\n")
    assert told.endswith("\r\n\r\n")
    assert "\r\nCall-ID: 7-ab@load\r\n" in told
    (to,) = re.findall(r"\r\nTo: (.*)\r\n", told)
    assert "tag=" not in to, "SIPp would take it for the PBX's"


@pytest.mark.parametrize("longest", [None, 30.0])
def test_the_scenario_is_xml(tmp_path: Path, longest: float | None) -> None:
    state: Any = SimpleNamespace(sipp=None)
    text = Load(state, tmp_path, [PREMIUM], 1, "t", longest=longest)._scenario(tmp_path / "silence.raw")
    root = ET.fromstring(text.encode())  # noqa: S314 - our own
    assert not re.search(r"\{[a-z_]+\}", text)
    assert (root.find("pause") is not None) == (longest is None)
    assert [each.get("request") for each in root.iter("recv") if each.get("request")] == (
        [] if longest is None else ["INFO", "BYE", "INFO"]
    )
