"""SIPp as the callers: one run of calls at a fixed rate to one number."""

import csv
import itertools
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivr.errors import LabError
from ivr.lab.lab import SIP
from ivr.lab.state import LabState

_SCENARIO = Path(__file__).with_name("call.xml")
_PORTS = itertools.cycle(range(20000, 29000, 10))  # the next run does not hear what the last one left behind
_ANSWER_SECONDS = 5  # a call that is not answered by then has failed
_POLL_SECONDS = 1.0


@dataclass(slots=True)
class Calls:
    """What became of calls. `answer_ms` has the time from INVITE to 200 of each that was answered."""

    placed: int = 0
    succeeded: int = 0
    seconds: float = 0.0  # from the first call to the end of the last
    retransmitted: int = 0
    answer_ms: list[float] = field(default_factory=list)
    sip_call_ids: list[str] = field(default_factory=list)  # of those that were answered

    @property
    def failed(self) -> int:
        """Calls that were not answered, or did not end as they should."""
        return self.placed - self.succeeded

    def add(self, other: "Calls") -> None:
        """Count other calls of the same kind in."""
        self.placed += other.placed
        self.succeeded += other.succeeded
        self.seconds += other.seconds
        self.retransmitted += other.retransmitted
        self.answer_ms += other.answer_ms
        self.sip_call_ids += other.sip_call_ids


def call(
    lab: LabState,
    folder: Path,
    dialled: str,
    callers: Sequence[str],
    rate: float,
    *,
    stay: tuple[int, int] | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Calls:
    """Place one call for each of `callers`, `rate` a second, from the carrier's address; wait until all have ended.

    They hang up at once, or `stay` (min, max) milliseconds after the answer. `meanwhile` is called every second.
    """
    if not lab.sipp:
        raise LabError("SIPp is missing: apt-get install sip-tester")
    folder.mkdir(parents=True, exist_ok=True)
    pause = f'<pause distribution="uniform" min="{stay[0]}" max="{stay[1]}"/>' if stay else ""
    (folder / "call.xml").write_text(_SCENARIO.read_text(encoding="utf-8").replace("@PAUSE@", pause))
    (folder / "callers.csv").write_text("SEQUENTIAL\n" + "".join(f"{number}\n" for number in callers))
    for old in (*folder.glob("call_*_rtt.csv"), folder / "stat.csv", folder / "calls.log"):
        old.unlink(missing_ok=True)
    longest = len(callers) / rate + (stay[1] / 1000 if stay else 0)
    port = next(_PORTS)
    command = [
        *lab.sipp, f"{lab.pbx}:{SIP}", "-sf", "call.xml", "-inf", "callers.csv", "-s", dialled,
        "-i", lab.carrier, "-p", str(port), "-mi", lab.carrier, "-mp", str(port + 2), "-t", "u1",
        "-m", str(len(callers)), "-r", f"{rate:g}", "-l", "100000", "-nostdin", "-recv_timeout",
        str(_ANSWER_SECONDS * 1000), "-timeout", f"{longest + 60:.0f}", "-trace_rtt", "-rtt_freq", "1",
        "-trace_stat", "-stf", "stat.csv", "-fd", "1", "-trace_err", "-error_file", "errors.log",
        "-trace_logs", "-log_file", "calls.log", "-skip_rlimit",
    ]  # fmt: skip
    with (folder / "screen.log").open("wb") as screen:
        sipp = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=screen, stderr=screen)
        try:
            while sipp.poll() is None:
                meanwhile()
                try:
                    sipp.wait(_POLL_SECONDS)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            sipp.kill()
            sipp.wait()
    if sipp.returncode not in (0, 1):  # 1: some call failed
        raise LabError(f"SIPp ended with {sipp.returncode}: see {folder}/screen.log and errors.log")
    return _read(folder, len(callers))


def _read(folder: Path, placed: int) -> Calls:
    with (folder / "stat.csv").open(encoding="utf-8", newline="") as file:
        last = list(csv.DictReader(file, delimiter=";"))[-1]
    return Calls(
        placed=placed,
        succeeded=int(last["SuccessfulCall(C)"]),
        seconds=_moment(last["CurrentTime"]) - _moment(last["StartTime"]),
        retransmitted=int(last["Retransmissions(C)"]),
        answer_ms=list(_answer_ms(folder.glob("call_*_rtt.csv"))),
        sip_call_ids=(folder / "calls.log").read_text(encoding="utf-8").split(),
    )


def _moment(told: str) -> float:
    """SIPp's date, time and Unix time."""
    return float(told.rsplit(maxsplit=1)[-1])


def _answer_ms(files: Iterable[Path]) -> Iterable[float]:
    for path in files:
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines()[1:], delimiter=";"):
            yield float(row[1])
