"""`make chaos-history`: the proof that what is on record of calls is what happened, exactly once.

Real calls of all kinds come to a lab of its own, while one thing after the other is killed, frozen,
cut or moved away. Afterwards what is on record is compared, call by call, with what the far side
saw: the carrier and its phones.
"""

import argparse
import asyncio
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ivr import settings
from ivr.errors import IvrError
from ivr.lab import ready
from ivr.lab.asterisk_install import ensure_asterisk
from ivr.lab.lab import Lab
from ivr.qa import history_callers, history_records
from ivr.qa.far_side import FarSide
from ivr.qa.history_callers import PHONES, CallerPlan
from ivr.qa.history_compare import ComparedHistory, assign, compare
from ivr.qa.history_faults import HistoryBreaker
from ivr.service import customer_import

CALLS = 600
OUT = Path("build/bench/exactly-once.json")
_KILLS_ASTERISK = 3  # each seed that this divides
_LEAD_SECONDS = 1.0
_LONGEST_SECONDS = 90.0  # after the last call was placed
Say = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    """What came of one seed."""

    seed: int
    compared: ComparedHistory
    broke: dict[str, int] = field(default_factory=dict)
    unsettled: str = ""
    seconds: float = 0.0

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.compared.wrong and not self.unsettled

    def as_json(self) -> dict[str, Any]:
        """Give it for programs: the agreed keys first."""
        names = ("calls", "lost", "double", "ghosts", "gaps", "gap_seconds", "calls_in_gaps")
        more = ("talks", "untrue", "days", "without_cause", "never_came", "too_short", "wrong")
        kills = sum(count for name, count in self.broke.items() if name.startswith("kill "))
        return {
            "seed": self.seed,
            **{name: getattr(self.compared, name) for name in names},
            "kills": kills,
            "broke": self.broke,
            **{name: getattr(self.compared, name) for name in more},
            "unsettled": self.unsettled,
            "seconds": round(self.seconds, 1),
        }


def run(seed: int, count: int, say: Say, *, keep: bool = False) -> Outcome:
    """Run one seed on a lab of its own; whatever was started is stopped in any case.

    The lab's folder stays if anything is wrong, or if it is to be kept.
    """
    home = Path(tempfile.mkdtemp(prefix="ivr-history-"))
    dice = random.Random(f"history {seed}")  # noqa: S311 - to have the same again, not to be secret
    plans = history_callers.planned(count, dice)
    customers = history_callers.write_files(home / "dialplans", plans)
    is_well = False
    with ready.interruptible():
        install = ensure_asterisk(lambda what, done: None)
        lab = Lab(
            home / "lab",
            install,
            stay=False,
            policy_dir=home / "dialplans",
            all_events=False,
        )
        breaker = HistoryBreaker(
            lab,
            dice,
            say,
            _nobody,
            kills_asterisk=seed % _KILLS_ASTERISK == 0,
        )
        try:
            ready.import_sample(lab)
            order = customer_import.ImportOrder(customers)
            customer_import.import_customers(
                settings.load(lab.state.settings_file),
                order,
                lambda done, rows: None,
            )
            lab.up(say)
            ready.wait(lab.state)
            outcome = asyncio.run(_experiment(seed, plans, breaker))
            is_well = outcome.well and not keep
        finally:
            lab.down()
            breaker.close()
            if is_well:
                shutil.rmtree(home, ignore_errors=True)
            else:
                say(f"logs are in {home}")
    return outcome


async def _nobody() -> None:
    """Stand for the far side that is not there yet."""


async def _experiment(seed: int, plans: Sequence[CallerPlan], breaker: HistoryBreaker) -> Outcome:
    lab, dice, say = breaker.lab, breaker.dice, breaker.say
    began = time.monotonic()
    far = FarSide(lab.state)
    async with far.watching():
        for phone in PHONES:
            await far.behaves(phone.name, phone.does)
        await breaker.prepare()
        breaker.give_up = far.give_up
        too = ", Asterisk is killed, too" if breaker.kills_asterisk else ""
        say(f"seed {seed}: {len(plans)} calls{too}")
        await _under_fire(far, plans, breaker, dice)
        say(f"{len(far.calls)} calls are over; waiting until all is on record")
        queue_log = lab.home / "pbx/log/queue_log"
        unsettled = await history_records.settled(
            breaker.database,
            queue_log,
            lambda: not any(far.not_over()),
        )
    record = history_records.recorded(breaker.database)
    assign(far.calls, far.talks, history_records.came(lab.home / "pbx/log"))
    if breaker.disk:
        for path in breaker.database.parent.glob("ivr.db*"):  # for whoever looks at it afterwards
            shutil.copy(path, lab.home)
    compared = compare(far.calls, breaker.gone, record)
    return Outcome(seed, compared, dict(breaker.done), unsettled, time.monotonic() - began)


async def _under_fire(
    far: FarSide,
    plans: Sequence[CallerPlan],
    breaker: HistoryBreaker,
    dice: random.Random,
) -> None:
    """Place all calls while things break, and wait until they are over."""
    rate = dice.uniform(*history_callers.RATE)
    placing = random.Random(dice.random())  # noqa: S311 - its own, beside that of what is broken
    is_placed = False

    async def place() -> None:
        nonlocal is_placed
        async with asyncio.TaskGroup() as calls:
            for plan in plans:
                calls.create_task(far.live(plan))
                await asyncio.sleep(placing.expovariate(rate))
            is_placed = True

    task = asyncio.create_task(place())
    try:
        await asyncio.sleep(_LEAD_SECONDS)
        await breaker.run(lambda: is_placed or task.done())
        await ready.until_ready(breaker.lab.state)
        async with asyncio.timeout(_LONGEST_SECONDS):
            await task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def table(outcome: Outcome) -> str:
    """Lay out the counts."""
    told = outcome.as_json()
    rows = [(name, value) for name, value in told.items() if name not in ("wrong", "broke")]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name.replace('_', ' '):<{width}}  {value}" for name, value in rows)


def add_to(path: Path, outcome: Outcome) -> None:
    """Append the outcome to the list in a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    path.write_text(json.dumps([*before, outcome.as_json()], indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, print what came of it; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m ivr.qa.history_chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calls", type=int, default=CALLS)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument(
        "--keep",
        action="store_true",
        help="the lab's folder, also when all is well",
    )
    wanted = parser.parse_args(arguments)
    began = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:6.1f}  {what}", flush=True)  # noqa: T201 - a program

    try:
        outcome = run(wanted.seed, wanted.calls, say, keep=wanted.keep)
    except IvrError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted")
        return 130
    add_to(wanted.out, outcome)
    say("done\n" + table(outcome))
    for sentence in outcome.compared.wrong:
        print(sentence)  # noqa: T201
    return 0 if outcome.well else 1


if __name__ == "__main__":
    sys.exit(main())
