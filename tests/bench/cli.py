"""What commands cost: user and system seconds of the whole process, its start included. `make bench-cli`."""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile

from tests.recorded_calls import record_one

RECORDED = "pbx-1763900000.12"
TARGETS = {"health": 0.25, "--help": 0.7, "calls": 0.7, "explain nobody": 0.7, f"explain {RECORDED}": 0.7}  # seconds


def seconds(command: str, home: str) -> float:
    """One run's processor time."""
    environment = {**os.environ, "IVR_DATABASE_URL": f"sqlite:///{home}/ivr.db"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs have their bytecode
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "ivr", *command.split()], cwd=home, env=environment, capture_output=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Run each command in turn, several times, and print the median beside the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as home:
        record_one(f"sqlite:///{home}/ivr.db", RECORDED)
        for command in TARGETS:  # also to have the bytecode
            seconds(command, home)
        runs = [{command: seconds(command, home) for command in TARGETS} for _ in range(rounds)]
    for command, target in TARGETS.items():
        times = [run[command] for run in runs]
        print(f"ivr {command:<25} {statistics.median(times):.2f} s (least {min(times):.2f}), target {target:g}")  # noqa: T201


if __name__ == "__main__":
    main()
