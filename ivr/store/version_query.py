"""How versions of policy and scoring are asked for: the same for the service and for a program that reads one.

Nothing here knows how the database is reached; what does is given as `run`. What cannot be found is a StoreError.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ivr.domain.policy_version import LENGTH, Publication, VersionTexts, version_of
from ivr.errors import StoreError
from ivr.store.customer_query import Run
from ivr.store.statement_reading import DatabaseReading

SHORTEST = 6  # characters of a version that may stand for the whole
_LOOKED_THROUGH = 1000  # publications
_SHOWN = 10  # candidates that a message names
_PREFIX = re.compile(rf"[0-9a-f]{{{SHORTEST},{LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Versioned:
    """What is published as two texts in one version: the tables' names begin with `name`.

    `parts` are the columns of the two texts; `lists` is the command that lists the versions.
    """

    name: str
    parts: tuple[str, str]
    lists: str

    @property
    def log(self) -> str:
        """Return the statement for the last publications."""
        columns = "id, version, at, author, message, kind"
        return f"SELECT {columns} FROM {self.name}_publications ORDER BY id DESC LIMIT :count"  # noqa: S608

    @property
    def texts(self) -> str:
        """Return the statement for versions that begin so, and their texts."""
        columns = ", ".join(("version", *self.parts))
        found = f"SELECT {columns} FROM {self.name}_versions"  # noqa: S608
        return f"{found} WHERE version LIKE :begins ORDER BY version LIMIT :shown"


POLICY = Versioned("policy", ("policy", "agents"), "ivr policy log")
SCORING = Versioned("score", ("scoring", "calibration"), "ivr score versions log")


def log(run: Run, count: int, of: Versioned = POLICY) -> list[Publication]:
    """The last `count` publications, newest first."""
    return [Publication(*row) for row in run(of.log, {"count": max(0, count)})]


def in_force(run: Run, of: Versioned = POLICY) -> Publication | None:
    """Give what put a version in force; None when the files count."""
    last = next(iter(log(run, 1, of)), None)
    return None if last is None or last.kind == "withdraw" else last


def texts_of(run: Run, prefix: str, of: Versioned = POLICY) -> VersionTexts:
    """The texts of the version that begins so (six characters or more)."""
    if not _PREFIX.fullmatch(prefix):
        raise StoreError(
            f"{prefix[:40]!r} is no version: write {SHORTEST} to {LENGTH} of 0-9 and a-f, as the log has them"
        )
    found = run(of.texts, {"begins": f"{prefix}%", "shown": _SHOWN})
    if not found:
        raise StoreError(
            f"no version {prefix} is known: `{of.lists}` lists those that were published, and `ivr explain` names "
            "the version that decided a call"
        )
    if len(found) > 1:
        raise StoreError(f"{prefix} may mean {', '.join(version for version, *_ in found)}: write more of it")
    return _verified(found[0])


def _verified(row: Sequence[Any]) -> VersionTexts:
    texts = VersionTexts(*row)
    if not isinstance(texts.policy, str) or not isinstance(texts.agents, str):
        raise StoreError(f"version {texts.version} is damaged: its texts are none")
    if texts.version != version_of(texts.policy, texts.agents):
        raise StoreError(f"version {texts.version} is damaged: its texts were changed after they were kept")
    return texts


class VersionArchive:
    """The versions on record, for whoever reads one. Its methods raise StoreError."""

    def __init__(self, reading: DatabaseReading) -> None:
        self._reading = reading

    def texts(self, version: str) -> VersionTexts:
        """The texts of the version that begins so."""
        with self._reading.asking() as run:
            return texts_of(run, version)

    def publication(self, version: str, at: float) -> Publication | None:
        """What had put the version in force at that time (Unix time); None when that was the files."""
        with self._reading.asking() as run:
            earlier = (each for each in log(run, _LOOKED_THROUGH) if each.at <= at and each.version == version)
            return next((each for each in earlier if each.kind != "withdraw"), None)
