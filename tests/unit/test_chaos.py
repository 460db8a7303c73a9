"""What becomes of calls is counted without mercy: late, lost, cut by Asterisk, wrongly premium."""

import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ivr.ami.message import Message
from ivr.errors import LabError
from ivr.lab import ready
from ivr.lab.lab import Lab
from ivr.policy import loader
from ivr.qa import chaos, load
from ivr.qa.asterisk_away import Away
from ivr.qa.chaos import Result
from ivr.qa.load import LoadCaller, Offered
from ivr.qa.promises import Promises, promised
from ivr.qa.watch import Handled, Watch
from ivr.shipped_files import share
from tests.lab.scripted import decision

PREMIUM, OTHER = LoadCaller("+442079460001", "70001", False, True), LoadCaller("+442079460002", "70002", False, False)


class Seen:
    """A watch that saw these."""

    def __init__(self, by_sip_id: dict[str, Handled], logged: dict[str, Handled] | None = None) -> None:
        self.by_sip_id, self._logged = by_sip_id, logged or {}

    def from_queue_log(self) -> dict[str, Handled]:
        return self._logged


def judged(*offered: Offered, seen: Any, gaps: tuple[Away, ...] = (), promises: tuple[str, ...] = ("queue",)) -> Result:
    return chaos.judged("x", 1, offered, seen, gaps, lambda caller: frozenset(promises))


def queued(queue: str, at: float) -> Handled:
    return Handled("live", "1", queue, at, "queue")


def test_served_late_and_lost() -> None:
    calls = [Offered(name, OTHER, 100.0) for name in ("a", "b", "c", "d")]
    seen = Seen({
        "a": queued("general-queue", 100.8),
        "b": queued("general-queue", 102.1),
        "c": Handled("live", "1"),
    })  # fmt: skip
    result = judged(*calls, seen=seen)
    assert (result.offered, result.served, result.late, result.lost) == (4, 2, 1, 2)
    assert len(result.wrong) == 3


def test_what_the_policy_promises_serves_a_caller_and_nothing_else_does() -> None:
    calls = [Offered(name, OTHER, 100.0) for name in ("a", "b", "c")]
    seen = Seen({name: Handled("live", "1", "", 100.5, "self-service") for name in ("a", "b")} | {
        "c": Handled("live", "1", "", 100.5, "message"),
    })  # fmt: skip
    promising = judged(*calls, seen=seen, promises=("queue", "self-service"))
    assert (promising.served, promising.lost, promising.met) == (2, 1, {"self-service": 2})
    assert "message, which the policy does not promise" in promising.wrong[0]
    assert judged(*calls, seen=seen).lost == 3


def test_a_call_on_which_asterisk_hangs_up_is_lost_unless_the_policy_ends_it() -> None:
    calls = [Offered(name, OTHER, 100.0, 100.4, 101.0, 101.0) for name in ("a", "b", "c")]
    seen = Seen({
        "a": queued("general-queue", 100.5),
        "b": Handled("live", "1", "", 100.5, "self-service"),
        "c": Handled("live", "1", "", 100.5, "message"),
    })  # fmt: skip
    result = judged(*calls, seen=seen, promises=("queue", "self-service", "message"))
    assert (result.served, result.lost, result.met) == (1, 2, {"message": 1})
    assert all("Asterisk hung up" in wrong for wrong in result.wrong)


def test_self_service_may_be_late_as_well() -> None:
    seen = Seen({"a": Handled("live", "1", "", 102.5, "self-service")})
    result = judged(Offered("a", OTHER, 100.0), seen=seen, promises=("queue", "self-service"))
    assert (result.served, result.late) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, {"queue"}),
        ({"self_service": "account"}, {"queue", "self-service"}),
        ({"ask": "menu"}, {"queue", "menu"}),
        ({"action": "voicemail", "queue": None}, {"queue", "voicemail"}),
        ({"action": "end", "queue": None}, {"queue", "message"}),
        ({"action": "refuse", "queue": None}, {"queue", "refused"}),
    ],
)
def test_what_a_decision_promises(changed: dict[str, Any], words: set[str]) -> None:
    assert promised(decision(**changed)) == words


def test_the_shipped_policy_promises_self_service_to_some_and_never_to_a_withheld_number() -> None:
    bundle = loader.load(share("dialplans"))
    callers = load.callers(random.Random("1 x"), 2000, load.granted(bundle))
    promises = Promises(bundle, callers[0].dialled)
    offered = [caller for caller in callers if "self-service" in promises.to(caller)]
    assert 0 < len(offered) < len(callers) / 2
    assert not any(caller.withheld or caller.number in load.UNKNOWN for caller in offered)


def watched(tmp_path: Path, *events: dict[str, str]) -> Watch:
    state: Any = SimpleNamespace(pbx="127.0.0.1", qa_secret="x", home=str(tmp_path))
    watch = Watch(state)
    for event in events:
        watch._event(Message(list({"Uniqueid": "1.1", "Linkedid": "1.1", "Timestamp": "100.5", **event}.items())))
    return watch


