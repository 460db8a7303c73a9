"""`make chaos`: one fault after the other under real calls, and what became of each call.

A call is *served* when it joined a queue and nothing of Asterisk's own ended it; *late* when that took more than
LATE_SECONDS from its first INVITE; *dropped* when Asterisk itself was restarted under it, or was away when it came;
else *lost*. Both times are of one machine's clock: SIPp's for the INVITE, Asterisk's for the queue.
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

from ivr.lab import configuration, ready
from ivr.lab.asterisk_install import AsteriskInstall
from ivr.lab.lab import Lab
from ivr.policy import files
from ivr.qa import load
from ivr.qa.faults import FAULTS, Fault, Site
from ivr.qa.load import Load, Offered
from ivr.qa.watch import Handled, Watch

RATE = 10.0  # calls per second
LATE_SECONDS = 2.0
LEAD_SECONDS, TAIL_SECONDS = 3.0, 5.0  # of load before a fault begins, and after it is mended
QUICK_SECONDS = 4.0
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
    dropped_by_asterisk: int = 0
    lost: int = 0
    false_premium: int = 0
    skipped: str = ""
    seconds: float = 0.0  # how long the fault lasted, as planned
    median_seconds: float | None = None  # from INVITE to queue
    slowest_seconds: float | None = None
    rungs: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)  # a sentence for each call that was late, lost or wrongly premium

    @property
    def well(self) -> bool:
        """Whether it was tried, and no call was late, lost or wrongly premium."""
        return self.offered > 0 and not (self.skipped or self.late or self.lost or self.false_premium)


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

    `done` is told each result as soon as it is there.
    """
    home = Path(tempfile.mkdtemp(prefix="ivr-chaos-"))
    results: list[Result] = []
    with ready.interruptible():
        policy = Path(shutil.copytree(configuration.share("dialplans"), home / "dialplans"))
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
        finally:
            lab.down()
            if all(result.well or result.skipped for result in results):
                shutil.rmtree(home, ignore_errors=True)
            else:
                say(f"logs are in {home}")
    return results


async def try_fault(lab: Lab, fault: Fault, seed: int, say: Say, *, quick: bool = False) -> Result:
    """Try one fault under load, on a lab that is up; the lab is whole again afterwards."""
    if reason := fault.unable():
        say(f"{fault.name}: skipped: {reason}")
        return Result(fault.name, seed, skipped=reason)
    dice = random.Random(f"{seed} {fault.name}")  # noqa: S311 - to have the same again, not to be secret
    seconds = min(fault.seconds, QUICK_SECONDS) if quick else fault.seconds
    site = Site(lab, dice, seconds)
    premium = load.granted(files.load(configuration.share("dialplans")))
    callers = load.callers(dice, round(RATE * _MOST_SECONDS), premium)
    calls = Load(lab.state, lab.home / "chaos" / fault.name, callers, RATE, f"{fault.name}@chaos")
    watch = Watch(lab.state)
    lab.cli("database deltree ivr-remember")  # each fault finds the dialplan as if nobody had called
    try:
        if fault.prepare:
            await fault.prepare(site)
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
    finally:
        site.afterwards.close()
        await _whole_again(lab)
    result = judged(fault.name, seed, calls.calls(), watch, site.gaps)
    result.seconds = seconds
    return result


async def _whole_again(lab: Lab) -> None:
    """The service runs in its usual way, and everything answers."""
    await asyncio.to_thread(lab.state.process("service").stop)
    lab.start_service()
    await ready.until_ready(lab.state)


def judged(
    fault: str, seed: int, offered: Sequence[Offered], watch: Watch, gaps: Sequence[tuple[float, float]]
) -> Result:
    """Count what became of the calls."""
    result = Result(fault, seed, offered=len(offered))
    logged: dict[str, Handled] | None = None
    took: list[float] = []
    rungs: Counter[str] = Counter()
    for call in offered:
        seen = watch.by_sip_id.get(call.sip_call_id)
        if seen is None or seen.at is None:
            logged = watch.from_queue_log() if logged is None else logged
            seen = logged.get(call.caller.dialled) or seen
        if seen is not None:
            rungs[seen.rung] += 1
        away = any(began <= call.invited_at <= ended for began, ended in gaps)
        if any(_cut(call, *gap) for gap in gaps):
            result.dropped_by_asterisk += 1
        elif seen is None or seen.at is None:
            if away:
                result.dropped_by_asterisk += 1
            else:
                result.lost += 1
                result.wrong.append(f"lost: {_described(call, seen)}")
        else:
            result.served += 1
            took.append(seen.at - call.invited_at)
            if took[-1] > LATE_SECONDS:
                result.late += 1
                why = ", called while Asterisk was away" if away else ""
                result.wrong.append(f"late: {took[-1]:.3f} s: {_described(call, seen)}{why}")
        if seen is not None and seen.queue == "premium" and not call.caller.premium:
            result.false_premium += 1
            result.wrong.append(f"falsely premium: {_described(call, seen)}")
    result.rungs = dict(rungs.most_common())
    if took:
        took.sort()
        result.median_seconds, result.slowest_seconds = round(took[len(took) // 2], 3), round(took[-1], 3)
    return result


def _cut(call: Offered, began: float, ended: float) -> bool:
    """Whether the call was up when Asterisk went."""
    return call.invited_at < began < (call.ended_at or ended)


def _described(call: Offered, seen: Handled | None) -> str:
    number = "withheld" if call.caller.withheld else call.caller.number
    at = time.strftime("%H:%M:%S", time.gmtime(call.invited_at)) + f"{call.invited_at % 1:.3f}"[1:]
    how = f"rung {seen.rung}, queue {seen.queue or 'none'}" if seen else "not seen in the dialplan"
    heard = "" if call.answered_at is None else f", answered after {call.answered_at - call.invited_at:.3f} s"
    return f"{call.sip_call_id} from {number} at {at}: {how}{heard}"


def as_json(result: Result) -> dict[str, Any]:
    """The result for programs: the agreed keys first."""
    keys = ("fault", "seed", "offered", "served", "late", "dropped_by_asterisk", "lost", "false_premium", "skipped",
            "seconds", "median_seconds", "slowest_seconds", "rungs", "wrong")  # fmt: skip
    return {key: getattr(result, key) for key in keys}
