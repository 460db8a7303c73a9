"""Where scenarios can be played: `lab`, `compose`, or the HOST of a PBX."""

import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ivr.errors import IvrError, LabError
from ivr.lab.asterisk_install import AsteriskInstall
from ivr.qa.scenarios import docker
from ivr.qa.scenarios.compose_stack import ComposeStack
from ivr.qa.scenarios.host_stack import HostStack, marked
from ivr.qa.scenarios.lab_stack import LabStack
from ivr.qa.scenarios.stack import Stack
from ivr.qa.scenarios.worker import MakeStack
from ivr.settings import Settings
from ivr.shipped_files import share

LATEST = "latest"


class OneOnly:
    """There is one stack of this kind: no two workers can share it."""


@dataclass(frozen=True, slots=True)
class MakeLab:
    """Makes the lab of each worker in a folder of its own."""

    folder: Path
    install: AsteriskInstall
    policy_dir: Path

    def __call__(self, number: int) -> Stack:
        """The lab of the worker with this number."""
        return LabStack(self.folder / f"worker-{number}", self.install, self.policy_dir)


@dataclass(frozen=True, slots=True)
class MakeCompose(OneOnly):
    """Makes the stack of containers. One at a time: two would be late on most machines."""

    folder: Path
    policy_dir: Path

    def __call__(self, number: int) -> Stack:
        """The stack of the only worker."""
        return ComposeStack(self.folder / f"worker-{number}", self.policy_dir)


@dataclass(frozen=True, slots=True)
class MakeHost(OneOnly):
    """Makes what test calls to a live PBX need."""

    host: str
    folder: Path
    install: AsteriskInstall
    settings: Settings
    secret: str = field(repr=False)
    address: str

    def __call__(self, number: int) -> Stack:
        """The one stack that there is."""
        return HostStack(self.host, self.folder, self.install, self.settings, self.secret, self.address)


def maker(target: str, folder: Path, settings: Settings, fetched: Callable[[], AsteriskInstall]) -> MakeStack:
    """What makes the stacks of a target; raises IvrError when there is no such target."""
    if target in ("lab", "compose"):
        files = settings.policy_dir if settings.policy_dir.is_dir() else share("dialplans")
        if target == "lab":
            return MakeLab(folder, fetched(), files)
        docker.check_engine()
        return MakeCompose(folder, files)
    secret, address = (os.environ.get(name, "") for name in ("IVR_QA_SECRET", "IVR_QA_ADDRESS"))
    if not secret:
        raise IvrError(
            f"--target {target}: is lab, compose, or the host of a PBX; for that set IVR_QA_SECRET, the secret of "
            "the user qa in its manager.conf"
        )
    marked(settings.policy_dir)
    return MakeHost(target, folder, fetched(), settings, secret, address)


def new_folder(parent: Path) -> Path:
    """A new folder in `parent`, called after the time; raises LabError."""
    for number in range(1, 1000):
        path = parent / (time.strftime("%Y-%m-%d-%H%M%S") + (f"-{number}" if number > 1 else ""))
        try:
            path.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise LabError(
                f"{path}: {(error.strerror or str(error)).lower()}: name another folder with --out"
            ) from None
        return path.resolve()
    raise LabError(f"{parent}: no new folder can be made there")


def point_latest_at(folder: Path) -> None:
    """Have `latest` beside it lead to it."""
    link, new = folder.parent / LATEST, folder.parent / f".{LATEST}"
    with contextlib.suppress(FileNotFoundError):
        new.unlink()
    new.symlink_to(folder.name)
    new.replace(link)
