"""The last good policy, in a file of its own: for a program that starts for each call.

Checking a policy takes such a program most of its time (pydantic, YAML), so it does that only after another one was
published, or the files changed, and leaves the policy in a form that is read as it is. That file is believed only if
it is whole, our own user's, and just what we would write: another version of this program may know a policy of another
form. It also says whether the policy was published: while nobody can say what is published, that one counts, and not
the files.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from ivr.domain.agent_interfaces import PHONES, Interfaces
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.json_dataclasses import made
from ivr.domain.policy import Policy
from ivr.domain.routing.facts import Conditions
from ivr.errors import FileError, StoreError
from ivr.policy import texts
from ivr.policy.checksummed_file import ChecksummedFile
from ivr.policy.conditions.cel import Programs

_MOST_BYTES = 10_000_000  # a policy as data takes more room than its file


@dataclass(frozen=True, slots=True)
class Good:
    """A policy and what evaluates its conditions."""

    policy: Policy
    conditions: Conditions


class PublishedVersions(Protocol):
    """What is published. Both raise StoreError."""

    def latest(self) -> str | None:
        """The version that is; None when the files count."""
        ...

    def texts(self, version: str) -> tuple[str, str]:
        """The texts of policy.yaml and agents.yaml of a version."""
        ...


class NothingPublished:
    """Where only the files count."""

    def latest(self) -> str | None:
        """None."""
        return None

    def texts(self, version: str) -> tuple[str, str]:
        """Never asked for."""
        raise StoreError(f"version {version} is not published")


@dataclass(frozen=True, slots=True)
class _Kept:
    policy: Policy
    published: bool


class LastGood:
    """The PolicySource port: what is `published`, else the admin's files in `folder`.

    `kept` is the file of its own; it may be missing.
    """

    def __init__(
        self,
        folder: Path,
        kept: Path,
        published: PublishedVersions | None = None,
        interfaces: Interfaces | None = PHONES,
    ) -> None:
        self.problem: Exception | None = None
        self._folder, self._published = folder, published or NothingPublished()
        self._kept = ChecksummedFile(kept, _MOST_BYTES)
        self._interfaces = interfaces

    def in_force(self, call: IncomingCall | None = None) -> Good:
        """As `policy`, with its conditions ready. A call of several rounds has a program, and a policy, for each."""
        policy = self.policy()
        return Good(policy, Programs(policy.conditions()))

    def policy(self) -> Policy:
        """The policy in force, or the last good one while that cannot be used; `problem` then says what is wrong.

        Raises FileError when the files count, are broken, and no good policy was kept.
        """
        kept = _read(self._kept)
        try:
            version = self._published.latest()
        except StoreError:  # the database is away: what was published last counts, else the files
            return kept.policy if kept and kept.published else self._of_files(kept)
        if version is None:
            return self._of_files(kept)
        if kept and kept.published and kept.policy.version == version:
            return kept.policy
        try:
            policy = self._of_publication(version)
        except (FileError, StoreError) as error:
            self.problem = error
            return kept.policy if kept else self._of_files(None)
        self._keep(_Kept(policy, published=True))
        return policy

    def _of_publication(self, version: str) -> Policy:
        from ivr.policy import loader  # noqa: PLC0415 - pydantic and YAML, see above

        read = texts.Texts(*self._published.texts(version))
        if read.version != version:
            raise StoreError(f"the texts of version {version} have another hash: {read.version}")
        return loader.parse(read, Path(f"version {version}"), self._interfaces).policy

    def _of_files(self, kept: _Kept | None) -> Policy:
        try:
            if kept and kept.policy.version == texts.read(self._folder).version:
                policy = kept.policy
                if not kept.published:
                    return policy
            else:
                policy = _checked(self._folder, self._interfaces)
        except FileError as error:
            if kept is None:
                raise
            self.problem = error
            return kept.policy
        self._keep(_Kept(policy, published=False))
        return policy

    def _keep(self, kept: _Kept) -> None:
        with suppress(OSError):  # then the next call checks the policy again
            self._kept.write(_body(kept))


def _checked(folder: Path, interfaces: Interfaces | None) -> Policy:
    from ivr.policy import loader  # noqa: PLC0415

    return loader.load(folder, interfaces).policy


def _read(file: ChecksummedFile) -> _Kept | None:
    body = file.read()
    if body is None:
        return None
    try:
        kept = made(_Kept, json.loads(body))
    except (ValueError, RecursionError):
        return None
    return kept if kept and body == _body(kept) else None


def _body(kept: _Kept) -> str:
    return json.dumps(asdict(kept))
