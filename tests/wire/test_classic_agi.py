"""`ivr-agi` as Asterisk starts it: pipes, an environment, one answer. And Asterisks that do not play along."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from ivr.domain.calls.record import CallRecord
from ivr.shipped_files import share
from ivr.store import calls, snapshot, tables
from ivr.store.engine import reader, writer, writing
from tests.conftest import until
from tests.databases import Database

MARK, NUMBER = "1700000000-123456789", "+442079460001"
any_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # which one is no part of the matter
OBEYED = "200 result=0\n"
# As patient as a busy machine needs it (what follows the answer has the lowest priority); what it does when time is up
# has a test of its own.
PROGRAM = (
    "from ivr.service import classic_agi as classic;"
    " classic.ANSWER_SECONDS = classic.RECORD_SECONDS = {patience}; classic.main()"
)
HEAVY = {
    "sqlalchemy",
    "pydantic",
    "yaml",
    "asyncio",
    "structlog",
    "logging",
    "uvloop",
    "typer",
    "email",
    "importlib.metadata",
}


@dataclass(frozen=True)
class Ended:
    """What became of one start of the program."""

    code: int
    said: str
    complained: str


@dataclass(frozen=True)
class Site:
    """An installation: settings, files, a database with one customer in it."""

    home: Path
    database: Database

    @property
    def url(self) -> str:
        return self.database.url

    def start(self, asterisk: str | bytes, program: str = PROGRAM, patience: float = 100, **settings: object) -> Ended:
        """Start the program; Asterisk says no more than `asterisk`, and hangs up."""
        with self.started(program, patience, **settings) as process:
            sent = asterisk.encode() if isinstance(asterisk, str) else asterisk
            said, complained = process.communicate(sent, timeout=120)
        return Ended(process.returncode, said.decode(), complained.decode())

    def started(self, program: str = PROGRAM, patience: float = 100, **settings: object) -> "subprocess.Popen[bytes]":
        values = {
            "database_url": self.url, "policy_dir": self.home / "dialplans", "snapshot_path": self.home / "snapshot.db",
            **settings,
        }  # fmt: skip
        environment = {name: value for name, value in os.environ.items() if not name.startswith("IVR_")}
        return subprocess.Popen(
            [sys.executable, "-c", program.format(patience=patience)],
            env=environment | {f"IVR_{name.upper()}": str(value) for name, value in values.items()},
            cwd=self.home,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def record(self) -> CallRecord | None:
        engine = reader(self.url)
        try:
            return calls.find_call(engine, "pbx-1.1")
        finally:
            engine.dispose()


@pytest.fixture
def site(tmp_path: Path, database: Database) -> Site:
    made = Site(tmp_path, database)
    shutil.copytree(share("dialplans"), tmp_path / "dialplans")
    engine = writer(made.url)
    customer = {
        "customer_id": "C1", "name": "Ada Lovelace", "value": 91.0, "potential": 64.0, "need": 10.0, "language": "en",
        "tags": "", "preferred_agent": "", "blocked": False, "updated_at": 9.0, "scored_at": 1.0,
    }  # fmt: skip
    with writing(engine) as connection:
        connection.execute(tables.customers.insert(), customer)
        connection.execute(tables.phones.insert(), {"number": NUMBER, "customer_id": "C1"})
    engine.dispose()
    return made


def environment(number: str = NUMBER, mark: str = MARK, more: str = "") -> str:
    values = {
        "request": "ivr-agi", "uniqueid": "pbx-1.1", "callerid": number, "calleridname": "x: y", "arg_1": mark,
        "arg_2": "1000", "arg_3": "0", "arg_4": "carrier", "arg_5": "abc@127.0.0.1",
    }  # fmt: skip
    return "".join(f"agi_{name}: {value}\n" for name, value in values.items()) + more + "\n"


def variables(said: str) -> dict[str, str]:
    """The variables of the one command that was sent; none when none was."""
    if not said:
        return {}
    assert said.startswith('EXEC MSet "')
    assert said.endswith('"\n')
    assert said.count("\n") == 1
    return dict(pair.split("=", 1) for pair in said[len('EXEC MSet "') : -2].split(","))


def test_it_answers_with_the_decision_and_records_it(site: Site) -> None:
    ended = site.start(environment() + OBEYED)
    assert (ended.code, ended.complained) == (0, "")
    answered = variables(ended.said)
    assert (answered["IVR_QUEUE"], answered["IVR_SEGMENT"], answered["IVR_CUSTOMER"]) == ("premium", "premium", "C1")
    assert (answered["IVR_RUNG"], answered["IVR_DONE"]) == ("live", MARK)
    record = site.record()
    assert record is not None
    assert record.decision is not None
    assert record.decision.trace.reason == "value 91 is at least 80, so premium"
    assert record.call is not None
    assert (record.call.caller_number, record.call.dialled, record.call.trunk) == (NUMBER, "1000", "carrier")
    assert record.route_ms


@any_database
def test_up_to_the_answer_it_imports_nothing_that_takes_long(site: Site) -> None:
    program = (
        "import sys; from ivr.service import classic_agi; classic_agi._answer(); print(*sys.modules, file=sys.stderr)"
    )
    first, second = (site.start(environment() + OBEYED, program) for _ in range(2))
    assert "pydantic" in first.complained.split()  # the policy has to be checked once
    assert not HEAVY & set(second.complained.split())


def test_the_call_goes_on_before_the_record_is_written(site: Site) -> None:
    with site.database.busy(), site.started() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write((environment() + OBEYED).encode())
        process.stdin.close()
        assert variables(process.stdout.read().decode())["IVR_RUNG"] == "live"  # until it is closed
        assert process.wait(3) == 0  # Asterisk waits for it
        assert site.record() is None
    until(lambda: site.record() is not None, 40)  # it lets everybody else go first


def test_what_cannot_be_recorded_was_applied_all_the_same(site: Site) -> None:
    impatient = PROGRAM.replace("classic.main()", "classic.RECORD_SECONDS = 0.5; classic.main()")
    with site.database.busy():
        ended = site.start(environment() + OBEYED, impatient)
    assert variables(ended.said)["IVR_RUNG"] == "live"
    assert ended.code == 0
    assert ended.complained == "ivr-agi: pbx-1.1: the decision was applied, and could not be recorded\n"


@any_database
def test_a_missing_database_is_the_default_treatment_and_stays_missing(site: Site) -> None:
    gone = site.home / "elsewhere" / "ivr.db"
    ended = site.start(environment() + OBEYED, database_url=f"sqlite:///{gone}")
    assert (variables(ended.said)["IVR_RUNG"], variables(ended.said)["IVR_QUEUE"]) == ("default", "general-queue")
    assert "could not be recorded" in ended.complained
    assert not gone.parent.exists()


@pytest.mark.thorough  # half a minute on PostgreSQL: the record is tried until its time is over
def test_a_database_that_is_away_is_the_snapshot_rung(site: Site) -> None:
    engine = writer(site.url)
    snapshot.take(engine, site.home / "snapshot.db")
    engine.dispose()
    with site.database.away():
        answered = variables(site.start(environment() + OBEYED).said)
    assert (answered["IVR_RUNG"], answered["IVR_QUEUE"]) == ("snapshot", "premium")


@pytest.mark.thorough
@any_database
def test_a_mistake_in_the_policy_changes_nothing_once_there_was_a_good_one(site: Site) -> None:
    policy = site.home / "dialplans" / "policy.yaml"
    good = policy.read_text()
    policy.write_text(good.replace("region: GB", "region: gb"))
    refused = site.start(environment() + OBEYED)
    assert (refused.code, refused.said) == (0, "")
    assert "policy.yaml:11:1: region" in refused.complained
    policy.write_text(good)
    site.start(environment() + OBEYED)
    policy.write_text(good.replace("region: GB", "region: gb"))
    served = site.start(environment() + OBEYED)
    assert variables(served.said)["IVR_QUEUE"] == "premium"
    assert served.complained.startswith("ivr-agi: the last good policy is in force: ")


# Asterisks, callers and admins that do not play along -------------------------------------------------


@pytest.mark.thorough
@any_database
@pytest.mark.parametrize(
    ("asterisk", "says"),
    [
        ("", "the call did not wait"),
        ("agi_uniqueid: pbx-1.1\n", "the call did not wait"),
        (environment()[:-1], "the call did not wait"),
        (b"\xff" * 100 + b"\n\n", "agi_uniqueid '' is none"),
        ("a" * 40_000, "more than 16384 bytes"),
        ("a: b\n" * 9000, "more than 16384 bytes"),
        (environment(mark="x,IVR_QUEUE=premium"), "argument 1 is"),
        (environment("x" * 30), "agi_callerid is"),
        (environment().replace("pbx-1.1", "../x"), "agi_uniqueid"),
    ],
)
def test_nothing_is_answered_to_what_our_dialplan_cannot_have_sent(
    site: Site, asterisk: str | bytes, says: str
) -> None:
    ended = site.start(asterisk)
    assert (ended.code, ended.said) == (0, "")
    assert ended.complained.startswith("ivr-agi: ")
    assert ended.complained.count("\n") == 1
    assert says in ended.complained


@pytest.mark.thorough
@any_database
@pytest.mark.parametrize(
    "reply", ["", "200 result=-1\n", "510 Invalid\n", "520-Usage\n", "HANGUP\n", "\n", "9" * 40_000]
)
def test_an_answer_that_is_not_taken_is_not_recorded(site: Site, reply: str) -> None:
    ended = site.start(environment() + reply)
    assert ended.code == 0
    assert variables(ended.said)["IVR_DONE"] == MARK
    assert ended.complained.startswith("ivr-agi: AgiError: ")
    assert ended.complained.count("\n") == 1
    assert site.record() is None


@any_database
def test_of_a_key_that_comes_twice_the_first_counts(site: Site) -> None:
    smuggled = f"agi_callerid: {NUMBER}\nagi_arg_1: 1-1\n"
    answered = variables(site.start(environment("+442079460999", more=smuggled) + OBEYED).said)
    assert (answered["IVR_CUSTOMER"], answered["IVR_DONE"]) == ("", MARK)


@any_database
def test_no_customer_is_named_on_standard_error(site: Site) -> None:
    ended = site.start(environment() + "510 Invalid\n")
    assert "Ada" not in ended.complained
    assert NUMBER not in ended.complained


@any_database
def test_an_asterisk_that_says_nothing_is_left_when_time_is_up(site: Site) -> None:
    with site.started(patience=0.3) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"agi_uniqueid: pbx-1.1\n")
        process.stdin.flush()
        began = time.monotonic()
        assert process.wait(30) == 0
        assert time.monotonic() - began < 20
        assert process.stderr.read() == b"ivr-agi: no answer in time: the call goes on without us\n"


@any_database
def test_a_setting_that_is_wrong_is_named(site: Site) -> None:
    assert "SettingError: IVR_AGI_PORT in the environment" in site.start(environment(), agi_port="x").complained
    assert "StoreError: the database URL cannot be read" in site.start(environment(), database_url="x").complained


@any_database
def test_its_settings_file_may_be_an_argument(site: Site) -> None:
    file = site.home / "own.toml"
    file.write_text("lookup_deadline = 9")
    program = PROGRAM.replace(
        "classic.main()", f"import sys; sys.argv[1:] = ['--settings', {str(file)!r}]; classic.main()"
    )
    assert "own.toml: lookup_deadline" in site.start(environment(), program).complained
    program = PROGRAM.replace("classic.main()", "import sys; sys.argv[1:] = ['--settings']; classic.main()")
    assert "usage: ivr-agi" in site.start(environment(), program).complained
