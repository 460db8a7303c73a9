"""Where sources are read: nothing stays, also not of a process that was killed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ivr.warehouse.working_folder import PREFIX, working_folder

OLD = 1_000_000_000


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_private_and_goes_away(place: Path) -> None:
    def read() -> None:
        with working_folder() as folder:
            (folder / "rows").write_text("C1")
            assert (folder.parent, folder.stat().st_mode & 0o777) == (place, 0o700)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read()
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_is_taken_away_and_nothing_else(place: Path) -> None:
    program = (
        f"import tempfile; tempfile.tempdir = {str(place)!r}; import os, signal\n"
        "from ivr.warehouse.working_folder import working_folder\n"
        "with working_folder() as it:\n"
        "    (it / 'rows').write_text('C1'); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    (left,) = place.iterdir()
    with working_folder() as mine:
        assert left.exists()  # it is new: its process may be about to lock it
        other = place / "other"
        other.mkdir()
        (place / f"{PREFIX}link").symlink_to(other)
        for each in (left, mine, other):
            os.utime(each, (OLD, OLD))
        with working_folder():
            assert mine.exists()
            assert not left.exists()
    assert {each.name for each in place.iterdir()} == {"other", f"{PREFIX}link"}
