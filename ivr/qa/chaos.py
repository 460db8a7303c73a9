"""`make chaos`: one fault after the other under real calls, and what became of each call.

A call is *served* when it joined a queue, or met what the policy promises this caller in its place (self-service, a
question, a message, an end), and Asterisk did not hang up on it; *late* when that took more than LATE_SECONDS from its
first INVITE; *dropped* when Asterisk itself was restarted under it; else *lost*. Both times are of one machine's clock:
SIPp's for the INVITE, Asterisk's for what the caller met.

A call whose first INVITE came *while Asterisk was away* counts apart, and is late only when what it
met came more than LATE_SECONDS after Asterisk's first SIP answer. One that nobody served is excused
when the Asterisk that is back never had its INVITE; else it is lost.

Each decision of the service that Asterisk applied is also in the database in the end:
ivr/qa/chaos_records.py compares the two.

The first row is the yardstick: nothing is broken. When calls fare badly in it, the others would measure nothing, and
none is tried.
"""

import asyncio
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ivr.errors import LabError
from ivr.lab import ready
from ivr.lab.asterisk_install import AsteriskInstall
from ivr.lab.lab import Lab
from ivr.policy import loader
from ivr.qa import load
from ivr.qa.asterisk_away import Away
from ivr.qa.chaos_records import Compared, RecordedDecisions, applied, compare
from ivr.qa.faults import FAULTS, Fault, Site
from ivr.qa.load import Load, LoadCaller, Offered
from ivr.qa.promises import ENDS, Promises
from ivr.qa.watch import QUEUE, Handled, Watch
from ivr.shipped_files import share

RATE = 10.0  # calls per second
LATE_SECONDS = 2.0
LEAD_SECONDS, TAIL_SECONDS = 3.0, 5.0  # of load before a fault begins, and after it is mended
QUICK_SECONDS = 4.0
YARDSTICK = FAULTS[0]
_MOST_SECONDS = 300  # for which callers are at hand
Say = Callable[[str], None]


@dataclass(slots=True)
class Result:
    """What became of the calls of one fault. `skipped` says why it was not tried."""

    fault: str
    seed: int
    offered: int = 0
    served: int = 0
    late: int = 0
    while_asterisk_away: int = 0  # in none of the other counts, but for `late`
    dropped_by_asterisk: int = 0
    lost: int = 0
    false_premium: int = 0
    not_recorded: int = 0  # decisions that Asterisk applied and the database has not
    not_applied: int = 0  # decisions that the database has and Asterisk did not apply
    skipped: str = ""
    seconds: float = 0.0  # how long the fault lasted, as planned
    median_seconds: float | None = None  # from INVITE to what was there for the caller
    slowest_seconds: float | None = None
    rungs: dict[str, int] = field(default_factory=dict)
    met: dict[str, int] = field(default_factory=dict)  # what was there first for those who were served
    wrong: list[str] = field(default_factory=list)  # a sentence for each call that is counted as such

    @property
    def well(self) -> bool:
        """Whether it was tried, and no call was late, lost, wrongly premium or not recorded.

        A decision that is recorded and not applied does no harm.
        """
        bad = self.late or self.lost or self.false_premium or self.not_recorded
        return self.offered > 0 and not (self.skipped or bad)


def chosen(only: Sequence[str]) -> list[Fault]:
    """The faults of these names, all of them when there is none; raises KeyError for a name that is none."""
    by_name = {fault.name: fault for fault in FAULTS}
    return [by_name[name] for name in only] or list(FAULTS)


