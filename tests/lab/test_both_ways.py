"""The short way of the usual caller: it is short, and does what the long way does."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ivr.agi.variables import VARIABLES
from ivr.ami.message import Message
from ivr.lab.lab import Lab
from ivr.qa.calls import TestBench
from tests.lab import made_callers
from tests.lab.both_ways import Passage, Seen, loaded, long_way_only, passage
from tests.lab.conftest import brought_up
from tests.lab.made_callers import REMEMBERED, Caller
from tests.lab.test_limits import limits
from tests.lab.test_who_calls import another_trunk, forgotten

pytestmark = pytest.mark.own

KNOWN = "+442079460006"
STEPS = (
    "Goto",  # of numbers.conf
    "MSet",  # what is known of the call
    "GotoIf",  # is it a usual one?
    "MSet",  # whom it is one of; the limit of a second
    "QueueLog",  # that it has begun
    "GotoIf",  # may the service be asked?
    "AGI",
    "GotoIf",  # is the answer whole, and a usual one?
    "MSet",  # no limit any more; the language
    "UserEvent",  # the decision is told
    "QueueLog",
    "Goto",  # to `greet`
)
MOST_STEPS = 12
# What a channel comes in with: the answer about a premium caller, as set by another dialplan.
PREMIUMS = {
    "IVR_ACTION": "queue",
    "IVR_QUEUE": "premium",
    "IVR_PRIORITY": "100",
    "IVR_SEGMENT": "premium",
    "IVR_CUSTOMER": "C0001",
    "IVR_TRUST": "pin",
    "IVR_RUNG": "live",
    "IVR_DISCLOSE": "1",
    "IVR_MEMORY": "keep",
    "IVR_LABEL": "PREMIUM",
    "IVR_DONE": "1-1",
    "IVR_TEST": "1",
    "IVR_SELF_SERVICE": "account",
    "IVR_ACCOUNT": "open-case",
    "IVR_GREETING": "hello",
    "IVR_MUSIC": "premium",
    "CALL_WHOLE": "1",
    "CALL_MARK": "1-1",
    "CALL_ASKED": "n",
    "CALL_TYPED": "10023",
    "CALL_WITHHELD": "0",
    "CALL_ANSWER": "IVR_QUEUE=premium",
    "CALL_ATTESTATION": "A",
    "CALL_ASSERTED": "1",
    "CALL_FROM": "1",
}
CARRIED = "".join(
    f"set_var = {'__' if number % 3 == 0 else ''}{name}={value}\n"  # __: inherited
    for number, (name, value) in enumerate(PREMIUMS.items())
)
GIVEN = VARIABLES.keys() - {"IVR_DONE"}
GENERAL = {
    "IVR_RUNG": "dialplan",
    "IVR_ACTION": "queue",
    "IVR_QUEUE": "general-queue",
    "IVR_PRIORITY": "10",
    "IVR_LABEL": "GENERAL%20not%20identified",
}
RECALLED = {
    "IVR_RUNG": "remembered",
    "IVR_SEGMENT": "standard",
    "IVR_QUEUE": "standard",
    "IVR_PRIORITY": "20",
    "IVR_LABEL": "STANDARD%20remembered",
    "IVR_LANGUAGE": "de",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab of its own: Asterisk reads diversions, and does not give up the module again."""
    with brought_up(tmp_path_factory.mktemp("both")) as lab:
        lab.cli("module load res_pjsip_diversion.so")
        yield lab


async def no_record(_: str, __: int) -> None:
    """Look for no record of a call."""


async def test_the_usual_caller_waits_for_few_steps(lab: Lab) -> None:
    """Each application costs before the caller is answered."""
    steps: dict[str, list[str]] = {}

    def watch(side: str, _: float, message: Message) -> None:
        if side == "pbx" and message.header("Event") == "Newexten":
            steps.setdefault(message.header("Uniqueid"), []).append(message.header("Application"))

    with forgotten(lab, KNOWN):
        async with TestBench(lab.state, no_record, watch) as bench:
            report = await bench.call(KNOWN, "1000", talk=0.1)
    assert report.segment == "premium"
    assert report.call_id
    taken = steps[report.call_id]
    before = taken[: taken.index("Answer")]
    assert len(before) <= MOST_STEPS
    assert tuple(before) == STEPS


@contextmanager
def memories(lab: Lab) -> Iterator[None]:
    """One caller is remembered, as a call by the usual trunk; nobody is counted."""
    memory = "9999999999|v3|carrier||standard|standard|20|||de"
    lab.cli(f"database put ivr-remember {REMEMBERED} {memory}")
    try:
        with limits(lab, IVR_CALLS_PER_NUMBER="no"):
            yield
    finally:
        lab.cli(f"database del ivr-remember {REMEMBERED}")


