"""The faults: each a small function that breaks something of the lab, waits, and mends it."""

import asyncio
import contextlib
import fcntl
import random
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from ivr.agi.server import BACKLOG
from ivr.errors import LabError
from ivr.lab import ready
from ivr.lab.lab import AGI, AMI, Lab
from ivr.lab.processes import Process
from ivr.qa.asterisk_away import Away
from ivr.qa.dying_service import STEPS
from ivr.qa.process_faults import RECORDER, WATCH, pipes_full, small_pipes
from ivr.qa.process_faults import frozen as freezes
from ivr.qa.process_faults import killed as kills
from ivr.qa.proxy import Proxy


@dataclass(slots=True)
class Site:
    """What a fault has to work with. `seconds` is how long it lasts."""

    lab: Lab
    dice: random.Random
    seconds: float
    afterwards: ExitStack = field(default_factory=ExitStack)  # undone once the last call has ended
    gaps: list[Away] = field(default_factory=list)  # Asterisk itself was away
    proxy: Proxy | None = None
    disk: Path | None = None  # where the service's database is, if not where it usually is

    @property
    def database(self) -> Path:
        """Return the file of the service's database."""
        return (self.disk or self.lab.home) / "ivr.db"

    @property
    def ami(self) -> Proxy:
        """The proxy between the service and AMI; `through_a_proxy` made it."""
        assert self.proxy is not None  # noqa: S101
        return self.proxy

    @property
    def service(self) -> Process:
        """The routing service, as it runs now."""
        return self.lab.state.process("service")

    async def last(self) -> None:
        """Let the fault last."""
        await asyncio.sleep(self.seconds)

    async def restart_service(self, settings: Mapping[str, str] | None = None, *, module: Sequence[str] = ()) -> None:
        """Start the service anew, in this way, and wait until it answers."""
        await asyncio.to_thread(self.service.stop)
        self.lab.start_service(settings, module=module)
        await ready.until_ready(self.lab.state)


Step = Callable[[Site], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `prepare` runs before the first call, `run` under load."""

    name: str
    says: str
    run: Step
    prepare: Step | None = None
    seconds: float = 8.0
    unable: Callable[[], str] = lambda: ""  # why it cannot be tried here


async def nothing(site: Site) -> None:
    """The yardstick."""
    await site.last()


async def refused(site: Site) -> None:
    """The service is stopped: connections are refused."""
    await asyncio.to_thread(site.service.stop)
    await site.last()
    site.lab.start_service()


async def frozen(site: Site) -> None:
    """The kernel goes on accepting, and nobody answers."""
    process = site.service
    process.signal(signal.SIGSTOP)
    try:
        await site.last()
    finally:
        process.signal(signal.SIGCONT)


@contextlib.contextmanager
def moved_away(database: Path) -> Iterator[None]:
    """The database and the files that belong to it are elsewhere for a while."""
    parts = [path for end in ("", "-wal", "-shm") if (path := database.with_name(database.name + end)).exists()]
    away = [(path, path.with_name(f"away-{path.name}")) for path in parts]
    for path, other in away:
        path.rename(other)
    try:
        yield
    finally:
        for end in ("", "-wal", "-shm"):
            database.with_name(database.name + end).unlink(missing_ok=True)
        for path, other in away:
            other.rename(path)


async def database_missing(site: Site) -> None:
    """The file is gone, and comes back."""
    with moved_away(site.lab.home / "ivr.db"):
        await site.last()


async def killed(site: Site) -> None:
    """Killed at each step of a call in turn, and started again, as systemd would do it."""
    steps = list(STEPS)
    site.dice.shuffle(steps)
    for step in steps if site.seconds >= FULL_SECONDS else steps[:2]:
        await site.restart_service(module=("ivr.qa.dying_service", step))
        dying = site.service
        dying.signal(signal.SIGUSR2)
        async with asyncio.timeout(10):
            while dying.alive():  # noqa: ASYNC110 - the next call kills it
                await asyncio.sleep(0.02)
        dying.kill()  # reaps it
        await asyncio.sleep(1)  # RestartSec
    site.lab.start_service()


async def killed_at_random(site: Site) -> None:
    """Killed at moments that the dice choose."""
    ends = time.monotonic() + site.seconds
    while time.monotonic() < ends:
        await asyncio.sleep(site.dice.uniform(0, 0.7))
        site.service.kill()
        site.lab.start_service()
        await ready.until_ready(site.lab.state)


async def queue_full(site: Site) -> None:
    """Frozen, and then as many connections as the kernel keeps for it: a further connect takes Asterisk 2 s."""
    process, sockets = site.service, list[socket.socket]()
    process.signal(signal.SIGSTOP)
    try:
        await asyncio.sleep(1.5)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 3 * BACKLOG), hard))
        site.afterwards.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        for _ in range(BACKLOG + 1):
            made = socket.socket()
            made.setblocking(False)
            made.connect_ex((site.lab.state.pbx, AGI))
            sockets.append(made)
        await site.last()
    finally:
        for made in sockets:
            made.close()
        process.signal(signal.SIGCONT)


async def database_locked(site: Site) -> None:
    """Another program holds every lock that SQLite has: nobody can write, and nobody can begin to read."""
    with all_locks(site.lab.home / "ivr.db"):
        await site.last()


async def database_slow(site: Site) -> None:
    """Locks that come and go: a read takes up to 0.25 s."""
    ends = time.monotonic() + site.seconds
    while time.monotonic() < ends:
        with all_locks(site.lab.home / "ivr.db"):
            await asyncio.sleep(0.25)
        await asyncio.sleep(0.05)


@contextlib.contextmanager
def all_locks(database: Path) -> Iterator[None]:
    """SQLite's locks of a WAL (wal.c: 8 bytes from 120 in the -shm file), as POSIX locks of this process."""
    with database.with_name(f"{database.name}-shm").open("r+b") as file:
        for _ in range(200):  # readers hold theirs for a moment each
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 8, 120)
                break
            except OSError:
                time.sleep(0.005)
        else:
            raise LabError(f"{database}: its locks are not to be had")
        yield


