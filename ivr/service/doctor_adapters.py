"""What the doctor examines, each by the adapter that the service has for it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from ivr import regular_files
from ivr.agi import contract, peer_user, port_access, probe
from ivr.agi.request import AgiError
from ivr.ami.client import AmiClient, AmiRefusedError
from ivr.ami.members import member_of
from ivr.ami.message import Message
from ivr.application.doctor.ports import (
    DialplanStep,
    NeededModules,
    PinsInUse,
    PublishedPolicy,
    QueueMember,
    QueueStatus,
    ScoresInForce,
    ServiceState,
    Unanswered,
)
from ivr.asterisk_files import dialplan_modules, sound_folders
from ivr.domain.agent_interfaces import PHONES, Interfaces
from ivr.domain.scoring.schedule import Schedule
from ivr.errors import FileError, StoreError
from ivr.limits import LARGEST_TEXT_BYTES
from ivr.policy import loader, texts
from ivr.policy.loader import Bundle
from ivr.policy.scoring import schedule as schedules
from ivr.policy.texts import Texts
from ivr.settings import Settings
from ivr.shipped_files import share
from ivr.store import (
    migrate,
    peppers,
    pin_limits,
    pins,
    score_query,
    score_schedule,
    score_versions,
    snapshot,
    versions,
)
from ivr.store.engine import explained, reader
from ivr.store.engine_reading import run_on
from ivr.store.sqlite_file import snapshot_path


@dataclass(frozen=True, slots=True)
class ProbedService:
    """Our service, asked by the probe: the RoutingService port."""

    settings: Settings
    contract: int = contract.CONTRACT

    def contract_of_dialplan(self, asks: str) -> int:
        """The contract of a dialplan, by what it gives to AGI()."""
        return contract.contract_of_dialplan(asks)

    async def state(self) -> ServiceState | Unanswered:
        """What the service says of itself, where the settings say that it listens."""
        try:
            said = await probe.check(self.settings.agi_host, self.settings.agi_port, self.settings.agi_secret)
        except probe.NotLetError as error:
            return Unanswered("not_let_in", str(error))
        except probe.NobodyListensError as error:
            return Unanswered("nobody_listens", str(error))
        except AgiError as error:
            return Unanswered("broken", str(error))
        if said is None:
            return Unanswered("another_program")
        return ServiceState(
            policy=said["policy"],
            database_answers=said["database"] == "yes",
            contract=contract.number(said.get("contract", "")),  # a service of the first one does not say
            elsewhere=said.get("elsewhere", ""),
            refused=said.get("refused", "none"),
            overdue=said.get("overdue"),
        )

    async def answers_at(self, host: str, port: int) -> bool:
        """Whether our service answers at this address."""
        try:
            return await probe.check(host, port, self.settings.agi_secret) is not None
        except AgiError:
            return False


@dataclass(frozen=True, slots=True)
class KernelsPorts:
    """TCP ports as the kernel knows them: the LocalPorts port."""

    def holders(self, host: str, port: int) -> set[int]:
        """The users whose programs listen there; none when it is not on this machine."""
        return {held.uid for held in peer_user.listeners(host, port)}

    def whose(self, host: str, port: int) -> str:
        """Who listens there, to be put behind a sentence; empty when nobody does."""
        return peer_user.whose(host, port)

    def same_host(self, asked: str, listens: str) -> bool:
        """Whether who asks `asked` reaches a program of this machine that listens on `listens`."""
        return peer_user.same_host(asked, listens)

    def name_of(self, uid: int) -> str:
        """A user as a person knows it."""
        return peer_user.name_of(uid)

    def users_who_may(self, named: Iterable[str]) -> frozenset[int]:
        """The users who may ask the service: these, root and our own. Raises SettingError for one who is not there."""
        return port_access.users_who_may(named)


@dataclass(frozen=True, slots=True)
class AsteriskManager:
    """A client that is logged in: the Manager port. All raise AmiError."""

    client: AmiClient

    async def forbidden(self, actions: Collection[str]) -> set[str]:
        """Those of `actions` that our user may not take: Asterisk lists only the others."""
        listed = await self.client.request("ListCommands")
        return {action for action in actions if not listed.header(action)}

    async def value(self, name: str) -> str | None:
        """A global variable or a function, empty where Asterisk has none; None where our user may not ask."""
        try:
            return (await self.client.request("Getvar", Variable=name)).header("Value")
        except AmiRefusedError:
            return None

    async def dialplan(self, context: str) -> list[DialplanStep]:
        """The steps of a context. Where there is none of that name, that is an AmiError, too."""
        lines = await self.client.collect("ShowDialPlan", Context=context)
        return [DialplanStep(line.header("Application"), line.header("AppData")) for line in lines]

    async def queues(self) -> QueueStatus:
        """The queues and their members."""
        return queue_status(await self.client.collect("QueueStatus"))


def queue_status(events: Sequence[Message]) -> QueueStatus:
    """What the events of a QueueStatus say."""
    return QueueStatus(
        frozenset(event.header("Queue") for event in events if event.header("Event") == "QueueParams"),
        tuple(
            QueueMember(
                queue=event.header("Queue"),
                interface=event.header("Location"),
                name=event.header("Name"),
                state=event.header("Status"),
                paused=event.header("Paused") == "1",
                member=member_of(event),
            )
            for event in events
            if event.header("Event") == "QueueMember"
        ),
    )


@dataclass(frozen=True, slots=True)
class ReadDatabase:
    """The database behind a URL, opened anew for each question: the Database port."""

    url: str

    def version(self) -> str | None:
        """The version of its tables; None when it has none of ours."""
        with self._open() as engine:
            return migrate.current(engine)

    def newest(self) -> str:
        """The version that this program works with."""
        return migrate.head()

    def any_customers(self) -> bool:
        """Whether there are any."""
        with self._open() as engine:
            return snapshot.any_customers(engine)

    def pins(self, now: float) -> PinsInUse:
        """The PINs, and wrong ones of late."""
        with self._open() as engine:
            in_use, tries = pins.peppers_in_use(engine), pin_limits.wrong_tries(engine, now)
        return PinsInUse(in_use, tries.day, tries.customers, tries.hour)

    def published_scoring(self) -> str | None:
        """Give the text of the published scoring.yaml; None when the files count."""
        with self._open() as engine:
            return score_versions.published_text(engine)

    def scores(self) -> ScoresInForce:
        """Give the run whose scores count, and the newest one."""
        with self._open() as engine, explained(engine), engine.connect() as connection:
            run = run_on(connection)
            newest = next(iter(score_query.last(run, 1)), None)
            in_force, still = score_query.in_force(run), score_query.stands_still(run)
            return ScoresInForce(in_force, newest, score_schedule.newest(engine), still)

    def published(self) -> PublishedPolicy | None:
        """What is published; None when the files count."""
        with self._open() as engine:
            last = next(iter(versions.log(engine, 1)), None)
            if last is None or last.kind == "withdraw":
                return None
            return PublishedPolicy(last.version, last.at, last.author, last.message, _texts(engine, last.version))

    @contextmanager
    def _open(self) -> Iterator[Engine]:
        engine = reader(self.url)
        try:
            yield engine
        finally:
            engine.dispose()


def _texts(engine: Engine, version: str) -> Texts | StoreError:
    try:
        found = versions.texts_of(engine, version)
    except StoreError as error:
        return error
    return Texts(found.policy, found.agents)


@dataclass(frozen=True, slots=True)
class PepperFile:
    """The PepperIds port. Without a file there are none."""

    path: Path | None

    def ids(self) -> tuple[str, ...]:
        """Their IDs, the newest first. Raises PinError."""
        return tuple(pepper.id for pepper in peppers.load(self.path).known)


@dataclass(frozen=True, slots=True)
class CustomersSnapshot:
    """The SnapshotFile port."""

    settings: Settings

    @property
    def path(self) -> Path:
        """Where it is: beside the database, if the settings do not say."""
        return self.settings.snapshot_path or snapshot_path(self.settings.database_url)

    def taken_at(self) -> float | None:
        """When it was taken, as Unix time; None when there is none that can be read."""
        return snapshot.taken_at(self.path)


@dataclass(frozen=True, slots=True)
class PolicyFolder:
    """The folder of the admin's files: the AdminFolder port."""

    path: Path
    interfaces: Interfaces = PHONES

    def load(self) -> Bundle:
        """The policy. Raises FileError."""
        return loader.load(self.path, self.interfaces)

    def policy_text(self) -> str:
        """The text of policy.yaml, empty when there is none. Raises FileError."""
        file = self.path / texts.POLICY
        try:
            return regular_files.text(file, LARGEST_TEXT_BYTES, self.path)
        except FileError:
            if _is_there(file):
                raise
            return ""

    def schedule(self) -> Schedule | None:
        """When scores are to be calculated; None when nothing says so. Raises FileError."""
        return schedules.of_folder(self.path)

    def dialplans(self) -> Iterator[tuple[Path, list[str]]]:
        """The lines of each dialplan; none of what cannot be read: Asterisk cannot either."""
        for path in sorted(self.path.glob("*.conf")):
            try:
                yield path, regular_files.read(path, LARGEST_TEXT_BYTES).decode(errors="replace").splitlines()
            except FileError:
                yield path, []

    def modules(self) -> NeededModules:
        """The modules that the dialplans need."""
        return NeededModules(
            dialplan_modules.needed(self.path),
            dialplan_modules.OPTIONAL,
            signed=dialplan_modules.SIGNED,
            of_signed=dialplan_modules.OF_SIGNED,
        )


def _is_there(file: Path) -> bool:
    """Whether there is such a file; also when that cannot be said."""
    try:
        return file.exists()
    except OSError:
        return True


@dataclass(frozen=True, slots=True)
class AsteriskSounds:
    """Asterisk's folder of English sounds, where it usually is if nobody says: the SoundFolder port."""

    given: Path | None

    @property
    def path(self) -> Path:
        """Where it is, or ought to be."""
        return self.given or sound_folders.usual()

    def is_there(self) -> bool:
        """Whether there is such a folder."""
        return self.path.is_dir()

    def has(self, sound: str, language: str = "") -> bool:
        """Whether there is a file for this sound, in English or in another language."""
        folder = self.path.parent / language if language else self.path
        return any(folder.glob(f"{sound}.*"))

    def languages(self) -> list[str]:
        """The languages besides English in which our own sounds are shipped."""
        return sorted(path.name for path in (share("asterisk") / "sounds").iterdir() if path.name != "en")
