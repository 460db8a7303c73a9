"""Many calls, up to their answer: all that was told of them, and set, by then."""

import asyncio
import functools
import itertools
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple, cast
from urllib.parse import unquote_to_bytes

from ivr.agi.variables import VARIABLES
from ivr.ami.client import AmiClient
from ivr.ami.message import Message
from ivr.lab.lab import AMI, SIP, Lab
from tests.lab.made_callers import Caller

AT_ONCE = 8  # calls
GREETS = " same => n(greet),Answer()"
ASKS = ' same => n,GotoIf($["${IVR_ASK}" != ""]?ivr-question,s,1:greet)'
SHORT = re.compile(r"^ same => .*\]\?ivr-usual,s,1\)$", re.MULTILINE)
# Another one each time, or of the place in the dialplan.
_LEFT_OUT = {
    "agi_uniqueid",
    "agi_channel",
    "agi_threadid",
    "agi_arg_1",
    "agi_context",
    "agi_extension",
    "agi_priority",
}
_OTHERS = (
    "CALLERID(num)",
    "CALLERID(name)",
    "CALLERID(ani)",
    "CALLERID(dnid)",
    "CALLERID(num-pres)",
    "CALLERID(name-pres)",
    "REDIRECTING(from-num)",
    "REDIRECTING(from-name)",
    "CHANNEL(language)",
    "TIMEOUT(absolute)",
    "GROUP(ivr-number)",
    "GROUP(ivr-trunk)",
    "ASKS",
    "AGISIGHUP",
    "AGIEXITONHANGUP",
)
_EVENT = (
    "UserEvent",
    "CallerIDNum",
    "CallerIDName",
    "DID",
    "Trunk",
    "SipCallID",
    "Rung",
    "Segment",
    "Queue",
    "Prio",
    "Action",
    "Test",
    "Attestation",
)

_sequence = itertools.count(1)  # Asterisk knows a request for a while: each has its own


@dataclass(slots=True)
class Seen:
    """What one call left: what SIP answered, AGI was told, is set, AMI and queue_log say."""

    status: int = 0
    environment: list[str] = field(default_factory=list)
    variables: dict[str, bytes] = field(default_factory=dict)
    events: list[dict[str, str]] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    call_id: str = ""
    ways: set[str] = field(default_factory=set)  # the contexts in which the decision was told


class _Invite(NamedTuple):
    text: str
    final: asyncio.Future[int]


class _Carrier(asyncio.DatagramProtocol):
    """The far side of a trunk: sends an INVITE, and acknowledges that it is refused."""

    def __init__(self, here: str, pbx: str) -> None:
        self._here, self._pbx = here, pbx
        self._calls: dict[str, _Invite] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)
        self._port = transport.get_extra_info("sockname")[1]

    async def call(self, number: int, caller: Caller) -> int:
        """Place a call, and wait for its end; 0 if there is none."""
        name = caller.name.replace("\\", "\\\\").replace('"', '\\"')
        shown = f'"{name}" ' if name else ""
        call_id, sequence = f"{number}@both", next(_sequence)
        user = f"{caller.number}@" if caller.number else ""
        text = (
            f"INVITE sip:{caller.dialled}@{self._pbx} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {self._here}:{self._port};branch=z9hG4bK{sequence}\r\n"
            f"From: {shown}<sip:{user}{self._here}>;tag={number}\r\n"
            f"To: <sip:{caller.dialled}@{self._pbx}>\r\n"
            f"Call-ID: {call_id}\r\nCSeq: {sequence} INVITE\r\n"
            f"Contact: <sip:a@{self._here}:{self._port}>\r\nMax-Forwards: 70\r\n"
            f"{caller.headers}Content-Length: 0\r\n\r\n"
        )
        self._calls[call_id] = call = _Invite(text, asyncio.get_running_loop().create_future())
        try:
            for patience in (3, 5):  # UDP may lose one
                self._send(text)
                await asyncio.wait((call.final,), timeout=patience)
                if call.final.done():
                    return call.final.result()
            return 0
        finally:
            del self._calls[call_id]

    def datagram_received(self, data: bytes, _: object) -> None:
        text = data.decode("utf-8", "replace")
        status = int(text.split(" ", 2)[1]) if text.startswith("SIP/2.0 ") else 0
        found = re.search(r"^Call-ID: (\S+)", text, re.MULTILINE)
        to = re.search(r"^To: .*$", text, re.MULTILINE)
        call = self._calls.get(found[1]) if found else None
        if call is None or to is None or status < 200:
            return
        ack = re.sub(r"^To: .*$", lambda _: to[0].rstrip(), call.text, count=1, flags=re.MULTILINE)
        self._send(ack.replace("INVITE sip:", "ACK sip:", 1).replace(" INVITE\r", " ACK\r", 1))
        if not call.final.done():
            call.final.set_result(status)

    def _send(self, text: str) -> None:
        self._transport.sendto(text.encode(), (self._pbx, SIP))