async def both(
    lab: Lab,
    callers: list[Caller],
    *,
    seconds: int = 30,
    carried: str = CARRIED,
) -> tuple[list[Seen], list[Seen]]:
    """Return what there is to see of each caller: by the short way, if it is theirs; the long one.

    The service, which is this process, is waited for so long: a busy machine makes no difference.
    """
    shipped = (lab.policy_dir / "ivr.conf").read_text(encoding="utf-8")
    shipped = shipped.replace("TIMEOUT(absolute)=1)", f"TIMEOUT(absolute)={seconds})")
    with another_trunk(lab, 3, f"context = ivr\n{carried}") as there, memories(lab):
        async with passage(lab, there) as (through, port):
            short = await passed(lab, through, port, shipped, callers)
            long = await passed(lab, through, port, long_way_only(shipped), callers)
    return short, long


async def passed(
    lab: Lab,
    through: Passage,
    port: int,
    text: str,
    callers: list[Caller],
) -> list[Seen]:
    """Send the callers through this dialplan."""
    with loaded(lab, text, port):
        return await through.run(callers)


def as_told(caller: Caller, seen: Seen) -> None:
    """Nothing is set but a whole answer: neither half of one nor what the channel carried."""
    said = {name: value.decode() for name, value in seen.variables.items() if name in VARIABLES}
    assert said.keys() == GIVEN
    general = {**dict.fromkeys(said, ""), **GENERAL}
    if caller.told is None:
        assert said in (general, {**general, **RECALLED})
    elif caller.told["IVR_RUNG"] == "default":
        assert said in (caller.told, {**caller.told, **RECALLED})
    else:
        assert said == caller.told


def compared(callers: list[Caller], short: list[Seen], long: list[Seen]) -> None:
    """Whoever calls, both ways tell and set the same."""
    for caller, by_short, by_long in zip(callers, short, long, strict=True):
        assert by_short.status == by_long.status > 0, caller
        assert by_short.environment == by_long.environment, caller
        assert by_short.variables == by_long.variables, caller
        assert by_short.events == by_long.events, caller
        assert by_short.logged == by_long.logged, caller
        assert by_long.ways <= {"ivr-decided"}
        if by_short.call_id:
            as_told(caller, by_short)
            assert len(by_short.events) == 1
            kinds = [line.split("|")[2] for line in by_short.logged]
            assert kinds == ["IVRSTART", "IVRROUTED", "IVREND"]


@pytest.mark.abuse
@pytest.mark.parametrize("count", [100, pytest.param(2000, marks=pytest.mark.thorough)])
async def test_whoever_calls_both_ways_tell_and_set_the_same(lab: Lab, count: int) -> None:
    callers = made_callers.made(count)
    short, long = await both(lab, callers)
    compared(callers, short, long)
    asked = [seen for seen in short if seen.call_id]
    took_it = [seen for seen in short if seen.ways == {"ivr-usual"}]
    assert len(asked) > count * 0.8
    assert count * 0.1 < len(took_it) < count * 0.5, "there are callers of both sorts"


@pytest.mark.abuse
@pytest.mark.parametrize(
    "carried",
    [
        "CALLERID(num-pres)=prohib",
        "CALLINGNUMPRES_SV=prohib_passed_screen",
        f"CALLERID(ani)={KNOWN}",
        f"CALLERID(ani-num)={KNOWN}",
        f"CALLERID(dnid)={KNOWN}",
        f"REDIRECTING(from-num)={KNOWN}",
        "REDIRECTING(from-name)=Shy",
    ],
)
async def test_what_else_a_channel_carries_is_seen_by_both_ways(lab: Lab, carried: str) -> None:
    """Where another dialplan was before ours: it may have set what no SIP header says."""
    made = made_callers.made(200)
    answer, told = next((c.answer, c.told) for c in made if c.told and c.told["IVR_RUNG"] == "live")
    callers = [Caller(True, "+12025550150", "Ada", "", "1000", answer, told)]
    short, long = await both(lab, callers, carried=f"set_var = {carried}\n")
    compared(callers, short, long)
    assert short[0].ways == {"ivr-decided"}


@pytest.mark.abuse
@pytest.mark.parametrize("each", [False, True], ids=["in one line", "one by one"])
async def test_a_service_that_dies_after_any_variable_makes_nobody_premium(
    lab: Lab,
    each: bool,
) -> None:
    """On a channel that carries the answer of a premium caller, by both ways."""
    callers = [
        Caller(True, "+12025550150", "", "", "1000", made_callers.dying(after, each=each), None)
        for after in range(len(VARIABLES))
    ]
    short, long = await both(lab, callers)
    compared(callers, short, long)
    for seen in short:
        assert seen.call_id
        assert not [name for name in GIVEN if b"premium" in seen.variables[name].lower()]


async def test_a_service_that_hangs_costs_the_usual_caller_a_second(lab: Lab) -> None:
    """The limit ends the request, and is taken back; others do not wait for the service."""
    numbers = ("+12025550150", REMEMBERED)
    callers = [Caller(False, each, "", "", "1000", lambda _: None, None) for each in numbers]
    began = time.monotonic()
    short, long = await both(lab, callers, seconds=1)
    assert 2 <= time.monotonic() - began < 10
    compared(callers, short, long)
    assert [seen.variables["TIMEOUT(absolute)"] for seen in short] == [b"0", b"0"]
    assert re.search(r"IVR_SKIP_UNTIL=\d+", lab.cli("dialplan show globals"))
