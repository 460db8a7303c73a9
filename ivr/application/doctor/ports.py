"""What the doctor needs of others: who is asked, and what the answers are."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from ivr.domain.agents import Member
from ivr.domain.scoring.runs import ScoreRun
from ivr.domain.scoring.schedule import PlannedRun, Schedule
from ivr.errors import StoreError
from ivr.policy.loader import Bundle
from ivr.policy.texts import Texts
from ivr.settings import Settings


@dataclass(frozen=True, slots=True)
class ServiceState:
    """What the service says of itself. `overdue`: for how many seconds it has waited for the policy's folder."""

    policy: str
    database_answers: bool
    contract: int
    elsewhere: str = ""
    refused: str = "none"
    overdue: str | None = None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Why the service could not be asked: something else answers, we are not let in, nobody listens, or it broke."""

    kind: Literal["another_program", "not_let_in", "nobody_listens", "broken"]
    why: str = ""


class RoutingService(Protocol):
    """Our service, asked over AGI as Asterisk asks it."""

    @property
    def contract(self) -> int:
        """The number of the contract between dialplan and service, as this program knows it."""
        ...

    def contract_of_dialplan(self, asks: str) -> int:
        """The contract of a dialplan, by what it gives to AGI()."""
        ...

    async def state(self) -> ServiceState | Unanswered:
        """What the service says of itself, where the settings say that it listens."""
        ...

    async def answers_at(self, host: str, port: int) -> bool:
        """Whether our service answers at this address."""
        ...


class LocalPorts(Protocol):
    """Who holds the TCP ports of this machine, as its kernel says. Users are numbers (uids)."""

    def holders(self, host: str, port: int) -> set[int]:
        """The users whose programs listen there; none when it is not on this machine."""
        ...

    def whose(self, host: str, port: int) -> str:
        """Who listens there, to be put behind a sentence; empty when nobody does."""
        ...

    def same_host(self, asked: str, listens: str) -> bool:
        """Whether who asks `asked` reaches a program of this machine that listens on `listens`."""
        ...

    def name_of(self, uid: int) -> str:
        """A user as a person knows it."""
        ...

    def users_who_may(self, named: Iterable[str]) -> frozenset[int]:
        """The users who may ask the service: these, root and our own. Raises SettingError for one who is not there."""
        ...


@dataclass(frozen=True, slots=True)
class DialplanStep:
    """One step of the dialplan that Asterisk has loaded."""

    application: str
    data: str


@dataclass(frozen=True, slots=True)
class QueueMember:
    """Somebody in a queue. `state` is Asterisk's number for the device; `member` is None when the line is not whole."""

    queue: str
    interface: str
    name: str
    state: str
    paused: bool
    member: Member | None


@dataclass(frozen=True, slots=True)
class QueueStatus:
    """The queues that Asterisk has, and who is in them."""

    queues: frozenset[str]
    members: tuple[QueueMember, ...]


class Manager(Protocol):
    """A login to Asterisk's manager interface. All raise AmiError."""

    async def forbidden(self, actions: Collection[str]) -> set[str]:
        """Those of `actions` that our user may not take."""
        ...

    async def value(self, name: str) -> str | None:
        """A global variable or a function, empty where Asterisk has none; None where our user may not ask."""
        ...

    async def dialplan(self, context: str) -> Sequence[DialplanStep]:
        """The steps of a context. Where there is none of that name, that is an AmiError, too."""
        ...

    async def queues(self) -> QueueStatus:
        """The queues and their members."""
        ...


@dataclass(frozen=True, slots=True)
class EventUses:
    """The events of Asterisk's manager interface that the service reads, and those of no use."""

    used: Collection[str] = ()
    useless: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class PinsInUse:
    """How many PINs there are for each pepper's ID (empty: without one), and how many were tried wrongly of late."""

    of_peppers: Mapping[str, int]
    wrong_of_day: int
    customers_of_day: int
    wrong_of_hour: int


@dataclass(frozen=True, slots=True)
class PublishedPolicy:
    """The version that was published last, at a Unix time; `texts` may be why they cannot be read."""

    version: str
    at: float
    author: str
    message: str
    texts: Texts | StoreError


