"""Where the files are that come with this code: `asterisk` and `dialplans`."""

from pathlib import Path

from ivr.errors import LabError


def share(name: str) -> Path:
    """The folder `asterisk` or `dialplans` that belongs to this code: beside it in a checkout, inside it installed."""
    package = Path(__file__).resolve().parent
    # Installed, there may be an `asterisk` beside it that is not ours: the AGI library pyst2 has that name.
    for folder in (package / "share" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise LabError(f"the folder {name}/ is missing from this installation")
