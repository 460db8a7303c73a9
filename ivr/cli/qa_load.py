"""`ivr qa load`: many real calls of a mix of callers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.live import Live
from rich.table import Table

from ivr.cli import common
from ivr.cli.lab import fetched_asterisk
from ivr.errors import LabError
from ivr.lab import state as lab_state
from ivr.policy import loader
from ivr.qa import load_mix, load_report, load_run
from ivr.qa.load_crowd import Status
from ivr.shipped_files import share

LINE_SECONDS = 5.0  # between two lines of progress where there is no terminal


class LoadTarget(StrEnum):
    """Where the calls go."""

    OWN = "own"
    RUNNING = "running"


def _seconds(text: str) -> str:
    try:
        load_mix.seconds(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    return text


def load(
    rate: Annotated[float, typer.Option(min=0.1, max=200, metavar="RATE", help="calls per second")] = 20.0,
    length: Annotated[
        str, typer.Option("--for", metavar="TIME", callback=_seconds, help="how long: 90s, 10m, 1h")
    ] = "1m",
    mix: Annotated[
        str,
        typer.Option(
            metavar="NAME=WEIGHT,…", help="who calls: segments of the policy, and general for callers without one"
        ),
    ] = "premium=20,general=80",
    agents: Annotated[
        str | None, typer.Option(metavar="QUEUE=COUNT,…", help="agents by queue; default: as many as it takes")
    ] = None,
    talk: Annotated[float, typer.Option(min=0.1, max=3600, metavar="SECONDS", help="how long each caller talks")] = 3.0,
    patience: Annotated[
        float,
        typer.Option(min=3, max=3600, metavar="SECONDS", help="after how long a caller gives up, more or less by half"),
    ] = 20.0,
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="the same number gives the same callers")] = 1,
    target: Annotated[
        LoadTarget, typer.Option(metavar="own|running", help="a lab of its own, or the one that `ivr lab up` started")
    ] = LoadTarget.OWN,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", dir_okay=False, help="also write the result as a page")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", dir_okay=False, help="where the figures go")] = Path(
        "build/bench/load.json"
    ),
) -> None:
    """Place real calls with SIP and RTP, and count what became of each: did it get the queue that the policy says?

    Each call is looked for in the service's records by its SIP Call-ID.

    First it places one call of each kind. If one of them is not treated as the policy says, it stops: it would measure
    nothing.

    Ctrl-C ends the calling and still reports.

    Exit code 0 when nothing failed or was lost and every call got what the policy says, 1 when not, 2 when it could
    not be measured.

    Example:  ivr qa load --rate 20 --for 10m --mix premium=20,general=80
    """
    own = target is LoadTarget.OWN
    if agents is not None and not own:
        raise typer.BadParameter("the running lab has its own agents (agents.yaml): leave --agents out")
    state = None if own else lab_state.running(common.lab_home())
    bundle = loader.load(share("dialplans") if state is None else Path(state.policy_dir))
    try:
        planned = load_run.plan(
            bundle, rate=rate, seconds=load_mix.seconds(length), mix=load_mix.weights(mix), talk=talk,
            patience=patience, seed=seed, agents=agents, own=own,
        )  # fmt: skip
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    for path in (out, *([html] if html else [])):
        _writable(path)
    with _progress() as progress:
        if state is None:
            found = load_run.on_own_lab(fetched_asterisk(), planned, progress.say, progress.tell)
        else:
            found = load_run.run(state, planned, "the running lab", progress.say, progress.tell)
    out.write_text(json.dumps(found.as_json(), indent=1) + "\n", encoding="utf-8")
    if html:
        html.write_text(load_report.page(found), encoding="utf-8")
    for line in load_report.lines(found):
        common.out.print(line.rstrip(), markup=False)
    common.out.print()
    for trouble in found.trouble:
        common.out.print(trouble, markup=False)
    common.out.print(load_report.verdict(found), markup=False)
    common.err.print(f"figures are in {out}" + (f", the page is {html}" if html else ""), markup=False)
    raise typer.Exit(0 if found.well else 1)


def _writable(path: Path) -> None:
    """Find out before the calls, not after them."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise LabError(f"{path} cannot be written: {error.strerror}") from None


class _Progress:
    """Tells how far it is: in place on a terminal, else in a line every few seconds."""

    def __init__(self) -> None:
        self.live = Live(console=common.err, transient=True, refresh_per_second=4)
        self._told = -LINE_SECONDS

    def say(self, what: str) -> None:
        """What is being done now."""
        common.err.print(f"[dim]{what}[/]")

    def tell(self, status: Status) -> None:
        """How the calls are."""
        if common.err.is_terminal:
            self.live.update(_picture(status))
            self.live.start()
        elif status.elapsed - self._told >= LINE_SECONDS:
            self._told = status.elapsed
            common.err.print(_line(status), markup=False)


@contextmanager
def _progress() -> Iterator[_Progress]:
    progress = _Progress()
    try:
        yield progress
    finally:
        progress.live.stop()


def _waiting(status: Status) -> str:
    return ", ".join(f"{queue} {count}" for queue, count in status.waiting.items()) or "nobody"


def _line(status: Status) -> str:
    s = status
    waits = "".join(f"; {name} waits {p50:.1f}/{p95:.1f} s" for name, (p50, p95) in s.waits.items())
    counts = f"{s.offered:,} offered, {s.answered:,} answered, {s.abandoned:,} gave up, {s.failed:,} failed"
    return f"{s.elapsed:.0f} s: {counts}; waiting {_waiting(s)}{waits}"


def _picture(status: Status) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_row("elapsed", f"[bold]{status.elapsed:.0f} s[/]")
    counts = (status.offered, status.answered, status.abandoned, status.failed)
    for what, count in zip(("offered", "answered", "gave up", "failed"), counts, strict=True):
        grid.add_row(what, f"[bold]{count:,}[/]")
    grid.add_row("waiting now", _waiting(status))
    for name, (p50, p95) in status.waits.items():
        grid.add_row(f"wait now, {name}", f"p50 {p50:.1f} s, p95 {p95:.1f} s")
    return grid