class Passage:
    """Sends callers through the dialplan that is loaded, and is the service that it asks."""

    def __init__(self, lab: Lab, elsewhere: str) -> None:
        """`elsewhere` is the address of the trunk that leads straight into [ivr]."""
        self._lab, self._addresses = lab, (lab.state.carrier, elsewhere)
        self._callers: Sequence[Caller] = ()
        self._seen: dict[int, Seen] = {}
        self._events: list[Message] = []
        self._server: asyncio.Server | None = None

    async def run(self, callers: Sequence[Caller]) -> list[Seen]:
        """Return what there is to see of each, in the same order."""
        self._callers, self._seen = callers, {number: Seen() for number in range(len(callers))}
        self._events.clear()
        log = self._lab.home / "pbx/log/queue_log"
        before = log.stat().st_size
        loop = asyncio.get_running_loop()
        sides = [
            await loop.create_datagram_endpoint(
                functools.partial(_Carrier, here, self._lab.state.pbx),
                local_addr=(here, 0),
            )
            for here in self._addresses
        ]
        places = asyncio.Semaphore(AT_ONCE)

        async def place(number: int, caller: Caller) -> None:
            async with places:
                self._seen[number].status = await sides[caller.directly][1].call(number, caller)

        watch = AmiClient(
            self._lab.state.pbx,
            AMI,
            "ivr",
            self._lab.state.ami_secret,
            on_event=self._events.append,
        )
        try:
            async with watch.session():
                await asyncio.gather(*map(place, range(len(callers)), callers))
                await self._all_told()
        finally:
            for transport, _ in sides:
                transport.close()
        with log.open("rb") as file:
            file.seek(before)
            self._gather(file.read().decode("utf-8", "replace").splitlines())
        return list(self._seen.values())

    async def _all_told(self, patience: float = 10) -> None:
        """Wait until each call that asked has said what is set, which may come after its end."""
        asked = {seen.call_id for seen in self._seen.values() if seen.call_id}
        async with asyncio.timeout(patience):
            while asked - set(self._said()):  # noqa: ASYNC110 - Asterisk takes its time
                await asyncio.sleep(0.02)

    def _said(self) -> Iterator[str]:
        """Give each call that has said what is set."""
        for event in self._events:
            if event.header("UserEvent") == "Told":
                yield event.header("Uniqueid")

    def _gather(self, lines: Sequence[str]) -> None:
        by_id = {seen.call_id: seen for seen in self._seen.values() if seen.call_id}
        for event in self._events:
            seen = by_id.get(event.header("Uniqueid"))
            if seen is None or event.header("Event") != "UserEvent":
                continue
            if event.header("UserEvent") == "Told":
                pairs = (pair.split("=", 1) for pair in event.header("All").split("|"))
                seen.variables = {name: unquote_to_bytes(value) for name, value in pairs}
            else:
                seen.events.append({name: event.header(name) for name in _EVENT})
                seen.ways.add(event.header("Context"))
        for line in lines:
            _, call_id, *rest = line.split("|")
            if seen := by_id.get(call_id):
                seen.logged.append("|".join(rest).replace(call_id, "ITS ID"))

    async def listen(self) -> int:
        """Begin to be asked; return the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1 << 16)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def close(self) -> None:
        """Be asked no more."""
        assert self._server
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            lines = (await reader.readuntil(b"\n\n")).decode("latin-1").splitlines()
            said: dict[str, str] = {}
            for line in lines:
                said.setdefault(line.partition(": ")[0], line.partition(": ")[2])
            number = _number(said["agi_arg_5"])
            seen = self._seen[number]
            seen.call_id = said["agi_uniqueid"]
            left = (line for line in lines if line.partition(": ")[0] not in _LEFT_OUT)
            seen.environment += left
            answer = self._callers[number].answer(said["agi_arg_1"])
            if answer is not None:
                writer.write(answer)
                writer.write_eof()
            await reader.read()  # until Asterisk has done what it was told
        finally:
            writer.close()


def _number(sip_call_id: str) -> int:
    return int(sip_call_id.partition("@")[0])


@contextmanager
def loaded(lab: Lab, text: str, port: int) -> Iterator[None]:
    """Load a dialplan that asks at `port`.

    Where it would answer the caller, it says all that is set, and hangs up.
    """
    path = lab.policy_dir / "ivr.conf"
    before = path.read_text(encoding="utf-8")
    own = sorted(set(re.findall(r"\b(CALL_[A-Z_]+)=", text)) - {"CALL_MARK"})
    names = (*own, *(name for name in VARIABLES if name != "IVR_DONE"), *_OTHERS)
    told = "|".join(f"{name}=${{URIENCODE(${{{name}}})}}" for name in names)
    tells = f"UserEvent(Told,All: {told})"  # AGI() takes no more than 2 kB
    assert text.count(GREETS) == text.count(ASKS) == 1
    asks = ' same => n,ExecIf($["${IVR_ASK}" != ""]?Set(ASKS=1))\n same => n,Goto(greet)'
    text = text.replace(ASKS, asks)
    text = text.replace(GREETS, f" same => n(greet),{tells}\n same => n,Hangup(21)")
    path.write_text(text, encoding="utf-8")
    try:
        lab.cli("dialplan reload")
        lab.cli(f"dialplan set global IVR_AGI agi://127.0.0.1:{port}/route")
        lab.cli('dialplan set global IVR_SKIP_UNTIL ""')
        yield
    finally:
        path.write_text(before, encoding="utf-8")
        lab.cli("dialplan reload")


def long_way_only(text: str) -> str:
    """Make a dialplan that has no short way."""
    found, count = SHORT.subn("", text)
    assert count == 1
    return found


@asynccontextmanager
async def passage(lab: Lab, elsewhere: str) -> AsyncIterator[tuple[Passage, int]]:
    """Give who sends callers, and the port that the dialplan is to ask."""
    through = Passage(lab, elsewhere)
    port = await through.listen()
    try:
        yield through, port
    finally:
        through.close()
