"""`ivr qa` as a user types it, as far as no call is placed: wrong use, files with mistakes, nothing to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ivr import cli
from ivr.cli import qa
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord
from ivr.errors import FileError, IvrError
from ivr.lab.serve import clock
from ivr.qa.scenarios import files, targets
from ivr.service.installation import LAB_CLOCK
from ivr.store.records import Records
from tests.unit.test_from_call import RECORDS

CALL = "scenario: one\ntags: [quick]\ncall: {}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with one scenario, where nobody has installed anything and nothing is set."""
    for name in [name for name in os.environ if name.startswith("IVR_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.yaml").write_text(CALL)
    return tmp_path


def ivr(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["qa", *arguments])


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nowhere"], 4, "ivr: nowhere does not exist: name a scenario file, or a folder of them"),
        ([], 4, "ivr: tests/scenarios does not exist: name a scenario file, or a folder of them"),
        (["one.yaml", "--target", "moon"], 4, "ivr: --target moon: is lab, compose, or "),
        (["one.yaml", "-j", "0"], 4, "greater than or equal to 1"),
        (["one.yaml", "--junk"], 4, "No such option: --junk"),
        (["one.yaml", "--junit", "."], 4, "ivr: .: is a directory: name another file"),
        (["one.yaml", "--html", "one.yaml/x.html"], 4, "name another file"),
        (["one.yaml", "--out", "one.yaml"], 4, "name another folder with --out"),
        (["one.yaml", "-k", "slow"], 5, "no scenario fits: `ivr qa run` without -k plays all of them"),
        (["one.yaml", "-k", "quick", "-k", "two"], 5, "no scenario fits"),
        (["empty"], 5, "no scenario fits"),
        (["one.yaml", "bad"], 2, "bad/two.yaml:2:1: cll: is not known here: check the spelling"),
    ],
)
def test_what_cannot_be_played_is_said_with_pytests_exit_code(
    here: Path, arguments: list[str], code: int, says: str
) -> None:
    (here / "empty").mkdir()
    (here / "bad").mkdir()
    (here / "bad/two.yaml").write_text("scenario: two\ncll: {}\n")
    told = ivr("run", *arguments)
    assert (told.exit_code, says in " ".join(told.stderr.split())) == (code, True), told.stderr
    assert "Traceback" not in told.output


def test_every_file_with_a_mistake_is_named(here: Path) -> None:
    for name in ("two", "three"):
        (here / f"{name}.yaml").write_text("scenario: x\n")
    told = ivr("run", ".")
    assert told.exit_code == 2
    assert told.stderr.count("write either `call:`") == 2


def test_a_new_scenario_can_be_read_at_once_and_is_never_replaced(here: Path) -> None:
    assert ivr("new", "holiday").exit_code == 0
    file = files.read(here / "tests/scenarios/holiday.yaml")
    assert file.scenario.tags == ("policy",)
    assert ivr("new", str(here / "deep/er.yaml")).exit_code == 0
    again = ivr("new", "holiday")
    assert isinstance(again.exception, FileError)
    assert "exists already" in str(again.exception)


def test_the_schema_is_printed_as_it_is(here: Path) -> None:
    assert json.loads(ivr("schema").stdout) == json.loads(files.schema())


def of_a_record(monkeypatch: pytest.MonkeyPatch, record: CallRecord | None) -> None:
    monkeypatch.setattr(Records, "find", lambda self, call_id: record)


def test_a_scenario_of_a_call_is_printed_as_it_is(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = RECORDS["answered"]
    assert isinstance(record.call, IncomingCall)
    of_a_record(monkeypatch, record)
    printed = ivr("from-call", "pbx1-1795410370.0").stdout
    assert ivr("from-call", "pbx1-1795410370.0", "--to", "made.yaml").exit_code == 0
    assert (here / "made.yaml").read_text(encoding="utf-8") == printed
    assert files.read(here / "made.yaml").scenario.callers()


def test_a_call_that_is_not_recorded_is_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of_a_record(monkeypatch, None)
    told = ivr("from-call", "pbx1-1.1")
    assert isinstance(told.exception, IvrError)
    assert str(told.exception) == "no call pbx1-1.1 is recorded: `ivr calls` lists those that are"


def test_reports_can_be_asked_for_in_new_folders_and_an_old_one_is_kept_until_then(here: Path) -> None:
    old = here / "junit.xml"
    old.write_text("old")
    qa._writable(old, here / "new/report.html", None)
    assert old.read_text() == "old"
    assert (here / "new").is_dir()


def test_latest_leads_to_the_newest_run(here: Path) -> None:
    first, second = targets.new_folder(here / "qa"), targets.new_folder(here / "qa")
    assert first != second
    for folder in (first, second):
        targets.point_latest_at(folder)
        assert (here / "qa/latest").resolve() == folder


# The lab's clock -------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_the_service_does_not_start_with_a_labs_clock(here: Path) -> None:
    command, env = [sys.executable, "-m", "ivr", "serve"], os.environ | {LAB_CLOCK: "x"}
    told = subprocess.run(command, env=env, cwd=here, capture_output=True, text=True, check=False, timeout=30)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (
        "ivr: IVR_LAB_CLOCK is set: only a lab may set its clock, real callers get real time. Unset it\n"
    )


def test_the_labs_clock_is_real_time_but_for_what_its_file_says(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.lab.serve.time.time", lambda: 1000.0)
    now = clock(here / "clock")
    assert now() == 1000
    for text, then in (("60", 1060), ("-60.5", 939.5), ("", 1000), ("soon", 1000)):
        (here / "clock").write_text(text)
        assert now() == then
