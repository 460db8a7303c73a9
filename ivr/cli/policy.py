"""`ivr policy check`, `schema` and `facts`; the other commands of the group are beside it."""

import asyncio
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ivr.ami import inventory
from ivr.cli import common
from ivr.cli.asterisk_files import asterisk_files
from ivr.domain.agent_interfaces import Interfaces
from ivr.domain.routing.facts import FACTS
from ivr.domain.showable import one_line
from ivr.errors import FileError
from ivr.policy import json_schemas, texts
from ivr.policy.lint import check as checks
from ivr.policy.lint.asterisk_inventory import AsteriskConfig
from ivr.service import manager_login
from ivr.settings import Settings


def check(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE|FOLDER", help="policy.yaml, or its folder; default: IVR_POLICY_DIR")
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="ask the running Asterisk what it has, over AMI")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON, for programs")] = False,
) -> None:
    """Say everything that is wrong with the policy, each in one line: where, what, and how to fix it.

    Lines with `warning:` are accepted, but are probably not what you intended: a rule that is never reached, a queue
    that Asterisk does not have. agents.yaml and queues.conf are read from the folder of policy.yaml.

    Exit code 0 when there is nothing to say, 1 when there is something, 2 when a file cannot be read.

    Example:  ivr policy check dialplans/policy.yaml
    """
    settings = common.settings()
    folder, name = _place(file or settings.policy_dir)
    try:
        read = texts.read_file(folder / name)
    except FileError as error:
        common.err.print(one_line(f"ivr: {error}"), markup=False)
        raise typer.Exit(2) from None
    asterisk = asterisk_files(folder, settings)
    if live:
        asterisk = _live(asterisk, settings)
    from ivr.policy.scoring import attributes  # noqa: PLC0415 - SQL's parser takes a while

    interfaces = Interfaces(settings.agent_interfaces)
    found = checks.check(read, folder, asterisk, name, interfaces, attributes.declared(folder))
    if as_json:
        told = {"findings": [asdict(each) for each in found], "not_checked": asterisk.not_known}
        common.out.print(json.dumps(told, indent=2), markup=False)
    else:
        for each in found:
            common.out.print(one_line(str(each)), markup=False)
        for why in asterisk.not_known:
            common.err.print(one_line(f"not checked: {why}"), markup=False)
        if not found:
            common.err.print(f"nothing wrong with {folder / name}, version {read.version}", markup=False)
    raise typer.Exit(1 if found else 0)


def _place(file: Path) -> tuple[Path, str]:
    """The folder and the name of the policy that is meant."""
    if file.is_dir() or file.name == texts.AGENTS:
        return file if file.is_dir() else file.parent, texts.POLICY
    return file.parent, file.name


def _live(known: AsteriskConfig, settings: Settings) -> AsteriskConfig:
    """With what the running Asterisk tells our user, which is not allowed to ask for all of it."""
    client = manager_login.client(settings, events="off")

    async def ask() -> inventory.Offers:
        async with client.session():
            return await inventory.ask(client)

    offered = asyncio.run(ask())
    where = f"Asterisk at {settings.ami_host}"
    why = f"{where}: music classes and sounds, for which AMI has no action that user {settings.ami_user} may use"
    return replace(
        known,
        queues=offered.queues,
        queues_from=where,
        self_services=offered.self_services,
        not_known=(*(each for each in known.not_known if not each.startswith("queues:")), f"{why}: files were checked"),
    )


def schema(
    agents: Annotated[bool, typer.Option("--agents", help="the schema of agents.yaml instead")] = False,
) -> None:
    """Print the JSON Schema of policy.yaml, for editors that check while you write.

    Example:  ivr policy schema > policy.schema.json
    """
    common.out.print(json_schemas.schema(agents=agents), markup=False, emoji=False)


def parts(
    agents: Annotated[bool, typer.Option("--agents", help="the parts of agents.yaml instead")] = False,
) -> None:
    """List the parts of policy.yaml: what each may say, what that means, and what may be written there.

    Example:  ivr policy parts
    """
    for name, (meaning, lines) in json_schemas.parts(agents=agents).items():
        common.out.print(f"[bold]{escape(name)}[/]: {escape(meaning)}")
        width = max(len(each.name) for each in lines)
        for each in lines:
            default = f" [dim]({escape(each.default)})[/]" if each.default else ""
            values = f"[dim]{escape(each.values)}[/]"
            common.out.print(
                f"  [cyan]{each.name:<{width}}[/]  {escape(each.meaning)}{default}\n  {'':<{width}}  {values}"
            )
        common.out.print()


def facts(as_json: Annotated[bool, typer.Option("--json", help="print JSON, for programs")] = False) -> None:
    """List the facts that conditions may ask about, with type, meaning and an example of each.

    Example:  ivr policy facts
    """
    if as_json:
        told = [asdict(fact) | {"default": fact.default} for fact in FACTS]
        common.out.print(json.dumps(told, indent=2), markup=False)
        return
    widths = [max(len(getattr(fact, name)) for fact in FACTS) for name in ("name", "type", "meaning")]
    for fact in FACTS:
        cells = [cell.ljust(width) for cell, width in zip((fact.name, fact.type, fact.meaning), widths, strict=True)]
        common.out.print(f"[bold]{cells[0]}[/]  [dim]{cells[1]}[/]  {escape(cells[2])}  {escape(fact.example)}")
