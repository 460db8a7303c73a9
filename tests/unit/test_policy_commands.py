"""`ivr policy publish … diff` and `ivr explain`, on a database of their own and without Asterisk."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ivr.cli import app, common
from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.customers import Customer, Found, Scores
from ivr.domain.routing.decision import decide
from ivr.domain.routing.facts import gather
from ivr.errors import IvrError
from ivr.lab.state import LabState
from ivr.policy import loader
from ivr.settings import Settings
from ivr.shipped_files import share
from ivr.store import migrate, versions
from ivr.store.engine import writer
from ivr.store.journal import DatabaseJournal
from tests.databases import Database, stamp
from tests.decisions import changed

SCORES = Scores(91.0, 64.0, 10.0)
any_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # which one is no part of the matter


class Place:
    """A folder with policy and database."""

    def __init__(self, home: Path, url: str) -> None:
        self.home, self.files, self.url = home, home / "dialplans", url

    def change(self, old: str, new: str) -> None:
        path = self.files / "policy.yaml"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Database) -> Place:
    made = Place(tmp_path, database.url)
    shutil.copytree(share("dialplans"), made.files)
    for name in [name for name in os.environ if name.startswith("IVR_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_DATABASE_URL", made.url)
    monkeypatch.setenv("IVR_POLICY_DIR", str(made.files))
    monkeypatch.setenv("COLUMNS", "80")
    stamp(database)
    return made


def ivr(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def said(result: Result) -> str:
    """What it printed, on one line."""
    return re.sub(r"[\s│╭╮╰╯─]+", " ", result.output)


def record(place: Place, call_id: str = "pbx-1.1", **changes: Any) -> str:
    """A call that the policy of the files decided; returns its version."""
    bundle = loader.load(place.files)
    call = IncomingCall(call_id, call_id, "+442079460001", "1003", False, "carrier", "a@b", time.time(), asked="m",
                        intent="2")  # fmt: skip
    facts = gather(call, Caller("+442079460001"), Found(Customer("C1", "Ada", SCORES)), bundle.policy)
    decision = decide(call, facts, bundle.policy, bundle.conditions)
    engine = writer(place.url)
    journal = DatabaseJournal(engine)
    journal.decided(call, changed(decision, **({"took_ms": {"look up": 0.7}} | changes)), 1.5)
    assert journal.close(10)
    versions.keep(engine, bundle.policy.version, bundle.texts.policy, bundle.texts.agents, 1.0)
    engine.dispose()
    return bundle.policy.version


def test_publishing_says_what_changes_and_the_log_has_it(place: Place) -> None:
    first = ivr("policy", "publish", "-m", "as shipped", "--author", "ann")
    assert first.exit_code == 0, first.output
    assert "no change to what counted before" in first.output
    assert "from now on the service ignores the files" in first.output
    place.change("customer.value >= 80.0", "customer.value >= 90.0")
    second = ivr("policy", "publish", "-m", "fewer premium")
    assert "-    enter: [customer.value >= 80.0]" in second.output
    assert "+    enter: [customer.value >= 90.0]" in second.output
    assert "ignores the files" not in second.output
    again = ivr("policy", "publish", "-m", "once more")
    assert again.exit_code == 0
    assert "nothing to do" in again.output
    logged = [json.loads(line) for line in ivr("policy", "log", "--json").output.splitlines()]
    assert [(each["message"], each["kind"], each["in_force"]) for each in logged] == [
        ("fewer premium", "publish", True), ("as shipped", "publish", False),
    ]  # fmt: skip
    assert logged[1]["author"] == "ann"
    assert "@" in logged[0]["author"]
    assert "* " + logged[0]["version"] in ivr("policy", "log").output


@any_database
def test_a_broken_policy_is_refused_with_every_mistake(place: Place) -> None:
    place.change("region: GB", "region: gb")
    place.change("default: general", "default: nothing")
    refused = ivr("policy", "publish", "-m", "broken")
    assert refused.exit_code == 2
    assert "region" in refused.output
    assert "policy.yaml:" in refused.output
    assert ivr("policy", "log", "--json").output == ""


@any_database
def test_what_is_surely_not_meant_is_said_and_published(place: Place) -> None:
    place.change("say: ivr/closed", "say: ivr/shop-closed")
    published = ivr("policy", "publish", "-m", "x")
    assert published.exit_code == 0
    assert "warning: " in published.stderr
    assert "ivr/shop-closed" in published.stderr


def test_what_was_published_is_printed_exactly(place: Place) -> None:
    (place.files / "policy.yaml").write_bytes((place.files / "policy.yaml").read_bytes() + "# ü [bold]\r\n".encode())
    published = json.loads(ivr("policy", "publish", "-m", "x", "--json").output)
    assert published["changed"] is True
    for arguments, name in ((), "policy.yaml"), (("--agents",), "agents.yaml"):
        shown = ivr("policy", "show", published["version"][:6], *arguments)
        assert shown.stdout_bytes == (place.files / name).read_bytes()
    assert ivr("policy", "show").stdout_bytes == (place.files / "policy.yaml").read_bytes()


def test_going_back_and_back_to_the_files(place: Place) -> None:
    first = json.loads(ivr("policy", "publish", "-m", "one", "--json").output)["version"]
    place.change("customer.value >= 80.0", "customer.value >= 90.0")
    ivr("policy", "publish", "-m", "two")
    back = ivr("policy", "rollback", "-m", "too few")
    assert f"version {first} is in force again" in said(back)
    assert "+    enter: [customer.value >= 80.0]" in back.output
    withdrawn = ivr("policy", "withdraw", "-m", "by hand")
    assert "the files count" in withdrawn.output
    assert isinstance(ivr("policy", "withdraw", "-m", "again").exception, IvrError)
    assert [json.loads(line)["kind"] for line in ivr("policy", "log", "--json").output.splitlines()] == [
        "withdraw", "rollback", "publish", "publish",
    ]  # fmt: skip
    assert ivr("policy", "publish", "-m", " ").exit_code == 2


def test_going_back_to_what_cannot_be_used_is_refused_and_changes_nothing(place: Place) -> None:
    engine = writer(common.settings().database_url)
    migrate.upgrade(engine)
    agents = (place.files / "agents.yaml").read_text()
    broken = "old-key: 1\n" + (place.files / "policy.yaml").read_text()
    versions.publish(engine, broken, agents, "ann", "an older program's", 1.0)
    engine.dispose()
    assert ivr("policy", "publish", "-m", "good").exit_code == 0
    before = ivr("policy", "log", "--json").output
    refused = ivr("policy", "rollback", "-m", "back")
    assert refused.exit_code == 2
    assert "old-key: is not known here" in refused.stderr
    assert ivr("policy", "log", "--json").output == before


def test_who_and_why_are_one_line_that_does_nothing_to_a_terminal(place: Place) -> None:
    ivr("policy", "publish", "-m", "two\x1b[31m red", "--author", "b\n* forged")
    logged = json.loads(ivr("policy", "log", "--json").output)
    assert (logged["author"], logged["message"]) == ("b * forged", "two [31m red")


@any_database
def test_a_caller_who_shares_a_number_can_be_supposed(place: Place) -> None:
    told = ivr("policy", "explain", "--from", "+12025550199", "--to", "1000", "--set", "customer.lookup=ambiguous")
    assert told.exit_code == 0, told.output
    assert "belongs to several customers" in said(told)


@any_database
def test_who_is_refused_hears_no_greeting(place: Place) -> None:
    told = said(ivr("policy", "explain", "--from", "+442079460001", "--set", "customer.blocked=true"))
    assert "the caller hears ss-noservice, then is refused" in told
    assert "hello" not in told
    place.change("    refuse: true", "    refuse: true\n    say: ivr/goodbye")
    told = said(ivr("policy", "explain", "--from", "+442079460001", "--set", "customer.blocked=true"))
    assert "the caller hears ivr/goodbye, then is refused" in told


@any_database
def test_nobody_is_greeted_while_the_customers_cannot_be_asked(place: Place) -> None:
    asked = ("policy", "explain", "--from", "+442079460002", "--json", "--set")
    live, away = (json.loads(ivr(*asked, f"customer.lookup={each}").stdout) for each in ("found", "unavailable"))
    assert live["decision"]["greeting"] == away["decision"]["greeting"] == ["hello"]
    assert (live["caller"][0], away["caller"][0]) == ("hears hello", "hears no greeting")


@any_database
def test_an_adjustment_that_changes_nothing_is_said_to(place: Place) -> None:
    calling = ("policy", "explain", "--from", "+442079460002", "--set", "customer.found=true", "--set",
               "customer.contacts_7d=1", "--to")  # fmt: skip
    waits = said(ivr(*calling, "1000"))
    assert "adjusted by repeat caller" in waits
    assert "→ priority +5" in waits
    assert "nothing changes" not in waits
    closed = said(ivr(*calling, "1001", "--at", "sunday 12:00"))
    assert "adjusted by" not in closed
    assert "→ priority +5: nothing changes, the call waits in no queue" in closed


@any_database
def test_a_command_that_writes_says_where(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    file, database = place.home / "one.csv", place.url.removeprefix("sqlite:///")
    columns = "customer_id,name,phones,value,potential,need,language,tags,preferred_agent,blocked"
    file.write_text(f"{columns}\nC1,Ada,+442079460001,91,64,10,en,,,no\n")
    last = [
        ivr(*arguments).output.splitlines()[-1]
        for arguments in (
            ("import", "customers", str(file)), ("policy", "publish", "-m", "x"), ("policy", "withdraw", "-m", "x"),
            ("policy", "rollback", "-m", "x"), ("pin", "clear", "C1"), ("pin", "unlock", "C1"), ("migrate",),
        )
    ]  # fmt: skip
    assert last == [f"the database: {database}"] * len(last)
    monkeypatch.setenv("IVR_DATABASE_URL", "sqlite:///new/ivr.db")
    new = ivr("import", "customers", str(file)).output.splitlines()[-1]
    assert new == f"the database, which is new: {place.home / 'new/ivr.db'}"
    secret = Settings(database_url="postgresql://ivr:secret@example.test/ivr?sslpassword=secret&sslmode=require")
    assert common.database(secret) == "the database: postgresql://ivr:***@example.test/ivr?sslmode=require"


@any_database
@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "customers", "no.csv"), ("pin", "clear", "C1"), ("pin", "unlock", "C1"),
        ("policy", "rollback", "-m", "x"), ("policy", "withdraw", "-m", "x"),
        ("policy", "publish", "nowhere", "-m", "x"),
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("policy", [True, False])
def test_a_command_that_fails_leaves_no_new_database(
    place: Place, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], policy: bool
) -> None:
    monkeypatch.setenv("IVR_DATABASE_URL", "sqlite:///new/ivr.db")
    if not policy:
        monkeypatch.setenv("IVR_POLICY_DIR", "nowhere")
    assert isinstance(ivr(*arguments).exception, IvrError)
    assert not (place.home / "new").exists()


@any_database
def test_a_lab_that_gives_the_settings_is_said(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    lab = place.home / "var/lab"
    lab.mkdir(parents=True)
    state = LabState(str(lab), 1, "", "", "", "", "", [], "", None, {}, [])
    (lab / "lab.json").write_text(json.dumps(asdict(state)))
    stray = ivr("doctor")
    assert all(words in str(stray.exception) for words in ("lab.json", "ivr lab down", "IVR_SETTINGS"))
    (lab / "ivr.toml").write_text(f'database_url = "{place.url}"\npolicy_dir = "{place.files}"\n')
    said_of_it = f"settings: those of the lab, {lab / 'ivr.toml'} (IVR_SETTINGS names others)"
    assert said_of_it in ivr("doctor").stderr
    monkeypatch.setenv("IVR_SETTINGS", str(lab / "ivr.toml"))
    assert said_of_it not in ivr("doctor").stderr


@any_database
def test_a_call_that_never_was_is_explained(place: Place) -> None:
    told = ivr("policy", "explain", "--from", "+442079460001", "--to", "1001", "--at", "sunday 11:00", "--set",
               "customer.value=85", "--set", "customer.tags=a;b")  # fmt: skip
    assert told.exit_code == 0, told.output
    assert all(len(line) <= 80 for line in told.output.splitlines())
    for words in (
        "entry point invoices (1001), sunday", "closed", "a customer, as is supposed", "trust caller-id",
        "✓ premium value 85 is at least 80", "✗ blocked not blocked", "not reached; would not have held",
        "hears ivr/closed, then leaves a message", "because invoices is closed",
    ):  # fmt: skip
        assert words in said(told)
    data = json.loads(ivr("policy", "explain", "--from", "+442079460001", "--json").output)
    assert list(data) == ["policy", "call", "decision", "segments", "rules", "caller", "phone"]
    assert {line["verdict"] for line in data["rules"]} <= {"hit", "miss", "not reached"}


@any_database
def test_the_menu_can_be_answered_by_key_or_by_name(place: Place) -> None:
    for intent in ("2", "trouble"):
        told = ivr("policy", "explain", "--from", "+442079460001", "--to", "1003", "--intent", intent)
        assert "intent trouble" in said(told)
        assert "✓ something is wrong" in said(told)
    asked = ivr("policy", "explain", "--from", "+442079460001", "--to", "1003", "--set", "customer.need=10")
    assert "is asked in the menu (ivr/menu-service): 1 buy, 2 trouble" in said(asked)


@any_database
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--set", "customer.valeu=1"], "is customer.value meant?"),
        (["--set", "customer.value=high"], "write a number, as customer.value=82.5"),
        (["--set", "customer.blocked=yes"], "write true or false"),
        (["--set", "customer.value=nan"], "write a number, as customer.value=82.5"),
        (["--set", "call.hour=99"], "write a whole number"),
        (["--set", "queues.waiting=premium:99999999999999999999"], "premium:3;general-queue:0"),
        (["--set", "call.trust=bogus"], "write one of none, typed, caller-id, attested, pin"),
        (["--set", "customer.lookup=bogus"], "write one of found, ambiguous, unknown, unavailable, untrusted"),
        (["--set", "call.weekday=foo"], "write one of monday"),
        (["--set", "queues.waiting=premium"], "premium:3;general-queue:0"),
        (["--set", "segment=premium"], "its conditions decide it"),
        (["--set", "customer.value"], "write FACT=VALUE"),
        (["--at", "noon"], "write it as monday 10:00"),
        (["--intent", "1"], "has no menu"),
        (["--to", "1003", "--intent", "sell"], "1 (buy), 2 (trouble)"),
    ],
)
def test_what_cannot_be_supposed_is_answered_in_words(place: Place, arguments: list[str], says: str) -> None:
    told = ivr("policy", "explain", "--from", "+442079460001", *arguments)
    assert told.exit_code == 2
    assert says in said(told)


def test_a_version_or_a_folder_can_be_tried(place: Place) -> None:
    version = json.loads(ivr("policy", "publish", "-m", "one", "--json").output)["version"]
    place.change("customer.value >= 80.0", "customer.value >= 90.0")
    tried = ("policy", "explain", "--from", "+442079460001", "--set", "customer.value=85")
    assert "✓ premium" in said(ivr(*tried))  # what is published, not the files
    assert "✓ premium" in said(ivr(*tried, "--policy", version[:6]))
    assert "✗ premium value is 85, below 90" in said(ivr(*tried, "--policy", str(place.files)))


def test_a_recorded_call_is_decided_again(place: Place) -> None:
    ivr("policy", "publish", "-m", "as shipped", "--author", "ann")
    version = record(place)
    told = ivr("explain", "pbx-1.1")
    assert told.exit_code == 0, told.output
    for words in (
        "menu: pressed 2 (trouble)", "C1 (Ada)", "trust caller-id", "took 1.5 ms (look up 0.7)",
        f"policy {version}, published by ann: as shipped", "✓ premium value 91 is at least 80",
        "✓ something is wrong", "not reached; would not have held", "deciding again gives the same decision",
    ):  # fmt: skip
        assert words in said(told)
    data = json.loads(ivr("explain", "pbx-1.1", "--json").output)
    assert list(data)[:5] == ["history", "call", "decision", "route_ms", "facts"]
    assert data["again"] == {"same": True, "differs": [], "problem": ""}
    assert data["policy"]["publication"]["message"] == "as shipped"


def test_a_decision_that_comes_out_otherwise_is_told_loudly(place: Place) -> None:
    record(place, priority=7)
    told = ivr("explain", "pbx-1.1")
    assert told.exit_code == 1
    assert "DECIDING AGAIN GIVES ANOTHER DECISION" in said(told)
    assert "priority: recorded 7, now 1" in said(told)


def test_a_version_without_texts_is_said(place: Place) -> None:
    record(place, policy_version="abcdef012345")
    told = ivr("explain", "pbx-1.1")
    assert told.exit_code == 0
    assert "the text of policy abcdef012345 is not there" in said(told)


def test_an_old_record_is_still_printed(place: Place) -> None:
    record(place, facts={}, trust="", took_ms={})
    told = ivr("explain", "pbx-1.1")
    assert told.exit_code == 0
    assert "before decisions kept their facts" in said(told)
    assert "+442079460001 dialled 1003" in told.output


def test_who_would_be_treated_differently(place: Place) -> None:
    record(place, "pbx-1.1")
    record(place, "pbx-1.2", facts={})
    new = Path(shutil.copytree(place.files, place.home / "new"))
    (new / "policy.yaml").write_text(
        (new / "policy.yaml").read_text().replace("customer.value >= 80.0", "customer.value >= 95.0")
    )
    same = ivr("policy", "diff", str(place.files))
    assert (same.exit_code, "0 of 1 calls would be treated differently" in same.stdout) == (0, True)
    assert "compared with itself" in same.stderr
    assert all(way in same.stderr for way in ("cp -r", "--against recorded", "--against VERSION"))
    assert "compared with itself" not in ivr("policy", "diff", str(new)).stderr
    told = ivr("policy", "diff", str(new), "--since", "1h")
    assert told.exit_code == 0, told.output
    for words in (
        "1 of 1 calls would be treated differently (100.0%)", "1 calls cannot be decided again", "premium standard 1",
        "segment premium → standard", "more of one: ivr explain pbx-1.1",
    ):  # fmt: skip
        assert words in said(told)
    data = json.loads(ivr("policy", "diff", str(new), "--against", "recorded", "--json").output)
    assert (data["different"], data["segments"][0]["from"], data["segments"][0]["to"]) == (1, "premium", "standard")
    assert data["old"] == "recorded"
    assert "no time" in said(ivr("policy", "diff", str(new), "--since", "someday"))


@any_database
def test_of_many_steps_only_those_that_differ_are_shown(place: Place) -> None:
    record(place, "pbx-1.1")
    place.change(
        "{after: 45, queue: general-queue}       # still", "{after: 45, queue: general-queue, priority: 101}  # still"
    )
    place.change("steps:\n      - {after: 45", "announce: {every: 30, say: position}\n    steps:\n      - {after: 45")
    old = Path(shutil.copytree(place.files, place.home / "old"))
    place.change("priority: 101", "priority: 102")
    told = said(ivr("policy", "diff", str(place.files), "--against", str(old)))
    assert "; steps after 45 seconds: on to general-queue, priority 111 → after 45 seconds: on to general" in told
    assert "priority 112" in told
    assert "position" not in told
    assert "there is no such folder" in str(ivr("policy", "diff", "nonsense").exception)


@any_database
def test_the_command_ends_with_a_line_when_interrupted(place: Place) -> None:
    program = (
        "import sys; from ivr.__main__ import main; from ivr.cli import policy_decisions as d\n"
        "def broken(*a, **k): raise KeyboardInterrupt\nd.compare = broken\n"
        "sys.argv = ['ivr', 'policy', 'diff', 'dialplans']; main()"
    )
    asked = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=place.home)
    assert asked.returncode == 130
    assert asked.stderr.splitlines()[-1] == "ivr: interrupted"
    assert "Traceback" not in asked.stderr