def run(
    install: AsteriskInstall,
    faults: Sequence[Fault],
    seed: int,
    say: Say,
    done: Callable[[Result], None],
    *,
    quick: bool = False,
) -> list[Result]:
    """Run the faults on a lab of their own; whatever was started is stopped, also when it is interrupted.

    The yardstick comes first, whatever was chosen; LabError when it shows that nothing would be measured. `done` is
    told each result as soon as it is there.
    """
    faults = [YARDSTICK, *(fault for fault in faults if fault is not YARDSTICK)]
    home = Path(tempfile.mkdtemp(prefix="ivr-chaos-"))
    results: list[Result] = []
    with ready.interruptible():
        policy = Path(shutil.copytree(share("dialplans"), home / "dialplans"))
        lab = Lab(home / "lab", install, stay=False, policy_dir=policy)
        try:
            ready.import_sample(lab)
            lab.up(say)
            ready.wait(lab.state)
            for number, fault in enumerate(faults, 1):
                say(f"{number}/{len(faults)} {fault.name}: {fault.says}")
                result = asyncio.run(try_fault(lab, fault, seed, say, quick=quick))
                results.append(result)
                done(result)
                if fault is YARDSTICK and not (result.well and result.served == result.offered):
                    raise LabError(measures_nothing(result))
        finally:
            lab.down()
            if all(result.well or result.skipped for result in results):
                shutil.rmtree(home, ignore_errors=True)
            else:
                say(f"logs are in {home}")
    return results


def measures_nothing(yardstick: Result) -> str:
    """What is to be said when calls fare badly although nothing is broken."""
    counts = ((yardstick.lost, "lost"), (yardstick.late, "late"), (yardstick.false_premium, "premium by mistake"),
              (yardstick.dropped_by_asterisk, "dropped by Asterisk"),
              (yardstick.not_recorded, "not recorded"))  # fmt: skip
    told = ", ".join(f"{count} {what}" for count, what in counts if count) or "none was served"
    first = f" The first: {yardstick.wrong[0]}." if yardstick.wrong else ""
    return (
        f"this measures nothing: nothing was broken, and of {yardstick.offered} calls {told}.{first} "
        "Mend that first (a machine that is kept busy makes calls late), then break things"
    )


async def try_fault(lab: Lab, fault: Fault, seed: int, say: Say, *, quick: bool = False) -> Result:
    """Try one fault under load, on a lab that is up; the lab is whole again afterwards."""
    if reason := fault.unable():
        say(f"{fault.name}: skipped: {reason}")
        return Result(fault.name, seed, skipped=reason)
    dice = random.Random(f"{seed} {fault.name}")  # noqa: S311 - to have the same again, not to be secret
    seconds = min(fault.seconds, QUICK_SECONDS) if quick else fault.seconds
    site = Site(lab, dice, seconds)
    bundle = loader.load(lab.policy_dir)
    callers = load.callers(dice, round(RATE * _MOST_SECONDS), load.granted(bundle))
    promises = Promises(bundle, callers[0].dialled)
    tag = f"{fault.name}@chaos"
    calls = Load(lab.state, lab.home / "chaos" / fault.name, callers, RATE, tag)
    watch = Watch(lab.state)
    lab.cli("database deltree ivr-remember")  # each fault finds the dialplan as if nobody had called
    try:
        if fault.prepare:
            await fault.prepare(site)
        records = RecordedDecisions(site.database, tag)
        async with watch.watching():
            calls.start()
            try:
                await asyncio.sleep(LEAD_SECONDS)
                await fault.run(site)
                await asyncio.sleep(TAIL_SECONDS)
                calls.stop_calling()
                async with asyncio.timeout(load.HOLD_SECONDS + load.PATIENCE_SECONDS + 5):
                    while calls.calling():  # noqa: ASYNC110 - another program's end, which nothing announces
                        await asyncio.sleep(0.1)
                await asyncio.sleep(0.3)  # the last events
            finally:
                calls.end()
        recorded = await records.settled(applied(watch.by_sip_id))
    finally:
        site.afterwards.close()
        await _whole_again(lab)
    offered = calls.calls()
    gaps = [gap.until_heard(calls.answers) for gap in site.gaps]
    result = judged(fault.name, seed, offered, watch, gaps, promises.to)
    add_compared(result, compare(offered, watch.by_sip_id, recorded, watch.blind))
    result.seconds = seconds
    return result


def add_compared(result: Result, compared: Compared) -> None:
    """Count the decisions that were applied and not recorded, and the other way round."""
    result.not_recorded = len(compared.not_recorded)
    result.not_applied = len(compared.not_applied)
    result.wrong += [f"applied, and not recorded: {name}" for name in compared.not_recorded]
    result.wrong += [f"recorded, and not applied: {name}" for name in compared.not_applied]


