"""A PBX that real callers use: test calls come in by a trunk of ours, and nothing there is set, broken or cleared."""

import asyncio
import contextlib
import os
import socket
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from rich.text import Text

from ivr import settings as settings_module
from ivr.ami.client import AmiClient
from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.record import CallRecord
from ivr.domain.policy import TestCalls
from ivr.domain.routing.decision import Decision
from ivr.errors import AmiError, LabError
from ivr.lab import configuration, processes
from ivr.lab.asterisk_install import AsteriskInstall
from ivr.lab.lab import AMI, SIP, cli_of, tail
from ivr.policy import loader
from ivr.presentation.call_record import explain_lines
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench
from ivr.qa.scenarios import sipp_call
from ivr.qa.scenarios.form import Call, Given, GivenCustomer, Scenario
from ivr.qa.scenarios.sounds import converted
from ivr.settings import Settings

_START_SECONDS = 20.0
_OF_RECORDS = ("customer", "rule", "reason", "language", "decided_at", "route_ms")  # nobody but the service knows them
_MARKS = """\
test:
  callers: ["+442079460990"]
  dialled: ["1000"]
  per-minute: 6
  trunks: [qa]                   # the endpoint of this machine in pjsip.conf"""


class HostStack:
    """Implements Stack. The carrier is an Asterisk of ours on this machine, which the PBX must know as a trunk.

    `secret` is that of the user `qa` in the PBX's manager.conf, `address` the one of this machine that the PBX's trunk
    names.
    """

    live = True

    def __init__(
        self, host: str, folder: Path, install: AsteriskInstall, settings: Settings, secret: str, address: str
    ) -> None:
        self.name = host
        self._host, self._folder, self._install, self._settings = host, folder, install, settings
        self._secret, self._address = secret, address or _address_towards(host)
        self._test = marked(settings.policy_dir)
        self._records = AwaitedRecords(settings) if _names_a_database() else None
        self._carrier: processes.Process | None = None
        self._conf = folder / "carrier/etc/asterisk.conf"
        self._called_at = float("-inf")  # time.monotonic()
        self._doubt = ""

    @property
    def pbx(self) -> str:
        return self._host

    @property
    def carrier(self) -> str:
        return self._address

    @property
    def qa_secret(self) -> str:
        return self._secret

    def lacks(self, scenario: Scenario) -> str:
        if self._doubt:
            return self._doubt
        if scenario.given != Given():
            return "nothing can be given on a live system: its customers, agents and files are its own"
        for name, call in scenario.callers().items():
            if reason := self._refusal(call):
                return f"{name}: {reason}" if len(scenario.callers()) > 1 else reason
        return ""

    def _refusal(self, call: Call) -> str:
        if call.withheld or call.from_ not in self._test.callers:
            return f"{call.from_ or 'nobody'} is no test number of the policy ({', '.join(self._test.callers)})"
        if call.to not in self._test.dialled:
            return f"{call.to} is nothing that a test may call ({', '.join(self._test.dialled)})"
        if sipp_call.is_needed(call) or call.attestation != "none":
            return "hostile or signed SIP is not sent to a live system"
        unseen = [name for name, _ in call.expect.given() if name in _OF_RECORDS]
        if unseen and self._records is None:
            return f"{unseen[0].replace('_', ' ')} is in the service's records only: set IVR_DATABASE_URL"
        return ""

    async def open(self) -> None:
        local = self._address.startswith("127.")
        await self._stays_in_the_house()
        values = {
            "PBX": self._host, "CARRIER": self._address, "LOCAL": self._address,
            "QA_FROM": "127.0.0.0/255.0.0.0" if local else f"{self._address}/255.255.255.255",
            "QA_SECRET": self._secret, "AMI_SECRET": "", "DIALPLANS": "", "PHONES": "", "NAME": "qa-carrier",
            "SIGNED": "no", "UNSIGNED": "yes", "ROOT": "", "SIGNING_KEY": "", "SIGNING_URL": "",
        }  # fmt: skip
        configuration.write("carrier", self._folder / "carrier", self._install, values)
        command = [*self._install.asterisk, "-C", str(self._conf), "-f"]
        log = self._folder / "carrier.log"
        self._carrier = processes.start(
            "carrier", command, log, address=self._address, ports={"sip": SIP, "ami": AMI}, stay=False
        )
        deadline = time.monotonic() + _START_SECONDS
        while "fully booted" not in self._cli("core waitfullybooted"):
            if not self._carrier.alive() or time.monotonic() > deadline:
                raise LabError(f"the carrier did not start on {self._address} (IVR_QA_ADDRESS): {tail(log, 3)}")
            await asyncio.sleep(0.1)

    async def _stays_in_the_house(self) -> None:
        """Raises LabError when an agent of a queue is reached by a way that leads out of the PBX."""
        try:
            async with AmiClient(self._host, AMI, "qa", self._secret).session() as ami:
                members = [m for m in await ami.collect("QueueStatus") if m.header("Event") == "QueueMember"]
        except AmiError as error:
            raise LabError(f"--target {self._host}: {error}") from None
        for member in members:
            interface = member.header("StateInterface") or member.header("Location")
            if not interface.startswith("PJSIP/") or "@" in member.header("Location"):
                raise LabError(
                    f"agent {member.header('Name')} of queue {member.header('Queue')} is reached by "
                    f"{member.header('Location')}: a test call could leave the PBX there. Nothing was called"
                )

    async def close(self) -> None:
        if self._carrier is not None:
            self._carrier.stop()

    async def versions(self) -> dict[str, str]:
        return {"PBX": self._host, "policy here": loader.load(self._settings.policy_dir, None).policy.version}

    async def turn(self) -> None:
        """Test calls come at most so often as the policy says."""
        pause = 60 / self._test.per_minute
        await asyncio.sleep(max(0.0, self._called_at + pause - time.monotonic()))
        self._called_at = time.monotonic()

    def agents(self) -> dict[str, str]:
        return {}

    async def give(
        self,
        customers: tuple[GivenCustomer, ...],
        data: Mapping[str, str] | None = None,
    ) -> None:
        return

    def file(self, name: str) -> str:
        raise LabError(f"{name} is a live system's own")

    @contextlib.asynccontextmanager
    async def given_files(self, given: dict[str, str]) -> AsyncIterator[None]:
        yield

    @contextlib.asynccontextmanager
    async def given_time(self, at: str | None) -> AsyncIterator[None]:
        yield

    @contextlib.asynccontextmanager
    async def fault(self, name: str | None, bench: TestBench) -> AsyncIterator[None]:
        yield

    async def decision(self, call_id: str, asked: int) -> tuple[Decision, float] | None:
        return await self._records.decision(call_id, asked) if self._records else None

    async def record(self, call_id: str) -> tuple[CallRecord, list[str]] | None:
        if self._records is None or (record := await asyncio.to_thread(self._records.find, call_id)) is None:
            return None
        events = await asyncio.to_thread(self._records.events, call_id)
        return record, [Text.from_markup(line).plain for line in explain_lines(record, events)]

    def doubt(self, history: CallHistory) -> str:
        if not history.test and not self._doubt:
            self._doubt = (
                f"{self._host} did not take a call for a test: the policy there does not mark the number, or not the "
                "trunk that this machine calls on (`trunks` of `test:`)"
            )
        return self._doubt

    async def trace(self) -> None:
        for command in (f"pcap {self._folder / 'sip.pcap'}", "verbose off", "on"):
            self._cli(f"pjsip set logger {command}")

    async def traced(self) -> bytes | None:
        self._cli("pjsip set logger pcap /dev/null")  # it closes the file, with all that is to be in it
        path = self._folder / "sip.pcap"
        return path.read_bytes() if path.exists() else None

    async def log(self, name: str, since: float) -> str | None:
        return None

    async def recording(self, token: str) -> bytes | None:
        path = self._folder / "carrier/spool/monitor" / f"{token}.wav"
        return path.read_bytes() if path.exists() else None

    async def sound(self, name: str) -> bytes | None:
        return converted(name, self._install.sounds, self._folder / "sounds", self._cli)

    def signed(self, call: Call) -> str:
        return ""

    async def sip(self, scenario: str, token: str) -> None:
        raise LabError("hostile SIP is not sent to a live system")

    def _cli(self, command: str) -> str:
        return cli_of(self._install.asterisk, self._conf, command)


def marked(policy_dir: Path) -> TestCalls:
    """The test numbers that the policy marks; raises LabError when it marks none."""
    test = loader.load(policy_dir, None).policy.test
    if test is None:
        where = policy_dir / "policy.yaml"
        raise LabError(f"{where} marks no test numbers, and nobody else may call a live system: add\n{_MARKS}")
    return test


def _names_a_database() -> bool:
    """Whether somebody has said where the service's records are: the default would be a database of this machine."""
    return (
        bool(os.environ.get("IVR_DATABASE_URL") or os.environ.get("IVR_SETTINGS"))
        or settings_module.DEFAULT_FILE.exists()
    )


def _address_towards(host: str) -> str:
    """The address of this machine from which `host` is reached; raises LabError."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((host, SIP))
            address: str = probe.getsockname()[0]
            return address
    except OSError as error:
        raise LabError(
            f"--target {host}: {(error.strerror or str(error)).lower()}: is lab, compose, or a host"
        ) from None
