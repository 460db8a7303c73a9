"""A lab of the scenarios' own: Asterisk, carrier, phones, service and database on loopback addresses."""

import asyncio
import contextlib
import datetime as dt
import math
import signal
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

from rich.text import Text

from ivr import settings
from ivr.agi import probe
from ivr.agi.request import AgiError
from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.record import CallRecord
from ivr.domain.routing.decision import Decision
from ivr.errors import LabError
from ivr.lab import ready, serve, stir_shaken
from ivr.lab.asterisk_install import AsteriskInstall
from ivr.lab.lab import AGI, SIP, Lab, cli
from ivr.policy import loader
from ivr.presentation.call_record import explain_lines
from ivr.qa import faults
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench
from ivr.qa.scenarios import given_customers
from ivr.qa.scenarios.form import Call, GivenCustomer, Scenario, moment
from ivr.qa.scenarios.meanwhile import meanwhile
from ivr.qa.scenarios.sounds import converted

_PATIENCE = 10.0  # seconds, for what is a matter of one or two
_SNAPSHOT_PATIENCE = 60.0  # seconds: what takes it lets everybody else on the machine go first
_SIPP_PORT = 5070
_LOG_FILES = {"queue_log": "pbx/log/queue_log", "service log": "log/service.log", "Asterisk log": "pbx/log/messages"}


