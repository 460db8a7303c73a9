"""Arguments and options that several commands have."""

import re
from typing import Annotated

import typer

from ivr.limits import MOST_DIGITS
from ivr.numbers.placeholders import says_withheld
from ivr.settings import ENGINES


def _number(value: str) -> str:
    if not re.fullmatch(rf"\+?[0-9]{{1,{MOST_DIGITS}}}", value):
        raise typer.BadParameter(f"{value!r} is no number: write digits, with a + in front if you like")
    return value


def _caller(value: str) -> str:
    if says_withheld(value):
        problem = f"{value!r} is a word for a withheld number: write the number, and --withhold"
        raise typer.BadParameter(problem)
    return _number(value)


def _engine(value: str | None) -> str | None:
    if value is not None and value not in ENGINES:
        known = f"{', '.join(ENGINES[:-1])} or {ENGINES[-1]}"
        raise typer.BadParameter(f"{value!r} is no engine: write {known}")
    return value


AsJson = Annotated[bool, typer.Option("--json", help="print JSON, for programs")]
Engine = Annotated[
    str | None,
    typer.Option(
        metavar="ENGINE",
        callback=_engine,
        help="what calculates: duckdb, postgresql or spark (as IVR_SCORE_ENGINE says)",
    ),
]
CallId = Annotated[str, typer.Argument(metavar="CALL_ID", help="as `ivr calls` shows it, or the SIP Call-ID")]
Caller = Annotated[str, typer.Option("--from", metavar="NUMBER", callback=_caller, help="the caller's number")]
Dialled = Annotated[str, typer.Option("--to", metavar="NUMBER", callback=_number, help="the number dialled")]
