"""What the far side saw, against what is on record: each thing that can be wrong is found."""

from dataclasses import replace

import pytest

from ivr.domain.calls.gaps import Gap
from ivr.domain.calls.stays import Stay, Talk
from ivr.qa.far_side import FarCall, FarTalk
from ivr.qa.history_callers import CallerPlan
from ivr.qa.history_compare import ComparedHistory, assign, compare
from ivr.qa.history_faults import AsteriskGone
from ivr.qa.history_records import Recorded, RecordedCall, StateSpan

T = 1_700_000_000.0
PLAN = CallerPlan("general", "+442079461000", "20000", 1.0, 9.0)
STAY = Stay(1, "general-queue", T + 1, "answered", T + 2, 1.0, "Ava", "PJSIP/ava", 3.0)
TALK = Talk(1, 1, "Ava", "PJSIP/ava", T + 2, T + 5, "caller")
ROW = RecordedCall("1.1", "abc", PLAN.number, PLAN.dialled, T + 5, "answered", "", (STAY,), (TALK,))


def far() -> FarCall:
    call = FarCall(PLAN, "t1", "abc", T, T + 0.1, T + 5.1, "ANSWER")
    assign([call], [FarTalk("ava", PLAN.number, "1.1", T + 2, T + 5)], {"abc": "1.1"})
    return call


def compared(
    *rows: RecordedCall,
    gaps: tuple[Gap, ...] = (),
    gone: tuple[AsteriskGone, ...] = (),
) -> ComparedHistory:
    return compare([far()], gone, Recorded(rows, (), gaps))


def test_what_is_alike_is_well() -> None:
    assert compared(ROW).wrong == []


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ((), "lost"),
        ((replace(ROW, talks=()),), "lost"),
        ((replace(ROW, ended_at=None),), "lost"),
        ((ROW, replace(ROW, call_id="1.2")), "double"),
        ((replace(ROW, talks=(TALK, replace(TALK, number=2, began_at=T + 4))),), "double"),
        ((replace(ROW, stays=(replace(STAY, left_at=T + 4),)),), "untrue"),
        ((replace(ROW, stays=()),), "lost"),
        ((replace(ROW, talks=(), stays=(STAY, STAY)),), "double"),
        ((replace(ROW, talks=(TALK, replace(TALK, interface="PJSIP/bea"))),), "ghosts"),
        (
            (ROW, replace(ROW, call_id="9", sip_call_id="", caller_number="1", dialled="2")),
            "ghosts",
        ),
        ((replace(ROW, talks=(replace(TALK, ended_at=T + 9),)),), "untrue"),
        ((replace(ROW, ended_at=T + 9),), "untrue"),
        ((replace(ROW, outcome="abandoned"),), "untrue"),
    ],
)
def test_what_differs_is_counted(rows: tuple[RecordedCall, ...], what: str) -> None:
    found = compared(*rows)
    assert getattr(found, what) >= 1, found.wrong
    assert any(sentence.startswith(what) for sentence in found.wrong)


def test_a_gap_needs_a_cause_and_excuses_its_calls() -> None:
    gap = Gap("calls", T + 1, T + 3, "Asterisk ended without a word", ("1.1",))
    gone = AsteriskGone(T + 2, T + 3)
    cut = replace(ROW, talks=(), outcome="lost")
    assert compared(cut, gaps=(gap,), gone=(gone,)).wrong == []
    assert compared(cut, gaps=(gap,)).without_cause == 1


def test_an_agents_day_adds_up() -> None:
    def day(*spans: StateSpan) -> ComparedHistory:
        return compare([far()], (), Recorded((ROW,), spans, ()))

    ready = StateSpan("PJSIP/ava", T, T + 2, "ready", "")
    talking = StateSpan("PJSIP/ava", T + 2, T + 5, "talking", "1.1")
    after = StateSpan("PJSIP/ava", T + 5, None, "ready", "")
    assert day(ready, talking, after).days == 0
    assert day(ready, replace(talking, at=T + 3), after).days == 1
    assert day(ready, replace(talking, until=T + 9), replace(after, at=T + 9)).days == 1
    assert day(replace(ready, until=T + 5), after).days == 1
