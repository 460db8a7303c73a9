"""The carrier's side of many calls: places them, hangs them up, and notes what it sees of each.

Only the carrier's own events are looked at: when a call was sent, answered and over, and which
phones talked, for how long. What the PBX makes of it is for others to compare.
"""

import asyncio
import contextlib
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

from ivr.ami.client import AmiClient
from ivr.ami.events import happened_at
from ivr.ami.message import Message
from ivr.errors import AmiError
from ivr.lab.lab import AMI
from ivr.lab.state import LabState
from ivr.qa.calls import channels
from ivr.qa.history_callers import CallerPlan

AGAIN_SECONDS = 2.0  # after which whoever is to hang up is told once more
_SENT_SECONDS = 5.0
_MOST_SECONDS = 60.0  # that a call is let go on, whatever happens


@dataclass(slots=True)
class FarTalk:
    """A phone that was answered; Unix times. `call` is what the PBX told it of whose call it is."""

    phone: str
    number: str
    call: str
    began_at: float
    ended_at: float | None = None


@dataclass(slots=True)
class FarCall:
    """A call as the carrier sees it; Unix times. `call_id` is the PBX's, by its log."""

    plan: CallerPlan
    token: str = ""
    sip_call_id: str = ""
    sent_at: float | None = None
    answered_at: float | None = None
    ended_at: float | None = None
    status: str = ""
    left_at: float | None = None  # when the caller was told to hang up first
    call_id: str = ""
    talks: list[FarTalk] = field(default_factory=list)
    leave_at: float = float("inf")  # time.monotonic()
    changed: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def is_over(self) -> bool:
        """Whether the carrier is done with it."""
        return self.ended_at is not None


class FarSide:
    """Everybody who calls, and all phones. Use within `watching()`."""

    def __init__(self, state: LabState) -> None:
        self._client = AmiClient(
            state.carrier,
            AMI,
            "qa",
            state.qa_secret,
            on_event=self._event,
            answer_timeout=30.0,
        )
        self.calls: list[FarCall] = []
        self.talks: list[FarTalk] = []
        self._by_token: dict[str, FarCall] = {}
        self._by_number: dict[str, FarCall] = {}
        self._by_phone: dict[str, FarTalk] = {}  # by the carrier's channel

    @contextlib.asynccontextmanager
    async def watching(self) -> AsyncIterator["FarSide"]:
        """Be logged in during the block. Raises AmiError."""
        async with self._client.session():
            yield self

    async def behaves(self, phone: str, does: dict[str, str]) -> None:
        """Have a phone behave so."""
        for key, value in does.items():
            await self._client.request("DBPut", Family=f"phone/{phone}", Key=key, Val=value)

    async def live(self, plan: CallerPlan) -> None:
        """Place a call, and do as the plan says until it is over."""
        call = FarCall(plan, f"test-{uuid.uuid4()}")
        self.calls.append(call)
        self._by_token[call.token] = self._by_number[plan.number] = call
        gives_up = time.monotonic() + _MOST_SECONDS
        call.leave_at = time.monotonic() + plan.patience
        await self._place(call)
        if plan.gone_after is not None:
            await self._sent(call)
            call.leave_at = gives_up = time.monotonic() + plan.gone_after
        while not call.is_over:
            wait = min(call.leave_at, gives_up) - time.monotonic()
            if wait <= 0:
                await self._hang_up(call)
                wait = AGAIN_SECONDS
            call.changed.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await call.changed.wait()

    async def give_up(self) -> None:
        """Have all who were connected hang up: the PBX is gone, and nobody hears anything."""
        for name, channel in (await channels(self._client)).items():
            if channel.header("ChannelStateDesc") == "Up":
                with contextlib.suppress(AmiError):  # it may have ended
                    await self._client.request("Hangup", Channel=name, Cause=16)

    def not_over(self) -> Iterator[FarCall]:
        """Give the calls that go on."""
        return (call for call in self.calls if not call.is_over)

    async def _place(self, call: FarCall) -> None:
        plan = call.plan
        await self._client.request(
            "Originate",
            Channel=f"Local/{plan.dialled}@callers/n",
            Application="Milliwatt",
            Async="true",
            ChannelId=call.token,
            OtherChannelId=f"{call.token}-out",
            Timeout=600_000,
            Variable=[
                f"FROM={plan.number}",
                "SHOWN=",
                f"HIDE={'yes' if plan.is_withheld else 'no'}",
                "VIA=",
                "RECORD=no",
                f"__TOKEN={call.token}",
            ],
        )

    async def _sent(self, call: FarCall) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_SENT_SECONDS):
                while call.sent_at is None and not call.is_over:
                    call.changed.clear()
                    await call.changed.wait()

    async def _hang_up(self, call: FarCall) -> None:
        call.left_at = call.left_at or time.time()
        with contextlib.suppress(AmiError):  # it may have ended by itself
            await self._client.request("Hangup", Channel=call.token, Cause=16)

    def _event(self, message: Message) -> None:
        at = happened_at(message, time.time())
        match message.header("Event"):
            case "UserEvent":
                self._told(message, at)
            case "DialEnd" if message.header("DialStatus") == "ANSWER":
                if call := self._by_token.get(message.header("Uniqueid").removesuffix("-out")):
                    call.answered_at = at

    def _told(self, message: Message, at: float) -> None:
        """Take what the carrier's own dialplan tells."""
        call = self._by_token.get(message.header("Token"))
        match message.header("UserEvent"):
            case "CallerSent" if call:
                call.sip_call_id, call.sent_at = message.header("SipCallID"), at
            case "CallerDone" if call:
                call.status, call.ended_at = message.header("Status") or "DONE", at
            case "PhoneAnswers":
                phone, number, name = map(message.header, ("Phone", "Number", "Call"))
                began = FarTalk(phone, number, name, at)
                self._by_phone[message.header("Uniqueid")] = began
                self.talks.append(began)
                if call := self._by_number.get(number):
                    call.leave_at = time.monotonic() + call.plan.talk
            case "PhoneEnds" if talk := self._by_phone.get(message.header("Uniqueid")):
                talk.ended_at = at
                if call := self._by_number.get(talk.number):
                    call.leave_at = time.monotonic() + call.plan.patience
        if call:
            call.changed.set()
