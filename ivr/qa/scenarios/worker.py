"""One worker of a run: a process with a stack of its own, which plays scenarios one after the other."""

import asyncio
import contextlib
import itertools
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from ivr import private_files
from ivr.errors import IvrError
from ivr.qa.scenarios import evidence, verdict
from ivr.qa.scenarios.files import ScenarioFile
from ivr.qa.scenarios.play import play
from ivr.qa.scenarios.result import ScenarioResult, worst
from ivr.qa.scenarios.stack import Stack


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker's stack works."""

    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Broken:
    """The worker's stack could not be brought up; `why` says it in a sentence."""

    why: str


MakeStack = Callable[[int], Stack]
"""Makes the stack of the worker with this number, 1 being the first."""


def work(connection: Connection, number: int, make: MakeStack, out: Path) -> None:
    """Play what the connection gives until it gives None; each result goes back as soon as it is there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which tells us
    try:
        asyncio.run(_work(connection, number, make, out))
    except (KeyboardInterrupt, asyncio.CancelledError, EOFError, BrokenPipeError):
        return


def _interruptible(task: "asyncio.Task[None]") -> None:
    """Have SIGTERM end the task, whatever is done in it.

    The first ends also what the event loop waits for. A task may lose that (`wait_for` of Python 3.11 does when what it
    waits for ends in the same moment), so each one that comes later ends what the task does then.
    """

    def again(*_: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: it has ended
            task.get_loop().call_soon_threadsafe(task.cancel)

    def interrupted(*_: object) -> None:
        signal.signal(signal.SIGTERM, again)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupted)


async def _work(connection: Connection, number: int, make: MakeStack, out: Path) -> None:
    if task := asyncio.current_task():
        _interruptible(task)
    stack = make(number)
    try:
        try:
            await _play_all(connection, stack, number, out)
        finally:
            # The run ends its workers, as a rule right here, and to close takes seconds. An interruption that comes
            # before this line does its work leads to the next `finally`, and there is only one.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
    finally:
        try:
            await stack.close()
        except IvrError as error:  # the verdicts stand; but something is left, and the message says what to do
            print(f"ivr: {error}", file=sys.stderr)  # noqa: T201 - nobody else would say it


async def _play_all(connection: Connection, stack: Stack, number: int, out: Path) -> None:
    try:
        await stack.open()
    except IvrError as error:
        connection.send(Broken(str(error)))
        return
    connection.send(Ready(await stack.versions()))
    while (file := connection.recv()) is not None:  # between two scenarios nothing else is to be done here
        connection.send(await perform(stack, file, number, out))


async def perform(stack: Stack, file: ScenarioFile, worker: int, out: Path) -> ScenarioResult:
    """Play one scenario, judge it, and write down why."""
    scenario = file.scenario
    result = ScenarioResult(scenario.scenario, str(file.path), 1, scenario.about, scenario.tags, worker=worker)
    began = time.monotonic()
    if missing := stack.lacks(scenario):
        result.verdict, result.why = "skipped", missing
        return result
    folder = _new_folder(out, file.name)
    result.folder = folder.name
    try:
        performance = await play(stack, scenario)
    except IvrError as error:
        result.why = str(error)
        return result
    except Exception as error:  # noqa: BLE001 - a mistake of ours spoils one scenario, not the rest of the run
        result.why = f"a mistake in ivr itself: {type(error).__name__}: {error}"
        result.evidence = {"traceback": "traceback.txt"}
        private_files.write(folder / "traceback.txt", traceback.format_exc())
        return result
    result.calls = tuple(verdict.call_result(played, performance) for played in performance.calls)
    result.checks = tuple(verdict.order_checks(scenario, performance.calls))
    result.why = performance.broke
    result.verdict = "failed" if performance.broke else worst([check for _, check in result.all_checks()])
    try:
        result.evidence = await evidence.gather(stack, performance, folder)
    except Exception as error:  # noqa: BLE001 - as above
        result.why = result.why or f"the evidence could not be written: {error}"
    result.seconds = round(time.monotonic() - began, 2)
    return result


def _new_folder(out: Path, name: str) -> Path:
    """A folder for the evidence; files in different folders may have the same name."""
    for number in itertools.count(1):
        folder = out / (name if number == 1 else f"{name}-{number}")
        with contextlib.suppress(FileExistsError):
            folder.mkdir(parents=True)
            return folder
    raise AssertionError  # never: it counts for ever
