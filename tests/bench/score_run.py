"""A calibration or a run in a process of its own; the last line says how long it took."""

import json
import os
import sys
import time
from pathlib import Path

from ivr.cli.score_data import NICE
from ivr.errors import IvrError
from ivr.service import scoring
from ivr.settings import Settings


def main() -> None:
    """Do what the JSON on the command line says. Times are those of the machine's steady clock."""
    told = json.loads(sys.argv[1])
    settings = Settings(
        database_url=f"sqlite:///{told['database']}",
        policy_dir=Path(told["policy"]),
        score_sources=told["sources"],
    )
    os.nice(NICE)
    writing = None
    shown = ""

    def progress(doing: str, done: int, of: int) -> None:
        nonlocal writing, shown
        if doing == "writing" and writing is None:
            writing = time.monotonic()
        line = f"{doing} {10 * done // of * 10} %" if of else doing
        if line != shown:
            shown = line
            print(line, flush=True)  # noqa: T201

    try:
        if told["calibrate"]:
            made = scoring.calibrate(settings, told["at"], progress)
            scoring.put_calibration(settings, made.new)
            problems, count = made.measured.problems, made.new.customers
            result = {"problems": problems, "changed": 0, "customers": count}
        else:
            report = scoring.run(settings, told["at"], progress)
            result = {
                "problems": report.problems,
                "changed": report.changed,
                "customers": report.customers,
            }
    except IvrError as error:
        sys.exit(str(error))
    used = {"processor_s": time.process_time(), "peak_mb": _peak()}
    print(json.dumps({**result, "writing": writing, **used}))  # noqa: T201


def _peak() -> float:
    """Megabytes; of this program alone, which what the operating system adds up is not."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    main()
