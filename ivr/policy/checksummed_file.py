"""A private file whose first line is the checksum of the rest: half of it is not taken for all."""

from hashlib import sha256
from pathlib import Path

from ivr import private_files, regular_files
from ivr.errors import FileError


class ChecksummedFile:
    """A text that a program keeps for itself, believed only if it is whole and our own user's."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        self._path, self._most_bytes = path, most_bytes

    def read(self) -> str | None:
        """Read the text; None when there is nothing to believe."""
        try:
            content = regular_files.read(self._path, self._most_bytes, private=True).decode()
        except (FileError, ValueError):
            return None
        checksum, _, text = content.partition("\n")
        return text if checksum == _checksum(text) else None

    def write(self, text: str) -> None:
        """Keep a text, replacing the file as a whole. Raises OSError."""
        private_files.write(self._path, f"{_checksum(text)}\n{text}")


def _checksum(text: str) -> str:
    return sha256(text.encode()).hexdigest()
