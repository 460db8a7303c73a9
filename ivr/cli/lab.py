"""`ivr lab`: a real Asterisk, carrier, phones and service on this machine, left running for tests."""

import dataclasses
import json
import shlex
import subprocess
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn

from ivr.cli import common
from ivr.cli.table import show
from ivr.lab import lab as lab_module
from ivr.lab import ready
from ivr.lab import state as lab_state
from ivr.lab.asterisk_install import AsteriskInstall, ensure_asterisk
from ivr.lab.lab import Lab
from ivr.qa import demo as demo_module
from ivr.service.installation import LAB_SETTINGS

_LOGS = {"service": "log/service.log", "asterisk": "pbx/log/messages", "carrier": "carrier/log/messages",
         "queue_log": "pbx/log/queue_log"}  # fmt: skip


def up(
    sample: Annotated[bool, typer.Option(help="import the sample customers into a new database")] = True,
) -> None:
    """Start the lab and leave it running: Asterisk, a carrier, phones for the agents, and the service.

    The first time it fetches Asterisk (90 MB). What runs already is left alone; what is missing is started.

    Example:  ivr lab up
    """
    install = fetched_asterisk()
    lab = Lab(common.lab_home(), install, stay=True)
    new = not (lab.home / "ivr.db").exists()
    if new and sample:
        demo_module.import_sample(lab)
    lab.up(common.err.print)
    ready.wait(lab.state)
    common.out.print(
        f"up: Asterisk {install.version.partition('+')[0]} on {lab.state.pbx}, the carrier on {lab.state.carrier}"
    )
    common.out.print("place a call:  ivr call --from +442079460001 --to 1000")


def down() -> None:
    """End every process of the lab. Its database and logs stay.

    Example:  ivr lab down
    """
    state = lab_state.load(common.lab_home())
    if state is None:
        common.out.print("no lab is running here")
        return
    lab_module.end(state)
    common.out.print(f"down; database and logs are in {state.home}", markup=False)
    common.out.print(f"read its calls:  IVR_SETTINGS={shlex.quote(str(state.settings_file))} ivr calls", markup=False)


def status(as_json: Annotated[bool, typer.Option("--json", help="print JSON, for programs")] = False) -> None:
    """Show the lab's processes, and where its logs and state are. Exit code 0 when all run, 1 when not.

    Example:  ivr lab status --json
    """
    state = lab_state.load(common.lab_home())
    running = bool(state and state.running())
    processes: list[dict[str, Any]] = [
        {**dataclasses.asdict(p), "running": p.alive()} for p in (state.processes if state else [])
    ]
    for process in processes:
        del process["started"]
    home = Path(state.home) if state else common.lab_home().resolve()
    if as_json:
        logs_of = {name: str(home / path) for name, path in _LOGS.items()}
        told = {"running": running, "processes": processes, "state": str(home), "logs": str(home / "log"),
                "log_files": logs_of, "settings": str(home / LAB_SETTINGS)}  # fmt: skip
        common.out.print_json(json.dumps(told))
    else:
        for process in processes:
            ports = ", ".join(f"{name} {port}" for name, port in process["ports"].items())
            alive = f"pid {process['pid']}" if process["running"] else "[red]not running[/]"
            common.out.print(f"{process['name']:<10} {alive:<14} {process['address']}  {ports}")
        common.out.print(f"logs  {home / 'log'}\nstate {home}" if state else "no lab is running here: `ivr lab up`")
    raise typer.Exit(0 if running else 1)


def logs(
    which: Annotated[str, typer.Argument(metavar="LOG", help="service, asterisk, carrier or queue_log")] = "service",
    follow: Annotated[bool, typer.Option("--follow", "-f", help="go on until Ctrl-C")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=1, metavar="COUNT", help="how many lines")] = 40,
) -> None:
    """Show the end of one of the lab's logs.

    Example:  ivr lab logs queue_log -f
    """
    if which not in _LOGS:
        raise typer.BadParameter(f"{which!r} has no log (there are: {', '.join(_LOGS)})")
    state = lab_state.load(common.lab_home())
    path = Path(state.home if state else common.lab_home()) / _LOGS[which]
    if not path.exists():
        raise typer.BadParameter(f"{path} does not exist: `ivr lab up` first")
    subprocess.run(["tail", "-n", str(lines), *(["-F"] if follow else []), str(path)], check=False)  # noqa: S603, S607


def asterisk(
    command: Annotated[list[str], typer.Argument(metavar="COMMAND", help="a command of Asterisk's own command line")],
    carrier: Annotated[bool, typer.Option("--carrier", help="ask the carrier's Asterisk instead")] = False,
) -> None:
    """Run a command of Asterisk's own command line in the lab.

    Example:  ivr lab asterisk "queue show"
    """
    state = lab_state.running(common.lab_home())
    told = lab_module.cli(state, " ".join(command), "carrier" if carrier else "asterisk")
    common.out.print(told, markup=False, end="")
    raise typer.Exit(1 if told.startswith("No such command") else 0)


def demo() -> None:
    """Run a short demonstration: a lab of its own, real calls by all sorts of callers, and one table.

    Everything is stopped again at the end.

    Exit code 0 only if every call went where the policy says.

    Example:  ivr demo
    """
    outcome = demo_module.run(fetched_asterisk(), lambda what: common.err.print(f"[dim]{what}[/]"))
    show(common.out, outcome.rows)
    for wrong in outcome.wrong:
        common.err.print(f"[red]wrong:[/] {wrong}")
    if not outcome.wrong:
        common.out.print(f"\nAll {len(outcome.rows)} calls went where the policy says.")
    raise typer.Exit(1 if outcome.wrong else 0)


def fetched_asterisk() -> AsteriskInstall:
    """Asterisk, with a progress bar while it is fetched."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, console=common.err, transient=True) as progress:
        task = progress.add_task("", total=1.0, visible=False)
        said = [""]

        def tell(what: str, done: float) -> None:
            progress.update(task, description=what, completed=done, visible=True)
            if not common.err.is_terminal and what != said[0]:
                common.err.print(what)
            said[0] = what

        return ensure_asterisk(tell)
