"""The FastAGI server against peers that behave, and peers that do not."""

import asyncio
import contextlib
import functools
import ipaddress
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from ivr.agi import probe, server
from ivr.agi.contract import CONTRACT
from ivr.agi.contract_mismatch import OtherContract
from ivr.agi.endpoints import PIN_COMMANDS, Endpoints
from ivr.agi.known_calls import KnownCalls
from ivr.agi.port_access import Admission
from ivr.agi.refusals import Refusals
from ivr.agi.request import ENVIRONMENT_LIMIT, AgiError
from ivr.agi.server import AgiServer
from ivr.application.route_call import RouteCall
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.customers import Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.limits import ANSWER_SECONDS, WARN_AGAIN_SECONDS
from ivr.numbers.e164 import PhoneNumbers
from ivr.policy.loader import Bundle
from tests.policies import PREMIUM, policy
from tests.wire.fake_ami import eventually
from tests.wire.memory_journal import Memory

LOOPBACK = [ipaddress.IPv4Network("127.0.0.0/8")]
POLICY = policy(
    PREMIUM,
    score={"value": 1},
    treatments={"premium": {"queue": "premium", "priority": 100}, "general": {"queue": "general-queue"}},
    rules=[{"name": "premium", "when": ['segment == "premium"'], "treatment": "premium"}],
)
ROUTE = ("1700000000-123456789", "1000", "0", "carrier", "abc@127.0.0.1")


class Customers:
    """Every number that ends in 1 is a premium customer's."""

    def __init__(self, name: str = "Ada Lovelace") -> None:
        self.name, self.asked = name, list[str]()
        self.hangs = False
        self.fails = False
        self.says: Lookup | None = None

    async def find_by_customer_number(self, digits: str, call_id: str = "") -> Lookup:
        return await self.find(digits)

    async def find(self, number: str, call_id: str = "") -> Lookup:
        self.asked.append(number)
        if self.hangs:
            await asyncio.Event().wait()
        if self.fails:
            raise RuntimeError("a bug")
        if self.says:
            return self.says
        return Found(Customer("C1", self.name, Scores(value=91))) if number.endswith("1") else Unknown("not known")


class Policies:
    def in_force(self, call: IncomingCall | None = None) -> Bundle:
        return POLICY


class Pins:
    """Remembers what callers typed."""

    def __init__(self) -> None:
        self.typed_by: list[tuple[str, str]] = []

    def typed(self, call_id: str, digits: str) -> None:
        self.typed_by.append((call_id, digits))