@dataclass(frozen=True, slots=True)
class ScoresInForce:
    """The run whose scores count, None when given ones do; and the newest, whatever came of it.

    `planned` is the last run that the schedule began; `still`: it stands still after a rollback.
    """

    run: ScoreRun | None
    newest: ScoreRun | None
    planned: PlannedRun | None = None
    still: bool = False


class Database(Protocol):
    """The database. All but `newest` raise StoreError."""

    def version(self) -> str | None:
        """The version of its tables; None when it has none of ours."""
        ...

    def newest(self) -> str:
        """The version that this program works with."""
        ...

    def any_customers(self) -> bool:
        """Whether there are any."""
        ...

    def pins(self, now: float) -> PinsInUse:
        """The PINs, and wrong ones of late."""
        ...

    def published_scoring(self) -> str | None:
        """Give the text of the published scoring.yaml; None when the files count."""
        ...

    def scores(self) -> ScoresInForce:
        """Give the run whose scores count, and the newest one."""
        ...

    def published(self) -> PublishedPolicy | None:
        """What is published; None when the files count."""
        ...


class PepperIds(Protocol):
    """The file with the peppers of PINs."""

    def ids(self) -> tuple[str, ...]:
        """Their IDs, the newest first. Raises PinError."""
        ...


class SnapshotFile(Protocol):
    """The last known customers, for when the database cannot be asked."""

    @property
    def path(self) -> Path:
        """Where it is."""
        ...

    def taken_at(self) -> float | None:
        """When it was taken, as Unix time; None when there is none that can be read."""
        ...


@dataclass(frozen=True, slots=True)
class NeededModules:
    """Modules of Asterisk that the dialplan needs, each with a name that it is needed for.

    `signed` is needed only where numbers are signed, and then `of_signed` as well. Without those of `optional` calls
    are served all the same; with each is what is missing then.
    """

    needed: Mapping[str, str]
    optional: Mapping[str, str]
    signed: str
    of_signed: str


class AdminFolder(Protocol):
    """The folder of the admin's files: dialplans and policy. It may be on a network drive that is away."""

    @property
    def path(self) -> Path:
        """Where it is."""
        ...

    def load(self) -> Bundle:
        """The policy. Raises FileError."""
        ...

    def policy_text(self) -> str:
        """The text of policy.yaml, empty when there is none. Raises FileError."""
        ...

    def schedule(self) -> Schedule | None:
        """When scores are to be calculated; None when nothing says so. Raises FileError."""
        ...

    def dialplans(self) -> Iterable[tuple[Path, Sequence[str]]]:
        """The lines of each dialplan; none of what cannot be read: Asterisk cannot either."""
        ...

    def modules(self) -> NeededModules:
        """The modules that the dialplans need."""
        ...


class SoundFolder(Protocol):
    """Asterisk's sounds. English ones are in the folder itself; those of other languages are beside it."""

    @property
    def path(self) -> Path:
        """Where it is, or ought to be."""
        ...

    def is_there(self) -> bool:
        """Whether there is such a folder."""
        ...

    def has(self, sound: str, language: str = "") -> bool:
        """Whether there is a file for this sound, in English or in another language."""
        ...

    def languages(self) -> Sequence[str]:
        """The languages besides English in which our own sounds are shipped."""
        ...


class QueueLog(Protocol):
    """Asterisk's queue_log, and how far the service has read it."""

    @property
    def path(self) -> Path | None:
        """Return where it is; None where nobody is to read it."""
        ...

    def written_at(self) -> float | None:
        """Return when something was written last (Unix time); None when there is no such file."""
        ...

    def read_until(self) -> float | None:
        """Return until when all is known that happened; None: never. Raises StoreError."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """All that the doctor examines. `log_in` opens a login to Asterisk's manager interface, or raises AmiError."""

    settings: Settings
    service: RoutingService
    local_ports: LocalPorts
    log_in: Callable[[], AbstractAsyncContextManager[Manager]]
    database: Database
    peppers: PepperIds
    snapshot: SnapshotFile
    folder: AdminFolder
    sounds: SoundFolder
    queue_log: QueueLog
    events: EventUses = EventUses()
    file_seconds: float = 5.0  # that reading the policy, or looking for the sounds, may take
    first_snapshot_seconds: float = 5.0  # until a service that was started just now has taken it
