"""The Docker stack of this checkout, brought up for the run as a compose project of its own.

Beside what users run there are two containers more: `qa` idles, and is where commands and connections go through;
`sipp` has SIPp, in the carrier's network. The images have names of their own, and a copy of the admin's files is
mounted: neither a stack that the user runs nor its images are touched.
"""

import asyncio
import contextlib
import json
import re
import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

from rich.text import Text

import ivr
from ivr import private_files
from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.record import CallRecord, record_from_json
from ivr.domain.routing.decision import Decision
from ivr.errors import LabError
from ivr.lab import ready
from ivr.lab.lab import SIP
from ivr.policy import loader
from ivr.presentation.call_record import explain_lines
from ivr.qa import broken_database
from ivr.qa.awaited_records import awaited_decision
from ivr.qa.calls import TestBench
from ivr.qa.scenarios import given_customers, sipp_call
from ivr.qa.scenarios.docker import PYTHON, Doors, Project, Said, run
from ivr.qa.scenarios.form import Call, GivenCustomer, Scenario
from ivr.qa.scenarios.meanwhile import meanwhile

COMPOSE = Path(ivr.__file__).resolve().parent.parent / "docker-compose.yml"
FAULTS = ("service down", "service frozen", "service dies", "service dies after deciding", "database missing",
          "database locked", "policy broken")  # fmt: skip
_DIALPLANS = "/etc/segment-ivr/dialplans"
_DATABASE = "sqlite:////var/lib/segment-ivr/ivr.db"
_SECRETS = ("IVR_AMI_SECRET", "IVR_QA_SECRET", "IVR_DATABASE_PASSWORD")
_PCAP = "/tmp/sip.pcap"  # noqa: S108 - in a container, where nobody else is
_LOG_FILES = {"queue_log": "/var/log/asterisk/queue_log", "Asterisk log": "/var/log/asterisk/messages"}
_READY_SECONDS = 40.0
_PATIENCE = 10.0  # seconds, for what is a matter of one or two
_SNAPSHOT_PATIENCE = 60.0  # seconds: what takes it lets everybody else on the machine go first
_RECORD_SECONDS = 10.0  # for a record that is being written
_SIPP_PORT = 5070
_NO_CALL = "is recorded"  # `ivr explain`, of a call that it does not know


def lacks(scenario: Scenario, sipp: str = "") -> str:
    """Why containers cannot play a scenario, in a sentence; empty when they can. `sipp` says why there is no SIPp."""
    given = scenario.given
    everybody = [*given.earlier.values(), *given.waiting.values(), *scenario.callers().values()]
    if given.at is not None:
        return "the clock can be set in the lab only"
    if given.fault is not None and given.fault not in FAULTS:
        return f"the fault {given.fault!r} cannot be made in containers"
    if any(call.attestation != "none" for call in everybody):
        return "in the containers nobody signs numbers, and nobody verifies signatures (STIR/SHAKEN)"
    if sipp and any(sipp_call.is_needed(call) for call in everybody):
        return f"this caller needs SIPp: {sipp}"
    return ""


