"""The service alone, before somebody who plays Asterisk: how many sessions a processor bears."""

import asyncio
import itertools
import statistics
from collections.abc import Callable

from ivr import settings
from ivr.agi import probe
from ivr.lab.lab import Lab
from tests.bench.processor import of_process

AT_ONCE, SESSIONS, ROUNDS = 4, 1000, 5
_DIALLED = "9003"
_NUMBERS = itertools.count(1)  # of the calls that are played: each is another one


async def ask(lab: Lab, caller: str) -> list[str]:
    """Ask the lab's service as the dialplan does for a call of this number."""
    given = settings.load(lab.state.settings_file)
    mark = f"1700000000-{next(_NUMBERS)}"
    arguments = (mark, _DIALLED, "0", "carrier", f"{mark}@bench", *[""] * 4, "2", "", "")
    return await probe.ask(
        given.agi_host,
        given.agi_port,
        "route",
        arguments=arguments,
        caller=caller,
        call_id=f"bench-1.{next(_NUMBERS)}",
        patience=5.0,
    )


def per_core_second(lab: Lab, callers: Callable[[int], list[str]]) -> float:
    """Return how many sessions the calls' process answers in a second of a processor.

    It is the median of some rounds: a thousand sessions, four at once.
    """
    pid = lab.state.process("service").pid
    found = []
    for _ in range(ROUNDS):
        before = of_process(pid)
        asyncio.run(_round(lab, callers(SESSIONS)))
        found.append((of_process(pid) - before) / SESSIONS)
    return 1 / statistics.median(found)


async def _round(lab: Lab, callers: list[str]) -> None:
    left = iter(callers)

    async def one_after_the_other() -> None:
        for caller in left:
            commands = await ask(lab, caller)
            assert commands, f"{caller}: the service did not answer"

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(one_after_the_other())
