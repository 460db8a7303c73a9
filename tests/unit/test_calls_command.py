"""`ivr calls`: what stands in a line, which calls are listed, and what forgets the old ones."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ivr.cli import app
from ivr.domain.calls.events import CallRouted, QueueJoined
from ivr.errors import IvrError
from ivr.service import app as service
from ivr.settings import Settings
from ivr.store.engine import writer
from ivr.store.journal import DatabaseJournal

AT = 1_763_900_000.0


def test_a_call_that_our_dialplan_did_not_decide_has_the_time_at_which_it_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/ivr.db"
    service.migrate_database(Settings(database_url=url))
    engine = writer(url)
    journal = DatabaseJournal(engine)
    journal.happened(QueueJoined("pbx-1.1", AT, "premium", 1))
    withheld = CallRouted("pbx-1.2", AT, "pbx-1.2", "", "1000", "carrier", "", "live", "", "premium", 10, "queue")
    journal.happened(withheld)
    assert journal.close(5)
    engine.dispose()
    monkeypatch.setenv("IVR_DATABASE_URL", url)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["calls"]).output
    found = {line.split()[0]: line for line in told.splitlines()}
    assert "1970" not in told
    assert "2025-11-23" in found["pbx-1.1"]
    assert "withheld" not in found["pbx-1.1"]
    assert "withheld" in found["pbx-1.2"]


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Four calls, of two numbers, in London."""
    url = f"sqlite:///{tmp_path}/ivr.db"
    service.migrate_database(Settings(database_url=url))
    engine = writer(url)
    journal = DatabaseJournal(engine)
    for n, number in enumerate(("+442079460001", "02079460001", "+442079460002", "")):
        call_id = f"pbx1-17639000{n}0.{n}"
        came = (call_id, AT + n, call_id, number, "1000", "carrier", f"{n}=abc@host", "live")
        segment = "=cmd|x" if n == 1 else "premium"
        journal.happened(CallRouted(*came, segment, "premium", 10, "queue"))
        journal.happened(QueueJoined(call_id, AT + n + 0.5, "premium", 1))
    assert journal.close(5)
    engine.dispose()
    monkeypatch.setenv("IVR_DATABASE_URL", url)
    monkeypatch.setenv("TZ", "Europe/London")
    monkeypatch.chdir(tmp_path)
    return url


def listed(*arguments: str) -> list[str]:
    """The last letters of the ids of the calls that are listed."""
    done = CliRunner().invoke(app, ["calls", "--json", *arguments])
    assert done.exit_code == 0, done.output
    return [json.loads(line)["call_id"][-1] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("+442079460001", "01"),
        ("+44 20 7946 0001", "01"),
        ("+44 (0)20 7946-0001", "01"),
        ("0044 20 7946 0001", "01"),
        ("020 7946 0001", "01"),
        ("7946.0001", "01"),
        ("0001", "01"),
        ("0002", "2"),
        ("+33 1 23 45 67 89", ""),
    ],
)
def test_a_number_is_found_however_it_is_written(recorded: str, number: str, found: str) -> None:
    assert "".join(listed("--from", number)) == found


def test_all_that_is_asked_for_has_to_be_so(recorded: str) -> None:
    assert listed() == ["0", "1", "2", "3"]
    assert listed("--last", "2") == ["2", "3"]
    both = ("--segment", "premium", "--outcome", "waiting")
    assert listed("--queue", "premium", *both) == ["0", "2", "3"]
    assert listed("--since", "2025-11-23T12:13:21", "--until", "2025-11-23T12:13:23") == ["1", "2"]
    assert listed("--agent", "nobody") == []
    done = CliRunner().invoke(app, ["calls", "--customer", "C1"])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no recorded call fits" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--outcome", "answerd"], "there are routing, asking, waiting, talking, answered"),
        (["--since", "soon"], "is no time"),
        (["--since", "today", "--until", "yesterday"], "ends before it begins"),
        (["--from", "12"], "four at least"),
        (["--from", "anonymous"], "is no number"),
        (["--json", "--csv"], "not both"),
        (["nonsense"], "No such command"),
    ],
)
def test_a_mistake_is_told_with_what_there_is(
    recorded: str,
    arguments: list[str],
    says: str,
) -> None:
    done = CliRunner().invoke(app, ["calls", *arguments], env={"COLUMNS": "300"})
    assert done.exit_code == 2
    assert says in re.sub(r"\s+", " ", done.output)


def test_csv_is_for_spreadsheets_and_runs_nothing_there(recorded: str) -> None:
    told = CliRunner().invoke(app, ["calls", "--csv"]).stdout_bytes.decode()
    assert told.count("\r\n") == told.count("\n") == 5
    rows = list(csv.DictReader(io.StringIO(told, newline="")))
    assert [row["from"] for row in rows] == ["+442079460001", "02079460001", "+442079460002", ""]
    assert rows[0]["at"] == "2025-11-23T12:13:20.000+00:00"
    assert rows[1]["segment"] == "'=cmd|x"
    assert rows[0]["test"] == "no"
    assert list(rows[0]) == list(json.loads(listed_lines()[0]))
    none = CliRunner().invoke(app, ["calls", "--csv", "--customer", "C1"])
    assert none.stdout_bytes.count(b"\r\n") == 1


def listed_lines() -> list[str]:
    return CliRunner().invoke(app, ["calls", "--json"]).stdout.splitlines()


def test_a_part_of_several_calls_is_told_so(recorded: str) -> None:
    with pytest.raises(IvrError) as told:
        CliRunner().invoke(app, ["explain", "17639000"], catch_exceptions=False)
    first, *lines = str(told.value).split("\n")
    assert first == "17639000 is in the names of 4 calls: write more of it. these:"
    assert [line.split()[0][-1] for line in lines] == ["3", "2", "1", "0"]
    with pytest.raises(IvrError, match="no call 99999999 is recorded"):
        CliRunner().invoke(app, ["explain", "99999999"], catch_exceptions=False)


def test_old_calls_are_forgotten_when_somebody_says_so(recorded: str, tmp_path: Path) -> None:
    asked = ["calls", "forget", "--older-than", "1d"]
    with pytest.raises(IvrError, match="write --yes"):
        CliRunner().invoke(app, asked, catch_exceptions=False)
    assert "".join(listed("--from", "0001")) == "01"
    done = CliRunner().invoke(app, [*asked, "--yes"])
    assert done.exit_code == 0, done.output
    assert "4 calls from 2025-11-23" in done.stderr
    assert done.stdout == "4 calls forgotten\n"
    assert listed("--from", "0001") == []
    assert listed() == ["0", "1", "2", "3"]
    assert (tmp_path / "number.key").exists()
    again = CliRunner().invoke(app, [*asked, "--yes"])
    assert "anything to forget" in again.stderr
    nothing = CliRunner().invoke(app, ["calls", "forget", "--yes"])
    assert nothing.exit_code == 2
    assert "IVR_KEEP_DAYS" in nothing.output
