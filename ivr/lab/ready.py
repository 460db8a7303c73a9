"""When is a lab ready? When the doctor has nothing to complain about."""

import asyncio
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from ivr import settings
from ivr.agi import probe
from ivr.agi.request import AgiError
from ivr.errors import LabError
from ivr.lab import sample_customers, sample_history
from ivr.lab.lab import AGI, HISTORY, Lab, cli, tail
from ivr.lab.state import LabState
from ivr.service import customer_import as service
from ivr.service import doctor
from ivr.store import changes
from ivr.store.statement_reading import reading

_POLL_SECONDS = 0.1


def wait(state: LabState) -> None:
    """Wait until everything in the lab works; raises as `until_ready`."""
    asyncio.run(until_ready(state))


async def until_ready(state: LabState, patience: float = 60) -> None:
    """Wait until everything in the lab works; raises LabError with what does not after `patience` seconds."""
    of_lab = settings.load(state.settings_file)
    deadline = time.monotonic() + patience
    while bad := await _bad(of_lab) or _phones(state):
        if not state.process("service").alive():
            raise LabError(f"the service did not start: {tail(Path(state.process('service').log), 3)}")
        if time.monotonic() > deadline:
            raise LabError(f"not ready after {patience:.0f} s: {'; '.join(bad)} (ivr doctor, ivr lab logs)")
        await asyncio.sleep(_POLL_SECONDS)


def away(shown: str, phones: Iterable[str]) -> list[str]:
    """Return the `phones` that cannot be rung yet, by what `pjsip show contacts` has `shown`."""
    there = [line for line in shown.splitlines() if " Avail " in line]
    return [name for name in phones if not any(f" {name}/sip:" in line for line in there)]


async def until_phones(state: LabState, phones: Iterable[str]) -> None:
    """Wait until all these phones can be rung."""
    contacts = "pjsip show contacts"
    while away(cli(state, contacts), phones):  # noqa: ASYNC110 - Asterisk has to be asked
        await asyncio.sleep(_POLL_SECONDS)


def goes_far_enough(said: str, enough: Callable[[int | None], bool]) -> bool:
    """Return whether the customers in memory do, by what the service has `said` of itself."""
    found = re.search(r" changes=(none|\d+)", said)
    return found is not None and enough(None if found[1] == "none" else int(found[1]))


async def until_changes(
    host: str,
    enough: Callable[[int | None], bool],
    patience: float = 20,
) -> None:
    """Wait until the service's customers in memory go far enough.

    `enough` is told the last change that they have, None while the database is asked instead.
    Raises LabError after `patience` seconds.
    """
    deadline = time.monotonic() + patience
    while True:
        with suppress(AgiError):
            if any(goes_far_enough(told, enough) for told in await probe.ask(host, AGI, "check")):
                return
        if time.monotonic() > deadline:
            raise LabError("the service does not follow its customers: its log says why")
        await asyncio.sleep(_POLL_SECONDS / 2)


async def until_followed(state: LabState) -> None:
    """Wait until the lab's service goes by what is in its database now."""
    url = settings.load(state.settings_file).database_url
    with closing(reading(url)) as database, database.asking() as run:
        last = changes.last(run)
    await until_changes(state.pbx, lambda known: known is None or known >= last)


def _phones(state: LabState) -> list[str]:
    """Asterisk rings no phone before the phone has answered its first OPTIONS."""
    contacts = [line for line in cli(state, "pjsip show contacts").splitlines() if "sip:" in line]
    return [line.strip() for line in contacts if " Avail " not in line]


async def _bad(of_lab: settings.Settings) -> list[str]:
    return [f"{v.about}: {v.says}" async for v in doctor.examine(of_lab) if not v.ok and not v.can_wait]


def import_sample(lab: Lab) -> None:
    """Fill the lab's database with the sample customers, its sources with what they did."""
    lab.prepare()
    order = service.ImportOrder(sample_customers.PATH)
    service.import_customers(settings.load(lab.state.settings_file), order, lambda done, rows: None)
    sample_history.write(lab.home / HISTORY, datetime.now(UTC))


@contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGTERM end us like Ctrl-C does, in order."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
