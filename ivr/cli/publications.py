"""What `ivr policy` and `ivr score` have in common where versions are published.

That is who did it and why, what changed, and the log.
"""

import datetime as dt
import difflib
import getpass
import json
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy import Engine

from ivr.cli import common
from ivr.domain.policy_version import Publication
from ivr.domain.showable import one_line
from ivr.store import migrate
from ivr.store.engine import reader, writer

SHOWN = 200  # lines of a change

Message = Annotated[
    str,
    typer.Option("-m", "--message", metavar="TEXT", help="why: one line for the log"),
]
Author = Annotated[
    str,
    typer.Option(
        "--author",
        metavar="NAME",
        help="who does this; default: the login name and this machine",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON, for programs")]


def clock(at: float) -> str:
    """Write a time as people here read it."""
    return dt.datetime.fromtimestamp(at, dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def in_force(publication: Publication, n: int) -> bool:
    """Whether the `n`th of the newest publications counts."""
    return n == 0 and publication.kind != "withdraw"


@contextmanager
def reading() -> Iterator[Engine]:
    """Within it, the database can be read."""
    engine = reader(common.settings().database_url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def writing(*, create: bool = False) -> Iterator[Engine]:
    """Within it, the database can be written; `create` makes one that is not there."""
    engine = writer(common.settings().database_url, create=create)
    try:
        migrate.upgrade(engine)
        yield engine
    finally:
        engine.dispose()


def login() -> str:
    """Who does this: the login name and this machine."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in some containers
        name = str(os.getuid())
    return f"{name}@{socket.gethostname()}"


def in_a_line(text: str) -> str:
    """For a log that people read in a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def why(message: str) -> str:
    """Put the reason in a line; it must not be empty."""
    line = in_a_line(message)
    if not line:
        raise typer.BadParameter("say why, in a line", param_hint="-m")
    return line


def refuse(misfits: Sequence[str], what: str) -> None:
    """Say why this policy or scoring cannot be put in force, where there is a reason."""
    for line in misfits:
        common.err.print(one_line(line), markup=False)
    if misfits:
        common.err.print(f"ivr: the {what} is refused: what is in force stays", markup=False)
        raise typer.Exit(2)


def print_log(found: Sequence[Publication], *, as_json: bool) -> None:
    """Print publications, the newest first: what is in force has a star."""
    for n, each in enumerate(found):
        if as_json:
            line = json.dumps(asdict(each) | {"in_force": in_force(each, n)})
            common.out.print(line, markup=False, emoji=False)
            continue
        star = "*" if in_force(each, n) else " "
        author, message = one_line(each.author), one_line(each.message)
        line = f"{star} {each.version}  {clock(each.at)}  {each.kind:<8}  {author}"
        common.out.print(Text(f"{line}\n    {message}"))


def change(names: tuple[str, str], old: tuple[str, str], new: tuple[str, str]) -> list[str]:
    """Compare the two texts of these names: what changed, as a unified diff."""
    lines: list[str] = []
    for name, before, after in zip(names, old, new, strict=True):
        parts = before.splitlines(), after.splitlines()
        lines += difflib.unified_diff(*parts, name, name, n=1, lineterm="")
    return lines


@dataclass(frozen=True, slots=True)
class Words:
    """Names of the commands that show a version and return to the files, and who reads these."""

    show: str
    withdraw: str
    reader: str


POLICY = Words("ivr policy show", "ivr policy withdraw", "the service")


def told(
    published: Publication,
    database: str,
    *,
    as_json: bool,
    changed: bool,
    change: list[str] | None = None,
    first: bool = False,
    words: Words = POLICY,
) -> None:
    """Say what came of it. `first`: nothing was in force before, so the files counted."""
    if as_json:
        line = json.dumps(asdict(published) | {"changed": changed})
        common.out.print(line, markup=False, emoji=False)
        return
    styles = {"+": "green", "-": "red", "@": "cyan"}
    for line in (change or [])[:SHOWN]:
        common.out.print(Text(one_line(line), style=styles.get(line[:1], "")))
    if change and len(change) > SHOWN:
        more = len(change) - SHOWN
        common.out.print(f"… and {more} more lines of changes: {words.show} {published.version}")
    if changed and change == []:
        common.out.print("no change to what counted before")
    by = one_line(f"by {published.author}, {clock(published.at)}: {published.message}")
    came = {
        "publish": "is published",
        "rollback": "is in force again",
        "withdraw": "is withdrawn: the files count",
    }[published.kind]
    already = "" if changed else "nothing to do: "
    common.out.print(f"{already}version {published.version} {came} ({by})", markup=False)
    if first:
        ignored = f"from now on {words.reader} ignores the files, until `{words.withdraw}`"
        common.out.print(ignored, markup=False)
    common.out.print(database, markup=False)
