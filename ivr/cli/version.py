"""`ivr --version`: what is installed here, and what it works with. Whatever is broken is said in its line."""

import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from ivr import regular_files
from ivr.agi.contract import CONTRACT
from ivr.domain.policy_version import version_of
from ivr.domain.scoring import calibration
from ivr.errors import IvrError
from ivr.limits import LARGEST_TEXT_BYTES
from ivr.policy import texts
from ivr.service import installation
from ivr.settings import Settings
from ivr.store import schema_version
from ivr.store.one_shot_policy_version import SingleVersion

_DATABASE_SECONDS = 1.0  # that its answer is waited for


def show() -> None:
    """Print the versions, one a line. Nothing is created for that, and nothing that is missing is a failure."""
    try:
        settings: Settings | str = installation.settings()
    except (IvrError, OSError, ValueError) as error:
        settings = str(error)
    lines = {
        "ivr": _program(),
        "Python": platform.python_version(),
        "contract": str(CONTRACT),
        "schema": f"{schema_version.known()} ({_told(settings, _database)})",
        "policy": _told(settings, _policy),
        "scoring": _told(settings, _scoring),
    }
    for name, value in lines.items():
        typer.echo(f"{name:<9} {''.join(c if c.isprintable() else ' ' for c in value)}")


def _program() -> str:
    try:
        return version("segment-ivr")
    except PackageNotFoundError:
        return "not installed"


def _told(settings: Settings | str, ask: Callable[[Settings], str]) -> str:
    """What there is to say of an installation; the reason when its settings cannot be read."""
    return f"none: {settings}" if isinstance(settings, str) else ask(settings)


def _ask(settings: Settings) -> SingleVersion:
    return SingleVersion(settings.database_url, _DATABASE_SECONDS, leave_no_trace=True)


def _database(settings: Settings) -> str:
    try:
        found = _ask(settings).schema()
    except (IvrError, OSError, ValueError) as error:
        return f"database: none: {error}"
    return "database: the same" if found == schema_version.known() else f"database: {found}; run `ivr migrate`"


def _policy(settings: Settings) -> str:
    unknown = ""
    try:
        published = _ask(settings).latest()
    except (IvrError, OSError, ValueError):
        published, unknown = None, "; the database does not say what is published"
    if published is not None:
        return f"{published} (published)"
    try:
        return f"{texts.read(settings.policy_dir).version} (the files in {settings.policy_dir}{unknown})"
    except (IvrError, OSError, ValueError) as error:
        return f"none ({error}{unknown})"


def _scoring(settings: Settings) -> str:
    unknown = ""
    try:
        published = _ask(settings).latest("score")
    except (IvrError, OSError, ValueError):
        published, unknown = None, "; the database does not say what is published"
    if published is not None:
        return f"{published} (published)"
    try:
        version = _of_files(settings.policy_dir) or "not calibrated yet"
        return f"{version} (the files in {settings.policy_dir}{unknown})"
    except (IvrError, OSError, ValueError) as error:
        return f"none ({error}{unknown})"


def _of_files(folder: Path) -> str:
    """Name the version of scoring.yaml with its calibration, unchecked; empty without one."""
    text = regular_files.text(folder / texts.SCORING, LARGEST_TEXT_BYTES, folder)
    path = folder / texts.CALIBRATION
    if not path.exists():
        return ""
    made = calibration.read(regular_files.text(path, calibration.LARGEST_BYTES, folder))
    return version_of(text, made.text())
