"""Which interfaces agents may have: phones, and what the machine's settings allow; no trunk, nothing outside."""

import asyncio
import shutil
from pathlib import Path

import pytest
import structlog

from ivr import settings
from ivr.ami.client import AmiClient
from ivr.ami.members import bring_into_step
from ivr.application.active_policy import ActivePolicy
from ivr.domain.agent_interfaces import RESERVED, Interfaces
from ivr.domain.agents import Agent
from ivr.errors import FileError, SettingError
from ivr.lab.configuration import phones
from ivr.policy import loader, texts
from ivr.policy.lint.check import check
from ivr.policy.texts import Texts
from ivr.shipped_files import share
from tests.unit.test_published import Database

pytestmark = pytest.mark.abuse

OUTSIDE = [
    "PJSIP/0090012345@carrier",
    "PJSIP/anna@carrier",
    "PJSIP/anna/sip",
    "Local/0090012345@from-internal/n",
    "Local/0090012345@from-queue/n",
    "Local/200@from-internal",
    "SIP/0090012345",
    "IAX2/peer/0090012345",
    "DAHDI/1/0090012345",
]
NO_PHONES = ["PJSIP/carrier", "PJSIP/CARRIER", *(f"PJSIP/{name}" for name in sorted(RESERVED))]
FREEPBX = Interfaces(("PJSIP/NAME", "Local/N@from-queue/n"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(share("dialplans"), tmp_path / "dialplans"))


def with_interface(folder: Path, interface: str) -> Texts:
    read = texts.read(folder)
    assert "interface: PJSIP/anna" in read.agents
    return Texts(read.policy, read.agents.replace("interface: PJSIP/anna", f"interface: {interface}"))


@pytest.mark.parametrize("interface", OUTSIDE + NO_PHONES)
def test_the_check_refuses_it_with_its_line(folder: Path, interface: str) -> None:
    found = check(with_interface(folder, interface), folder)
    errors = [each for each in found if each.grade == "error"]
    assert len(errors) == 1
    line = texts.read(folder).agents.splitlines().index("    interface: PJSIP/anna") + 1
    assert (errors[0].path, errors[0].line) == (str(folder / "agents.yaml"), line)
    assert interface in errors[0].problem


@pytest.mark.parametrize("interface", OUTSIDE + NO_PHONES)
def test_no_lab_has_a_phone_of_that_name(interface: str) -> None:
    agents = [Agent("Anna", interface, {}), Agent("Ben", "PJSIP/ben", {})]
    assert phones(agents, "192.0.2.1").count("[") == 2


def test_every_trunk_that_the_policy_trusts_is_no_phone(folder: Path) -> None:
    read = with_interface(folder, "PJSIP/Main-Trunk")
    assert not [each for each in check(read, folder) if each.grade == "error"]
    tests = 'test: {callers: ["+442079460990"], dialled: ["1000"], trunks: [main-trunk]}\n'
    named = [read.policy.replace("trunks: [carrier]", "trunks: [carrier, main-trunk]"), f"{read.policy}\n{tests}"]
    for trusting in (Texts(policy, read.agents) for policy in named):
        assert trusting != read
        found = [each.problem for each in check(trusting, folder) if each.grade == "error"]
        assert found == [
            "agents.0.interface: PJSIP/Main-Trunk is a trunk (`trunks` in policy.yaml): name the agent's phone"
        ]


def test_two_agents_do_not_share_a_phone_by_capitals(folder: Path) -> None:
    with pytest.raises(FileError, match="two agents have the interface"):
        loader.parse(with_interface(folder, "PJSIP/BEN"), folder)


@pytest.mark.parametrize(
    ("interface", "good"),
    [
        ("Local/200@from-queue/n", True),
        ("PJSIP/anna", True),
        ("Local/999999@from-queue/n", True),
        ("Local/0090012345@from-queue/n", False),
        ("Local/090@from-queue/n", False),
        ("Local/200@from-internal/n", False),
        ("Local/200@from-queue", False),
        ("Local/N@from-queue/n", False),
        ("Local/200@from-queueXn", False),
        ("PJSIP/carrier", False),
    ],
)
def test_a_setting_says_what_else_is_allowed(folder: Path, interface: str, good: bool) -> None:
    read = with_interface(folder, interface)
    found = check(read, folder, interfaces=FREEPBX)
    assert any(each.grade == "error" for each in found) is not good
    if good:
        assert loader.parse(read, folder, FREEPBX).agents[0].interface == interface
        if not interface.startswith("PJSIP"):
            with pytest.raises(FileError, match="is not allowed on this machine"):
                loader.parse(read, folder)


def test_the_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings.load().agent_interfaces == ("PJSIP/NAME",)
    Path("ivr.toml").write_text('agent_interfaces = ["PJSIP/NAME", "Local/N@from-queue/n"]\n')
    assert Interfaces(settings.load().agent_interfaces) == FREEPBX
    monkeypatch.setenv("IVR_AGENT_INTERFACES", "PJSIP/boss, Local/N@from-queue/n")
    assert settings.load().agent_interfaces == ("PJSIP/boss", "Local/N@from-queue/n")
    for wrong in ("NAME", "PJSIP/", "PJSIP/NAME,", "PJSIP/a b", "*"):
        monkeypatch.setenv("IVR_AGENT_INTERFACES", wrong)
        with pytest.raises(SettingError, match="must be a list of interfaces such as PJSIP/NAME"):
            settings.load()


@pytest.mark.parametrize("way", ["files", "published"])
def test_the_service_keeps_the_last_good_version(folder: Path, tmp_path: Path, way: str) -> None:
    database = Database()
    if way == "published":
        database.publish(texts.read(folder))
    policies = ActivePolicy(folder, database, tmp_path / "published.json")
    evil = with_interface(folder, "Local/0090012345@from-internal/n")
    if way == "published":
        database.publish(evil)
    else:
        (folder / "agents.yaml").write_text(evil.agents)
    assert not policies.refresh()
    assert "is not allowed on this machine" in policies.problem
    assert policies.bundle.agents[0].interface == "PJSIP/anna"
    allowed = Interfaces(("PJSIP/NAME", "Local/0090012345@from-internal/n"))
    assert (
        ActivePolicy(folder, database, tmp_path / "p.json", interfaces=allowed)
        .bundle.agents[0]
        .interface.startswith("L")
    )


class Quiet:
    """An Asterisk without members, which takes whatever it is told."""

    def __init__(self) -> None:
        self.added: list[str] = []

    async def collect(self, _: str) -> list[object]:
        return []

    async def request(self, action: str, **fields: object) -> None:
        self.added.append(str(fields["Interface"]))


class Nobody:
    def owned(self) -> set[tuple[str, str]]:
        return set()

    def own(self, queue: str, interface: str) -> None: ...

    def disown(self, queue: str, interface: str) -> None: ...


def test_whoever_comes_past_all_checks_is_not_rung() -> None:
    client: AmiClient = Quiet()  # type: ignore[assignment]  # as much of it as is asked
    agents = [Agent(f"A{n}", each, {"premium": 5}) for n, each in enumerate([*OUTSIDE, *NO_PHONES, "PJSIP/ben"])]
    with structlog.testing.capture_logs() as logged:
        asyncio.run(bring_into_step(client, agents, Nobody()))
    assert client.added == ["PJSIP/ben"]  # type: ignore[attr-defined]
    assert sum(line["event"] == "agent is not rung" for line in logged) == len(agents) - 1