ROUTED = {"Event": "UserEvent", "UserEvent": "IvrRouted", "SipCallID": "a", "DID": "70002", "Rung": "live"}
ASKED = {"Event": "UserEvent", "UserEvent": "IvrAsked", "Ask": "self-service"}
JOINED = {"Event": "QueueCallerJoin", "Queue": "general-queue", "Position": "1"}
TOLD = {"Event": "UserEvent", "UserEvent": "IvrHandled", "What": "message"}


@pytest.mark.parametrize(
    ("events", "met", "queue"),
    [
        ((), "", ""),
        ((JOINED,), "queue", "general-queue"),
        ((ASKED,), "self-service", ""),
        ((ASKED, JOINED), "self-service", "general-queue"),
        ((ASKED, ROUTED | {"Rung": "snapshot"}, JOINED), "self-service", "general-queue"),
        ((TOLD,), "message", ""),
    ],
)
def test_what_was_there_first_is_seen(tmp_path: Path, events: tuple[dict[str, str], ...], met: str, queue: str) -> None:
    handled = watched(tmp_path, ROUTED, *events).by_sip_id["a"]
    assert (handled.met, handled.queue, handled.at) == (met, queue, 100.5 if met else None)


def test_who_is_refused_is_seen(tmp_path: Path) -> None:
    assert watched(tmp_path, ROUTED | {"Action": "refuse"}).by_sip_id["a"].met == "refused"


@pytest.mark.parametrize(
    ("lines", "met", "queue"),
    [
        (("ENTERQUEUE||x|1",), "queue", "general-queue"),
        (("IVRASKED|self-service", "ENTERQUEUE||x|1"), "self-service", "general-queue"),
        (("IVRHANDLED|message",), "message", ""),
        ((), "", ""),
    ],
)
def test_the_queue_log_says_the_same(tmp_path: Path, lines: tuple[str, ...], met: str, queue: str) -> None:
    log = tmp_path / "pbx/log/queue_log"
    log.parent.mkdir(parents=True)
    told = ("IVRROUTED|live|standard|10|70002|", *lines)
    log.write_text("".join(f"100|1.1|general-queue|NONE|{line}\n" for line in told))
    handled = watched(tmp_path).from_queue_log()["70002"]
    assert (handled.tier, handled.met, handled.queue) == ("live", met, queue)