async def database_corrupt(site: Site) -> None:
    """The file is there, and its pages hold anything but what they should."""
    database = site.lab.home / "ivr.db"
    data = database.read_bytes()
    with moved_away(database):
        database.write_bytes(data[:4096] + site.dice.randbytes(len(data) - 4096))
        await site.last()


async def no_snapshot(site: Site) -> None:
    """Neither database nor snapshot."""
    snapshot = site.lab.home / "snapshot.db"
    with moved_away(site.lab.home / "ivr.db"), moved_away(snapshot):
        await site.last()


async def asterisk_restarted(site: Site) -> None:
    """Asterisk is stopped and started."""
    killed_at = time.time()
    await asyncio.to_thread(site.lab.state.process("asterisk").stop)
    gone_at = time.time()
    site.lab.up()  # not in a thread: what a thread starts ends with it (PR_SET_PDEATHSIG)
    site.gaps.append(Away(killed_at, gone_at, time.time()))
    await site.last()


async def policy_half_written(site: Site) -> None:
    """policy.yaml and agents.yaml, cut at places that the dice choose, or with a broken line in them."""
    paths = [site.lab.policy_dir / name for name in ("policy.yaml", "agents.yaml")]
    whole = {path: path.read_bytes() for path in paths}
    ends = time.monotonic() + site.seconds
    try:
        while time.monotonic() < ends:
            path = site.dice.choice(paths)
            cut = site.dice.randrange(len(whole[path]))
            tail = site.dice.choice([b"", b"\n\tx: [", b"\0\xff", b"\nsegments: []\n"])
            path.write_bytes(whole[path][:cut] + tail)
            await asyncio.sleep(1.2)  # the service looks every second
            path.write_bytes(whole[path])
    finally:
        for path in paths:
            path.write_bytes(whole[path])


async def through_a_proxy(site: Site) -> None:
    """The service reaches AMI through a proxy of ours."""
    site.proxy = Proxy(site.lab.state.pbx, AMI)
    port = await site.proxy.open()
    site.afterwards.callback(site.proxy.close)
    await site.restart_service({"IVR_AMI_PORT": str(port)})


async def ami_cut(site: Site) -> None:
    """AMI's connection is closed, again and again."""
    ends = time.monotonic() + site.seconds
    while time.monotonic() < ends:
        site.ami.cut()
        await asyncio.sleep(site.dice.uniform(0.1, 1.5))


async def ami_half_open(site: Site) -> None:
    """Nothing comes through any more, and nobody is told."""
    site.ami.mute = True
    await site.last()
    site.ami.mute = False


async def ami_slow(site: Site) -> None:
    """Each piece of AMI's stream comes half a second late."""
    site.ami.delay = 0.5
    await site.last()
    site.ami.delay = 0.0


async def own_clock(site: Site) -> None:
    """The service has a clock of its own, which follows a file. The machine's stays as it is."""
    rule = site.lab.home / "chaos-clock"
    set_clock(rule, 0)
    await site.restart_service(module=("ivr.qa.own_clock", str(rule)))