class Running:
    """A server on a free port, with what it works on."""

    def __init__(self) -> None:
        self.customers, self.journal, self.pins = Customers(), Memory(), Pins()
        self.seconds = 1000.0
        self.calls = KnownCalls()
        endpoints = Endpoints(
            RouteCall(PhoneNumbers(), self.customers, Policies(), time.perf_counter), self.journal, pins=self.pins,
            other_contract=OtherContract(lambda: self.seconds), calls=self.calls,
            refusals=Refusals(lambda: self.seconds),
        )  # fmt: skip
        self.server = AgiServer(
            "127.0.0.1",
            0,
            {"route": endpoints.route, "check": endpoints.check, "pin": endpoints.pin},
            Admission(LOOPBACK, {os.geteuid()}),
            endpoints.refusals,
        )

    async def route(self, caller: str = "+442079460001", arguments: tuple[str, ...] = ROUTE) -> list[str]:
        return await probe.ask("127.0.0.1", self.server.port, "route", arguments=arguments, caller=caller, patience=9)

    async def raw(self, data: bytes, *, close: bool = False) -> bytes:
        """Send bytes, and read until the server closes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        with contextlib.closing(writer):
            writer.write(data)
            if close:
                writer.write_eof()
            with contextlib.suppress(ConnectionError):
                return await asyncio.wait_for(reader.read(), 5)
            return b""

    async def outcome(self, name: str) -> None:
        """Wait until a session has ended so."""
        async with asyncio.timeout(5):
            while not self.server.outcomes[name]:  # noqa: ASYNC110 - the server announces nothing
                await asyncio.sleep(0.01)

    async def still_serves(self) -> None:
        assert "IVR_QUEUE=premium" in (await self.route())[0]


async def test_a_call_gets_its_answer_in_one_mset_with_the_mark_last(running: Running) -> None:
    answer = (
        'EXEC MSet "IVR_ACTION=queue,IVR_QUEUE=premium,IVR_PRIORITY=100,IVR_STEPS=,IVR_GREETING=,IVR_SAY=,'
        "IVR_MAILBOX=,IVR_MUSIC=,IVR_SELF_SERVICE=,IVR_DISCLOSE=,IVR_ACCOUNT=,IVR_ASK=,IVR_ASK_SOUND=,IVR_ASK_KEYS=,"
        "IVR_SEGMENT=premium,IVR_LANGUAGE=en,IVR_CUSTOMER=C1,IVR_TRUST=caller-id,IVR_LABEL=PREMIUM%20value%2091%20-%20Ada%20Lovelace,IVR_TYPED=,IVR_RUNG=live,IVR_TEST=,IVR_MEMORY=keep,"
        'IVR_DONE=1700000000-123456789"'
    )
    assert await running.route() == [answer]


async def test_the_call_need_not_wait_until_we_have_read_that_it_took_the_answer(running: Running) -> None:
    """Asterisk goes on with the call at the end of what we say."""
    lines = [f"agi_arg_{number}: {value}" for number, value in enumerate(ROUTE, 1)]
    request = "\n".join(["agi_network_script: route", "agi_uniqueid: 1.1", "agi_callerid: unknown", *lines, "", ""])
    assert (await running.raw(request.encode())).startswith(b"EXEC MSet")
    await running.outcome("broken")  # for it did not say that it took it


async def test_what_is_recorded_says_who_called_and_how_long_it_took(running: Running) -> None:
    await running.route()
    await running.outcome("done")
    ((call, decision, route_ms),) = running.journal.decisions
    assert call.call_id.startswith("probe.")
    assert (call.caller_number, call.dialled, call.trunk) == (
        "+442079460001",
        "1000",
        "carrier",
    )
    assert (decision.identity.customer_id, decision.treatment.queue) == ("C1", "premium")
    assert route_ms > 0


async def test_a_withheld_number_is_not_looked_up(running: Running) -> None:
    answer = await running.route(arguments=(ROUTE[0], "1000", "1", "carrier", ""))
    assert "IVR_QUEUE=general-queue" in answer[0]
    assert running.customers.asked == []


async def test_national_and_international_spelling_are_one_caller(running: Running) -> None:
    for spelling in ("+442079460001", "02079460001", "00442079460001", "442079460001"):
        assert "IVR_CUSTOMER=C1" in (await running.route(spelling))[0]


async def test_customer_data_cannot_set_a_variable(running: Running) -> None:
    running.customers.name = 'x,IVR_QUEUE=premium"\n200 result=0\nEXEC System "reboot'
    (answer,) = await running.route()
    assert answer.count("IVR_QUEUE=") == 1
    assert "IVR_LABEL=PREMIUM%20value%2091%20-%20x%2CIVR_QUEUE%3Dpremium" in answer
    assert '"' not in answer.removeprefix('EXEC MSet "').removesuffix('"')


@pytest.mark.parametrize(
    ("found", "database"),
    [
        (Unknown("not known"), "yes"),
        (Unavailable("locked"), "no"),
        (Found(Customer("C1", "Ada", Scores(value=91)), age_seconds=60, why="locked"), "no"),  # a snapshot says so
    ],
)
async def test_the_check_says_how_it_is_and_records_nothing(running: Running, found: Lookup, database: str) -> None:
    running.customers.says = found
    said = probe.verdict(await probe.ask("127.0.0.1", running.server.port, "check"))
    assert said is not None
    assert (said["database"], said["ami"]) == (database, "no")
    assert running.journal.decisions == []


# The PIN ---------------------------------------------------------------------------------------------

PIN = "73915"


async def asked_for_a_pin(running: Running, *answers: bytes, mark: str = ROUTE[0], call: str = "pbx-1.1") -> list[str]:
    """Answer one command after the other, as Asterisk does; what the server commanded. The call was told to ask."""
    running.calls.answered(call, mark, pin=True)
    reader, writer = await asyncio.open_connection("127.0.0.1", running.server.port)
    said = []
    with contextlib.closing(writer):
        writer.write(f"agi_network_script: pin\nagi_uniqueid: {call}\nagi_arg_1: {mark}\n\n".encode())
        for answer in answers:
            said.append((await asyncio.wait_for(reader.readline(), 5)).decode().rstrip("\n"))
            with pytest.raises(TimeoutError):  # GET DATA breaks off when there is more from us, or our side is closed
                await asyncio.wait_for(reader.read(1), 0.02)
            writer.write(answer)
            if not answer.endswith(b"\n"):
                writer.write_eof()
        with contextlib.suppress(ConnectionError):
            assert await asyncio.wait_for(reader.read(), 5) == b""
    return said


@pytest.mark.parametrize(
    ("result", "digits"),
    [
        (f"200 result={PIN}", PIN),
        (f"200 result={PIN} (timeout)", PIN),
        ("200 result= (timeout)", ""),
        ("200 result=", ""),
        ("200 result=12345678", "12345678"),
        ("200 result=12*4", ""),  # no PIN: a slip of the finger
    ],
)
async def test_the_digits_of_a_pin_go_to_the_desk(running: Running, result: str, digits: str) -> None:
    said = await asked_for_a_pin(running, b"200 result=0\n", f"{result}\n".encode())
    assert said == list(PIN_COMMANDS)
    await running.outcome("done")
    assert running.pins.typed_by == [("pbx-1.1", digits)]


@pytest.mark.parametrize(
    "answers",
    [
        [b"200 result=0\n", b"200 result=-1\n"],  # hung up
        [b"200 result=0\n", b""],
        [b"200 result=0\n", f"200 result={PIN}".encode()],  # cut
        [b"200 result=0\n", f"200 result={PIN}{PIN}\n".encode()],
        [b"200 result=0\n", f"200 result={PIN} (endpos=1)\n".encode()],
        [b"200 result=0\n", f"511 {PIN}\n".encode()],
        [f"{PIN}\n".encode()],
        [b"200 result=0\n", b"2" * 2 * ENVIRONMENT_LIMIT],
        [b""],
    ],
)
async def test_what_is_no_pin_reaches_nobody(
    running: Running, answers: list[bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    with capture_logs() as logs:
        await asked_for_a_pin(running, *answers)
        await running.outcome("broken")
    assert running.pins.typed_by == []
    assert PIN not in str(logs) + "".join(capsys.readouterr())
    await running.still_serves()


@pytest.mark.parametrize(("mark", "call"), [("", "pbx-1.1"), ("x", "pbx-1.1"), (ROUTE[0], ""), (ROUTE[0], "a b")])
async def test_nobody_else_is_asked_for_a_pin(running: Running, mark: str, call: str) -> None:
    assert await asked_for_a_pin(running, mark=mark, call=call) == []
    assert running.pins.typed_by == []


async def test_a_caller_has_longer_for_a_pin_than_a_call_for_its_answer(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ANSWER_SECONDS", 0.1)
    running.calls.answered("1.1", ROUTE[0], pin=True)
    reader, writer = await asyncio.open_connection("127.0.0.1", running.server.port)
    with contextlib.closing(writer):
        writer.write(f"agi_network_script: pin\nagi_uniqueid: 1.1\nagi_arg_1: {ROUTE[0]}\n\n".encode())
        await asyncio.wait_for(reader.readline(), 5)
        writer.write(b"200 result=0\n")
        await asyncio.sleep(0.3)
        writer.write(f"200 result={PIN}\n".encode())
        await running.outcome("done")
    assert running.pins.typed_by == [("1.1", PIN)]


async def test_a_caller_who_types_for_ever_is_not_waited_for(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(server.PATIENCE, "pin", 0.1)
    running.calls.answered("1.1", ROUTE[0], pin=True)
    _, writer = await asyncio.open_connection("127.0.0.1", running.server.port)
    with contextlib.closing(writer):
        writer.write(f"agi_network_script: pin\nagi_uniqueid: 1.1\nagi_arg_1: {ROUTE[0]}\n\n".encode())
        await running.outcome("timeout")
    assert running.pins.typed_by == []


# What the caller was asked ----------------------------------------------------------------------------


async def test_what_the_caller_was_asked_is_in_the_call(running: Running) -> None:
    assert await running.route(arguments=(*ROUTE, "A", "mn", "2", "10023"))
    await running.outcome("done")
    ((call, _, _),) = running.journal.decisions
    assert (call.attestation, call.asked, call.intent, call.typed) == ("A", "mn", "2", "xxxxx"), "10023 is nobody's"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (7, "x"), (7, "mnpmnpmnp"), (7, "m n"), (7, "M"), (7, "m,n"),
        (8, "12"), (8, "a"), (8, "${1}"), (8, "٣"), (8, "-"),
        (9, "1" * 21), (9, "+44"), (9, "12a"), (9, "١٢"), (9, "1 2"), (9, "1*"),
    ],
)  # fmt: skip
async def test_no_answers_but_a_callers_are_believed(running: Running, place: int, value: str) -> None:
    arguments = [*ROUTE, "", "m", "1", "1"]
    arguments[place - 1] = value
    assert await running.route(arguments=tuple(arguments)) == []
    await running.outcome("broken")
    assert running.journal.decisions == []
    await running.still_serves()


# Peers that do not behave -----------------------------------------------------------------------------


async def test_connect_and_close_harms_nobody(running: Running) -> None:
    """panoramisk's own reader spins for ever here, and takes the event loop with it."""
    assert await running.raw(b"", close=True) == b""
    await running.outcome("broken")
    await running.still_serves()


