"""Places real calls from the carrier's side and watches both sides until they end.

What happened is seen with our own eyes, on Asterisk's event stream; only the reasons come from the service's
records. So a call is reported also when the service is the thing that is broken.
"""

import asyncio
import contextlib
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import unquote

from ivr.ami.client import AmiClient
from ivr.ami.events import EventReader, happened_at
from ivr.ami.message import Message
from ivr.domain.calls.events import CallEvent, CallRouted, QueueJoined
from ivr.domain.calls.history import CallHistory, fold
from ivr.domain.routing.decision import Decision
from ivr.errors import AmiError, LabError
from ivr.lab.lab import AMI
from ivr.qa.call_report import PhoneDisplay, Report

DECIDED = ("live", "snapshot", "default")  # rungs on which the service decided
UNREACHABLE = ("4", "5")  # device states: no such phone, unavailable
Recorded = Callable[[str, int], Awaitable[tuple[Decision, float] | None]]
"""Gives the decision on a call_id after so many questions, and how long it took in ms."""
Watch = Callable[[str, float, Message], None]
"""Is shown every event: of `pbx` or `carrier`, when (Unix time), and itself."""


class Target(Protocol):
    """Where test calls are placed: a lab, or containers."""

    @property
    def pbx(self) -> str:
        """The host of the PBX's manager interface."""
        ...

    @property
    def carrier(self) -> str:
        """The host of the carrier's manager interface."""
        ...

    @property
    def qa_secret(self) -> str:
        """The secret of the user `qa` on both."""
        ...


@dataclass(frozen=True, slots=True)
class Containers:
    """A target whose addresses somebody else knows."""

    pbx: str
    carrier: str
    qa_secret: str = field(repr=False)


@dataclass(slots=True)
class Placed:
    """A call under way: what both sides have shown of it so far."""

    token: str
    placed_at: float
    sip_call_id: str = ""
    channel: str = ""  # the carrier's own channel of it
    status: str = ""  # the carrier's DIALSTATUS, once the call is over
    seen: "ObservedCall | None" = None

    @property
    def history(self) -> CallHistory | None:
        """What the PBX showed."""
        return self.seen.history if self.seen else None

    @property
    def asked(self) -> int:
        """How often the caller was asked something, and decided on again."""
        events = self.seen.events if self.seen else ()
        return max(0, sum(isinstance(event, CallRouted) for event in events) - 1)

    @property
    def connected(self) -> bool:
        """Whether caller and agent have been connected."""
        return self.history is not None and self.history.connected_at is not None

    @property
    def waiting(self) -> bool:
        """Whether the caller waits in a queue."""
        return self.history is not None and self.history.outcome == "waiting"

    @property
    def turned_away(self) -> bool:
        """Whether a queue has not let the caller in, so far."""
        return self.history is not None and self.history.outcome == "unserved"

    @property
    def over(self) -> bool:
        """Whether the carrier is done with the call, and the PBX too if the call ever reached it."""
        return bool(self.status) and (self.history is None or self.history.ended_at is not None)


@dataclass(slots=True)
class ObservedCall:
    """A call as the PBX and the phones showed it, whoever placed it."""

    history: CallHistory
    queue_at: float | None = None
    attestation: str = ""  # A, B, C, failed, or empty for an unsigned number
    displays: list[PhoneDisplay] = field(default_factory=list)
    events: list[CallEvent] = field(default_factory=list)
    transferred_to: str = ""  # what an agent's phone passed the caller on to


@dataclass(frozen=True, slots=True)
class Played:
    """A sound that Asterisk began to play to a caller: `at` is Unix time."""

    at: float
    sound: str