async def _whole_again(lab: Lab) -> None:
    """The service runs in its usual way, and everything answers."""
    await asyncio.to_thread(lab.state.process("service").stop)
    lab.start_service()
    await ready.until_ready(lab.state)


def judged(
    fault: str,
    seed: int,
    offered: Sequence[Offered],
    watch: Watch,
    gaps: Sequence[Away],
    promised: Callable[[LoadCaller], frozenset[str]],
) -> Result:
    """Count what became of the calls. `promised` says what the policy promises a caller."""
    result = Result(fault, seed, offered=len(offered))
    logged: dict[str, Handled] | None = None
    took: list[float] = []
    rungs: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for call in offered:
        seen = watch.by_sip_id.get(call.sip_call_id)
        if seen is None or seen.at is None:
            logged = watch.from_queue_log() if logged is None else logged
            seen = logged.get(call.caller.dialled) or seen
        if seen is not None:
            rungs[seen.tier] += 1
        away = next((gap for gap in gaps if gap.took(call)), None)
        unseen = seen is None or seen.at is None
        why = _unserved(call, seen, promised(call.caller))
        if any(gap.cut(call) for gap in gaps):
            result.dropped_by_asterisk += 1
        elif away and unseen and away.hid(call):
            result.while_asterisk_away += 1
        elif why or seen is None or seen.at is None:
            result.lost += 1
            result.wrong.append(f"lost: {why}: {_described(call, seen)}")
        elif away:
            result.while_asterisk_away += 1
            again = max(0.0, call.last_invited_at - away.back_at)
            since = f" after Asterisk was back, its INVITE came after {again:.3f} s"
            _mark_late(result, seen.at - away.back_at, call, seen, since)
        else:
            result.served += 1
            met[seen.met] += 1
            took.append(seen.at - call.invited_at)
            _mark_late(result, took[-1], call, seen)
        if seen is not None and seen.queue == "premium" and not call.caller.premium:
            result.false_premium += 1
            result.wrong.append(f"falsely premium: {_described(call, seen)}")
    result.rungs, result.met = dict(rungs.most_common()), dict(met.most_common())
    if took:
        took.sort()
        result.median_seconds, result.slowest_seconds = round(took[len(took) // 2], 3), round(took[-1], 3)
    return result


def _mark_late(result: Result, took: float, call: Offered, seen: Handled, since: str = "") -> None:
    """Count the call as late if it is."""
    if took > LATE_SECONDS:
        result.late += 1
        result.wrong.append(f"late: {took:.3f} s{since}: {_described(call, seen)}")


def _unserved(call: Offered, seen: Handled | None, promised: frozenset[str]) -> str:
    """Why nobody and nothing served the caller; empty if somebody or something did."""
    if seen is None or seen.at is None:
        return "nobody and nothing was there for the caller"
    if seen.met not in promised:
        return f"{seen.met}, which the policy does not promise this caller"
    if call.hung_up_at is not None and seen.met not in ENDS:
        return "Asterisk hung up"
    return ""


def _described(call: Offered, seen: Handled | None) -> str:
    number = "withheld" if call.caller.withheld else call.caller.number
    at = time.strftime("%H:%M:%S", time.gmtime(call.invited_at)) + f"{call.invited_at % 1:.3f}"[1:]
    how = f"tier {seen.tier}, queue {seen.queue or 'none'}" if seen else "not seen in the dialplan"
    how += f", first {seen.met}" if seen and seen.met not in ("", QUEUE) else ""
    heard = "" if call.answered_at is None else f", answered after {call.answered_at - call.invited_at:.3f} s"
    return f"{call.sip_call_id} from {number} at {at}: {how}{heard}"


def as_json(result: Result) -> dict[str, Any]:
    """The result for programs: the agreed keys first."""
    keys = ("fault", "seed", "offered", "served", "late", "while_asterisk_away",
            "dropped_by_asterisk", "lost", "false_premium", "not_recorded", "not_applied",
            "skipped", "seconds", "median_seconds", "slowest_seconds", "rungs", "met", "wrong")  # fmt: skip
    return {key: getattr(result, key) for key in keys}
