"""Plays one scenario: sets the stage, lets everybody call and do what they do, and keeps what was seen of it."""

import asyncio
import contextlib
import time
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from ivr.ami.message import Message
from ivr.errors import AmiError, IvrError, LabError
from ivr.qa.call_report import PhoneDisplay, Report
from ivr.qa.calls import Placed, Played, TestBench, channels
from ivr.qa.passed_over import rung_again
from ivr.qa.scenarios import prompt_recognition, sipp_call
from ivr.qa.scenarios.form import AgentState, Call, Scenario, ScenarioStep
from ivr.qa.scenarios.patch import patched
from ivr.qa.scenarios.stack import Stack

LONGEST_SECONDS = 120.0  # that a scenario may take
_SETTLE_SECONDS = 15.0  # until a caller waits, talks or is gone
_TALK_SECONDS = 0.5
_LISTEN_SECONDS = 0.3
_HANG_UP_SECONDS = 5.0
_DIGIT_SECONDS = 0.2
_FREE_SECONDS = 10.0  # until every phone is free again
_NOT_IN_USE = "1"  # devicestate.h


@dataclass(slots=True)
class StepTaken:
    """What a caller did, or could not do: then `failed` says why in a sentence."""

    at: float
    step: ScenarioStep
    failed: str = ""


@dataclass(slots=True)
class PlayedCall:
    """A caller and what was seen of the call."""

    name: str
    call: Call
    placed: Placed | None = None
    report: Report | None = None
    steps: list[StepTaken] = field(default_factory=list)
    heard: list[Played] = field(default_factory=list)
    displays: list[PhoneDisplay] = field(default_factory=list)
    asked_at: float | None = None
    decided_at: float | None = None  # by the service's clock
    explained: list[str] = field(default_factory=list)
    recording: bytes | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Performance:
    """What was seen of a scenario: its callers, and every event of both sides (when, which side, what)."""

    began_at: float
    calls: list[PlayedCall] = field(default_factory=list)
    events: list[tuple[float, str, Message]] = field(default_factory=list)
    broke: str = ""  # what ended it too early, in a sentence


async def play(stack: Stack, scenario: Scenario) -> Performance:
    """Play it on a stack that works; the stack is as before afterwards."""
    performance = Performance(time.time())
    watch: Callable[[str, float, Message], None] = lambda side, at, message: performance.events.append(  # noqa: E731
        (at, side, message)
    )
    async with TestBench(stack, stack.decision, watch) as bench:
        stage = _Stage(stack, bench, scenario)
        try:
            async with asyncio.timeout(LONGEST_SECONDS) as longest, stage.set():
                performance.began_at = time.time()
                await _Play(stack, bench, scenario, performance, stage).run()
        except TimeoutError:
            late = f"it did not end within {LONGEST_SECONDS:.0f} s"
            performance.broke = late if longest.expired() else "something that it waited for did not come in time"
        except (IvrError, OSError) as error:
            performance.broke = str(error)
        finally:
            try:
                await stage.clear()
            except (IvrError, TimeoutError) as error:
                performance.broke = performance.broke or f"afterwards: {error or 'no answer in time'}"
    return performance


