"""The arguments and options of `ivr import customers`."""

from pathlib import Path
from typing import Annotated

import typer

from ivr.delimited import encodings
from ivr.store.customer_layout import MAP_NAME


def _encoding(value: str) -> str:
    known = encodings.named(value) if value else ""
    if known is None:
        raise typer.BadParameter(encodings.unknown(value))
    return known


File = Annotated[
    Path | None,
    typer.Argument(metavar="FILE", help="a file of customers whose columns are named in a line"),
]
Map = Annotated[
    Path | None,
    typer.Option(
        "--map",
        metavar="MAP",
        help=f"which column is which; default: {MAP_NAME} beside FILE",
    ),
]
NoMap = Annotated[
    bool,
    typer.Option("--no-map", help=f"FILE has our columns, whatever {MAP_NAME} says"),
]
Letters = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="NAME",
        callback=_encoding,
        help="of the letters, like windows-1252; default: as FILE begins, or UTF-8",
    ),
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="show how FILE is read, and what would change; write nothing"),
]
Remove = Annotated[
    Path | None,
    typer.Option(
        "--remove",
        metavar="LIST",
        help="a file with the customer_id of all who have left",
    ),
]
Replace = Annotated[
    bool,
    typer.Option("--replace", help="remove all customers who are not in FILE"),
]
RemoveUpTo = Annotated[
    int | None,
    typer.Option(
        "--remove-up-to",
        metavar="N",
        min=0,
        help="how many customers may be removed; default: a tenth of all",
    ),
]
