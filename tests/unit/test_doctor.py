"""The doctor's examination on ports: no Asterisk, no service, no database."""

import time
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from ivr.application.doctor import scores
from ivr.application.doctor.examination import examine
from ivr.application.doctor.ports import (
    DialplanStep,
    PinsInUse,
    Ports,
    PublishedPolicy,
    QueueMember,
    QueueStatus,
    ScoresInForce,
    ServiceState,
    Unanswered,
)
from ivr.application.doctor.sounds import played
from ivr.application.doctor.verdicts import Verdict
from ivr.domain.agents import declared_members
from ivr.domain.scoring.runs import RunSource, ScoreRun
from ivr.errors import AmiError, PinError, StoreError
from ivr.policy.loader import load
from ivr.policy.texts import Texts
from ivr.service.doctor_adapters import PolicyFolder
from ivr.settings import Settings
from ivr.shipped_files import share

POLICY = load(share("dialplans"))
MEMBERS = tuple(
    QueueMember(m.queue, m.interface, m.name, "1", paused=False, member=m) for m in declared_members(POLICY.agents)
)
BY_ANOTHER = replace(declared_members(POLICY.agents)[0], state="PJSIP/ben")
ELSEWHERE = (replace(MEMBERS[0], member=BY_ANOTHER),)
STATUS = QueueStatus(frozenset(POLICY.queues()), MEMBERS)
OF_AGENTS = ("QueueStatus", "QueueAdd", "QueuePenalty", "QueueRemove", "QueueChangePriorityCaller")  # their right
NO_PINS = PinsInUse({}, 0, 0, 0)
NO_RUNS = ScoresInForce(None, None)
SOUND, _ = next(played(PolicyFolder(share("dialplans"))))


@dataclass(frozen=True)
class FakeService:
    answer: ServiceState | Unanswered
    contract: int = 2

    def contract_of_dialplan(self, asks: str) -> int:
        return int(asks)

    async def state(self) -> ServiceState | Unanswered:
        return self.answer

    async def answers_at(self, host: str, port: int) -> bool:
        return True


class FakeLocalPorts:
    def holders(self, host: str, port: int) -> set[int]:
        return {0}

    def whose(self, host: str, port: int) -> str:
        return ""

    def same_host(self, asked: str, listens: str) -> bool:
        return asked == listens

    def name_of(self, uid: int) -> str:
        return f"uid {uid}"

    def users_who_may(self, named: Iterable[str]) -> frozenset[int]:
        return frozenset({0})


@dataclass
class FakeManager:
    """An Asterisk in order: every module is loaded, every trunk known by its address."""

    values: dict[str, str | None] = field(default_factory=dict)
    may_not: frozenset[str] = frozenset()
    status: QueueStatus = STATUS
    lost: bool = False

    async def forbidden(self, actions: Collection[str]) -> set[str]:
        return {*actions} & self.may_not

    async def value(self, name: str) -> str | None:
        if name in self.values:
            return self.values[name]
        if name.startswith("IFMODULE("):
            return "1"
        if name == "AST_CONFIG(asterisk.conf,options,transmit_silence)":
            return "yes"
        return "ip" if name.endswith(",identify_by)") else ""

    async def dialplan(self, context: str) -> list[DialplanStep]:
        return [DialplanStep("AGI", "2")]

    async def queues(self) -> QueueStatus:
        if self.lost:
            raise AmiError("QueueStatus: connection lost")
        return self.status


@dataclass(frozen=True)
class FakeDatabase:
    away: bool = False
    publication: PublishedPolicy | None = None
    in_use: PinsInUse = NO_PINS
    runs: ScoresInForce = NO_RUNS

    def published_scoring(self) -> str | None:
        return None

    def scores(self) -> ScoresInForce:
        return self.runs

    def version(self) -> str | None:
        if self.away:
            raise StoreError("no answer")
        return "0042"

    def newest(self) -> str:
        return "0042"

    def any_customers(self) -> bool:
        return True

    def pins(self, now: float) -> PinsInUse:
        return self.in_use

    def published(self) -> PublishedPolicy | None:
        return self.publication


class FakePeppers:
    def ids(self) -> tuple[str, ...]:
        return ()


class UnreadablePeppers:
    def ids(self) -> tuple[str, ...]:
        raise PinError("pepper: others may read it")


@dataclass(frozen=True)
class FakeSnapshot:
    at: float | None
    path: Path = Path("snapshot.db")

    def taken_at(self) -> float | None:
        return self.at


@dataclass(frozen=True)
class FakeQueueLog:
    path: Path | None = Path("/log/queue_log")
    written: float | None = 1000.0
    read: float | None = 990.0

    def written_at(self) -> float | None:
        return self.written

    def read_until(self) -> float | None:
        return self.read


