"""`ivr serve`, `ivr migrate`, `ivr doctor`."""

import asyncio
import os

import typer

from ivr.cli import common
from ivr.errors import SettingError
from ivr.service import app as service
from ivr.service import doctor as doctor_module
from ivr.service.installation import LAB_CLOCK


def serve() -> None:
    """Run the routing service until SIGTERM or Ctrl-C.

    It listens for Asterisk's FastAGI requests, watches and steers queues over AMI, and records every call.
    Settings come from ivr.toml (or the file that IVR_SETTINGS names) and IVR_* in the environment.

    Example:  IVR_AMI_SECRET=… ivr serve
    """
    if LAB_CLOCK in os.environ:
        raise SettingError(f"{LAB_CLOCK} is set: only a lab may set its clock, real callers get real time. Unset it")
    service.serve(common.settings(say=True))


def migrate() -> None:
    """Create the database, or bring it up to this version. `ivr serve` does the same when it starts.

    Example:  ivr migrate
    """
    settings = common.settings()
    database = common.database(settings)
    common.out.print(f"database at version {service.migrate_database(settings)}\n{database}", markup=False)


def doctor() -> None:
    """Check that everything is in place. Each line is a verdict and, if it is bad, what to do.

    Exit code 0 when all is well, 1 when something is not.

    Example:  ivr doctor
    """
    well = asyncio.run(_doctor())
    raise typer.Exit(0 if well else 1)


async def _doctor() -> bool:
    well = True
    async for verdict in doctor_module.examine(common.settings(say=True)):
        mark = "[green]ok [/]" if verdict.ok else "[red]BAD[/]"
        common.out.print(f"{mark} {verdict.about:<20} ", end="")
        common.out.print(verdict.says, markup=False)
        if not verdict.ok:
            well = False
            common.out.print(f"{'':24} → {verdict.mend}", markup=False)
    return well