@pytest.mark.parametrize(
    ("data", "ends_as"),
    [
        (b"agi_network: yes\nagi_network_script: rou", "broken"),  # half an environment
        (b"agi_network_script: nothing\n\n", "unknown_route"),
        (b"\n\n", "unknown_route"),
        (b"agi_network_script: route\nagi_uniqueid: a b\n\n", "broken"),
        (b"agi_network_script: route\nagi_uniqueid: \0\0\n\n", "broken"),
        (b"x: " + b"y" * (2 * ENVIRONMENT_LIMIT), "broken"),
        (b"a: b\n" * 200_000 + b"\n", "broken"),  # 1 MB
    ],
)
async def test_what_is_no_request_is_closed(running: Running, data: bytes, ends_as: str) -> None:
    assert await running.raw(data, close=True) == b""
    await running.outcome(ends_as)
    await running.still_serves()


async def test_an_environment_that_is_not_utf8_is_routed_all_the_same(running: Running) -> None:
    """panoramisk closes such a call without routing it; the name of a caller can be anything."""
    environment = (
        b"agi_network_script: route\nagi_uniqueid: 1.1\nagi_callerid: +442079460001\nagi_calleridname: Jos\xe9\xff\n"
        b"agi_arg_1: 1-1\nagi_arg_2: 1000\nagi_arg_3: 0\nagi_arg_4: carrier\nagi_arg_5: x\n\n"
    )
    assert b"IVR_QUEUE=premium" in await running.raw(environment + b"200 result=0\n")


