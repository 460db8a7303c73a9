"""How versions of the policy are asked for: the same for the service and for a program that reads one.

Nothing here knows how the database is reached; what does is given as `run`. What cannot be found is a StoreError.
"""

import re
from collections.abc import Sequence
from typing import Any

from ivr.domain.policy_version import LENGTH, Publication, VersionTexts, version_of
from ivr.errors import StoreError
from ivr.store.customer_query import Run
from ivr.store.statement_reading import DatabaseReading

SHORTEST = 6  # characters of a version that may stand for the whole
_LOOKED_THROUGH = 1000  # publications
_SHOWN = 10  # candidates that a message names
_PREFIX = re.compile(rf"[0-9a-f]{{{SHORTEST},{LENGTH}}}")
_LOG = "SELECT id, version, at, author, message, kind FROM policy_publications ORDER BY id DESC LIMIT :count"
_TEXTS = "SELECT version, policy, agents FROM policy_versions WHERE version LIKE :begins ORDER BY version LIMIT :shown"


def log(run: Run, count: int) -> list[Publication]:
    """The last `count` publications, newest first."""
    return [Publication(*row) for row in run(_LOG, {"count": max(0, count)})]


def texts_of(run: Run, prefix: str) -> VersionTexts:
    """The texts of the version that begins so (six characters or more)."""
    if not _PREFIX.fullmatch(prefix):
        raise StoreError(
            f"{prefix[:40]!r} is no version: write {SHORTEST} to {LENGTH} of 0-9 and a-f, as the log has them"
        )
    found = run(_TEXTS, {"begins": f"{prefix}%", "shown": _SHOWN})
    if not found:
        raise StoreError(
            f"no version {prefix} is known: `ivr policy log` lists those that were published, and `ivr explain` names "
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
