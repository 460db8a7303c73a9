"""`ivr policy publish`, `log`, `show`, `rollback` and `withdraw`."""

import datetime as dt
import difflib
import getpass
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy import Engine

from ivr.cli import common
from ivr.cli.asterisk_files import asterisk_files
from ivr.domain.agent_interfaces import Interfaces
from ivr.domain.policy_version import Publication
from ivr.domain.showable import one_line
from ivr.errors import FileError
from ivr.policy import loader, texts
from ivr.policy.lint import check as checks
from ivr.policy.texts import Texts
from ivr.store import migrate, versions
from ivr.store.engine import reader, writer

_SHOWN = 200  # lines of a change

Message = Annotated[str, typer.Option("-m", "--message", metavar="TEXT", help="why: one line for the log")]
Author = Annotated[
    str, typer.Option("--author", metavar="NAME", help="who does this; default: the login name and this machine")
]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON, for programs")]


def publish(
    message: Message,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="has policy.yaml and agents.yaml; default: IVR_POLICY_DIR"),
    ] = None,
    author: Author = "",
    as_json: AsJson = False,
) -> None:
    """Put the policy of a folder in force: for every service on this database, within two seconds.

    From then on the service ignores the files until you run `ivr policy withdraw`. Calls under way keep the policy that
    they began with.

    A policy with a mistake is refused, and nothing changes; warnings of `ivr policy check` are shown, and refuse
    nothing. What is in force already is not published again. Exit code 2 when it was refused.

    Example:  ivr policy publish -m "night service for gold contracts"
    """
    settings = common.settings()
    database = common.database(settings)
    folder = folder or settings.policy_dir
    new = texts.read(folder)
    interfaces = Interfaces(settings.agent_interfaces)
    _refuse_mistakes(loader.checked(new, folder, interfaces))
    for warning in checks.check(new, folder, asterisk_files(folder, settings), interfaces=interfaces):
        common.err.print(one_line(str(warning)), markup=False)
    with _writing(create=True) as engine:
        current = versions.current(engine)
        if current and current[0].version == new.version:
            _told(current[0], database, as_json=as_json, changed=False)
            return
        old = Texts(current[1].policy, current[1].agents) if current else _files(settings.policy_dir)
        published = versions.publish(
            engine, new.policy, new.agents, _one_line(author) or _author(), _why(message), time.time()
        )
    _told(published, database, as_json=as_json, changed=True, change=_change(old, new), first=current is None)


def rollback(
    message: Message,
    version: Annotated[
        str | None,
        typer.Argument(metavar="VERSION", help="the version, or its first 6 characters; default: the one before"),
    ] = None,
    author: Author = "",
    as_json: AsJson = False,
) -> None:
    """Put an earlier version in force again.

    `ivr policy log` lists the published ones. A version that only the files had can be used, too: `ivr explain` names
    the version that decided a call.

    Example:  ivr policy rollback -m "premium callers waited longer"
    """
    with _writing() as engine:
        current = versions.current(engine)
        found = versions.texts_of(engine, version) if version else versions.before(engine)
        new = Texts(found.policy, found.agents)
        _refuse_mistakes(
            loader.checked(new, Path(f"version {found.version}"), Interfaces(common.settings().agent_interfaces))
        )
        published = versions.rollback(
            engine, _one_line(author) or _author(), _why(message), time.time(), found.version
        )  # fmt: skip
    settings = common.settings()
    old = Texts(current[1].policy, current[1].agents) if current else _files(settings.policy_dir)
    change, database = _change(old, new), common.database(settings)
    _told(published, database, as_json=as_json, changed=True, change=change, first=current is None)


def withdraw(message: Message, author: Author = "", as_json: AsJson = False) -> None:
    """Stop using published versions and return to the files.

    Example:  ivr policy withdraw -m "back to the files"
    """
    settings = common.settings()
    read = texts.read(settings.policy_dir)
    _refuse_mistakes(loader.checked(read, settings.policy_dir, Interfaces(settings.agent_interfaces)))
    with _writing() as engine:
        withdrawn = versions.withdraw(engine, _one_line(author) or _author(), _why(message), time.time())
    _told(withdrawn, common.database(settings), as_json=as_json, changed=True)


