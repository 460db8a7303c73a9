"""The service and its commands do their work where the test bench is not: neither its code nor its libraries."""

import asyncio
import json
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import ivr
from ivr.cli import test_bench as bench_commands
from ivr.lab import sample_customers
from ivr.shipped_files import share
from requirements import pins
from tests.conftest import until
from tests.hidden_modules import HiddenModules
from tests.recorded_calls import record_one
from tests.unit.test_architecture import imports, within
from tests.wire.fake_ami import SECRET, FakeAmi, free_port

PACKAGE = Path(ivr.__file__).parent
BENCH = ("ivr.lab", "ivr.qa")
OF_BENCH = {*BENCH, "ivr.cli.table", *(f"ivr.cli.{name}" for name in bench_commands.MODULES)}
PROJECT = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RECORDED = "pbx-1763900000.12"
PATIENCE = 60.0  # seconds that a program may take on a busy machine


@dataclass(frozen=True)
class Place:
    """An installation with a database of its own, in which nothing of `hidden` can be imported."""

    home: Path
    hidden: HiddenModules
    settings: dict[str, str]

    def run(self, *command: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", *(command or ("ivr",))], input=given, cwd=self.home, env=self.environment(),
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip

    def environment(self) -> dict[str, str]:
        return self.hidden.environment() | self.settings


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With one recorded call in it; to be copied."""
    file = tmp_path_factory.mktemp("recorded") / "ivr.db"
    record_one(f"sqlite:///{file}", RECORDED)
    return file


@pytest.fixture
def place(tmp_path: Path, database: Path) -> Place:
    shutil.copy(database, tmp_path / "ivr.db")
    shutil.copytree(share("dialplans"), tmp_path / "dialplans")
    settings = {
        "IVR_DATABASE_URL": f"sqlite:///{tmp_path}/ivr.db", "IVR_POLICY_DIR": str(tmp_path / "dialplans"),
        "IVR_PIN_PEPPER_FILE": str(tmp_path / "pepper"), "IVR_AGI_PORT": str(free_port()), "IVR_AMI_PORT": "1",
        "IVR_AMI_SECRET": SECRET,
    }  # fmt: skip
    hidden = HiddenModules(tmp_path / "hidden", (*BENCH, *bench_commands.LIBRARIES))
    return Place(tmp_path, hidden, settings)


CUSTOMERS = f"import customers {sample_customers.PATH}"
CALL = "--from +442079460001 --to 1000"
# Commands, each after those before it: exit code, words that say that its work was done, what is typed.
WORK: dict[str, list[tuple[str, int, str, str]]] = {
    "migrate": [("migrate", 0, "database at version", "")],
    "import": [(CUSTOMERS, 0, "1,000 customers imported, 0 rows refused", "")],
    "health": [("health", 1, "agi=no", "")],
    "doctor": [("doctor", 1, "reachable, at version", "")],
    "version": [("--version", 0, "database: the same", "")],
    "calls": [("calls", 0, RECORDED, ""), ("calls --json", 0, f'"call_id": "{RECORDED}"', "")],
    "explain": [
        (f"explain {RECORDED}", 0, "deciding again gives the same decision", ""),
        (f"explain {RECORDED} --json", 0, RECORDED, ""),
    ],
    "pin": [
        (CUSTOMERS, 0, "imported", ""),
        ("pin pepper", 0, "the newest pepper is", ""),
        ("pin set C0002", 0, "C0002 has a new PIN", "8371\n"),
        ("pin unlock C0002", 0, "C0002 may try again", ""),
        ("pin clear C0002", 0, "C0002 has no PIN", ""),
        ("pin pepper --drop-old", 0, "taken away", ""),
    ],
    "policy of files": [
        ("policy check dialplans", 0, "nothing wrong with", ""),
        ("policy schema", 0, "$schema", ""),
        ("policy parts", 0, "policy.yaml: the file", ""),
        ("policy facts", 0, "customer.value", ""),
        (f"policy explain {CALL} --set customer.value=91", 0, "treatment", ""),
    ],
    "policy versions": [
        ("policy publish -m one", 0, "published", ""),
        ("policy log", 0, "one", ""),
        ("policy show", 0, "treatments:", ""),
        ("policy diff dialplans", 0, "would be treated differently", ""),
        ("policy withdraw -m two", 0, "is withdrawn", ""),
    ],
}


@pytest.mark.thorough
@pytest.mark.parametrize("commands", WORK.values(), ids=WORK)
def test_commands_do_their_work_without_the_test_bench(place: Place, commands: list[tuple[str, int, str, str]]) -> None:
    typed = json.dumps([(line.split(), given) for line, _, _, given in commands])
    series = place.run("tests.command_series", given=typed)
    assert place.hidden.tried() == []
    assert series.returncode == 0, series.stderr
    results = json.loads(series.stdout)
    for (line, code, words, _), (ended, out, err) in zip(commands, results, strict=True):
        assert (ended, "Traceback" in err) == (code, False), f"{line}: {out}{err}"
        assert words in out + err, f"{line}: {out}{err}"
    assert place.hidden.processes()


@pytest.mark.thorough
async def test_the_service_does_its_work_without_the_test_bench(place: Place) -> None:
    await asyncio.to_thread(place.run, "ivr", *CUSTOMERS.split())
    async with FakeAmi() as ami:
        place.settings["IVR_AMI_PORT"] = str(ami.port)
        service = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "ivr", "serve", cwd=place.home, env=place.environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            health = await asyncio.to_thread(healthy, place)
            await asyncio.to_thread(until, (place.home / "snapshot.db").exists, PATIENCE)  # by a process of its own
            service.send_signal(signal.SIGTERM)
            ended = await asyncio.wait_for(service.wait(), PATIENCE)
        finally:
            if service.returncode is None:
                service.kill()
    assert health.startswith("agi=yes ami=yes database=yes policy=")
    assert ended == 0
    assert place.hidden.tried() == []
    assert len(place.hidden.processes()) > 3  # the service, what it started, and each `ivr health`


def healthy(place: Place) -> str:
    """What `ivr health` says once all is well."""
    said = [""]

    def well() -> bool:
        done = place.run("ivr", "health")
        said[0] = done.stdout + done.stderr
        return done.returncode == 0

    try:
        until(well, PATIENCE)
    except AssertionError:
        raise AssertionError(said[0]) from None
    return said[0]


def test_what_is_hidden_cannot_be_imported(place: Place) -> None:
    """Else the tests above would find nothing."""
    for name in (*BENCH, "ivr.qa.calls", *bench_commands.LIBRARIES):
        done = place.run(name)
        assert done.returncode
        assert "No module named" in done.stderr
        assert place.hidden.tried()[-1] in (name, ".".join(name.split(".")[:2]))


def outside_the_bench() -> Iterator[tuple[str, str]]:
    """Each import of what is neither the bench nor a command of it, as place and name."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        if not any(within(module, part) for part in OF_BENCH):
            source = path.read_text(encoding="utf-8")
            for line, name in imports(module, source, is_package=path.stem == "__init__"):
                yield f"{module}:{line}", name


@pytest.mark.thorough
def test_only_the_benchs_commands_import_the_bench() -> None:
    """Also not later, when a call comes."""
    found = [f"{place} imports {name}" for place, name in outside_the_bench() if any(within(name, b) for b in OF_BENCH)]
    assert not found, "\n".join(found)


def test_the_service_asks_for_what_it_imports_and_the_bench_for_the_rest() -> None:
    packages = {module: {pins.normal(name) for name in names} for module, names in packages_distributions().items()}
    imported = set().union(*(packages.get(name.split(".")[0], set()) for _, name in outside_the_bench()))
    asked = {pins.name(each) for each in PROJECT["dependencies"]}
    assert asked - imported == {"tzdata"}  # the standard library's zoneinfo reads it
    of_bench = {pins.name(each) for each in PROJECT["optional-dependencies"]["qa"]}
    assert of_bench == set().union(*(packages[each] for each in bench_commands.LIBRARIES))
    assert not of_bench & (asked | imported)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "line",
    [
        f"call {CALL}", "chaos", "demo", "lab up", "lab down", "lab status", "lab logs", "lab asterisk x", "qa run",
        "qa new x", "qa from-call x", "qa schema", "qa load",
    ],
)  # fmt: skip
def test_a_command_of_the_bench_says_what_to_install(tmp_path: Path, line: str) -> None:
    here = tmp_path / "here"
    here.mkdir()
    done = Place(here, HiddenModules(tmp_path / "hidden", bench_commands.LIBRARIES), {}).run("ivr", *line.split())
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert all(words in done.stderr for words in ("ivr: ", *bench_commands.LIBRARIES, "pip install 'segment-ivr[qa]'"))
    assert list(here.iterdir()) == []


def test_help_lists_the_benchs_commands_all_the_same(place: Place) -> None:
    for group in ("", "lab ", "qa "):
        done = place.run("ivr", *f"{group}--help".split())
        assert (done.returncode, done.stderr) == (0, "")
