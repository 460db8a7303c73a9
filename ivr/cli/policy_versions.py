"""`ivr policy publish`, `log`, `show`, `rollback` and `withdraw`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from ivr.cli import common, publications
from ivr.cli.asterisk_files import asterisk_files
from ivr.domain.agent_interfaces import Interfaces
from ivr.domain.showable import one_line
from ivr.errors import FileError
from ivr.policy import loader, texts
from ivr.policy.lint import check as checks
from ivr.policy.texts import Texts
from ivr.service import scoring_versions
from ivr.store import versions


def publish(
    message: publications.Message,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="has policy.yaml and agents.yaml; default: IVR_POLICY_DIR"),
    ] = None,
    author: publications.Author = "",
    as_json: publications.AsJson = False,
) -> None:
    """Put the policy of a folder in force: for every service on this database, within two seconds.

    From then on the service ignores the files until you run `ivr policy withdraw`. Calls under way keep the policy that
    they began with.

    A policy with a mistake, or that asks for scores that nothing makes by the published scoring, is
    refused, and nothing changes; warnings of `ivr policy check` are shown, and refuse
    nothing. What is in force already is not published again. Exit code 2 when it was refused.

    Example:  ivr policy publish -m "night service for gold contracts"
    """
    settings = common.settings()
    database = common.database(settings)
    folder = folder or settings.policy_dir
    new = texts.read(folder)
    interfaces = Interfaces(settings.agent_interfaces)
    parsed = _refuse_mistakes(loader.checked(new, folder, interfaces)).bundle()
    for warning in checks.check(new, folder, asterisk_files(folder, settings), interfaces=interfaces):
        common.err.print(one_line(str(warning)), markup=False)
    with publications.writing(create=True) as engine:
        publications.refuse(scoring_versions.published_misfits(engine, parsed.policy), "policy")
        current = versions.current(engine)
        if current and current[0].version == new.version:
            publications.told(current[0], database, as_json=as_json, changed=False)
            return
        old = Texts(current[1].policy, current[1].agents) if current else _files(settings.policy_dir)
        published = versions.publish(
            engine,
            new.policy,
            new.agents,
            publications.in_a_line(author) or publications.login(),
            publications.why(message),
            time.time(),
        )
    publications.told(
        published, database, as_json=as_json, changed=True, change=_change(old, new), first=current is None
    )


def rollback(
    message: publications.Message,
    version: Annotated[
        str | None,
        typer.Argument(metavar="VERSION", help="the version, or its first 6 characters; default: the one before"),
    ] = None,
    author: publications.Author = "",
    as_json: publications.AsJson = False,
) -> None:
    """Put an earlier version in force again.

    `ivr policy log` lists the published ones. A version that only the files had can be used, too: `ivr explain` names
    the version that decided a call.

    Example:  ivr policy rollback -m "premium callers waited longer"
    """
    with publications.writing() as engine:
        current = versions.current(engine)
        found = versions.texts_of(engine, version) if version else versions.before(engine)
        new = Texts(found.policy, found.agents)
        _refuse_mistakes(
            loader.checked(new, Path(f"version {found.version}"), Interfaces(common.settings().agent_interfaces))
        )
        by = publications.in_a_line(author) or publications.login()
        published = versions.rollback(engine, by, publications.why(message), time.time(), found.version)
    settings = common.settings()
    old = Texts(current[1].policy, current[1].agents) if current else _files(settings.policy_dir)
    change, database = _change(old, new), common.database(settings)
    publications.told(published, database, as_json=as_json, changed=True, change=change, first=current is None)


def withdraw(
    message: publications.Message, author: publications.Author = "", as_json: publications.AsJson = False
) -> None:
    """Stop using published versions and return to the files.

    Example:  ivr policy withdraw -m "back to the files"
    """
    settings = common.settings()
    read = texts.read(settings.policy_dir)
    _refuse_mistakes(loader.checked(read, settings.policy_dir, Interfaces(settings.agent_interfaces)))
    with publications.writing() as engine:
        withdrawn = versions.withdraw(
            engine, publications.in_a_line(author) or publications.login(), publications.why(message), time.time()
        )
    publications.told(withdrawn, common.database(settings), as_json=as_json, changed=True)


def log(
    count: Annotated[int, typer.Option("-n", min=1, max=10_000, metavar="COUNT", help="how many versions")] = 20,
    as_json: publications.AsJson = False,
) -> None:
    """List what was published, the newest first: what is in force now has a star.

    Example:  ivr policy log -n 5
    """
    with publications.reading() as engine:
        found = versions.log(engine, count)
    publications.print_log(found, as_json=as_json)
    if not found and not as_json:
        common.err.print("nothing was ever published: the files are the policy")


def show(
    version: Annotated[
        str | None,
        typer.Argument(metavar="VERSION", help="the version, or its first 6 characters; default: the one in force"),
    ] = None,
    agents: Annotated[bool, typer.Option("--agents", help="agents.yaml, not policy.yaml")] = False,
) -> None:
    """Print a version's policy.yaml or agents.yaml, exactly as it was.

    Example:  ivr policy show 3f2a91 >policy.yaml
    """
    with publications.reading() as engine:
        if version:
            found = versions.texts_of(engine, version)
            texts_found = Texts(found.policy, found.agents)
        elif current := versions.current(engine):
            texts_found = Texts(current[1].policy, current[1].agents)
        else:
            texts_found = texts.read(common.settings().policy_dir)
    typer.echo((texts_found.agents if agents else texts_found.policy).encode(), nl=False)


def _refuse_mistakes(found: loader.Parsed | list[FileError]) -> loader.Parsed:
    if isinstance(found, list):
        for mistake in found:
            common.err.print(one_line(str(mistake)), markup=False)
        count = f"{len(found)} mistakes" if len(found) > 1 else "a mistake"
        common.err.print(f"ivr: {count} in the policy: what is in force stays", markup=False)
        raise typer.Exit(2)
    return found


def _files(folder: Path) -> Texts:
    """What the files say, to compare with; nothing when they cannot be read."""
    try:
        return texts.read(folder)
    except FileError:
        return Texts("", "")


def _change(old: Texts, new: Texts) -> list[str]:
    names = texts.POLICY, texts.AGENTS
    return publications.change(names, (old.policy, old.agents), (new.policy, new.agents))