@dataclass(frozen=True)
class FakeSounds:
    missing: str = "nothing"
    path: Path = Path("sounds/en")

    def is_there(self) -> bool:
        return True

    def has(self, sound: str, language: str = "") -> bool:
        return sound != self.missing

    def languages(self) -> list[str]:
        return ["de"]


def healthy(asterisk: FakeManager | None = None) -> Ports:
    @asynccontextmanager
    async def log_in() -> AsyncIterator[FakeManager]:
        yield asterisk or FakeManager()

    return Ports(
        Settings(policy_dir=share("dialplans")),
        service=FakeService(ServiceState(POLICY.policy.version, database_answers=True, contract=2)),
        local_ports=FakeLocalPorts(),
        log_in=log_in,
        database=FakeDatabase(),
        peppers=FakePeppers(),
        snapshot=FakeSnapshot(4e9),
        queue_log=FakeQueueLog(),
        folder=PolicyFolder(share("dialplans")),
        sounds=FakeSounds(),
        first_snapshot_seconds=0,
    )


async def bad(ports: Ports) -> list[Verdict]:
    return [verdict async for verdict in examine(ports) if not verdict.ok]


async def test_all_is_well_in_the_order_in_which_it_depends_on_each_other() -> None:
    found = [verdict async for verdict in examine(healthy())]
    assert [verdict for verdict in found if not verdict.ok] == []
    once = [each.about for each in found if not each.about.startswith(("trunk ", "queue "))]
    assert once == [
        "policy", "agents", "database", "PINs", "scores", "AGI", "snapshot", "queue_log",
        "AMI login",
        "AMI rights", "AMI events", "AGI users", "dialplan", "modules", "silence",
        "agents' devices", "strangers", "sounds",
    ]  # fmt: skip
    assert {each.about for each in found if each.about.startswith("queue ")} == {f"queue {q}" for q in POLICY.queues()}


DONE = ScoreRun(1, "done", "s", "c", time.time() - 90_100, time.time() - 90_000, None, 900, 5, "")
FAILED = replace(DONE, run=2, state="failed", ended_at=time.time() - 8000, why="orders: away")
WITHDRAWN = replace(DONE, run=2, state="withdrawn")
UNDER_WAY = replace(DONE, run=2, state="running", began_at=time.time() - 65)
AWAY = RunSource("orders", time.time() - 260_000, 9, 0, 9, error="the file is away")
NEVER = RunSource("cases", None, error="not set")
OLD = RunSource("calls", time.time(), 9, 0, 9, newest=int(time.time()) - 400_000, oldest=3)
IN_TIME = replace(OLD, newest=int(time.time()) - 200_000)
RESTING = replace(DONE, sources=(IN_TIME,))
KILLED = ScoresInForce(None, replace(DONE, state="running"))


@pytest.mark.parametrize(
    ("runs", "says"),
    [
        (NO_RUNS, "those that were given: there was no run yet"),
        (ScoresInForce(RESTING, RESTING), "those of run 1 count, 25 hours ago, 900 customers"),
        (ScoresInForce(DONE, WITHDRAWN), "900 customers; run 2 was withdrawn"),
        (ScoresInForce(None, WITHDRAWN), "those that were given count; run 2 was withdrawn"),
        (ScoresInForce(DONE, UNDER_WAY), "; run 2 is under way"),
    ],
)
def test_the_run_whose_scores_count_is_named(runs: ScoresInForce, says: str) -> None:
    verdict = scores.calculated(FakeDatabase(runs=runs))
    assert (verdict.about, verdict.ok) == ("scores", True)
    assert says in verdict.says


def resting_on(*sources: RunSource) -> ScoresInForce:
    run = replace(DONE, sources=sources)
    return ScoresInForce(run, run)


def test_runs_that_cannot_be_read_are_a_verdict() -> None:
    class Away(FakeDatabase):
        def scores(self) -> ScoresInForce:
            raise StoreError("no answer")

    verdict = scores.calculated(Away())
    assert (verdict.ok, verdict.says) == (False, "no answer")


PUBLISHED = PublishedPolicy("0123456789ab", 1.7e9, "ann", "more agents", POLICY.texts)


