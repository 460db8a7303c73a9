"""Which policy is in force, from where, and whether the service works with it."""

import datetime as dt
from pathlib import Path

from ivr.application.doctor.ports import AdminFolder, Ports, PublishedPolicy, ServiceState
from ivr.application.doctor.verdicts import Verdict
from ivr.domain.agent_interfaces import Interfaces
from ivr.errors import FileError, StoreError
from ivr.hanging_work import OverdueError, in_time
from ivr.policy import loader
from ivr.policy.loader import Bundle
from ivr.settings import Settings

_ABOUT = "policy"
Found = tuple[Verdict, Bundle | None]


def in_force(ports: Ports, state: ServiceState | None) -> Found:
    """The verdict on the policy in force, and that policy. `state` is what the service says, None without an answer."""
    of_files = _read(ports)
    try:
        published = ports.database.published()
    except StoreError as error:
        bundle = of_files if isinstance(of_files, Bundle) else None
        works = f"; the service works with {state.policy}" if state else ""
        says = f"what is published cannot be read{works}: {error}"
        return Verdict(_ABOUT, False, says, "see the line `database`; the last good version stays at work"), bundle
    if published is None:
        return _of_files(ports.folder, state, of_files)
    return _of_publication(published, _parsed(published, ports.settings), state, of_files)


def overdue(folder: AdminFolder, seconds: str) -> Verdict:
    """The service waits for the folder."""
    says = f"the service has waited for {folder.path} for {seconds} s: no change is taken up"
    return Verdict("policy folder", False, says, "is it on a network drive that is away? calls are not affected")


def _read(ports: Ports) -> Bundle | FileError:
    try:
        return in_time(ports.folder.load, ports.file_seconds)
    except OverdueError as error:
        return FileError(ports.folder.path, None, str(error))
    except FileError as error:
        return error


def _parsed(published: PublishedPolicy, settings: Settings) -> Bundle | FileError | StoreError:
    if isinstance(published.texts, StoreError):
        return published.texts
    try:
        place = Path(f"version {published.version}")
        return loader.parse(published.texts, place, Interfaces(settings.agent_interfaces))
    except FileError as error:
        return error


def _of_files(folder: AdminFolder, state: ServiceState | None, found: Bundle | FileError) -> Found:
    if isinstance(found, FileError):
        mend = "mend that line; the service goes on with the last good version"
        return Verdict(_ABOUT, False, str(found), mend), None
    version = found.policy.version
    if state and state.policy != version:
        says = f"the service works with policy {state.policy}, the files are {version}"
        return Verdict(_ABOUT, False, says, "does it read the same folder (IVR_POLICY_DIR)? its log says"), found
    return Verdict(_ABOUT, True, f"version {version}, from the files in {folder.path}"), found


def _of_publication(
    published: PublishedPolicy,
    found: Bundle | FileError | StoreError,
    state: ServiceState | None,
    of_files: Bundle | FileError,
) -> Found:
    at = dt.datetime.fromtimestamp(published.at, dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    what = f"version {published.version}, published by {published.author}, {at} ({published.message})"
    if not isinstance(found, Bundle):
        says = f"{what}, cannot be used: {found}" + (f"; the service works with {state.policy}" if state else "")
        return Verdict(_ABOUT, False, says, "publish one that can: `ivr policy publish`, `ivr policy rollback`"), None
    if state and state.policy != published.version:
        says = f"{what}, is not in force: the service works with {state.policy}"
        return Verdict(_ABOUT, False, says, "its log says why; `ivr policy rollback` goes back"), found
    hint = ""
    if not isinstance(of_files, Bundle) or of_files.policy.version != published.version:
        hint = "; the files differ, and say nothing until they are published, or this is withdrawn"
    return Verdict(_ABOUT, True, f"{what}{hint}"), found
