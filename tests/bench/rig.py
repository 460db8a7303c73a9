"""A lab to measure in: the shipped one, with many customers, and other dialplans beside ours."""

import argparse
import asyncio
import contextlib
import dataclasses
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ivr.errors import IvrError, LabError
from ivr.lab import lab as lab_module
from ivr.lab import ready
from ivr.lab.asterisk_install import AsteriskInstall, ensure_asterisk, unpack_beside
from ivr.lab.lab import Lab
from ivr.shipped_files import share
from tests.bench import customers, sessions, sipp
from tests.bench.judgement import Chunk
from tests.bench.processor import Meter
from tests.bench.sipp import Calls

# The dialled numbers (asterisk/extensions.conf).
BARE, ODBC, ROUTED, AGI, CONSTANT = "9001", "9002", "9003", "9004", "9005"
FOLDER = Path("build/bench")
_CONF = Path(__file__).with_name("asterisk")
_ODBC_PACKAGES = ("libodbcinst2", "libsqliteodbc")
_ODBC_MODULES = ("res_odbc.so", "res_odbc_transaction.so", "func_odbc.so")
_IDLE_SECONDS = 120  # after 60 without sound Asterisk gives a caller up who went without a word: SIPp does, overloaded
_KNOWN_SECONDS = 300  # until the customers are in memory
Say = Callable[[str], None]


@dataclass(slots=True)
class Rig:
    """A running lab and its customers. `absent` has why a dialled number cannot be measured here.

    `constant` is the process that answers with a constant, None without the other dialplans.
    """

    lab: Lab
    customers: int
    absent: dict[str, str]
    dice: random.Random
    constant: "subprocess.Popen[str] | None" = None

    def callers(self, count: int) -> list[str]:
        """Numbers of customers, over the whole of them."""
        return [customers.number(n) for n in self.dice.choices(range(self.customers), k=count)]

    def mixed_callers(self, count: int) -> list[str]:
        """Who calls a company: 60 % are known, 30 % are not, 10 % withhold their number."""
        return [
            self.dice.choices([known, f"+4915199{known[-7:]}", "anonymous"], (60, 30, 10))[0]
            for known in self.callers(count)
        ]

    def call(self, dialled: str, rate: float, seconds: float, **how: Any) -> Calls:
        """Calls at `rate` for `seconds`. A call that our dialplan routed without a live decision has failed."""
        return self.chunk(dialled, rate, seconds, **how).calls

    def chunk(
        self,
        dialled: str,
        rate: float,
        seconds: float,
        who: Callable[[int], list[str]] | None = None,
        **how: Any,
    ) -> Chunk:
        """Place calls as `call` does; measures the processor time until nothing is left of them."""
        callers = (who or self.callers)(max(1, round(rate * seconds)))
        before = self._routed_live(dialled)
        meter = Meter(self.lab.state.process("asterisk").pid, *self._ours(dialled))
        calls = sipp.call(self.lab.state, self.lab.home / "sipp", dialled, callers, rate, **how)
        meter.others_end()
        self._wait_until_idle()
        if dialled in (ROUTED, AGI):
            calls.succeeded = min(calls.succeeded, self._routed_live(dialled) - before)
        return Chunk(calls, meter.used())

    def _ours(self, dialled: str) -> tuple[list[int], list[int]]:
        """Say which processes a call to this number needs, beside Asterisk, and which not."""
        service = [self.lab.state.process("service").pid]
        constant = [self.constant.pid] if self.constant else []
        if dialled == CONSTANT:
            return constant, service
        return (service, constant) if dialled in (ROUTED, AGI) else ([], service + constant)

    def _wait_until_idle(self) -> None:
        """Calls that one dialplan left behind are no burden to the next."""
        deadline = time.monotonic() + _IDLE_SECONDS
        while "\n0 active channels" not in "\n" + self.lab.cli("core show channels count"):
            if time.monotonic() > deadline:
                raise LabError(f"calls are still there {_IDLE_SECONDS} s after the last caller hung up")
            time.sleep(0.1)

    def _routed_live(self, dialled: str) -> int:
        log = self.lab.home / "pbx/log/queue_log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return sum("|IVRROUTED|live|" in line and line.split("|")[8] == dialled for line in lines)


class _OdbcLab(Lab):
    """A lab whose Asterisk loads func_odbc, too. The modules need each other: they cannot be loaded one by one."""

    def prepare(self) -> None:
        super().prepare()
        modules = self.home / "pbx/etc/modules.conf"
        with modules.open("a", encoding="utf-8") as file:
            file.writelines(f"load = {module}\n" for module in _ODBC_MODULES)


@contextmanager
def rig(count: int, folder: Path, say: Say, *, others: bool = True) -> Iterator[Rig]:
    """A lab with `count` customers, and with the dialplans that ours is compared with if `others`.

    Asterisk makes the events that it makes where no tests are.

    Everything is stopped and removed at the end; the logs stay if something went wrong.
    """
    install = ensure_asterisk(lambda what, done: None)
    shipped = share("dialplans")
    database = customers.database(count, folder.resolve(), shipped, say)
    home = Path(tempfile.mkdtemp(prefix="lab-", dir=folder)).resolve()
    files = Path(shutil.copytree(shipped, home / "dialplans"))
    absent: dict[str, str] = {}
    environment = dict(os.environ)
    with _interruptible():
        try:
            shutil.copyfile(database, home / "ivr.db")  # so that each run begins with the same
            if others:
                install = _prepare(install, home, files, absent, say)
            kind = _OdbcLab if others and ODBC not in absent else Lab
            lab = kind(home, install, stay=False, policy_dir=files, all_events=False)
            try:
                lab.up(say)
                ready.wait(lab.state)
                until_known(lab)
                if kind is _OdbcLab:
                    _try_odbc(lab, absent)
                with _constant(lab) if others else contextlib.nullcontext() as constant:
                    yield Rig(lab, count, absent, random.Random(7946), constant)
            finally:
                say("stopping everything")
                lab_module.end(lab.state)
        except BaseException:
            for file in home.glob("ivr.db*"):
                file.unlink()
            say(f"logs are in {home}")
            raise
        else:
            shutil.rmtree(home, ignore_errors=True)
        finally:
            os.environ.clear()
            os.environ.update(environment)