async def test_of_a_repeated_key_the_first_counts(running: Running) -> None:
    environment = (
        b"agi_network_script: route\nagi_uniqueid: 1.1\nagi_callerid: +442079460002\n"
        b"agi_arg_1: 1-1\nagi_arg_2: 1000\nagi_arg_3: 0\nagi_arg_4: carrier\nagi_arg_5: x\n"
        b"agi_callerid: +442079460001\nagi_network_script: check\n\n"
    )
    assert b"IVR_QUEUE=general-queue" in await running.raw(environment + b"200 result=0\n")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HANGUP\n",
        b"200 result=-1\n",
        b"510 Invalid\n",
        b"\xff\xfe\n",
        b"nonsense\n",
        b"100 wait\n" * 50,
    ],
)
async def test_an_answer_that_is_none_ends_the_session_unrecorded(running: Running, answer: bytes) -> None:
    environment = (
        b"agi_network_script: route\nagi_uniqueid: 1.1\nagi_callerid: +442079460001\n"
        b"agi_arg_1: 1-1\nagi_arg_2: 1000\nagi_arg_3: 0\nagi_arg_4: carrier\nagi_arg_5: x\n\n"
    )
    await running.raw(environment + answer, close=True)
    await running.outcome("broken")
    assert running.journal.kept == []
    await running.still_serves()


