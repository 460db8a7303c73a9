"""The versions of the policy that are published, as the database has them."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from ivr.domain.agent_interfaces import PHONES, Interfaces
from ivr.domain.policy import Policy
from ivr.domain.policy_version import Publication
from ivr.policy import loader
from ivr.policy.loader import Bundle
from ivr.policy.texts import Texts
from ivr.settings import Settings
from ivr.store import versions
from ivr.store.engine import reader


@dataclass(frozen=True, slots=True)
class StoredVersions:
    """The versions in the database: `reading` is for what is asked every second, `writing` for what is stored."""

    reading: Engine
    writing: Engine

    def latest(self) -> Publication | None:
        """What is in force by publication; None for the files. One row by its key."""
        last = versions.log(self.reading, 1)
        return last[0] if last and last[0].kind != "withdraw" else None

    def texts(self, version: str) -> Texts:
        """The texts of a version."""
        found = versions.texts_of(self.reading, version)
        return Texts(found.policy, found.agents)

    def earlier(self, n: int) -> list[Publication]:
        """The last publications of a version, the newest first."""
        return [each for each in versions.log(self.reading, n) if each.kind != "withdraw"]

    def keep(self, texts: Texts, at: float) -> None:
        """Store a version that came into force from the files at this Unix time."""
        versions.keep(self.writing, texts.version, texts.policy, texts.agents, at)


def policy_in_force(settings: Settings) -> Policy:
    """Return the policy that counts, published or of the files. Raises StoreError and FileError."""
    engine = reader(settings.database_url)
    try:
        return in_force_now(engine, settings.policy_dir, None)[0].policy
    finally:
        engine.dispose()


def in_force_now(
    engine: Engine, folder: Path, interfaces: Interfaces | None = PHONES
) -> tuple[Bundle, Publication | None]:
    """What is published, and by what; else the files. For programs that look once.

    A database without our tables has nothing published in it. Raises StoreError and FileError.
    """
    current = versions.current(engine)
    if current is None:
        return loader.load(folder, interfaces), None
    publication, found = current
    read = Texts(found.policy, found.agents)
    return loader.parse(read, Path(f"version {found.version}"), interfaces), publication