class _Stage:
    """Agents, customers and files as the scenario has them, and as usual again."""

    def __init__(self, stack: Stack, bench: TestBench, scenario: Scenario) -> None:
        self._stack, self._bench, self._given = stack, bench, scenario.given
        self._busy_until_all_wait: list[str] = []

    @contextlib.asynccontextmanager
    async def set(self) -> AsyncIterator[None]:
        """During the block things are as given, but for the fault."""
        if self._stack.live:
            await self._stack.trace()
            yield
            return
        await self.clear()
        files = dict(self._given.files)
        if self._given.policy:
            files["policy.yaml"] = patched(self._stack.file("policy.yaml"), self._given.policy)
        async with self._stack.given_files(files), self._stack.given_time(self._given.at):
            await self._stack.give(self._given.customers, self._given.data)
            await self._stack.trace()
            phones = self._stack.agents()
            others = self._given.agents.get("others", AgentState())
            if unknown := set(self._given.agents) - set(phones) - {"others"}:
                known = ", ".join(sorted(phones))
                raise LabError(f"no agent's phone is called {min(unknown)!r} (there are: {known}, others)")
            for phone in phones:
                await self._behave(phone, self._given.agents.get(phone, others))
            yield

    async def clear(self) -> None:
        """Everybody hangs up, every agent is in, nothing is remembered. Not where real callers are."""
        if self._stack.live:
            return
        for side in (self._bench.carrier, self._bench.pbx):
            for channel in await channels(side):
                with contextlib.suppress(AmiError):  # gone meanwhile
                    await side.request("Hangup", Channel=channel, Cause=16)
        await self._ask_carrier("DBDelTree", Family="phone")
        for phone in self._stack.agents():
            with contextlib.suppress(AmiError):  # in no queue
                await self._bench.pbx.request("QueuePause", Interface=f"PJSIP/{phone}", Paused="false")
        for command in ("database deltree ivr-remember", 'dialplan set global IVR_SKIP_UNTIL ""', "queue reset stats",
                        *rung_again(self._stack.agents())):  # fmt: skip
            with contextlib.suppress(AmiError):
                await self._bench.pbx.request("Command", Command=command)
        await self._all_free()

    async def free(self) -> None:
        """Agents who are busy until all wait hang up."""
        for phone in self._busy_until_all_wait:
            await self._hang_up_phone(phone)
        self._busy_until_all_wait.clear()

    async def _behave(self, phone: str, state: AgentState) -> None:
        kept = {"RING": state.answers_after, "TALK": state.hangs_up_after, "TRANSFER": state.passes_on_to,
                "FORWARD": state.forwards_to}  # fmt: skip
        kept["ANSWER"] = "no" if state.is_ == "does not answer" else None
        kept["BUSY"] = "yes" if state.is_ == "declines" else None
        for key, value in kept.items():
            if value is not None:
                text = f"{value:g}" if isinstance(value, float) else value
                await self._bench.carrier.request("DBPut", Family=f"phone/{phone}", Key=key, Val=text)
        if state.is_ == "paused":
            await self._bench.pbx.request("QueuePause", Interface=f"PJSIP/{phone}", Paused="true", Reason="scenario")
        if state.is_ in ("busy", "busy until all wait"):
            await self._bench.pbx.request(
                "Originate", Channel=f"PJSIP/{phone}", Application="Echo", Async="true", Timeout=10_000,
                ChannelId=f"busy-{phone}-{uuid.uuid4()}",
            )  # fmt: skip
            await self._until_state(phone, lambda status: status == "2")
            if state.is_ == "busy until all wait":
                self._busy_until_all_wait.append(phone)

    async def _hang_up_phone(self, phone: str) -> None:
        for channel in await channels(self._bench.pbx):
            if channel.startswith(f"PJSIP/{phone}-"):
                await self._bench.pbx.request("Hangup", Channel=channel, Cause=16)

    async def _all_free(self) -> None:
        for phone in self._stack.agents():
            await self._until_state(phone, lambda status: status in (_NOT_IN_USE, ""))

    async def _until_state(self, phone: str, wanted: Callable[[str], bool]) -> None:
        """Until an agent's phone is in this state; one who is in no queue counts as "" (none)."""
        deadline = time.monotonic() + _FREE_SECONDS
        while True:
            members = await self._bench.pbx.collect("QueueStatus", Member=f"PJSIP/{phone}")
            states = {m.header("Status") for m in members if m.header("Event") == "QueueMember"}
            if all(map(wanted, states or {""})):
                return
            if time.monotonic() > deadline:
                raise LabError(f"the phone of {phone} did not come into the state that it should have (is {states})")
            await asyncio.sleep(0.05)

    async def _ask_carrier(self, action: str, **headers: str) -> None:
        with contextlib.suppress(AmiError):  # there was nothing to delete
            await self._bench.carrier.request(action, **headers)


