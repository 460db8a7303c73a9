"""The private file with the policy that was published last, for a service that starts while the database is away."""

import json
from dataclasses import asdict
from pathlib import Path

import structlog

from ivr import private_files
from ivr.domain.json_dataclasses import made
from ivr.domain.policy_version import Publication
from ivr.policy.checksummed_file import ChecksummedFile
from ivr.policy.texts import Texts

_MOST_BYTES = 20_000_000  # two texts of a megabyte, as JSON

log = structlog.get_logger()


def published_path(snapshot: Path) -> Path:
    """The private file: beside the snapshot of the customers."""
    return snapshot.with_name("published.json")


class Kept:
    """The private file with what is published, in case the database is away when the service starts.

    It is believed only if it is whole and our own user's.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, ChecksummedFile(path, _MOST_BYTES)

    def read(self) -> tuple[Publication, Texts] | None:
        """What is kept; None when the files were in force, or when there is nothing to believe."""
        body = self._file.read()
        if body is None:
            return None
        try:
            data = json.loads(body)
            if data is None:
                return None
            publication, texts = made(Publication, data["publication"]), made(Texts, data["texts"])
        except (ValueError, KeyError, TypeError):
            return None
        if publication is None or texts is None or texts.version != publication.version:
            return None
        return publication, texts

    def write(self, published: tuple[Publication, Texts] | None) -> None:
        """Keep it, replacing the file as a whole. What hinders is logged: it is needed on a bad day only."""
        body = json.dumps({"publication": asdict(published[0]), "texts": asdict(published[1])} if published else None)
        try:
            if published is None and not self._path.exists():
                return
            private_files.folder(self._path.parent)
            self._file.write(body)
        except OSError as error:
            log.warning("the published policy cannot be kept beside the snapshot", path=str(self._path), why=str(error))