def log(
    count: Annotated[int, typer.Option("-n", min=1, max=10_000, metavar="COUNT", help="how many versions")] = 20,
    as_json: AsJson = False,
) -> None:
    """List what was published, the newest first: what is in force now has a star.

    Example:  ivr policy log -n 5
    """
    with _reading() as engine:
        found = versions.log(engine, count)
    for n, each in enumerate(found):
        if as_json:
            common.out.print(json.dumps(asdict(each) | {"in_force": _in_force(each, n)}), markup=False, emoji=False)
            continue
        star = "*" if _in_force(each, n) else " "
        author, message = one_line(each.author), one_line(each.message)
        common.out.print(Text(f"{star} {each.version}  {clock(each.at)}  {each.kind:<8}  {author}\n    {message}"))
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
    with _reading() as engine:
        if version:
            found = versions.texts_of(engine, version)
            texts_found = Texts(found.policy, found.agents)
        elif current := versions.current(engine):
            texts_found = Texts(current[1].policy, current[1].agents)
        else:
            texts_found = texts.read(common.settings().policy_dir)
    typer.echo((texts_found.agents if agents else texts_found.policy).encode(), nl=False)


def clock(at: float) -> str:
    """A time as people here read it."""
    return dt.datetime.fromtimestamp(at, dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _in_force(publication: Publication, n: int) -> bool:
    return n == 0 and publication.kind != "withdraw"


@contextmanager
def _reading() -> Iterator[Engine]:
    engine = reader(common.settings().database_url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _writing(*, create: bool = False) -> Iterator[Engine]:
    engine = writer(common.settings().database_url, create=create)
    try:
        migrate.upgrade(engine)
        yield engine
    finally:
        engine.dispose()


def _refuse_mistakes(found: loader.Parsed | list[FileError]) -> None:
    if isinstance(found, list):
        for mistake in found:
            common.err.print(one_line(str(mistake)), markup=False)
        count = f"{len(found)} mistakes" if len(found) > 1 else "a mistake"
        common.err.print(f"ivr: {count} in the policy: what is in force stays", markup=False)
        raise typer.Exit(2)


def _author() -> str:
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in some containers
        name = str(os.getuid())
    return f"{name}@{socket.gethostname()}"


def _one_line(text: str) -> str:
    """For a log that people read in a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _why(message: str) -> str:
    line = _one_line(message)
    if not line:
        raise typer.BadParameter("say why, in a line", param_hint="-m")
    return line


def _files(folder: Path) -> Texts:
    """What the files say, to compare with; nothing when they cannot be read."""
    try:
        return texts.read(folder)
    except FileError:
        return Texts("", "")


def _change(old: Texts, new: Texts) -> list[str]:
    """What changed, as a unified diff."""
    lines: list[str] = []
    for name, before, after in ((texts.POLICY, old.policy, new.policy), (texts.AGENTS, old.agents, new.agents)):
        lines += difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, n=1, lineterm="")
    return lines


def _told(
    published: Publication, database: str, *, as_json: bool, changed: bool, change: list[str] | None = None,
    first: bool = False,
) -> None:  # fmt: skip
    """`first`: nothing was in force before, so the files were the policy."""
    if as_json:
        common.out.print(json.dumps(asdict(published) | {"changed": changed}), markup=False, emoji=False)
        return
    styles = {"+": "green", "-": "red", "@": "cyan"}
    for line in (change or [])[:_SHOWN]:
        common.out.print(Text(one_line(line), style=styles.get(line[:1], "")))
    if change and len(change) > _SHOWN:
        common.out.print(f"… and {len(change) - _SHOWN} more lines of changes: ivr policy show {published.version}")
    if changed and change == []:
        common.out.print("no change to what counted before")
    by = one_line(f"by {published.author}, {clock(published.at)}: {published.message}")
    words = {"publish": "is published", "rollback": "is in force again", "withdraw": "is withdrawn: the files count"}
    already = "" if changed else "nothing to do: "
    common.out.print(f"{already}version {published.version} {words[published.kind]} ({by})", markup=False)
    if first:
        common.out.print("from now on the service ignores the files, until `ivr policy withdraw`", markup=False)
    common.out.print(database, markup=False)