def until_known(lab: Lab) -> None:
    """Wait until the service has its customers in memory."""
    say("waiting until the customers are in memory")
    asyncio.run(ready.until_changes(lab.state.pbx, lambda last: last is not None, _KNOWN_SECONDS))


@contextmanager
def _constant(lab: Lab) -> Iterator["subprocess.Popen[str]"]:
    """A server that says to each caller what our service says to one; the dialplan knows it."""
    said = asyncio.run(sessions.ask(lab, customers.number(1)))
    yardstick(len(said) == 1, f"the service said {said} to one who plays Asterisk: see its log")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.constant_agi", *said],
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            port = server.stdout.readline().strip() if server.stdout else ""
            lab.cli(f"dialplan set global BENCH_CONSTANT 127.0.0.1:{port}")
            yield server
        finally:
            server.kill()


def _prepare(install: AsteriskInstall, home: Path, files: Path, absent: dict[str, str], say: Say) -> AsteriskInstall:
    """Write what the other dialplans need; returns the Asterisk that can load it."""
    program = Path(sys.executable).with_name("ivr-agi")
    if not program.exists():
        absent[AGI] = "not installed"
    os.environ["IVR_SETTINGS"] = str(home / "ivr.toml")  # Asterisk hands it on to the program
    _fill("extensions.conf", files, IVR_AGI=program)
    with (files / "numbers.conf").open("a", encoding="utf-8") as numbers:
        numbers.write(f"\n#include {files}/extensions.conf\n")
    try:
        say("fetching SQLite's ODBC driver (once, 120 KB)")
        root = unpack_beside(install, _ODBC_PACKAGES)
        driver = next(iter(root.glob("usr/lib/*/odbc/libsqlite3odbc-*.so")))
        manager = next(iter(root.glob("usr/lib/*/libodbcinst.so.2"))).parent
    except (LabError, StopIteration) as error:
        absent[ODBC] = f"no driver: {error}"
        return install
    for name in ("func_odbc.conf", "res_odbc.conf"):
        _fill(name, home / "pbx/etc")
    _fill("odbc.ini", home / "odbc", DATABASE=home / "ivr.db")
    _fill("odbcinst.ini", home / "odbc", DRIVER=driver)
    os.environ["ODBCSYSINI"] = str(home / "odbc")
    *prefix, libraries = install.prefix  # loader, --library-path, libraries
    return dataclasses.replace(install, prefix=(*prefix, f"{libraries}:{manager}"))


def _try_odbc(lab: Lab, absent: dict[str, str]) -> None:
    said = lab.cli(f"odbc read ODBC_CUSTOMER {customers.number(1)} exec")
    if "Returned 1 row" not in said:
        absent[ODBC] = f"does not work: {said.strip()[-200:]}"


def _fill(name: str, target: Path, **values: object) -> None:
    text = (_CONF / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", str(value))
    target.mkdir(parents=True, exist_ok=True)
    (target / name).write_text(text, encoding="utf-8")


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM end us like Ctrl-C does, in order."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def yardstick(good: bool, what: str) -> None:
    """Go on only if what is to be measured works at all; LabError says that the benchmark would measure nothing."""
    if not good:
        raise LabError(f"this measures nothing: {what}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a benchmark's table. `met` is None where nothing was aimed at, or nothing measured."""

    what: str
    measured: str
    aim: str = ""
    met: bool | None = None


Figures = dict[str, Any] | list[dict[str, Any]]


def report(name: str, figures: Figures, lines: list[Line], folder: Path) -> None:
    """Print the table, and write the figures to `folder`/NAME.json."""
    table = Table(title=name, title_justify="left", box=None, header_style="bold")
    for column in ("measured", "is", "aim", "met"):
        table.add_column(column)
    for line in lines:
        table.add_row(line.what, line.measured, line.aim, {None: "", True: "yes", False: "NO"}[line.met])
    Console(highlight=False, soft_wrap=True, width=200).print(table)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    say(f"figures are in {path}")


def say(text: str) -> None:
    """Tell the person who waits how far it is."""
    print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)  # noqa: T201 - progress


def load() -> str:
    """The machine that this ran on, for whoever compares figures: processors, and the load average just before."""
    return f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before the run"


def guarded(work: Callable[[], object]) -> None:
    """Run a benchmark from the command line: exit code 0 when it was measured, 2 when it could not be."""
    try:
        work()
    except KeyboardInterrupt:
        say("interrupted")
        sys.exit(130)
    except IvrError as error:
        say(str(error))
        sys.exit(2)


def main_by_customers(prog: str, run: Callable[[int], object]) -> None:
    """Run a benchmark of so many customers as the command line says."""
    parser = argparse.ArgumentParser(prog=prog, description=run.__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    count: int = parser.parse_args().customers
    with ready.interruptible():
        guarded(lambda: run(count))
