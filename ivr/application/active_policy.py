"""The policy in force in the service: the version that was published last; the files while none is.

Whatever breaks (the database, a version that this program cannot use), the last good version stays at work, and
`problem` says why. It is also kept in a private file, for a service that starts while the database is away: the files
may say something else, and nobody is to be treated as premium because something broke.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import structlog

from ivr.domain.agent_interfaces import PHONES, Interfaces
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.policy import Policy
from ivr.domain.policy_version import Publication
from ivr.errors import FileError, StoreError
from ivr.hanging_work import OverdueError, in_time
from ivr.policy import loader
from ivr.policy.loader import Bundle, Files
from ivr.policy.published import Kept
from ivr.policy.texts import Texts

START_SECONDS = 10.0  # that reading the files may take
PATIENCE = 3  # failures in a row, a second apart, before a database that cannot be asked is worth an alarm
_OPEN_CALLS = 10_000  # that keep their policy from round to round; the oldest are forgotten
_UNKEPT = 100  # versions of the files that wait to be stored
_HISTORY = 20  # publications that are looked through for one that can be used

log = structlog.get_logger()


class PolicyVersions(Protocol):
    """What is published. All raise StoreError."""

    def latest(self) -> Publication | None:
        """What is in force by publication; None for the files. Cheap: it is asked every second."""
        ...

    def texts(self, version: str) -> Texts:
        """The texts of a version."""
        ...

    def earlier(self, n: int) -> list[Publication]:
        """The last publications of a version, the newest first."""
        ...

    def keep(self, texts: Texts, at: float) -> None:
        """Store a version that came into force from the files at this Unix time."""
        ...


class UnusableError(Exception):
    """A published version that cannot be used; the message says why."""


class ActivePolicy:
    """The PolicySource port. `refresh` and `store_versions` may take long: call each in one thread, beside the loop.

    `bundle` is in force, `publication` what published it (None: the files). `problem` is empty when all is well.
    """

    def __init__(
        self,
        folder: Path,
        versions: PolicyVersions,
        kept: Path,
        clock: Callable[[], float] = time.time,
        interfaces: Interfaces | None = PHONES,
    ) -> None:
        """Take up what is in force. Raises FileError when nothing is published and the files cannot be used."""
        self._folder, self._versions, self._kept, self._clock = folder, versions, Kept(kept), clock
        self._interfaces = interfaces
        self._files: Files | None = None
        self._unkept: deque[tuple[Texts, float]] = deque(maxlen=_UNKEPT)
        self._failures = 0
        self._tried: tuple[str, str] = ("", "")  # the hash of a version's texts that cannot be used, and why
        self._open: OrderedDict[str, Bundle] = OrderedDict()
        self._problems: dict[str, str] = {}
        self.publication: Publication | None = None
        self.bundle = self._begin()

    @property
    def problem(self) -> str:
        """Why what is published, or what the files say, is not in force; empty when it is."""
        return "; ".join(self._problems.values())

    @property
    def source(self) -> str:
        """Where the policy in force is from: files or published."""
        return "published" if self.publication else "files"

    def policy(self) -> Policy:
        """The policy in force."""
        return self.bundle.policy

    def in_force(self, call: IncomingCall | None = None) -> Bundle:
        """The policy in force; for the later rounds of a call the one that it began with."""
        if call is None:
            return self.bundle
        if call.asked and (begun := self._open.get(call.call_id)):
            return begun
        bundle = self._open[call.call_id] = self.bundle
        if len(self._open) > _OPEN_CALLS:
            self._open.popitem(last=False)
        return bundle

    def refresh(self) -> bool:
        """Take up what was published or changed. True when another version is in force. Never raises."""
        before = self.bundle.texts.version
        try:
            latest = self._versions.latest()
        except StoreError as error:
            self._failures += 1
            if self._failures >= PATIENCE:
                self._complain("database", f"what is published cannot be read: {error}")
            if self.publication is None:
                self._refresh_files(came_back=False)
            return self.bundle.texts.version != before
        self._failures = 0
        self._well("database")
        if latest is None:
            self._well("version")
            self._refresh_files(came_back=self.publication is not None)
        else:
            self._well("files")
            self._refresh_published(latest)
        return self.bundle.texts.version != before

    def store_versions(self) -> None:
        """Store the versions of the files that were in force and are not stored yet. Raises StoreError."""
        while self._unkept:
            texts, at = self._unkept[0]
            self._versions.keep(texts, at)
            self._unkept.popleft()

    def _begin(self) -> Bundle:
        try:
            latest = self._versions.latest()
        except StoreError as error:
            self._failures = 1
            if kept := self._kept.read():
                with suppress(FileError):
                    bundle = loader.parse(kept[1], Path(f"kept version {kept[1].version}"), self._interfaces)
                    self.publication = kept[0]
                    log.warning("the policy is the one published last, as it was kept", why=str(error))
                    return bundle
            return self._from_files()
        if latest is None:
            self._kept.write(None)
            return self._from_files()
        try:
            bundle = self._bundle(latest)
            self.publication = latest
            self._kept.write((latest, bundle.texts))
            return bundle
        except (UnusableError, StoreError) as error:
            self._complain("version", str(error))
        for publication, found in self._last_good():
            self.publication = publication
            return found
        return self._from_files()

    def _last_good(self) -> "Iterator[tuple[Publication, Bundle]]":
        """What was published before and can be used, the newest first."""
        if kept := self._kept.read():
            with suppress(FileError):
                yield kept[0], loader.parse(kept[1], Path("kept version"), self._interfaces)
        try:
            earlier = self._versions.earlier(_HISTORY)
        except StoreError:
            return
        for publication in earlier:
            with suppress(UnusableError, StoreError):
                yield publication, self._bundle(publication)

    def _from_files(self) -> Bundle:
        if self._files is None:
            self._files = self._read_first()
        self.publication = None
        self._unkept.append((self._files.bundle.texts, self._clock()))
        return self._files.bundle

    def _read_first(self) -> Files:
        """The files, when the service starts: it must not wait for them for good, and SIGTERM for it."""
        try:
            return in_time(lambda: Files(self._folder, self._interfaces), START_SECONDS)
        except OverdueError as error:
            raise FileError(self._folder, None, str(error)) from None

    def _refresh_files(self, *, came_back: bool) -> None:
        """Follow the files. `came_back`: something was published, and was withdrawn."""
        try:
            if self._files is None:
                self._files, changed = Files(self._folder, self._interfaces), True
            else:
                changed = self._files.refresh()
        except FileError as error:
            self._complain("files", str(error))
            return
        if self._files.problem:
            self._complain("files", str(self._files.problem))
            return
        self._well("files")
        if changed or came_back:
            self._unkept.append((self._files.bundle.texts, self._clock()))
            self._put_in_force(self._files.bundle, None)

    def _refresh_published(self, latest: Publication) -> None:
        try:
            if latest != self.publication:
                same = latest.version == self.bundle.texts.version
                self._put_in_force(self.bundle if same else self._bundle(latest), latest)
            self._well("version")
        except (UnusableError, StoreError) as error:
            self._complain("version", str(error))

    def _bundle(self, publication: Publication) -> Bundle:
        """The published version, made ready. Raises UnusableError or StoreError."""
        version = publication.version
        texts = self._versions.texts(version)
        if texts.version != version:
            raise UnusableError(f"version {version} is published, and its texts have another hash: {texts.version}")
        if self._tried[0] == version:
            raise UnusableError(self._tried[1])
        try:
            return loader.parse(texts, Path(f"version {version}"), self._interfaces)
        except FileError as error:
            why = f"version {version} is published, and cannot be used by this program: {error}"
            self._tried = version, why
            raise UnusableError(why) from None

    def _put_in_force(self, bundle: Bundle, publication: Publication | None) -> None:
        self.bundle, self.publication = bundle, publication
        by = {"by": publication.author, "why": publication.message} if publication else {}
        log.info("policy in force", version=bundle.policy.version, source=self.source, **by)
        self._kept.write((publication, bundle.texts) if publication else None)

    def _well(self, part: str) -> None:
        if self._problems.pop(part, None):
            log.info("policy in order again", part=part, version=self.bundle.policy.version)

    def _complain(self, part: str, problem: str) -> None:
        """Each cause once."""
        if problem != self._problems.get(part):
            log.error("policy not taken up", why=problem)
        self._problems[part] = problem
