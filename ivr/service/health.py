"""Does the running service do its work? Asked every few seconds, so it imports next to nothing."""

import asyncio
import sys
from typing import NoReturn

from ivr.agi import probe
from ivr.agi.request import AgiError
from ivr.service import installation
from ivr.settings import Settings


def main() -> NoReturn:
    """`ivr health`: one line, and exit code 0 or 1."""
    well, line = asyncio.run(health(installation.settings()))
    print(line)  # noqa: T201 - the command line speaks to people
    sys.exit(0 if well else 1)


async def health(settings: Settings) -> tuple[bool, str]:
    """Whether the running service does its work, and one line of how: it answers, is in AMI, reads its database."""
    try:
        said = await probe.check(settings.agi_host, settings.agi_port, settings.agi_secret)
    except AgiError as error:
        return False, f"agi=no ({error})"
    if said is None:
        return False, "agi=no (another server listens there)"
    database, ami = said.get("database") == "yes", said.get("ami") == "yes"
    words = {"agi": True, "ami": ami, "database": database}
    line = " ".join(f"{name}={'yes' if good else 'no'}" for name, good in words.items())
    line += f" policy={said.get('policy')} changes={said.get('changes')}"
    if said.get("scores") == "failed":  # no reason to restart it: calls go by the scores before
        line += " scores=failed (the last planned run: ivr doctor says why)"
    return database and ami, line
