"""The `ivr` command as a user types it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ivr.__main__ import main
from ivr.asterisk_files import dialplan_modules
from ivr.lab.lab import AGI, Lab
from ivr.shipped_files import share

pytestmark = pytest.mark.shared

Ivr = Callable[..., subprocess.CompletedProcess[str]]

KEYS = ["call_id", "from", "to", "customer", "score", "segment", "queue", "priority", "agent", "wait_seconds",
        "route_ms", "reason", "outcome"]  # fmt: skip


def ivr(lab: Lab | None, *arguments: str, cwd: Path, patience: float = 60) -> subprocess.CompletedProcess[str]:
    """Run `ivr` somewhere, with `lab` as the lab (None: there is none)."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("IVR_")}
    env["IVR_LAB_DIR"] = str(lab.home) if lab else str(cwd / "nowhere")
    command = [sys.executable, "-m", "ivr", *arguments]
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, check=False, timeout=patience)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ivr:
    """`ivr` in `tmp_path`, without a process of its own: a second less, which imports would take."""
    for name in [name for name in os.environ if name.startswith("IVR_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def run(lab: Lab | None, *arguments: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setenv("IVR_LAB_DIR", str(lab.home) if lab else str(tmp_path / "nowhere"))
        monkeypatch.setattr(sys, "argv", ["ivr", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return subprocess.CompletedProcess(["ivr", *arguments], int(ended.value.code or 0), told.out, told.err)

    return run


def test_a_call_and_why(lab: Lab, tmp_path: Path) -> None:
    called = ivr(lab, "call", "--from", "+442079460001", "--to", "1000", "--talk", "0.2", "--json", cwd=tmp_path)
    assert (called.returncode, called.stderr) == (0, "")
    told = json.loads(called.stdout)
    assert list(told) == KEYS
    assert (told["queue"], told["agent"], told["outcome"]) == ("premium", "Anna Berg", "answered")

    listed = ivr(lab, "calls", "--last", "1", cwd=tmp_path)
    assert told["call_id"] in listed.stdout

    explained = ivr(lab, "explain", told["call_id"], cwd=tmp_path)
    assert explained.returncode == 0
    for words in (
        "+442079460001 dialled 1000 on carrier",  # what came in
        "C0001 (Ada Lovelace)",  # what was found
        "language     en",
        "segment premium",  # which rule
        "value 91 is at least 80, so premium",
        "queue premium, priority 100",  # what was set
        "PREMIUM value 91 - Ada Lovelace",
        "connected: queue premium, agent Anna Berg",  # what then happened
        "hung_up_by caller",
    ):
        assert words in explained.stdout

    printed = ivr(lab, "explain", told["call_id"], "--json", cwd=tmp_path)
    everything = json.loads(printed.stdout)
    assert list(everything)[:5] == ["history", "call", "decision", "route_ms", "facts"]
    assert everything["again"] == {"same": True, "differs": [], "problem": ""}
    assert everything["decision"]["reason"] == "value 91 is at least 80, so premium"
    kinds = [fact["kind"] for fact in everything["facts"]]
    assert kinds[0] == "routed" or kinds[:2] == ["started", "routed"]  # if the lab has just begun


def test_a_call_as_a_table(lab: Lab, tmp_path: Path) -> None:
    called = ivr(lab, "call", "--from", "+12025550123", "--withhold", "--talk", "0.1", cwd=tmp_path)
    assert called.returncode == 0
    assert "number withheld, so the default applies" in called.stdout
    assert "+12025550123" not in called.stdout.replace("ivr explain", "")


def test_a_refused_call_exits_with_1(lab: Lab, tmp_path: Path) -> None:
    called = ivr(lab, "call", "--from", "+442079460004", "--json", "--patience", "10", cwd=tmp_path)
    assert called.returncode == 1
    assert json.loads(called.stdout)["outcome"] == "refused"


def test_the_labs_status_for_programs(lab: Lab, tmp_path: Path) -> None:
    told = json.loads(ivr(lab, "lab", "status", "--json", cwd=tmp_path).stdout)
    assert told["running"] is True
    assert {p["name"] for p in told["processes"]} == {"asterisk", "carrier", "service"}
    for process in told["processes"]:
        os.kill(process["pid"], 0)
        assert process["ports"]
    assert all(Path(path).exists() for path in told["log_files"].values())
    assert Path(told["state"]) == lab.home


def shape(line: str) -> str:
    """A line of the doctor's without its figures, addresses and paths, and without notes behind a semicolon."""
    for what, word in (
        (r"; .*", ""), (r"(agi://)?[\d.]+:\d+", "ADDRESS"), (r"/[\w./-]+", "PATH"), (r"\b[0-9a-f]{12}\b", "VERSION"),
        (r"[\w-]+ \(uid \d+\)", "USER"), (r"\d+ (second|minute)s?", "AGE"), (r"\d+", "N"),
    ):  # fmt: skip
        line = re.sub(what, word, line)
    return line.rstrip()


def test_the_doctor_finds_nothing_in_a_healthy_lab(lab: Lab, tmp_path: Path) -> None:
    told = ivr(lab, "doctor", cwd=tmp_path)
    assert (told.returncode, len(told.stderr.splitlines())) == (0, 1), "which settings: those of the lab"
    lines = told.stdout.splitlines()
    assert all(line.startswith("ok ") for line in lines)
    page = (Path(__file__).parents[2] / "docs/operate/install.md").read_text(encoding="utf-8")
    assert list(map(shape, lines)) == list(map(shape, re.findall(r"^(ok  .*)$", page, re.MULTILINE)))
    for about in ("policy", "agents", "database", "AGI", "AMI login", "AMI rights", "dialplan", "queue premium",
                  "queue general-queue", "snapshot", "sounds"):  # fmt: skip
        assert any(line[4:].startswith(about) for line in lines), about


def test_the_doctor_says_when_the_dialplan_asks_elsewhere(lab: Lab, tmp_path: Path) -> None:
    right = f"agi://{lab.state.pbx}:{AGI}/route"
    lab.cli("dialplan set global IVR_AGI agi://127.0.0.1:4573/route")
    try:
        told = ivr(lab, "doctor", cwd=tmp_path)
    finally:
        lab.cli(f"dialplan set global IVR_AGI {right}")
    assert told.returncode == 1
    (line,) = [line for line in told.stdout.splitlines() if line.startswith("BAD")]
    assert f"asks agi://127.0.0.1:4573/route, and the service listens on {lab.state.pbx}:{AGI}" in line
    assert right in told.stdout


@pytest.mark.abuse
@pytest.mark.parametrize("module", ["func_groupcount", "func_cut"])
def test_the_doctor_misses_a_module_that_the_dialplan_needs(lab: Lab, tmp_path: Path, module: str) -> None:
    lab.cli(f"module unload {module}.so")
    try:
        told = ivr(lab, "doctor", cwd=tmp_path)
    finally:
        lab.cli(f"module load {module}.so")
    assert told.returncode == 1
    (line,) = [line for line in told.stdout.splitlines() if line.startswith("BAD")]
    assert line[4:].startswith("modules")
    assert "not loaded" in line
    assert f"`module load {module}.so`" in told.stdout


def test_modules_are_those_that_asterisk_itself_names(lab: Lab) -> None:
    """[Provided By] of each application and function that the shipped dialplan uses."""
    names = {name for path in share("dialplans").glob("*.conf") for name in dialplan_modules.called(path.read_text())}
    of_modules = sorted(name for name in names if dialplan_modules.module_of(name))
    assert len(of_modules) > 30
    for name in of_modules:
        said = lab.cli(f"core show application {name}") + lab.cli(f"core show function {name}")
        assert re.findall(r"\[Provided By\]\s+(\w+)", said) == [dialplan_modules.module_of(name)], name


def test_the_doctor_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "dialplans").mkdir()
    told = ivr(None, "doctor", cwd=tmp_path)
    assert told.returncode == 1
    bad = [line for line in told.stdout.splitlines() if line.startswith("BAD")]
    assert len(bad) == len([line for line in told.stdout.splitlines() if line.lstrip().startswith("→")])
    assert "ivr serve" in told.stdout
    assert "Traceback" not in told.stdout + told.stderr


def test_the_logs_and_asterisks_own_command_line(lab: Lab, tmp_path: Path) -> None:
    assert "event=serving" in ivr(lab, "lab", "logs", "service", "-n", "10000", cwd=tmp_path).stdout
    assert "general-queue has" in ivr(lab, "lab", "asterisk", "queue", "show", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["call", "--from", "abc"], "'abc' is no number"),
        (["call"], "Missing option"),
        (["call", "--from", "+44207946000${x}"], "is no number"),
        (["explain", "pbx-1.1"], "ivr calls"),
        (["calls", "--last", "0"], "greater than or equal to 1"),
        (["import", "customers", "missing.csv"], "missing.csv: "),
        (["import", "customers", "bad.csv"], "bad.csv:1: "),
        (["lab", "logs", "nothing"], "there are: service"),
        (["nonsense"], "No such command"),
    ],
)
def test_a_mistake_is_answered_in_words(lab: Lab, tmp_path: Path, here: Ivr, arguments: list[str], says: str) -> None:
    (tmp_path / "bad.csv").write_text("id;name\n1;x\n")
    told = here(lab, *arguments)
    assert told.returncode == 2
    assert says in re.sub(r"[\s│]+", " ", told.stderr)
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("arguments", [["call", "--from", "+442079460001"], ["lab", "asterisk", "queue show"]])
def test_without_a_lab_it_says_how_to_start_one(here: Ivr, arguments: list[str]) -> None:
    told = here(None, *arguments)
    assert (told.returncode, told.stderr) == (2, "ivr: no lab is running here: start one with `ivr lab up`\n")


@pytest.mark.parametrize("arguments", [["serve"], ["import", "customers", "x.csv"], ["calls"]])
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "dialplans").mkdir()
    (tmp_path / "dialplans/policy.yaml").write_text("region: GB\nlanguages: no\n")
    (tmp_path / "dialplans/agents.yaml").write_text("agents: []\n")
    (tmp_path / "x.csv").write_text("")
    told = ivr(None, *arguments, cwd=tmp_path)
    assert told.returncode == 2
    assert told.stderr.strip().count("\n") == 0
    assert "Traceback" not in told.stderr
    if arguments != ["calls"]:
        assert "policy.yaml:2:12: " in told.stderr


