"""A file that a program keeps for itself is believed only as it was written."""

from hashlib import sha256
from pathlib import Path

import pytest

from ivr.policy.checksummed_file import ChecksummedFile

TEXT = '{"version": "é"}\nand more\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept.json"


def test_the_text_is_read_as_it_was_written(path: Path) -> None:
    file = ChecksummedFile(path, 1_000)
    assert file.read() is None
    file.write(TEXT)
    assert file.read() == TEXT
    assert path.read_text() == f"{sha256(TEXT.encode()).hexdigest()}\n{TEXT}"
    assert path.stat().st_mode & 0o777 == 0o600


def test_part_of_it_is_not_believed(path: Path) -> None:
    file = ChecksummedFile(path, 1_000)
    file.write(TEXT)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert file.read() is None
    path.write_bytes(whole + b"\xff")
    assert file.read() is None


def test_one_that_is_too_large_or_open_to_others_is_not_believed(path: Path) -> None:
    ChecksummedFile(path, 1_000).write(TEXT)
    assert ChecksummedFile(path, 20).read() is None
    path.chmod(0o620)
    assert ChecksummedFile(path, 1_000).read() is None