async def test_a_slow_peer_is_cut_off_while_others_are_served(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ANSWER_SECONDS", 0.2)
    slow = asyncio.create_task(running.raw(b"agi_network: yes\n"))
    await running.still_serves()
    assert await slow == b""
    await running.outcome("timeout")


async def test_a_lookup_that_hangs_ends_before_the_dialplan_gives_up(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ANSWER_SECONDS", 0.2)
    running.customers.hangs = True
    assert await running.route() == []
    assert running.server.outcomes["timeout"] == 1


async def test_a_bug_costs_one_call_its_answer_and_no_other(running: Running) -> None:
    running.customers.fails = True
    assert await running.route() == []
    assert running.server.outcomes["failed"] == 1
    running.customers.fails = False
    await running.still_serves()


async def test_five_hundred_idle_connections_do_not_keep_a_call_waiting(running: Running) -> None:
    idle = [await asyncio.open_connection("127.0.0.1", running.server.port) for _ in range(500)]
    await running.still_serves()
    for _, writer in idle:
        writer.close()


async def test_a_call_beyond_the_limit_is_told_at_once(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the dialplan falls back by itself, and the caller does not wait for those before."""
    monkeypatch.setitem(server.LIMITS, "route", 2)
    running.customers.hangs = True
    waiting = [asyncio.create_task(running.route()) for _ in range(2)]
    await eventually(lambda: running.server.sessions == 2 and len(running.customers.asked) == 2)
    began = time.monotonic()
    with capture_logs() as logs:
        assert await running.route() == []
        assert await running.route() == []
    assert time.monotonic() - began < ANSWER_SECONDS / 2
    assert running.server.outcomes["busy"] == 2
    assert [(line["event"], line["of"]) for line in logs] == [("agi sessions full", "route")]
    await asyncio.gather(*waiting)
    running.customers.hangs = False
    await running.still_serves()


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_two_thousand_quick_connections_leave_nothing_behind(running: Running) -> None:
    before = descriptors()
    for _ in range(20):
        await asyncio.gather(*(running.raw(b"agi_network: yes\n", close=True) for _ in range(100)))
    await running.still_serves()
    await running.outcome("done")
    await eventually(lambda: running.server.sessions == 0)
    assert descriptors() <= before + 5


async def test_a_peer_from_elsewhere_is_refused() -> None:
    other = AgiServer("127.0.0.1", 0, {}, Admission([ipaddress.IPv4Network("192.0.2.0/24")], {os.geteuid()}))
    await other.start()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", other.port)
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()
        assert other.outcomes["refused"] == 1
    finally:
        await other.stop()


async def test_the_backlog_is_large_enough_for_a_freeze(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a short one, each call after it is full costs Asterisk 2 s."""
    asked: list[int] = []
    listen: Callable[..., None] = socket.socket.listen

    def recorded(self: socket.socket, backlog: int = 0) -> None:
        asked.append(backlog)
        listen(self, backlog)

    monkeypatch.setattr(socket.socket, "listen", recorded)
    agi = AgiServer("127.0.0.1", 0, {}, Admission(LOOPBACK, {os.geteuid()}))
    await agi.start()
    await agi.stop()
    assert asked == [4096]


async def test_a_silent_server_is_reported_by_the_probe() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(AgiError, match="no answer within"):
        await probe.ask("127.0.0.1", silent.getsockname()[1], "check", patience=0.1)


# Another contract ------------------------------------------------------------------------------------

NINE = (*ROUTE, "", "", "", "")


@pytest.mark.parametrize("number", ["", "1", str(CONTRACT), str(CONTRACT + 1), "999999"])
async def test_a_dialplan_of_any_contract_is_answered(running: Running, number: str) -> None:
    (command,) = await running.route(arguments=(*NINE, number, "", "", "what a later one may add"))
    assert command.startswith('EXEC MSet "IVR_ACTION=queue,IVR_QUEUE=premium,')
    await running.outcome("done")
    assert len(running.journal.decisions) == 1


async def test_another_contract_is_logged_once_a_minute(running: Running) -> None:
    def done(count: int) -> bool:
        return running.server.outcomes["done"] == count

    with capture_logs() as logs:
        asked = ((0, CONTRACT + 1), (1, CONTRACT + 1), (1, ""), (WARN_AGAIN_SECONDS, CONTRACT), (0, ""))
        for count, (seconds, number) in enumerate(asked, 1):
            running.seconds += seconds
            await running.route(arguments=(*NINE, str(number)))
            await eventually(functools.partial(done, count))
    said = [(log["dialplan"], log["service"], log["mend"].split(":")[0]) for log in logs if "contract" in log["event"]]
    assert said == [
        (CONTRACT + 1, CONTRACT, "upgrade the service"),
        (1, CONTRACT, "upgrade dialplans/ivr.conf and reload it"),
    ]


async def test_what_is_no_contract_is_not_answered(running: Running) -> None:
    """Nor would any other argument be that our dialplan cannot have sent: the dialplan goes on without us."""
    assert await running.route(arguments=(*NINE, "two")) == []
    await running.outcome("broken")


async def test_the_check_says_which_contract(running: Running) -> None:
    said = probe.verdict(await probe.ask("127.0.0.1", running.server.port, "check"))
    assert said is not None
    assert said["contract"] == str(CONTRACT)
