"""`ivr chaos`: faults under real calls, and what became of each call."""

import json
from pathlib import Path
from typing import Annotated

import typer

from ivr import private_files
from ivr.cli import common
from ivr.cli.lab import fetched_asterisk
from ivr.qa import chaos as chaos_module
from ivr.qa.chaos import LATE_SECONDS, RATE, Result
from ivr.qa.faults import FAULTS


def chaos(
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="the same number gives the same callers and moments")] = 1,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="FAULT", help="try this fault alone; may be given several times; default: all faults"),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="each fault for a few seconds only")] = False,
    out: Annotated[Path, typer.Option(metavar="FILE", help="where the results go")] = Path("build/bench/chaos.json"),
) -> None:
    """Break one thing after the other under 10 calls a second, and count what became of the calls.

    It brings up a lab of its own, and stops everything at the end. A call is lost if it reached neither a queue nor
    what the policy promises this caller in its place.

    First it looks at calls while nothing is broken. If some of those are lost or late, it says so and stops.

    In the end each decision of the service that Asterisk applied must be in the database. Calls that
    came while Asterisk was away count apart, and are late by its first SIP answer.

    Exit code 0 only if no call was late, lost, wrongly premium or not recorded; 2 when it could not
    be measured.

    Example:  ivr chaos --only frozen --only refused --quick
    """
    try:
        faults = chaos_module.chosen(only or [])
    except KeyError as error:
        raise typer.BadParameter(f"{error} is no fault (there are: {', '.join(f.name for f in FAULTS)})") from None
    out.parent.mkdir(parents=True, exist_ok=True)
    so_far: list[Result] = []

    def keep(result: Result) -> None:
        so_far.append(result)
        private_files.write(out, json.dumps([chaos_module.as_json(each) for each in so_far], indent=1) + "\n")

    try:
        results = chaos_module.run(
            fetched_asterisk(), faults, seed, lambda what: common.err.print(f"[dim]{what}[/]"), keep, quick=quick
        )
    except BaseException:
        show(so_far)  # interrupted: what is known is known
        raise
    show(results)
    common.out.print(
        f"\nseed {seed}, {RATE:g} calls/s, late: more than {LATE_SECONDS:g} s from INVITE to the queue "
        f"or what the policy promises in its place. In {out}\n"
        "* while Asterisk was away (late: by its first SIP answer), and when it was told to end"
    )
    raise typer.Exit(0 if all(result.well or result.skipped for result in results) else 1)


def show(results: list[Result]) -> None:
    """One row for each fault, and a sentence for each call that did not fare well."""
    lines = [_HEADINGS, *(_figures(result) for result in results)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        name, *numbers, met, rungs = (text.rjust(width) for text, width in zip(line, widths, strict=True))
        row = f"{name.strip().ljust(widths[0])}  {'  '.join(numbers)}  {met.strip().ljust(widths[-2])}  {rungs.strip()}"
        common.out.print(row.rstrip(), markup=False)
    for result in results:
        for wrong in result.wrong[:10]:
            common.out.print(f"{result.fault}: {wrong}", markup=False)


_HEADINGS = ("fault", "seconds", "offered", "served", "late", "lost", "away*", "dropped*",
             "false premium", "not recorded", "not applied", "median s", "slowest s", "met",
             "rungs")  # fmt: skip


def _figures(result: Result) -> tuple[str, ...]:
    if result.skipped:
        return (result.fault, *["-"] * (len(_HEADINGS) - 3), "", f"skipped: {result.skipped}")
    figures = (result.offered, result.served, result.late, result.lost,
               result.while_asterisk_away, result.dropped_by_asterisk, result.false_premium,
               result.not_recorded, result.not_applied, result.median_seconds,
               result.slowest_seconds)  # fmt: skip
    met, rungs = (
        ", ".join(f"{word} {count}" for word, count in counts.items()) for counts in (result.met, result.rungs)
    )
    return (result.fault, f"{result.seconds:g}", *map(str, figures), met, rungs)
