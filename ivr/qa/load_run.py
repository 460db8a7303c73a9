"""`ivr qa load`: many real calls of a mix of callers, on a lab with agents enough, and what became of each."""

import asyncio
import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ivr import settings as settings_module
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord
from ivr.errors import LabError
from ivr.lab import ready
from ivr.lab.asterisk_install import AsteriskInstall
from ivr.lab.lab import Lab
from ivr.lab.state import LabState
from ivr.policy import loader
from ivr.policy.loader import Bundle
from ivr.policy.texts import AGENTS
from ivr.qa import load_mix
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.load import PATIENCE_SECONDS, Load
from ivr.qa.load_crowd import Crowd, Status
from ivr.qa.load_figures import Conditions, Figures, figures
from ivr.qa.load_mix import Asked, Owed
from ivr.service import app as service
from ivr.settings import Settings
from ivr.shipped_files import share

RTP_END = 19_999  # the shipped range is enough for 500 calls; SIPp's own begins above
GENTLE_RATE, GENTLE_TALK = 1.0, 0.5  # calls/s and seconds of the yardstick: one caller of each kind, before the others
TELL_SECONDS = 0.5
GRACE_SECONDS = 15.0  # for what is late on a busy machine
SETTLE_SECONDS = 30.0  # until records must be whole
Say = Callable[[str], None]
Tell = Callable[[Status], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do. `agents` is by queue; empty for a lab that has its own."""

    rate: float
    seconds: float
    mix: Mapping[str, float]
    talk: float
    patience: float
    seed: int
    agents: Mapping[str, int]
    owed: Mapping[str, Owed]
    callers: list[Asked] = field(repr=False)

    @property
    def longest(self) -> float:
        """Seconds that a call may take: nobody talks and waits longer."""
        return load_mix.PATIENCE_SPREAD[1] * self.patience + self.talk + GRACE_SECONDS


def plan(
    bundle: Bundle,
    *,
    rate: float,
    seconds: float,
    mix: Mapping[str, float],
    talk: float,
    patience: float,
    seed: int,
    agents: str | None = None,
    own: bool = True,
) -> Plan:
    """Check what was asked for; ValueError says what to change."""
    owed = load_mix.owed(bundle, mix)
    count = max(1, round(rate * seconds))
    if not own:
        counts = dict[str, int]()
    else:
        counts = load_mix.agents_needed(bundle, mix, rate, talk)
        if agents is not None:
            counts.update(load_mix.agents_asked(bundle.policy, agents))
        load_mix.agents_file(counts)
    callers = load_mix.callers(bundle, mix, count, patience, seed)
    return Plan(rate, seconds, mix, talk, patience, seed, counts, owed, callers)


def on_own_lab(install: AsteriskInstall, planned: Plan, say: Say, tell: Tell) -> Figures:
    """Run on a lab of its own; whatever was started is stopped, also when it is interrupted."""
    home = Path(tempfile.mkdtemp(prefix="ivr-load-"))
    well = False
    with ready.interruptible():
        policy = Path(shutil.copytree(share("dialplans"), home / "dialplans"))
        (policy / AGENTS).write_text(load_mix.agents_file(planned.agents), encoding="utf-8")
        lab = _RoomyLab(home / "lab", install, stay=False, policy_dir=policy)
        try:
            ready.import_sample(lab)
            lab.up(say)
            ready.wait(lab.state)
            found = run(lab.state, planned, "a lab of its own", say, tell)
            well = found.well
        finally:
            say("stopping everything")
            lab.down()
            if well:
                shutil.rmtree(home, ignore_errors=True)
            else:
                say(f"logs are in {home}")
    return found


class _RoomyLab(Lab):
    """A lab with RTP ports for thousands of calls."""

    def prepare(self) -> None:
        super().prepare()
        for kind in ("pbx", "carrier"):
            rtp = self.home / kind / "etc/rtp.conf"
            rtp.write_text(f"[general]\nrtpstart = 10000\nrtpend = {RTP_END}\n", encoding="utf-8")


def run(state: LabState, planned: Plan, target: str, say: Say, tell: Tell) -> Figures:
    """Run on a lab that is up. Ctrl-C ends the calling, and what was found until then is returned."""
    settings = settings_module.load(state.settings_file)
    bundle = loader.load(Path(state.policy_dir))
    conditions = Conditions(
        rate=planned.rate, seconds=planned.seconds, mix=dict(planned.mix), talk=planned.talk,
        patience=planned.patience, seed=planned.seed, target=target, agents=_agents(bundle),
        asterisk=state.version.partition("+")[0], policy=bundle.policy.version,
        machine=f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before the run",
    )  # fmt: skip
    return asyncio.run(_run(state, settings, planned, conditions, say, tell))


def _agents(bundle: Bundle) -> dict[str, int]:
    """How many agents each queue has; one who serves several counts in each."""
    counts = dict.fromkeys(sorted(bundle.queues()), 0)
    for agent in bundle.agents:
        for queue in agent.skills:
            counts[queue] = counts.get(queue, 0) + 1
    return counts


async def _run(
    state: LabState, settings: Settings, planned: Plan, conditions: Conditions, say: Say, tell: Tell
) -> Figures:
    await _check_customers(settings, planned)
    with _stopping() as stop:
        gentle = replace(
            planned,
            rate=min(planned.rate, GENTLE_RATE),
            talk=min(planned.talk, GENTLE_TALK),
            callers=_one_each(planned),
        )
        found = await _played(state, settings, gentle, conditions, say, lambda _: None, stop)
        if stop.is_set():
            return found
        if not found.well:
            raise LabError(
                f"this measures nothing: of {found.total.offered} callers, one of each kind, {found.bad} did not fare "
                f"as the policy says. The first: {found.trouble[0]}"
            )
        agents = sum(planned.agents.values()) or "the lab's own"
        say(f"calling: {len(planned.callers):,} calls at {planned.rate:g}/s, {agents} agents")
        return await _played(state, settings, planned, conditions, say, tell, stop)


def _one_each(planned: Plan) -> list[Asked]:
    """The yardstick's callers: the first of each kind."""
    return list({caller.name: caller for caller in reversed(planned.callers)}.values())


async def _played(
    state: LabState,
    settings: Settings,
    planned: Plan,
    conditions: Conditions,
    say: Say,
    tell: Tell,
    stop: asyncio.Event,
) -> Figures:
    tag = f"{random.getrandbits(32):08x}@load"  # so that a second run's Call-IDs are not the first one's
    folder = Path(state.home) / "load"
    shutil.rmtree(folder, ignore_errors=True)
    calls = Load(state, folder, planned.callers, planned.rate, tag, longest=planned.longest)
    crowd = Crowd(state, calls, planned.callers, tag, planned.talk)
    began = time.time()
    try:
        async with crowd.watching():
            calls.start()
            await _until_over(calls, crowd, planned, stop, began, say, tell)
    finally:
        calls.end()
    offered = calls.calls()
    say("reading the service's records")
    records = await _records(settings, began, {call.sip_call_id for call in offered}, stop)
    if not offered:
        raise LabError(f"SIPp placed no call: see {folder}/sipp.log")
    asked = {call.sip_call_id: planned.callers[int(call.sip_call_id.partition("-")[0]) - 1] for call in offered}
    conditions = replace(conditions, machine=f"{conditions.machine}, {os.getloadavg()[0]:.1f} after it")
    return figures(conditions, offered, asked, records, crowd.by_sip_id, planned.owed, interrupted=stop.is_set())


async def _until_over(
    calls: Load, crowd: Crowd, planned: Plan, stop: asyncio.Event, began: float, say: Say, tell: Tell
) -> None:
    """Until the last caller has hung up. Callers who are still there long after they should be are cut off."""
    deadline = time.monotonic() + len(planned.callers) / planned.rate * 2 + planned.longest + GRACE_SECONDS
    stopped = False
    while calls.calling():
        tell(crowd.status(began))
        if not crowd.watched:
            raise LabError("the lab's Asterisk is gone: `ivr lab logs asterisk`, or the logs named above")
        if stop.is_set() and not stopped:
            stopped = True
            say("no more calls are begun; those that are up go on to their end (Ctrl-C again cuts them off)")
            calls.stop_calling()
            deadline = min(deadline, time.monotonic() + planned.longest + PATIENCE_SECONDS + GRACE_SECONDS)
        if time.monotonic() > deadline:
            say("some calls do not end: they are cut off")
            return
        await asyncio.sleep(TELL_SECONDS)
    await asyncio.sleep(TELL_SECONDS)  # the last events
    tell(crowd.status(began))


@contextmanager
def _stopping() -> Iterator[asyncio.Event]:
    """An event that the first Ctrl-C or SIGTERM sets; the second one interrupts."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    task = asyncio.current_task()

    def asked_to() -> None:
        if stop.is_set() and task is not None:
            task.cancel()
        stop.set()

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        loop.add_signal_handler(number, asked_to)
    try:
        yield stop
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
            signal.signal(number, before[number])


async def _records(
    settings: Settings, began: float, offered: set[str], stop: asyncio.Event
) -> dict[str, list[CallRecord]]:
    """The records of these calls by SIP Call-ID, as soon as all are whole, or after SETTLE_SECONDS."""
    deadline = time.monotonic() + SETTLE_SECONDS
    with AwaitedRecords(settings) as records:
        while True:
            found: dict[str, list[CallRecord]] = {}
            for record in await asyncio.to_thread(records.since, began - 1):
                if record.history.sip_call_id in offered:
                    found.setdefault(record.history.sip_call_id, []).append(record)
            whole = sum(each[-1].history.ended_at is not None for each in found.values())
            if whole == len(offered) or time.monotonic() > deadline:
                return found
            await asyncio.sleep(TELL_SECONDS)


async def _check_customers(settings: Settings, planned: Plan) -> None:
    """The lab's customers must be those that the mix was made of; LabError says what to do."""
    for caller in _one_each(planned):
        name = caller.name
        call = IncomingCall("load", "load", caller.number, caller.dialled, caller.withheld, "", "", time.time())
        decision = await service.dry_run(settings, call)
        if (decision.identity.segment or "") != planned.owed[name].segment:
            raise LabError(
                f"{caller.number} is to be {name} here, but the lab says: {decision.trace.reason}. "
                "Its customers must be the sample's: `ivr import customers` with ivr/lab/sample_customers.csv"
            )