class ComposeStack:
    """Implements Stack. Needs `folder` for its own files; a copy of the admin's files is used."""

    name = "compose"
    live = False

    def __init__(self, folder: Path, policy_dir: Path) -> None:
        self._folder, self._policy_dir = folder, folder / "dialplans"
        self._files = {path.name: path.read_text(encoding="utf-8") for path in sorted(policy_dir.glob("*.*"))}
        self._env = {name: secrets.token_hex(16) for name in _SECRETS} | {
            "IVR_DATABASE_URL": _DATABASE,
            "IVR_QA": "yes",
        }
        name = f"segment-ivr-qa-{secrets.token_hex(4)}"
        self._project = Project(name, (COMPOSE, folder / "compose.json"), self._env)
        self._doors = Doors(self._project, "qa")
        self._pbx = self._carrier = self._sip_address = ""
        self._no_sipp = "it is not there yet"
        self._begun = False

    @property
    def pbx(self) -> str:
        return self._pbx

    @property
    def carrier(self) -> str:
        return self._carrier

    @property
    def qa_secret(self) -> str:
        return self._env["IVR_QA_SECRET"]

    def lacks(self, scenario: Scenario) -> str:
        return lacks(scenario, self._no_sipp)

    async def open(self) -> None:
        if not COMPOSE.is_file():
            raise LabError(f"{COMPOSE} is missing: the containers are made of a checkout, so install ivr from one")
        self._policy_dir.mkdir(parents=True)
        self._write_files()
        private_files.write(
            self._project.files[1], json.dumps(overrides(self._project.name, self._policy_dir), indent=1)
        )
        self._begun = True
        await self._up("--build", "--wait", "asterisk", "ivr", "carrier")
        await self._up("--detach", "--no-deps", "qa")  # not waited for: it has no health check
        await self._begin_sipp()
        await self._project.find()
        self._sip_address = await self._address("asterisk")
        self._pbx, self._carrier = await self._doors.open(("127.0.0.1", "carrier"))
        await self._until_ready()

    async def close(self) -> None:
        await self._doors.close()
        if self._begun:
            await self._project.remove()

    async def versions(self) -> dict[str, str]:
        asterisk = await self._project.inside("asterisk", "asterisk", "-V")
        docker = await run("docker", "version", "--format", "{{.Server.Version}}")
        compose = await run("docker", "compose", "version", "--short")
        found = re.search(r"\d+(\.\d+)+", asterisk.text)
        return {
            "Asterisk": found[0] if found else "?",
            "policy": loader.load(self._policy_dir).policy.version,
            "Docker": f"{docker.text.strip()}, compose {compose.text.strip()}",
        }

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
        given = given_customers.passed(customers, data or {})
        program = ("-m", "ivr.qa.scenarios.given_customers")
        said = await self._project.inside("qa", PYTHON, *program, given=given)
        if said.code:
            raise LabError(said.why)
        last = int(said.text.split()[-1])
        await self._until_changes(lambda known: known is None or known >= last)

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
            self._write(name, f"{before}\n{text}")
        try:
            await self._in_force()
            yield
        finally:
            self._write_files()
            await self._in_force()

    @contextlib.asynccontextmanager
    async def given_time(self, at: str | None) -> AsyncIterator[None]:
        if at is not None:
            raise LabError("the clock can be set in the lab only")
        yield

    @contextlib.asynccontextmanager
    async def fault(self, name: str | None, bench: TestBench) -> AsyncIterator[None]:
        docker = self._project.container
        match name:
            case None:
                yield
            case "service down":
                await docker("stop", "ivr")
                try:
                    yield
                finally:
                    await self._start()
            case "service frozen":
                await docker("pause", "ivr")
                try:
                    yield
                finally:
                    await docker("unpause", "ivr")
                    await self._until_healthy()
            case "service dies":
                # Not paused: Docker resumes what it kills, and for a moment the service would go on.
                await self._project.inside("ivr", "sh", "-c", "kill -STOP -1")
                asked = bench.asked
                try:
                    async with meanwhile(self._kill_once(bench, lambda: bench.asked > asked)):
                        yield
                finally:
                    with contextlib.suppress(LabError):  # it is dead already, unless nobody asked it
                        await docker("kill", "ivr", "--signal", "KILL")
                    await self._start()
            case "service dies after deciding":
                decided = len(bench.seen)
                try:
                    async with meanwhile(self._kill_once(bench, lambda: len(bench.seen) > decided)):
                        yield
                finally:
                    await self._start()
            case "database missing" | "database locked":
                await self._new_snapshot()
                async with self._held(name.removeprefix("database ")):
                    await self._until_changes(lambda known: known is None)
                    yield
                await self._until_healthy()
            case "policy broken":
                async with self._broken_policy():
                    yield
            case _:
                raise LabError(f"the containers have no fault {name!r}")

    def doubt(self, history: CallHistory) -> str:
        return ""

    async def decision(self, call_id: str, asked: int) -> tuple[Decision, float] | None:
        async def record() -> CallRecord | None:
            known = await self._explained(call_id)
            return known and known[0]

        return await awaited_decision(record, asked, _RECORD_SECONDS)

    async def record(self, call_id: str) -> tuple[CallRecord, list[str]] | None:
        known = await self._explained(call_id)
        if known is None:
            return None
        return known[0], [Text.from_markup(line).plain for line in explain_lines(*known)]

    async def trace(self) -> None:
        # In one go: each command in a container takes some tenths of a second.
        commands = (f"pcap {_PCAP}", "verbose off", "on")
        steps = [f"rm -f {_PCAP}", *(f"asterisk -rx 'pjsip set logger {command}'" for command in commands)]
        await self._project.inside("asterisk", "sh", "-c", "; ".join(steps))

    async def traced(self) -> bytes | None:
        await self._asterisk("pjsip set logger pcap /dev/null")  # it closes the file, with all that is to be in it
        return await self._read("asterisk", _PCAP)

    async def log(self, name: str, since: float) -> str | None:
        if name == "service log":
            said = await self._service_log(since)
            return said.decode("utf-8", "replace")
        said = await self._read("asterisk", _LOG_FILES[name]) or b""
        text = said.decode("utf-8", "replace")
        # Asterisk writes the container's local time, which is UTC, and does not say so.
        return re.sub(r"(?m)^(\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)\]", r"\1Z]", text)

    async def recording(self, token: str) -> bytes | None:
        return await self._read("carrier", f"/var/spool/asterisk/monitor/{token}.wav")

    async def sound(self, name: str) -> bytes | None:
        return None  # the Asterisk of these images has test events: it says what it plays

    def signed(self, call: Call) -> str:
        return ""  # lacks() lets no other call come here

    async def sip(self, scenario: str, token: str) -> None:
        # The container shares the carrier's network: the PBX believes no other address.
        program = (
            'cat >"$1.xml" && TERM=dumb exec sipp "$2" -sf "$1.xml" -i "$3" -p "$4" -m 1 -nostdin -cid_str "$1" '
            "-recv_timeout 8000 >/dev/null 2>&1"
        )
        await self._project.inside(
            "sipp", "sh", "-c", program, "sh", token, f"{self._sip_address}:{SIP}", await self._address("carrier"),
            str(_SIPP_PORT), given=scenario.encode(), patience=60,
        )  # fmt: skip

    def _write_files(self) -> None:
        for path in self._policy_dir.iterdir():
            if path.name not in self._files:
                path.unlink()
        for name, text in self._files.items():
            self._write(name, text)

    def _write(self, name: str, text: str) -> None:
        """One of the admin's files; the users in the containers must be able to read it."""
        path = self._policy_dir / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)
        self._policy_dir.chmod(0o755)

    async def _up(self, *arguments: str) -> None:
        up = await self._project.compose("up", *arguments, patience=None)
        if up.code:
            log = self._folder / "docker-compose.log"
            log.write_bytes(up.out + up.errors)
            raise LabError(f"the containers did not come up: {up.why} (all of it: {log})")

    async def _begin_sipp(self) -> None:
        """SIPp is worth having, and not needed: without it, the scenarios that need it are skipped."""
        up = await self._project.compose("up", "--build", "--detach", "--no-deps", "sipp", patience=None)
        self._no_sipp = f"its image could not be built ({up.why})" if up.code else ""

    async def _asterisk(self, command: str, which: str = "asterisk") -> str:
        return (await self._project.inside(which, "asterisk", "-rx", command)).text

    async def _read(self, service: str, path: str) -> bytes | None:
        said = await self._project.inside(service, "cat", path)
        return None if said.code else said.out

    async def _service_log(self, since: float) -> bytes:
        said = await run("docker", "logs", "--since", f"{since:.6f}", self._project.containers["ivr"])
        return said.out + said.errors

    async def _address(self, service: str) -> str:
        inspect = "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}"
        said = await run("docker", "inspect", "--format", inspect, self._project.containers[service])
        if said.code or not said.text.split():
            raise LabError(f"the container {service} has no address: {said.why}")
        return said.text.split()[0]

    async def _explained(self, call_id: str) -> tuple[CallRecord, list[Any]] | None:
        said = await self._project.inside("qa", "ivr", "explain", "--json", "--", call_id)
        if said.code:
            if _NO_CALL in said.why:
                return None
            raise LabError(f"ivr explain: {said.why}")
        return record_from_json(json.loads(said.out))

    async def _in_force(self) -> None:
        """Until Asterisk and the service work with the files as they are."""
        for command in ("dialplan reload", "queue reload all"):
            await self._asterisk(command)
        await self._until_ready()  # the container follows agents.yaml
        await self._until_healthy(f"policy={loader.load(self._policy_dir).policy.version}")

    async def _until_healthy(self, words: str = "") -> None:
        """Until the service says that it is well, and these words with it."""
        await self._until_said(lambda said: not said.code and words in said.text)

    async def _until_changes(self, enough: Callable[[int | None], bool]) -> None:
        """Wait until the service's customers in memory go far enough; None: none are used."""
        await self._until_said(lambda said: ready.goes_far_enough(said.text, enough))

    async def _until_said(self, enough: Callable[[Said], bool]) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while not enough(said := await self._project.inside("ivr", "ivr-health")):
            if time.monotonic() > deadline:
                why = said.why or said.text
                raise LabError(f"the service is not well after {_READY_SECONDS:.0f} s: {why}")
            await asyncio.sleep(0.1)

    async def _until_ready(self) -> None:
        """Until every phone answers: Asterisk rings none before it has, and the carrier came up after the PBX."""
        deadline = time.monotonic() + _READY_SECONDS
        while True:
            shown = await self._asterisk("pjsip show contacts")
            bad = ready.away(shown, [*self.agents(), "carrier"])
            if not bad:
                break
            if time.monotonic() > deadline:
                raise LabError(f"nobody can ring {', '.join(bad)} after {_READY_SECONDS:.0f} s")
            await asyncio.sleep(0.2)
        await self._until_healthy()

    async def _start(self) -> None:
        await self._project.container("start", "ivr")
        await self._until_healthy()

    async def _kill_once(self, bench: TestBench, happened: Callable[[], bool]) -> None:
        await bench.wait_for(happened, 60)
        await self._project.container("kill", "ivr", "--signal", "KILL")

    @contextlib.asynccontextmanager
    async def _held(self, how: str) -> AsyncIterator[None]:
        """Meanwhile the database is missing or locked."""
        program = ("-m", "ivr.qa.broken_database", how)
        async with self._project.started("qa", PYTHON, *program) as process:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            said = b""
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    said = await process.stdout.readline()
            if said != broken_database.READY:
                raise LabError(f"the database cannot be made {how}")
            yield

    async def _new_snapshot(self) -> None:
        """Have the service write down who the customers are, so that it knows them without a database."""
        began = time.time()
        await self._project.container("restart", "ivr")
        await self._until_healthy()
        await self._logged("snapshot taken", began, _SNAPSHOT_PATIENCE)

    @contextlib.asynccontextmanager
    async def _broken_policy(self) -> AsyncIterator[None]:
        """Meanwhile policy.yaml is cut in the middle, and the service has seen it."""
        text, began = self._files["policy.yaml"], time.time()
        self._write("policy.yaml", text[: len(text) // 2] + "\n\t: [")
        try:
            await self._logged("policy not taken up", began)
            yield
        finally:
            self._write("policy.yaml", text)

    async def _logged(self, words: str, since: float, patience: float = _PATIENCE) -> None:
        deadline = time.monotonic() + patience
        while words.encode() not in await self._service_log(since):
            if time.monotonic() > deadline:
                raise LabError(f"the service did not say {words!r} within {patience:.0f} s")
            await asyncio.sleep(0.1)


def overrides(name: str, policy_dir: Path) -> dict[str, Any]:
    """What differs from docker-compose.yml: names of images, whose the admin's files are, and two containers more."""
    mounted = {"type": "bind", "source": str(policy_dir).replace("$", "$$"), "target": _DIALPLANS, "read_only": True}
    asterisk = {"image": f"{name}-asterisk"}
    sipp = {
        "profiles": ["qa"],
        "image": f"{name}-sipp",
        "build": str(COMPOSE.parent / "docker/sipp").replace("$", "$$"),
        "network_mode": "service:carrier",
        "init": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
    }
    return {
        "services": {
            "asterisk": {**asterisk, "volumes": [mounted]},
            "carrier": asterisk,
            "ivr": {"image": f"{name}-service", "volumes": [mounted]},
            "qa": {"image": f"{name}-qa", "volumes": [mounted], "command": ["sleep", "infinity"]},
            "sipp": sipp,
        }
    }