def set_clock(rule: Path, seconds: int) -> None:
    """Put the service's clock forward by so much; whole, for it is read all the time."""
    new = rule.with_suffix(".new")
    new.write_text(f"{seconds}\n")
    new.replace(rule)


async def clock_jump(site: Site) -> None:
    """An hour forward, a day back, a year forward; and the database away for a part of each."""
    rule = site.lab.home / "chaos-clock"
    for offset in (3600, -86_400, 31_536_000):
        set_clock(rule, offset)
        await asyncio.sleep(site.seconds / 6)
        with moved_away(site.lab.home / "ivr.db"):
            await asyncio.sleep(site.seconds / 6)
    set_clock(rule, 0)


def no_tmpfs() -> str:
    """Why there can be no small disk."""
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", folder]
        told = subprocess.run(mount, capture_output=True, text=True, check=False)  # noqa: S603 - a folder of ours
        if told.returncode:
            return f"no tmpfs can be mounted ({told.stderr.strip().splitlines()[-1]})"
        subprocess.run(["umount", folder], check=False)  # noqa: S603, S607
    return ""


async def small_disk(site: Site) -> None:
    """Database, snapshot and log of the service on a disk with 8 MB left, however large they are."""
    await asyncio.to_thread(site.service.stop)
    usual, disk = site.database, site.lab.home / "disk"
    disk.mkdir(exist_ok=True)
    size = f"size={usual.stat().st_size + DISK_BYTES}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", str(disk)], check=True)  # noqa: ASYNC221, S603, S607
    site.afterwards.callback(subprocess.run, ["umount", "-l", str(disk)], check=False)
    shutil.copy(usual, disk / "ivr.db")
    site.disk = disk
    site.lab.start_service({"IVR_DATABASE_URL": f"sqlite:///{disk}/ivr.db"}, log=disk / "service.log")
    await ready.until_ready(site.lab.state)


async def disk_full(site: Site) -> None:
    """Not a byte is left: neither for the database nor for the log."""
    filler = site.lab.home / "disk" / "filler"
    with filler.open("wb", buffering=0) as file:
        ends = time.monotonic() + site.seconds
        while time.monotonic() < ends:
            with contextlib.suppress(OSError):
                while file.write(b"x" * 4096):
                    pass
            await asyncio.sleep(0.05)
    filler.unlink()


FULL_SECONDS = 8.0
DISK_BYTES = 8_000_000
FAULTS = (
    Fault("nothing", "the yardstick: nothing is broken", nothing),
    Fault("refused", "the service is stopped: connections are refused", refused),
    Fault("killed-at-steps", "the service is killed (-9) after each step of a call", killed),
    Fault("killed-at-random", "the service is killed (-9) at random moments", killed_at_random),
    Fault("frozen", "the service stands still and answers nothing", frozen, seconds=60),
    Fault("frozen-queue-full", "the same, and its accept queue is full", queue_full, seconds=60),
    Fault("watch-killed", "the watch of Asterisk is killed (-9) at times", kills(WATCH)),
    Fault("watch-frozen", "the watch of Asterisk stands still", freezes(WATCH), seconds=10),
    Fault("recorder-killed", "the recorder is killed (-9) at times", kills(RECORDER)),
    Fault("recorder-frozen", "the recorder stands still", freezes(RECORDER), seconds=10),
    Fault("pipes-full", "no process takes what others say", pipes_full, small_pipes, seconds=20),
    Fault("database-missing", "the database file is gone", database_missing),
    Fault("no-snapshot", "neither database nor snapshot", no_snapshot),
    Fault("database-locked", "nobody can write or begin to read", database_locked),
    Fault("database-slow", "reads take up to 0.25 s", database_slow),
    Fault("database-corrupt", "its pages hold anything", database_corrupt),
    Fault("ami-cut", "AMI's connection is closed again and again", ami_cut, through_a_proxy),
    Fault("ami-half-open", "AMI's connection says nothing any more", ami_half_open, through_a_proxy, seconds=15),
    Fault("ami-slow", "AMI's stream comes half a second late", ami_slow, through_a_proxy),
    Fault("disk-full", "no room for the service's database and log", disk_full, small_disk, unable=no_tmpfs),
    Fault("clock-jump", "the service's clock jumps", clock_jump, own_clock, seconds=12),
    Fault("policy-half-written", "policy.yaml and agents.yaml are cut or broken", policy_half_written),
    Fault("asterisk-restarted", "Asterisk is stopped and started", asterisk_restarted),
)