class TestYardstick:
    """Nothing is broken first; when calls fare badly then, no fault is tried."""

    @pytest.fixture
    def tried(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        """The results of faults; what was tried, in order."""
        results: dict[str, Result] = {}
        tried: dict[str, Result] = {}

        async def try_fault(lab: Lab, fault: Any, seed: int, say: chaos.Say, *, quick: bool = False) -> Result:
            tried[fault.name] = results.get(fault.name) or Result(fault.name, seed, offered=10, served=10)
            return tried[fault.name]

        lab: Any = SimpleNamespace(up=lambda say: None, down=lambda: None, state=None)
        monkeypatch.setattr(chaos, "try_fault", try_fault)
        monkeypatch.setattr(chaos, "Lab", lambda *args, **how: lab)
        monkeypatch.setattr(ready, "import_sample", lambda lab: None)
        monkeypatch.setattr(ready, "wait", lambda state: None)
        return SimpleNamespace(tried=tried, results=results)

    def run(self, *only: str) -> list[Result]:
        install: Any = None
        return chaos.run(install, chaos.chosen(only), 1, lambda what: None, lambda result: None)

    def test_it_comes_first_whatever_is_chosen(self, tried: Any) -> None:
        assert [result.fault for result in self.run("frozen", "refused")] == ["nothing", "frozen", "refused"]
        tried.tried.clear()
        self.run("frozen", "nothing")
        assert list(tried.tried) == ["nothing", "frozen"]

    @pytest.mark.parametrize(
        ("how", "says"),
        [
            ({"lost": 3, "wrong": ["lost: x"]}, "of 119 calls 3 lost. The first: lost: x."),
            ({"late": 2}, "of 119 calls 2 late."),
            ({"false_premium": 1}, "1 premium by mistake"),
            ({"not_recorded": 4}, "4 not recorded"),
            ({"dropped_by_asterisk": 1}, "1 dropped by Asterisk"),
        ],
    )
    def test_a_bad_one_ends_the_run(self, tried: Any, how: dict[str, Any], says: str) -> None:
        tried.results["nothing"] = Result("nothing", 1, offered=119, served=116, **how)
        with pytest.raises(LabError, match="this measures nothing") as raised:
            self.run("frozen")
        assert says in str(raised.value)
        assert list(tried.tried) == ["nothing"]


def test_what_the_event_stream_missed_is_in_the_queue_log() -> None:
    seen = Seen({}, {OTHER.dialled: Handled("live", OTHER.dialled, "general-queue", 101.0, "queue")})
    assert judged(Offered("a", OTHER, 100.0), seen=seen).served == 1


def test_premium_that_nobody_granted() -> None:
    in_premium = queued("premium", 100.5)
    result = judged(
        Offered("a", PREMIUM, 100.0), Offered("b", OTHER, 100.0), seen=Seen({"a": in_premium, "b": in_premium})
    )
    assert (result.served, result.false_premium) == (2, 1)


AWAY = Away(killed_at=100.0, gone_at=101.0, back_at=104.0)


def test_calls_that_asterisk_dropped() -> None:
    """Who was up when it was told to end, or was answered before it was gone; not who had left."""
    up, left, answered, after = (
        Offered(name, OTHER, at, *answered_and_ended)
        for name, at, answered_and_ended in (
            ("a", 99.0, (99.1, 100.1)),
            ("b", 90.0, (90.1, 93.0)),
            ("c", 100.5, (100.6, 100.9)),
            ("d", 105.0, (105.1, 108.0)),
        )
    )
    waiting = {name: queued("general-queue", at) for name, at in (("a", 99.5), ("b", 90.5))}
    waiting["d"] = queued("general-queue", 105.5)
    result = judged(up, left, answered, after, seen=Seen(waiting), gaps=(AWAY,))
    assert (result.served, result.dropped_by_asterisk, result.while_asterisk_away) == (2, 2, 0)
    assert (result.late, result.lost) == (0, 0)


def test_a_call_that_came_while_asterisk_was_away_is_late_by_its_first_answer() -> None:
    """By the time since Asterisk was back, and not since the INVITE; who came then is as ever."""
    calls = [Offered(name, OTHER, at) for name, at in (("a", 100.0), ("b", 104.0), ("c", 104.1))]
    calls[1].last_invited_at = 105.5
    seen = Seen({name: queued("general-queue", at) for name, at in (("a", 105.9), ("b", 106.2))})
    seen.by_sip_id["c"] = queued("general-queue", 106.2)
    result = judged(*calls, seen=seen, gaps=(AWAY,))
    assert (result.offered, result.while_asterisk_away, result.served, result.late) == (3, 2, 1, 2)
    starts = [wrong.partition(": b")[0].partition(": c")[0] for wrong in result.wrong]
    back = "after Asterisk was back, its INVITE came after 1.500 s"
    assert starts == [f"late: 2.200 s {back}", "late: 2.100 s"]
    assert result.slowest_seconds == 2.1, "who came while it was away is not in the usual times"
    assert not result.well


@pytest.mark.parametrize(
    ("heard_at", "last_invited_at", "lost"),
    [
        (None, 103.9, 0),  # its client gave up before
        (100.6, 0.0, 0),  # told 503 by the Asterisk that went
        (None, 104.1, 1),  # its INVITE came again, to an Asterisk that was back, and was not answered
        (104.0, 0.0, 1),  # it had the very first answer, and then nothing
    ],
)
def test_who_was_never_served_is_excused_only_if_asterisk_never_saw_the_call(
    heard_at: float | None,
    last_invited_at: float,
    lost: int,
) -> None:
    call = Offered("a", OTHER, 100.5, heard_at=heard_at, last_invited_at=last_invited_at)
    result = judged(call, seen=Seen({}), gaps=(AWAY,))
    assert (result.lost, result.while_asterisk_away) == (lost, 1 - lost)
    assert result.served == result.dropped_by_asterisk == 0
    assert result.well is not bool(lost)


def test_who_met_what_is_not_promised_is_lost_also_while_asterisk_was_away() -> None:
    seen = Seen({"a": Handled("live", "1", "", 104.5, "message")})
    result = judged(Offered("a", OTHER, 101.0), seen=seen, gaps=(AWAY,))
    assert (result.lost, result.while_asterisk_away) == (1, 0)


def test_asterisk_is_back_with_its_first_answer_after_it_was_gone() -> None:
    assert AWAY.until_heard([99.0, 100.9, 103.3, 103.4]) == Away(100.0, 101.0, 103.3)
    assert AWAY.until_heard([99.0, 100.9]) == AWAY, "it said itself that it had booted"


def test_who_is_granted_premium() -> None:
    granted = load.granted(loader.load(share("dialplans")))
    assert {"+442079460001", "+442079460005", "+442079460006"} <= granted
    assert not {"+442079460002", "+442079460003", "+442079460004", "+12025550110", "+12025550199"} & granted


def test_the_same_seed_gives_the_same_callers() -> None:
    granted = load.granted(loader.load(share("dialplans")))
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
    run = load.Load(state, tmp_path, [PREMIUM, OTHER], 10, "x")
    calls = run.calls()
    assert [(c.caller, c.invited_at, c.answered_at, c.ended_at) for c in calls] == [
        (PREMIUM, 100.0, 100.6, 103.6),
        (OTHER, 101.0, None, None),
    ]
    assert [(c.last_invited_at, c.heard_at) for c in calls] == [(100.5, 100.6), (101.0, None)]
    assert run.answers == [100.6]