class _Play:
    def __init__(
        self, stack: Stack, bench: TestBench, scenario: Scenario, performance: Performance, stage: _Stage
    ) -> None:
        self._stack, self._bench, self._scenario = stack, bench, scenario
        self._performance, self._stage = performance, stage

    async def run(self) -> None:
        given = self._scenario.given
        for name, call in given.earlier.items():
            async with self._on_the_line(name, call) as played:
                await played.over.wait()
        async with self._stack.fault(given.fault, self._bench), contextlib.AsyncExitStack() as on_the_line:
            everybody = [
                await on_the_line.enter_async_context(self._on_the_line(name, call))
                for name, call in {**given.waiting, **self._scenario.callers()}.items()
            ]
            await self._stage.free()
            for played in everybody:
                await played.over.wait()
        for played in self._performance.calls:
            await self._look_back(played)

    @contextlib.asynccontextmanager
    async def _on_the_line(self, name: str, call: Call) -> AsyncIterator[PlayedCall]:
        """A caller who calls, does what they do, and is gone at the end of the block."""
        await asyncio.sleep(call.after)
        await self._stack.turn()
        played = PlayedCall(name, call)
        self._performance.calls.append(played)
        played.placed = placed = await self._begin(call)
        task = asyncio.create_task(self._behave(played, placed))
        try:
            with contextlib.suppress(TimeoutError):
                await self._bench.wait_for(
                    lambda: placed.waiting or placed.connected or placed.turned_away or played.over.is_set(),
                    _SETTLE_SECONDS,
                )
            yield played
            await task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _begin(self, call: Call) -> Placed:
        if sipp_call.is_needed(call):
            return self._bench.adopt(f"test-{uuid.uuid4()}")
        return await self._bench.place(
            call.from_, call.to, withhold=call.withheld, shown=call.shown, record=True,
            attestation="" if call.attestation == "none" else call.attestation,
            inband=call.keys == "inband",
        )  # fmt: skip

    async def _behave(self, played: PlayedCall, placed: Placed) -> None:
        try:
            if sipp_call.is_needed(played.call):
                await self._stack.sip(sipp_call.scenario(played.call, self._stack.signed(played.call)), placed.token)
                placed.status = "DONE"
                with contextlib.suppress(TimeoutError):
                    await self._bench.wait_for(lambda: placed.over, _HANG_UP_SECONDS)
            else:
                await self._take_steps(played, placed)
        except (IvrError, OSError) as error:
            self._performance.broke = self._performance.broke or f"{played.name}: {error}"
        finally:
            played.over.set()
            self._bench.touch()

    async def _take_steps(self, played: PlayedCall, placed: Placed) -> None:
        call = played.call
        usual = ({"wait for": "agent", "within": call.patience}, {"talk": _TALK_SECONDS})
        steps = call.steps or tuple(map(ScenarioStep.model_validate, usual))
        for step in steps:
            taken = StepTaken(time.time(), step)
            played.steps.append(taken)
            if step.hang_up:
                break
            try:
                came = await self._take(step, played, placed)
                failed = "" if came else "the call had ended"
            except TimeoutError:
                failed = f"not within {step.within:g} s"
            if failed:
                taken.failed = failed if call.steps else ""
                break
        await self._bench.hang_up(placed)

    async def _take(self, step: ScenarioStep, played: PlayedCall, placed: Placed) -> bool:
        """Whether what the caller waits for came before the call ended; raises TimeoutError when neither did."""
        wait_for = self._bench.wait_for
        if step.wait is not None:
            with contextlib.suppress(TimeoutError):
                await wait_for(lambda: placed.over, step.wait)
            return True
        if step.press is not None:
            for digit in step.press:
                if placed.over:
                    return False
                await self._bench.press(placed, digit)
                await asyncio.sleep(_DIGIT_SECONDS)
            return True
        came = self._awaited(step, played, placed)
        async with self._listening(placed, step.hear):
            await wait_for(lambda: placed.over or came(), step.within)
        if step.talk is not None:
            with contextlib.suppress(TimeoutError):
                await wait_for(lambda: placed.over, step.talk)
        return came()

    def _awaited(self, step: ScenarioStep, played: PlayedCall, placed: Placed) -> Callable[[], bool]:
        """What a step waits for."""
        if step.hear is not None:
            count = sum(taken.step.hear == step.hear for taken in played.steps)
            return lambda: [p.sound for p in self._bench.heard(placed)].count(step.hear or "") >= count
        if step.be_transferred:
            return lambda: bool(placed.seen and placed.seen.transferred_to)
        if step.wait_for == "queue":
            return lambda: bool(placed.seen and placed.seen.queue_at)
        if step.wait_for == "end":
            return lambda: placed.over
        return lambda: placed.connected

    @contextlib.asynccontextmanager
    async def _listening(self, placed: Placed, name: str | None) -> AsyncIterator[None]:
        """During the block the prompt is listened for, where Asterisk does not say what it plays."""
        task = asyncio.create_task(self._recognise(placed, name)) if name is not None else None
        try:
            yield
        finally:
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _recognise(self, placed: Placed, name: str) -> None:
        """While Asterisk does not say what it plays: listen to the recording until it has the prompt in it."""
        while not self._bench.tells_sounds:
            if name in await self._in_recording(placed, {name}):
                self._bench.touch()
                return
            await asyncio.sleep(_LISTEN_SECONDS)

    async def _in_recording(self, placed: Placed, names: set[str]) -> dict[str, float]:
        """Those of the prompts that are in what the caller heard, and since when, in Unix time."""
        recording = await self._stack.recording(placed.token)
        found: dict[str, float] = {}
        for name in names:
            prompt = await self._stack.sound(name)
            at = None
            if recording and prompt:
                samples = prompt_recognition.samples(prompt), prompt_recognition.samples(recording)
                at = await asyncio.to_thread(prompt_recognition.found_at, *samples)
            if at is not None:
                found[name] = placed.placed_at + at
                self._bench.recognised(placed, name, found[name])
        return found

    async def _look_back(self, played: PlayedCall) -> None:
        placed = played.placed
        if placed is None:
            return
        with contextlib.suppress(TimeoutError):  # the last words about a conversation may come after its end
            await self._bench.wait_for(lambda: _told_all(placed), 2)
        report = played.report = await self._bench.report(placed, played.call.from_, played.call.to)
        if not self._bench.tells_sounds:
            await self._in_recording(placed, _prompts(played.call))
        played.heard = list(self._bench.heard(placed))
        played.displays = list(placed.seen.displays) if placed.seen else []
        played.asked_at = self._bench.asked_at.get(placed.history.call_id) if placed.history else None
        if report.call_id and (found := await self._stack.record(report.call_id)):
            record, played.explained = found
            played.decided_at = record.call.arrived_at if record.call else None
        if report.history and (doubt := self._stack.doubt(report.history)):
            self._performance.broke = doubt
        played.recording = await self._stack.recording(placed.token)


def _prompts(call: Call) -> set[str]:
    """The prompts that matter for a call."""
    limits = [limit for limit in (call.expect.hears, call.expect.does_not_hear) if limit]
    return {sound for limit in limits for sounds in (limit.warn, limit.fail) for sound in sounds or ()}


def _told_all(placed: Placed) -> bool:
    history = placed.history
    if history is None:
        return placed.over
    return history.ended_at is not None and (history.connected_at is None or history.talk_seconds is not None)
