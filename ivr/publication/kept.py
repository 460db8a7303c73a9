"""The private file with the policy that was published last, for a service that starts while the database is away."""

import json
import os
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import structlog

from ivr.domain.plain import made
from ivr.policy.texts import Texts
from ivr.store.versions import Publication

log = structlog.get_logger()


def published_path(snapshot: Path) -> Path:
    """The private file: beside the snapshot of the customers."""
    return snapshot.with_name("published.json")


class Kept:
    """The private file with what is published, in case the database is away when the service starts.

    It is believed only if it is whole and our own user's.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> tuple[Publication, Texts] | None:
        """What is kept; None when the files were in force, or when there is nothing to believe."""
        try:
            with self._path.open(encoding="utf-8", newline="") as file:
                ours = os.fstat(file.fileno()).st_uid == os.geteuid()
                total, _, body = file.read().partition("\n")
            if not ours or total != _sum(body):
                return None
            data = json.loads(body)
            if data is None:
                return None
            publication, texts = made(Publication, data["publication"]), made(Texts, data["texts"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if publication is None or texts is None or texts.version != publication.version:
            return None
        return publication, texts

    def write(self, published: tuple[Publication, Texts] | None) -> None:
        """Keep it, replacing the file as a whole. What hinders is logged: it is needed on a bad day only."""
        body = json.dumps({"publication": asdict(published[0]), "texts": asdict(published[1])} if published else None)
        new = self._path.with_name(f"{self._path.name}.new")
        try:
            if published is None and not self._path.exists():
                return
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(f"{_sum(body)}\n{body}")
            new.replace(self._path)
        except OSError as error:
            log.warning("the published policy cannot be kept beside the snapshot", path=str(self._path), why=str(error))


def _sum(body: str) -> str:
    return sha256(body.encode()).hexdigest()