class LabStack:
    """Implements Stack. Everything in `folder`; a copy of the admin's files is used."""

    name = "lab"
    live = False

    def __init__(self, folder: Path, install: AsteriskInstall, policy_dir: Path) -> None:
        self._policy_dir, self._clock = folder / "dialplans", folder / "clock"
        self._files = {path.name: path.read_text(encoding="utf-8") for path in sorted(policy_dir.glob("*.*"))}
        self._policy_dir.mkdir(parents=True)
        self._write_files()
        self._lab = Lab(folder / "lab", install, stay=False, policy_dir=self._policy_dir, clock=self._clock)
        self._pcap, self._asterisk = folder / "sip.pcap", install.version.partition("+")[0]

    @property
    def pbx(self) -> str:
        return self._lab.state.pbx

    @property
    def carrier(self) -> str:
        return self._lab.state.carrier

    @property
    def qa_secret(self) -> str:
        return self._lab.state.qa_secret

    def lacks(self, scenario: Scenario) -> str:
        return ""

    async def open(self) -> None:
        # Not in a thread: what a thread starts ends with it (PR_SET_PDEATHSIG).
        self._lab.up()
        await ready.until_ready(self._lab.state)
        self._settings = settings.load(self._lab.state.settings_file)
        self._records = AwaitedRecords(self._settings)

    async def close(self) -> None:
        self._lab.down()

    async def versions(self) -> dict[str, str]:
        return {"Asterisk": self._asterisk, "policy": loader.load(self._policy_dir).policy.version}

    async def turn(self) -> None:
        return

    def agents(self) -> dict[str, str]:
        agents = loader.load(self._policy_dir).agents
        return {a.interface.removeprefix("PJSIP/"): a.name for a in agents if a.interface.startswith("PJSIP/")}

    async def give(
        self,
        customers: tuple[GivenCustomer, ...],
        data: Mapping[str, str] | None = None,
    ) -> None:
        now = serve.clock(self._clock)()  # what happened two days ago did so by the service's clock
        last = await asyncio.to_thread(
            given_customers.replace_all,
            self._settings,
            customers,
            now,
            data,
        )
        await ready.until_changes(self.pbx, lambda known: known is None or known >= last)

    def file(self, name: str) -> str:
        if name not in self._files:
            raise LabError(f"given files: there is no {name} (there are: {', '.join(self._files)})")
        return self._files[name]

    @contextlib.asynccontextmanager
    async def given_files(self, given: dict[str, str]) -> AsyncIterator[None]:
        if not given:
            yield
            return
        if unknown := set(given) - set(self._files):
            known = ", ".join(self._files)
            raise LabError(f"given files: there is no {min(unknown)} (there are: {known})")
        for name, text in given.items():
            before = self._files.get(name, "") if name.endswith(".conf") else ""
            (self._policy_dir / name).write_text(f"{before}\n{text}", encoding="utf-8")
        try:
            await self._in_force()
            yield
        finally:
            self._write_files()
            await self._in_force()

    @contextlib.asynccontextmanager
    async def given_time(self, at: str | None) -> AsyncIterator[None]:
        if at is None:
            yield
            return
        now = dt.datetime.now().astimezone()
        self._clock.write_text(f"{math.ceil((moment(at, now) - now).total_seconds())}", encoding="ascii")
        try:
            yield
        finally:
            self._clock.unlink()

    @contextlib.asynccontextmanager
    async def fault(self, name: str | None, bench: TestBench) -> AsyncIterator[None]:
        try:
            async with self._broken(name, bench):
                yield
        except (asyncio.CancelledError, KeyboardInterrupt):  # the stack is about to be closed: that is quicker
            name = None
            raise
        finally:
            if name is not None:
                await self._whole_again()

    @contextlib.asynccontextmanager
    async def _broken(self, name: str | None, bench: TestBench) -> AsyncIterator[None]:
        database = Path(self._lab.state.home) / "ivr.db"
        process = self._lab.state.process("service")
        match name:
            case None:
                yield
            case "service down":
                process.stop()
                yield
            case "service frozen":
                process.signal(signal.SIGSTOP)
                yield
            case "service dies":
                process.signal(signal.SIGSTOP)
                asked = bench.asked
                async with meanwhile(self._kill_once(bench, lambda: bench.asked > asked)):
                    yield
            case "service dies after deciding":
                decided = len(bench.seen)
                async with meanwhile(self._kill_once(bench, lambda: len(bench.seen) > decided)):
                    yield
            case "database missing":
                await self._new_snapshot()
                with faults.moved_away(database):
                    await ready.until_changes(self.pbx, lambda known: known is None)
                    yield
            case "database locked":
                await self._new_snapshot()
                with faults.all_locks(database):
                    await ready.until_changes(self.pbx, lambda known: known is None)
                    yield
            case "policy broken":
                async with self.given_broken_policy():
                    yield
            case _:
                raise LabError(f"the lab has no fault {name!r}")

    @contextlib.asynccontextmanager
    async def given_broken_policy(self) -> AsyncIterator[None]:
        """Meanwhile policy.yaml is cut in the middle, and the service has seen it."""
        path = self._policy_dir / "policy.yaml"
        text, begin = self._files["policy.yaml"], self._log_size()
        path.write_text(text[: len(text) // 2] + "\n\t: [", encoding="utf-8")
        try:
            await self._logged("policy not taken up", begin)
            yield
        finally:
            path.write_text(text, encoding="utf-8")

    async def decision(self, call_id: str, asked: int) -> tuple[Decision, float] | None:
        return await self._records.decision(call_id, asked, _PATIENCE)

    async def record(self, call_id: str) -> tuple[CallRecord, list[str]] | None:
        record = await asyncio.to_thread(self._records.find, call_id)
        if record is None:
            return None
        events = await asyncio.to_thread(self._records.events, call_id)
        return record, [Text.from_markup(line).plain for line in explain_lines(record, events)]

    def doubt(self, history: CallHistory) -> str:
        return ""

    async def trace(self) -> None:
        self._pcap.unlink(missing_ok=True)
        for command in (f"pcap {self._pcap}", "verbose off", "on"):
            cli(self._lab.state, f"pjsip set logger {command}")

    async def traced(self) -> bytes | None:
        cli(self._lab.state, "pjsip set logger pcap /dev/null")  # it closes the file, with all that is to be in it
        return self._pcap.read_bytes() if self._pcap.exists() else None

    async def log(self, name: str, since: float) -> str | None:
        path = Path(self._lab.state.home) / _LOG_FILES[name]
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    async def recording(self, token: str) -> bytes | None:
        path = Path(self._lab.state.home) / "carrier/spool/monitor" / f"{token}.wav"
        return path.read_bytes() if path.exists() else None

    async def sound(self, name: str) -> bytes | None:
        folder = Path(self._lab.state.home) / "sounds"
        return converted(name, self._lab.install.sounds, folder, lambda command: self._lab.cli(command, "carrier"))

    def signed(self, call: Call) -> str:
        if call.attestation == "none":
            return ""
        kind: stir_shaken.Kind = "other-number" if call.attestation == "other number" else call.attestation
        return stir_shaken.headers(self._lab.state.authority.identity(kind, call.from_, call.to))

    async def sip(self, scenario: str, token: str) -> None:
        if self._lab.state.sipp is None:
            raise LabError("SIPp is not installed: apt-get install sip-tester")
        folder = Path(self._lab.state.home) / "sipp"
        folder.mkdir(exist_ok=True)
        (folder / f"{token}.xml").write_text(scenario, encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            *self._lab.state.sipp, f"{self.pbx}:{SIP}", "-sf", f"{token}.xml", "-i", self.carrier,
            "-p", str(_SIPP_PORT), "-m", "1", "-nostdin", "-cid_str", token, "-recv_timeout", "8000",
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                process.kill()

    def _write_files(self) -> None:
        for path in self._policy_dir.iterdir():
            if path.name not in self._files:
                path.unlink()
        for name, text in self._files.items():
            (self._policy_dir / name).write_text(text, encoding="utf-8")

    async def _in_force(self) -> None:
        """Until Asterisk and the service work with the files as they are."""
        for command in ("dialplan reload", "queue reload all"):
            cli(self._lab.state, command)
        self._lab.renew_phones()
        version = loader.load(self._policy_dir).policy.version
        async with asyncio.timeout(_PATIENCE):
            await ready.until_phones(self._lab.state, self.agents())
            while True:
                said = None
                with contextlib.suppress(AgiError):
                    said = probe.verdict(await probe.ask(self.pbx, AGI, "check"))
                if said and said["policy"] == version:
                    break
                await asyncio.sleep(0.05)

    async def _kill_once(self, bench: TestBench, happened: Callable[[], bool]) -> None:
        await bench.wait_for(happened, 60)
        self._lab.state.process("service").kill()

    async def _new_snapshot(self) -> None:
        """Have the service write down who the customers are, so that it knows them without a database."""
        begin = self._log_size()
        self._lab.state.process("service").stop()
        self._lab.start_service()
        await ready.until_ready(self._lab.state)
        await self._logged("snapshot taken", begin, _SNAPSHOT_PATIENCE)

    async def _logged(self, words: str, begin: int, patience: float = _PATIENCE) -> None:
        path = Path(self._lab.state.home) / _LOG_FILES["service log"]
        async with asyncio.timeout(patience):
            while words.encode() not in path.read_bytes()[begin:]:  # noqa: ASYNC110 - nothing announces it
                await asyncio.sleep(0.02)

    def _log_size(self) -> int:
        return (Path(self._lab.state.home) / _LOG_FILES["service log"]).stat().st_size

    async def _whole_again(self) -> None:
        process = self._lab.state.process("service")
        process.signal(signal.SIGCONT)
        self._lab.start_service()
        await ready.until_ready(self._lab.state)
