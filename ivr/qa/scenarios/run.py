"""A run: scenarios are given to workers, each a process with a stack of its own, and their results collected."""

import contextlib
import json
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from ivr import private_files, processes
from ivr.errors import LabError
from ivr.lab import ready
from ivr.qa.scenarios.files import ScenarioFile
from ivr.qa.scenarios.result import RunResult, ScenarioResult
from ivr.qa.scenarios.worker import Broken, MakeStack, Ready, work

_SPAWN = processes.spawn_context()
_STOP_SECONDS = 60.0  # for a stack to be stopped
_ASK_AGAIN_SECONDS = 5.0  # a worker may lose an interruption


class _ScenarioWorker:
    def __init__(self, number: int, make: MakeStack, out: Path) -> None:
        self.number = number
        self.connection, theirs = _SPAWN.Pipe()
        self.process: SpawnProcess = _SPAWN.Process(target=work, args=(theirs, number, make, out))
        with processes.no_ctrl_c():
            self.process.start()
        theirs.close()
        self.plays: ScenarioFile | None = None

    def stop(self) -> None:
        """Wait until it has ended, and with it its stack, after it was told to."""
        self.connection.close()
        deadline = time.monotonic() + _STOP_SECONDS
        while self.process.is_alive() and time.monotonic() < deadline:
            self.process.join(_ASK_AGAIN_SECONDS)
            if self.process.is_alive():
                self.process.terminate()
        if self.process.is_alive():
            self.process.kill()  # what its stack started ends with it
            self.process.join()


def run(
    files: Sequence[ScenarioFile],
    make: MakeStack,
    workers: int,
    target: str,
    out: Path,
    done: Callable[[ScenarioResult], None],
    begins: Callable[[ScenarioFile], None] = lambda file: None,
) -> RunResult:
    """Play all files; `done` is told each result as soon as it is there. Interrupted, it returns what there is.

    Raises LabError when no stack can be brought up. Evidence and results.json are in `out`.
    """
    result = RunResult(target, time.time(), workers=max(1, min(workers, len(files))))
    staff: list[_ScenarioWorker] = []
    order = {str(file.path): number for number, file in enumerate(files)}
    try:
        with ready.interruptible():
            for number in range(1, result.workers + 1):
                staff.append(_ScenarioWorker(number, make, out))  # noqa: PERF401 - those before are stopped if it breaks
            _Dispatch(list(files), result, done, begins).run(staff)
    except KeyboardInterrupt:
        result.interrupted = True
    finally:
        for worker in staff:
            if worker.process.is_alive():
                worker.process.terminate()
        for worker in staff:
            worker.stop()
    result.scenarios.sort(key=lambda scenario: order[scenario.file])
    result.seconds = round(time.time() - result.started_at, 1)
    private_files.write(out / "results.json", json.dumps(result.as_json(), indent=1) + "\n")
    return result


class _Dispatch:
    """Gives each worker that is free the next scenario, until none is left."""

    def __init__(
        self,
        left: list[ScenarioFile],
        result: RunResult,
        done: Callable[[ScenarioResult], None],
        begins: Callable[[ScenarioFile], None],
    ) -> None:
        self._left, self._result, self._done, self._begins = left, result, done, begins
        self._at_work: dict[Connection, _ScenarioWorker] = {}
        self._why = "no worker could be started"

    def run(self, staff: Sequence[_ScenarioWorker]) -> None:
        """Raises LabError when no worker played anything."""
        self._at_work = {worker.connection: worker for worker in staff}
        while self._at_work:
            for connection in wait(list(self._at_work)):
                self._hear(self._at_work[connection])  # type: ignore[index]  # they are what was waited for
        if self._left and not self._result.scenarios:
            raise LabError(self._why)
        for file in self._left:
            self._keep(_unplayed(file, f"no worker is left: {self._why}", 0))

    def _hear(self, worker: _ScenarioWorker) -> None:
        try:
            said = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(_STOP_SECONDS)
            said = Broken(f"it ended without a word, with exit code {worker.process.exitcode}")
        if isinstance(said, Broken):
            self._why = said.why
            del self._at_work[worker.connection]
            if worker.plays:
                self._keep(_unplayed(worker.plays, f"the worker broke: {said.why}", worker.number))
            return
        if isinstance(said, Ready):
            self._result.versions = said.versions
        else:
            self._keep(said)
        worker.plays = self._left.pop(0) if self._left else None
        with contextlib.suppress(OSError):  # it is gone: the next recv() says so
            worker.connection.send(worker.plays)
        if worker.plays:
            self._begins(worker.plays)
        else:
            del self._at_work[worker.connection]

    def _keep(self, scenario: ScenarioResult) -> None:
        self._result.scenarios.append(scenario)
        self._done(scenario)


def _unplayed(file: ScenarioFile, why: str, worker: int) -> ScenarioResult:
    scenario = file.scenario
    return ScenarioResult(scenario.scenario, str(file.path), 1, scenario.about, scenario.tags, why=why, worker=worker)