class TestBench:
    """Both sides of a lab, watched. Use as `async with TestBench(lab, recorded) as bench`."""

    __test__ = False  # no pytest class, whatever its name

    def __init__(self, lab: Target, recorded: Recorded, watch: Watch = lambda side, at, message: None) -> None:
        self._lab, self._recorded, self._watch = lab, recorded, watch
        self._placed: dict[str, Placed] = {}  # by token
        self.seen: dict[str, ObservedCall] = {}  # by call_id
        self._by_sip_id: dict[str, ObservedCall] = {}
        self._displays: dict[str, list[PhoneDisplay]] = {}  # by call_id: a phone may be heard of before its call is
        self._changed = asyncio.Event()
        self._reader = EventReader()
        self.asked = 0  # how often the PBX began to ask the service
        self.asked_at: dict[str, float] = {}  # by call_id
        self.played: dict[str, list[Played]] = {}  # by call_id
        self._call_of: dict[str, str] = {}  # by channel
        self.tells_sounds = False  # this build of Asterisk has test events, and so says what it plays
        self.carrier = AmiClient(lab.carrier, AMI, "qa", lab.qa_secret, on_event=self._carrier_event)
        self.pbx = AmiClient(lab.pbx, AMI, "qa", lab.qa_secret, on_event=self._pbx_event)
        self._open = contextlib.AsyncExitStack()

    async def __aenter__(self) -> "TestBench":
        await self._open.enter_async_context(self.carrier.session())
        await self._open.enter_async_context(self.pbx.session())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def call(
        self,
        caller: str,
        to: str,
        *,
        withhold: bool = False,
        attestation: str = "",
        talk: float = 1.0,
        patience: float = 60.0,
    ) -> Report:
        """Place one call, talk for `talk` seconds once an agent is there, hang up, and report.

        A caller whom no agent answers hangs up after `patience` seconds. With an `attestation` (A, B or C) the carrier
        signs the caller's number.
        """
        placed = await self.place(caller, to, withhold=withhold, attestation=attestation)
        with contextlib.suppress(TimeoutError):
            await self.wait_for(lambda: placed.over or placed.connected, patience)
        if placed.connected:
            await asyncio.sleep(talk)  # the conversation
        await self.hang_up(placed)
        return await self.report(placed, caller, to)

    async def place(
        self,
        caller: str,
        to: str,
        *,
        withhold: bool = False,
        attestation: str = "",
        shown: str = "",
        record: bool = False,
        inband: bool = False,
    ) -> Placed:
        """Begin a call. With an `attestation` (A, B or C) the carrier signs the caller's number.

        `shown` is the name beside the number; with `record` the carrier keeps what the caller hears;
        `inband`, in a call that is not signed, has it send keys as sound alone (no RFC 4733).
        """
        token = f"test-{uuid.uuid4()}"
        placed = self._placed[token] = Placed(token, time.time())
        await self.carrier.request(
            "Originate", Channel=f"Local/{to}@callers/n", Application="Milliwatt", Async="true", ChannelId=token,
            OtherChannelId=f"{token}-out", Timeout=600_000,
            Variable=[
                f"FROM={caller}", f"SHOWN={shown}", f"HIDE={'yes' if withhold else 'no'}",
                f"VIA={attestation or ('inband' if inband else '')}",
                f"RECORD={'yes' if record else 'no'}", f"__TOKEN={token}",
            ],
        )  # fmt: skip
        return placed

    async def press(self, placed: Placed, key: str) -> None:
        """Press a key on the caller's telephone.

        It comes in by the call's other half. The channel itself, told to begin and end a tone, may
        go on with it (Asterisk 22.10.1: `ast_deactivate_generator` while a generator is at work).
        """
        half = f"{placed.token}-out"
        await self.carrier.request(
            "PlayDTMF",
            Channel=half,
            Digit=key,
            Duration=100,
            Receive="true",
        )

    def adopt(self, sip_call_id: str) -> Placed:
        """A call that somebody else places with this SIP Call-ID; they set its `status` when it is over."""
        placed = self._placed[sip_call_id] = Placed(sip_call_id, time.time(), sip_call_id)
        return placed

    def heard(self, placed: Placed) -> list[Played]:
        """What was played to the caller, in order."""
        return self.played.get(placed.history.call_id, []) if placed.history else []

    def recognised(self, placed: Placed, sound: str, at: float) -> None:
        """A sound was recognised in what the caller heard, since `at` (Unix time)."""
        if placed.history and sound not in [played.sound for played in self.heard(placed)]:
            self.played.setdefault(placed.history.call_id, []).append(Played(at, sound))
            self.played[placed.history.call_id].sort(key=lambda played: played.at)

    def touch(self) -> None:
        """Have all who wait for something look again."""
        self._changed.set()

    async def phones(self, patience: float = 10) -> None:
        """Until every agent's phone can be rung, or `patience` is over: a PBX that just met its carrier rings none."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while True:
                    status = [e.header("Status") for e in await self.pbx.collect("QueueStatus") if e.header("Status")]
                    if status and not any(s in UNREACHABLE for s in status):
                        return
                    await asyncio.sleep(0.2)

    async def hang_up(self, placed: Placed) -> None:
        """Hang up on the caller's side, and wait until both sides have ended."""
        with contextlib.suppress(AmiError):  # it may have ended by itself
            await self.carrier.request("Hangup", Channel=placed.token, Cause=16)
        try:
            await self.wait_for(lambda: placed.over, 10)
        except TimeoutError:
            look = "ivr lab asterisk 'core show channels'"
            raise LabError(f"the call from {placed.token} did not end within 10 s: look at `{look}`") from None

    async def hang_up_all(self) -> None:
        """Hang up every call that was placed here and is not over."""
        for placed in list(self._placed.values()):
            if not placed.over:
                await self.hang_up(placed)

    async def wait_for(self, condition: Callable[[], bool], patience: float) -> None:
        """Until `condition` holds; raises TimeoutError after `patience` seconds."""
        async with asyncio.timeout(patience):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def report(self, placed: Placed, caller: str, to: str) -> Report:
        """What became of the call, with the service's reasons where it has any."""
        history, queue_at = placed.history, placed.seen.queue_at if placed.seen else None
        decided = history is not None and history.tier in DECIDED
        decision, route_ms = None, None
        if history and decided and (recorded := await self._recorded(history.call_id, placed.asked)):
            decision, route_ms = recorded
        return Report(
            call_id=history.call_id if history else None, from_=caller, to=to,
            customer=decision.identity.customer_id if decision else None,
            score=decision.identity.score if decision else None,
            segment=(history.segment or None) if history else None,
            queue=history.queue if history and queue_at else None,
            priority=history.priority if history else None,
            agent=history.agent if history else None,
            wait_seconds=history.wait_seconds if history else None,
            route_ms=route_ms,
            reason=_reason(history, decision),
            outcome=history.outcome if history else "lost",
            decision=decision,
            history=history,
            displays=tuple(placed.seen.displays) if placed.seen else (),
            to_queue_seconds=round(queue_at - placed.placed_at, 3) if queue_at else None,
            attestation=placed.seen.attestation if placed.seen else "",
        )  # fmt: skip

    def _carrier_event(self, message: Message) -> None:
        self._watch("carrier", time.time(), message)
        match message.header("UserEvent"):
            case "CallerSent" if placed := self._placed.get(message.header("Token")):
                placed.sip_call_id, placed.channel = message.header("SipCallID"), message.header("Channel")
                placed.seen = self._by_sip_id.get(placed.sip_call_id)
            case "CallerDone" if placed := self._placed.get(message.header("Token")):
                placed.status = message.header("Status") or "DONE"
            case "PhoneRings":
                phone, shows, *others = map(message.header, ("Phone", "Shows", "Number", "Customer", "Segment"))
                display = PhoneDisplay(phone, unquote(shows), *others)
                self._displays.setdefault(message.header("Call"), []).append(display)
        self._changed.set()

    def _pbx_event(self, message: Message) -> None:
        now = time.time()
        self._watch("pbx", now, message)
        match message.header("Event"):
            case "Newchannel":
                self._call_of[message.header("Channel")] = message.header("Uniqueid")
            case "Newexten" if message.header("Application") == "AGI":
                self.asked += 1
                self.asked_at.setdefault(message.header("Uniqueid"), happened_at(message, now))
            case "TestEvent":
                self.tells_sounds = True
                if message.header("State") != "PLAYBACK":
                    return
                played = Played(happened_at(message, now), message.header("Message"))
                self.played.setdefault(self._call_of.get(message.header("Channel"), ""), []).append(played)
            case "BlindTransfer" if seen := self.seen.get(message.header("TransfereeUniqueid")):
                seen.transferred_to = message.header("Extension")
        self._event(self._reader.event(message, now))
        self._changed.set()

    def _event(self, event: CallEvent | None) -> None:
        if isinstance(event, CallRouted):
            # Either side's event may come first: each looks for the other. (A call may be routed twice.)
            displays = self._displays.setdefault(event.call_id, [])
            fresh = ObservedCall(CallHistory(event.call_id), attestation=event.attestation, displays=displays)
            seen = self._by_sip_id[event.sip_call_id] = self.seen.setdefault(event.call_id, fresh)
            for placed in self._placed.values():
                if placed.sip_call_id == event.sip_call_id:
                    placed.seen = seen
        if event is not None and (known := self.seen.get(event.call_id)):
            known.history = fold(known.history, event)
            known.events.append(event)
            if isinstance(event, QueueJoined) and known.queue_at is None:
                known.queue_at = event.at


async def channels(asterisk: AmiClient) -> dict[str, Message]:
    """The channels of an Asterisk by their names. (It lists a channel twice that changes meanwhile.)"""
    listed = await asterisk.collect("CoreShowChannels")
    return {event.header("Channel"): event for event in listed if event.header("Event") == "CoreShowChannel"}


def _reason(history: CallHistory | None, decision: Decision | None) -> str:
    if decision is not None and (history is None or history.tier in DECIDED):
        return decision.trace.reason
    if history is None:
        return "the call never reached the dialplan"
    if history.tier == "remembered":
        return f"the service did not answer: the dialplan remembered the segment {history.segment}"
    return "the service did not answer: the dialplan sent the call to the general queue"
