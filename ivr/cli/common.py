"""What most commands share: where they write, and what is here."""

from rich.console import Console

from ivr.service import installation
from ivr.service.installation import lab_home
from ivr.settings import Settings

__all__ = ["database", "err", "lab_home", "out", "settings"]

# Without emoji: else the place `scoring.yaml:100:5` is shown with a picture for `:100:`.
out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def settings(*, say: bool = False) -> Settings:
    """The settings that apply, as `installation.settings` has them.

    `say` is for what an operator runs: one line on stderr if it is a lab's settings that were found.
    """
    found = installation.settings()
    if say and (of_lab := installation.lab_settings()):
        err.print(f"settings: those of the lab, {of_lab} (IVR_SETTINGS names others)", markup=False)
    return found


def database(settings: Settings) -> str:
    """Which database a command writes to, for its last line. Ask before: afterwards it is not new any more."""
    from ivr.store.engine import named  # noqa: PLC0415 - SQLAlchemy, which many commands do without
    from ivr.store.sqlite_file import path_of  # noqa: PLC0415

    path = path_of(settings.database_url)
    what = "the database, which is new" if path and not path.exists() else "the database"
    return f"{what}: {named(settings.database_url)}"
