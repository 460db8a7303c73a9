"""What becomes of calls is counted without mercy: late, lost, cut by Asterisk, wrongly premium."""

import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ivr.lab.configuration import share
from ivr.policy import files
from ivr.qa import chaos, load
from ivr.qa.load import Caller, Offered
from ivr.qa.watch import Handled

PREMIUM, OTHER = Caller("+442079460001", "70001", False, True), Caller("+442079460002", "70002", False, False)


class Seen:
    """A watch that saw these."""

    def __init__(self, by_sip_id: dict[str, Handled], logged: dict[str, Handled] | None = None) -> None:
        self.by_sip_id, self._logged = by_sip_id, logged or {}

    def from_queue_log(self) -> dict[str, Handled]:
        return self._logged


def judged(*offered: Offered, seen: Any, gaps: tuple[tuple[float, float], ...] = ()) -> chaos.Result:
    return chaos.judged("x", 1, offered, seen, gaps)


def test_served_late_and_lost() -> None:
    calls = [Offered(name, OTHER, 100.0) for name in ("a", "b", "c", "d")]
    seen = Seen({
        "a": Handled("live", "1", "general-queue", 100.8),
        "b": Handled("live", "1", "general-queue", 102.1),
        "c": Handled("live", "1"),
    })  # fmt: skip
    result = judged(*calls, seen=seen)
    assert (result.offered, result.served, result.late, result.lost) == (4, 2, 1, 2)
    assert len(result.wrong) == 3


def test_what_the_event_stream_missed_is_in_the_queue_log() -> None:
    seen = Seen({}, {OTHER.dialled: Handled("live", OTHER.dialled, "general-queue", 101.0)})
    assert judged(Offered("a", OTHER, 100.0), seen=seen).served == 1


def test_premium_that_nobody_granted() -> None:
    in_premium = Handled("live", "1", "premium", 100.5)
    result = judged(
        Offered("a", PREMIUM, 100.0), Offered("b", OTHER, 100.0), seen=Seen({"a": in_premium, "b": in_premium})
    )
    assert (result.served, result.false_premium) == (2, 1)


def test_calls_that_asterisk_dropped() -> None:
    up, gone, away, after = (Offered(n, OTHER, t) for n, t in (("a", 99.0), ("b", 90.0), ("c", 100.5), ("d", 103.0)))
    gone.ended_at = 93.0
    queued = {name: Handled("live", "1", "general-queue", t) for name, t in (("a", 99.5), ("b", 90.5), ("d", 103.5))}
    result = judged(up, gone, away, after, seen=Seen(queued), gaps=((100.0, 102.0),))
    assert (result.served, result.dropped_by_asterisk, result.late, result.lost) == (2, 2, 0, 0)


def test_a_call_that_came_while_asterisk_was_away_is_late_and_says_why() -> None:
    seen = Seen({"a": Handled("live", "1", "general-queue", 104.0), "b": Handled("live", "1", "general-queue", 110.0)})
    result = judged(Offered("a", OTHER, 101.0), Offered("b", OTHER, 105.0), seen=seen, gaps=((100.0, 102.0),))
    assert (result.served, result.late) == (2, 2)
    assert [wrong.endswith("called while Asterisk was away") for wrong in result.wrong] == [True, False]


def test_who_is_granted_premium() -> None:
    granted = load.granted(files.load(share("dialplans")))
    assert {"+442079460001", "+442079460005", "+442079460006"} <= granted
    assert not {"+442079460002", "+442079460003", "+442079460004", "+12025550110", "+12025550199"} & granted


def test_the_same_seed_gives_the_same_callers() -> None:
    granted = load.granted(files.load(share("dialplans")))
    first, second = (load.callers(random.Random("1 x"), 400, granted) for _ in range(2))
    assert first == second
    assert len({caller.dialled for caller in first}) == 400
    assert all(len(caller.dialled) <= 15 for caller in first)
    assert {caller.premium for caller in first} == {caller.withheld for caller in first} == {True, False}
    assert all((caller.number in granted) or not caller.premium for caller in first)
    assert not any(caller.premium and caller.withheld for caller in first)


def test_what_sipp_wrote_is_read(tmp_path: Path) -> None:
    lines = [
        ("100.0", "S", "1-x@chaos", "CSeq:1 INVITE", "INVITE sip:70001@h SIP/2.0"),
        ("100.5", "S", "1-x@chaos", "CSeq:1 INVITE", "INVITE sip:70001@h SIP/2.0"),  # once more
        ("100.6", "R", "1-x@chaos", "CSeq:1 INVITE", "SIP/2.0 200 OK"),
        ("103.6", "S", "1-x@chaos", "CSeq:2 BYE", "BYE sip:70001@h SIP/2.0"),
        ("101.0", "S", "2-x@chaos", "CSeq:1 INVITE", "INVITE sip:70002@h SIP/2.0"),
    ]
    text = "".join("\t".join(("2026-01-01", "00:00:00", *line)) + "\n" for line in lines) + "2026-01-01\t00:0"
    (tmp_path / "messages.log").write_text(text)
    state: Any = SimpleNamespace(sipp=None)
    calls = load.Load(state, tmp_path, [PREMIUM, OTHER], 10, "x").calls()
    assert [(c.caller, c.invited_at, c.answered_at, c.ended_at) for c in calls] == [
        (PREMIUM, 100.0, 100.6, 103.6),
        (OTHER, 101.0, None, None),
    ]