def test_rows_that_are_bad_are_named_and_the_others_kept(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text(
        "customer_id,name,phones,value,potential,need,language,tags,preferred_agent,blocked\n"
        "N1,New One,+12025550155,90,50,10,en,,,\n"
        "N2,New Two,+12025550156,900,50,10,en,,,\n"
    )
    told = ivr(lab, "import", "customers", "new.csv", cwd=tmp_path)
    assert told.returncode == 1
    assert "new.csv:3: value: " in told.stderr
    assert "1 customers imported, 1 rows refused" in told.stderr
    called = ivr(lab, "call", "--from", "+12025550155", "--talk", "0.1", "--json", cwd=tmp_path)
    assert (json.loads(called.stdout)["customer"], json.loads(called.stdout)["queue"]) == ("N1", "premium")


MAP = """
encoding: windows-1252
region: DE
columns: {customer_id: Kundennr., name: Name, phones: Telefon, value: Wert, remove: Status}
values: {remove: {aktiv: "no", gekündigt: "yes"}}
"""


def test_a_customer_of_an_export_is_premium_until_they_have_left(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "customers.map.yaml").write_text(MAP, encoding="utf-8")
    names = "Kundennr.;Name;Telefon;Wert;Status"
    for status, expected in (("aktiv", "premium"), ("gekündigt", "general-queue")):
        row = f"X-1;Jürgen Groß;001 202 5550157;90,5;{status}"
        (tmp_path / "export.csv").write_bytes(f"{names}\r\n{row}\r\n".encode("cp1252"))
        told = ivr(lab, "import", "customers", "export.csv", cwd=tmp_path)
        assert told.returncode == 0, told.stderr
        call = ("call", "--from", "+12025550157", "--talk", "0.1", "--json")
        called = json.loads(ivr(lab, *call, cwd=tmp_path).stdout)
        assert called["queue"] == expected
