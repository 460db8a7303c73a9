"""Peers that play nobody nice, at the real service, each while a real call runs beside them."""

import asyncio
import contextlib
import csv
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from ivr import private_files, settings
from ivr.lab import ready
from ivr.lab.lab import AGI, Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench
from ivr.service import customer_import as service
from tests.conftest import until

pytestmark = [pytest.mark.shared, pytest.mark.thorough]

PREMIUM = "+442079460001"
TO_QUEUE_SECONDS = 2.0
MOST_MEGABYTES = 40  # that the service may have grown by, afterwards
Peers = Callable[[str], Awaitable[object]]


async def send(host: str, data: bytes, *, stay: float = 0.0, read: bool = True) -> None:
    """Connect, send, stay for a while, read what comes, close. Whatever the service does about it is its right."""
    with contextlib.suppress(OSError):
        reader, writer = await asyncio.open_connection(host, AGI)
        with contextlib.closing(writer):
            writer.write(data)
            await asyncio.sleep(stay)
            if read:
                writer.write_eof()
                await asyncio.wait_for(reader.read(), 5)


def many(count: int, data: bytes, *, stay: float = 0.0, at_once: int = 100, read: bool = True) -> Peers:
    async def all_of_them(host: str) -> None:
        for begin in range(0, count, at_once):
            number = min(at_once, count - begin)
            await asyncio.gather(*(send(host, data, stay=stay, read=read) for _ in range(number)))

    return all_of_them


async def slow_loris(host: str) -> None:
    async def drip() -> None:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(host, AGI)
            with contextlib.closing(writer):
                for byte in b"agi_network: yes\n":
                    writer.write(bytes([byte]))
                    await asyncio.sleep(0.1)

    await asyncio.gather(*(drip() for _ in range(100)))


HEAD = b"agi_network_script: route\nagi_uniqueid: evil.1\n"
TAIL = b"agi_arg_1: 1-1\nagi_arg_2: 1000\nagi_arg_3: 0\nagi_arg_4: carrier\nagi_arg_5: x\n\n"
PEERS: dict[str, Peers] = {
    "connect and close": many(500, b"", read=False),
    "half an environment": many(200, HEAD),
    "1 MB without an empty line": many(30, b"a: b\n" * 200_000, at_once=10),
    "1 MB without a line": many(30, b"x" * 1_000_000, at_once=10),
    "NUL": many(100, HEAD + b"agi_callerid: \0\0\0\n" + TAIL),
    "not UTF-8": many(100, b"\xff\xfe\x80" * 1000 + b"\n\n"),
    "slow loris": slow_loris,
    "500 idle connections": many(500, b"", stay=2, at_once=500),
    "unknown routes": many(200, b"agi_network_script: x\r\nlevel=error event=forged\nagi_uniqueid: 1.1\n\n"),
    "second keys": many(100, HEAD + b"agi_uniqueid: evil.2\nagi_callerid: 1\nagi_callerid: 2\n" + TAIL),
    "9,000 byte values": many(100, HEAD + b"agi_callerid: " + b"9" * 9000 + b"\n" + TAIL),
    "answers that are none": many(100, HEAD + b"agi_callerid: +442079460001\n" + TAIL + b"\xff" * 5000 + b"\n"),
    "2,000 quick connections": many(2000, HEAD, read=False),
}