@pytest.mark.parametrize(
    ("change", "about", "says", "mend"),
    [
        ({"service": FakeService(Unanswered("another_program"))}, "AGI", "not like our service", "IVR_AGI_PORT"),
        ({"service": FakeService(Unanswered("not_let_in", "only root"))}, "AGI", ": only root", "ask as root"),
        ({"service": FakeService(Unanswered("nobody_listens", "nobody"))}, "AGI", ": nobody", "ivr serve"),
        ({"service": FakeService(Unanswered("broken", "it broke"))}, "AGI", ": it broke", "end it"),
        ({"database": FakeDatabase(away=True)}, "database", "no answer", "IVR_DATABASE_URL"),
        ({"database": FakeDatabase(in_use=PinsInUse({"01234567": 3}, 0, 0, 0))}, "PINs", "3 cannot be", "restore"),
        ({"database": FakeDatabase(in_use=PinsInUse({"": 3}, 900, 1, 900))}, "PINs", "for 1 customer, 900", "limit"),
        ({"database": FakeDatabase(publication=PUBLISHED)}, "policy", "is not in force", "rollback"),
        ({"database": FakeDatabase(publication=replace(PUBLISHED, texts=Texts("a: [", "")))}, "policy",
         "cannot be used", "ivr policy publish"),
        ({"database": FakeDatabase(publication=replace(PUBLISHED, texts=StoreError("no such version")))}, "policy",
         "cannot be used: no such version", "ivr policy publish"),
        ({"database": FakeDatabase(runs=ScoresInForce(DONE, FAILED))}, "scores",
         "run 2 failed 2 hours ago: orders: away; those of run 1 count, 25 hours ago", "show 2"),
        ({"database": FakeDatabase(runs=resting_on(AWAY))}, "scores",
         "source orders failed (the file is away): its data is of 3 days ago; those of run 1 count",
         "inventory"),
        ({"database": FakeDatabase(runs=resting_on(NEVER))}, "scores",
         "source cases failed (not set): it was never read", "show 1"),
        ({"database": FakeDatabase(runs=resting_on(IN_TIME, OLD))}, "scores",
         "source calls: the newest row is of 4 days ago, and may be 3 days old; those of run 1",
         "inventory"),
        ({"database": FakeDatabase(runs=KILLED)}, "scores",
         "run 1 began 25 hours ago and has not ended: was it killed?; those that were given",
         "run it again"),
        ({"peppers": UnreadablePeppers()}, "PINs", "others may read it", "until then no PIN is right"),
        ({"snapshot": FakeSnapshot(None)}, "snapshot", "none that can be read", "IVR_SNAPSHOT_PATH"),
        ({"snapshot": FakeSnapshot(1.0)}, "snapshot", "old", "five minutes"),
        ({"queue_log": FakeQueueLog(written=None)}, "queue_log", "there is no", "IVR_QUEUE_LOG"),
        ({"queue_log": FakeQueueLog(read=None)}, "queue_log", "never read", "its user"),
        ({"queue_log": FakeQueueLog(read=100.0)}, "queue_log", "15 minutes ahead", "its user"),
        ({"sounds": FakeSounds(missing=SOUND)}, "sounds", f"lacks {SOUND} (", "mend that line"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_told(change: dict[str, object], about: str, says: str, mend: str) -> None:
    (verdict,) = [each for each in await bad(replace(healthy(), **change)) if each.about == about]  # type: ignore[arg-type]
    assert says in verdict.says
    assert mend in verdict.mend


@pytest.mark.parametrize(
    ("asterisk", "about", "says"),
    [
        *((FakeManager(may_not=frozenset({action})), "AMI rights", "may not: agent") for action in OF_AGENTS),
        (FakeManager(may_not=frozenset({"CoreShowChannels"})), "AMI rights", "may not: reporting"),
        (FakeManager({"VM_INFO(100@ivr,count)": "80"}), "mailbox 100", "80 messages wait, and it takes 100"),
        (FakeManager({"VM_INFO(100@ivr,count)": "8", "IVR_MESSAGES_PER_MAILBOX": "10"}), "mailbox 100", "takes 10"),
        (FakeManager(status=replace(STATUS, queues=STATUS.queues - {"premium"})), "queue premium",
         "does not know it"),
        (FakeManager(status=replace(STATUS, members=())), "queue premium", "without PJSIP/"),
        (FakeManager(status=replace(STATUS, members=tuple(replace(m, state="5") for m in MEMBERS))),
         "queue premium", "nobody can be rung: "),
        (FakeManager(status=replace(STATUS, members=ELSEWHERE)), "agents' devices",
         "PJSIP/anna in premium goes by PJSIP/ben, and ought to go by PJSIP/anna"),
        (FakeManager(lost=True), "AMI login", "connection lost"),
    ],
)  # fmt: skip
async def test_what_is_wrong_with_asterisk_is_told(asterisk: FakeManager, about: str, says: str) -> None:
    (verdict,) = [each for each in await bad(healthy(asterisk)) if each.about == about]
    assert says in verdict.says


async def test_a_mailbox_of_which_our_user_may_not_ask_needs_no_line() -> None:
    assert await bad(healthy(FakeManager({"VM_INFO(100@ivr,count)": None}))) == []
    assert await bad(healthy(FakeManager({"IVR_MESSAGES_PER_MAILBOX": None, "VM_INFO(100@ivr,count)": "99"}))) == []


async def test_a_lost_asterisk_leaves_the_other_checks() -> None:
    found = [verdict.about async for verdict in examine(healthy(FakeManager(lost=True)))]
    assert found[-2:] == ["AMI login", "sounds"]