def megabytes(pid: int) -> float:
    """The service's resident memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def descriptors(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def every_line_is_one_of_ours(lab: Lab) -> None:
    lines = (lab.home / "log/service.log").read_text(errors="replace").split("\n")
    assert not [line for line in lines if line and not line.startswith("timestamp=20")]


async def call_is_routed_live(bench: TestBench) -> None:
    report = await bench.call(PREMIUM, "1000", talk=0.1)
    assert (report.queue, report.priority, report.customer) == ("premium", 100, "C0001")
    assert report.history is not None
    assert report.history.tier == "live"
    assert report.to_queue_seconds is not None
    assert report.to_queue_seconds < TO_QUEUE_SECONDS


@pytest.mark.alone
@pytest.mark.parametrize("name", PEERS)
async def test_no_peer_harms_the_call_beside_it(lab: Lab, bench: TestBench, name: str) -> None:
    pid = lab.state.process("service").pid
    opened, memory = descriptors(pid), megabytes(pid)
    peers = asyncio.ensure_future(PEERS[name](lab.state.pbx))
    await asyncio.sleep(0)  # they begin
    await call_is_routed_live(bench)
    await peers
    await asyncio.to_thread(until, lambda: descriptors(pid) <= opened)
    assert megabytes(pid) - memory < MOST_MEGABYTES
    every_line_is_one_of_ours(lab)


FORGED_END = b"Event: Hangup\r\nUniqueid: %s\r\nCause: 16\r\n\r\n"
HOSTILE_AMI = {
    "no manager": b"HTTP/1.1 200 OK\r\n\r\n" * 1000,
    "an endless line": b"Asterisk Call Manager/11.0.0\r\n" + b"x" * 4_000_000,
    "a flood of events": b"Asterisk Call Manager/11.0.0\r\n" + FORGED_END % b"forged.1" * 20_000,
    "nothing that is text": b"Asterisk Call Manager/\xff\r\nResponse: Success\r\n\xff\xfe\0\r\n\r\n" * 10_000,
}


@contextlib.asynccontextmanager
async def hostile_ami(lab: Lab, says: bytes) -> AsyncIterator[list[int]]:
    """The service is logged in to somebody else, who says this to everybody; gives a list that counts logins."""
    connections: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        with contextlib.closing(writer), contextlib.suppress(OSError):
            writer.write(says)
            await writer.drain()
            await asyncio.sleep(0.2)

    file = lab.state.settings_file
    before = file.read_text()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    lab.state.process("service").stop()
    private_files.write(file, before.replace("ami_port = 5038", f"ami_port = {port}").replace(
        f'ami_host = "{lab.state.pbx}"', 'ami_host = "127.0.0.1"'))  # fmt: skip
    try:
        lab.start_service()
        yield connections
    finally:
        server.close()
        private_files.write(file, before)
        lab.state.process("service").stop()
        lab.start_service()
        await ready.until_ready(lab.state)


@pytest.mark.alone
@pytest.mark.parametrize("name", HOSTILE_AMI)
async def test_a_hostile_manager_harms_no_call(lab: Lab, bench: TestBench, records: AwaitedRecords, name: str) -> None:
    async with hostile_ami(lab, HOSTILE_AMI[name]) as connections:
        async with asyncio.timeout(10):
            while len(connections) < 2:  # noqa: ASYNC110 - it comes back, as to any Asterisk
                await asyncio.sleep(0.05)
        pid = lab.state.process("service").pid
        await call_is_routed_live(bench)
        assert megabytes(pid) < 250
        every_line_is_one_of_ours(lab)
    assert records.find("forged.1") is None


NAMES = {
    "commas": "x,IVR_QUEUE=general-queue,IVR_PRIORITY=1",
    "quotes": 'Ada "x" <sip:boss@x>; \\"y\\\'',
    "a variable": "${SHELL(echo IVR_QUEUE)}${IVR_QUEUE}$[1+1]",
    "percent": "%0A%0D%2C%22 100%",
    "emoji": "☎📞" * 50,
    "a header": "x\\r\\nX-IVR-Segment: vip",
    "an event": "x Event: Hangup Uniqueid: forged.1",
    "bars": "a|b|c&PJSIP/x@y",
}
IDS = {name: (f"H{number:03}", f"+120255501{80 + number}") for number, name in enumerate(NAMES)}


@pytest.fixture(scope="module")
def hostile_customers(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("import") / "hostile.csv"
    with file.open("w", newline="") as text:
        rows = csv.writer(text)
        text.write("customer_id,name,phones,value,potential,need,language,tags,preferred_agent,blocked\n")
        for name, (customer, number) in IDS.items():
            rows.writerow([customer, NAMES[name], number, 90, 50, 10, "en", "", "", ""])
        rows.writerow(["H900", "two\nlines", "+12025550190", 90, 50, 10, "en", "", "", ""])
        rows.writerow(["H902", "\u202eecalevoL\u202c \u200fAda", "+12025550192", 90, 50, 10, "en", "", "", ""])
        rows.writerow(["H901,IVR_QUEUE=premium", "x", "+12025550191", 90, 50, 10, "en", "", "", ""])
    report = service.import_customers(
        settings.load(lab.state.settings_file), service.ImportOrder(file), lambda done, of: None
    )
    assert (report.rows_ok, report.rows_bad) == (len(IDS), 3), report.problems


@pytest.mark.usefixtures("hostile_customers")
@pytest.mark.parametrize("name", NAMES)
async def test_a_customers_name_is_only_shown(lab: Lab, bench: TestBench, records: AwaitedRecords, name: str) -> None:
    customer, number = IDS[name]
    report = await bench.call(number, "1000", talk=0.1)
    assert (report.queue, report.priority, report.segment, report.customer) == ("premium", 100, "premium", customer)
    (display,) = report.displays
    assert (display.customer, display.segment, display.number) == (customer, "premium", number)
    assert report.decision is not None
    whole = report.decision.treatment.label
    assert whole.startswith(display.shows), "Asterisk cuts a name at 80 bytes"
    assert display.shows.startswith("PREMIUM value 90 - ")
    assert display.shows.isprintable()
    assert len(display.shows) <= 60
    assert not set(display.shows) & set('"\\<>')
    assert records.find("forged.1") is None
    every_line_is_one_of_ours(lab)
    queue_log = (lab.home / "pbx/log/queue_log").read_text().splitlines()
    assert all(line.split("|")[0].isdigit() for line in queue_log)
