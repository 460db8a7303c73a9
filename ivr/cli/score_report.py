"""`ivr score report`: the scores as a manager wants to see them."""

import os
from io import BytesIO
from pathlib import Path
from typing import Annotated

import typer

from ivr import private_files
from ivr.cli import common
from ivr.cli.score_progress import progress
from ivr.errors import FileError
from ivr.presentation import pictures
from ivr.presentation.score_report import ReportFigures, page
from ivr.presentation.score_report import pictures as drawn
from ivr.service import score_changes
from ivr.service.score_changes import Survey

_NICE = 19  # calls come first


def report(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.html", help="where the page is written"),
    ] = Path("scores.html"),
    png: Annotated[
        Path | None,
        typer.Option("--png", metavar="FOLDER", help="where its pictures are written, too"),
    ] = None,
) -> None:
    """Write a page for a manager: how scores are spread, how large segments are, who moved.

    For each segment it has the share of customers, of revenue, of cost to serve and of agents'
    minutes: `report:` in scoring.yaml says which metrics these are. The page is one file, and names
    no customer. It needs no network, and can be printed.

    Example:  ivr score report scores.html --png pictures
    """
    os.nice(_NICE)
    settings = common.settings()
    with progress() as told:
        found = score_changes.survey(settings, 0, told)
    figures = _figures(found)
    _write(file, page(figures).encode())
    common.out.print(f"{file}: run {found.run.run}", markup=False)
    if png is not None:
        for each in drawn(figures):
            made = BytesIO()
            pictures.png(each).save(made, "PNG", optimize=True)
            _write(png / f"{each.name}.png", made.getvalue())
            common.out.print(str(png / f"{each.name}.png"), markup=False)


def _figures(found: Survey) -> ReportFigures:
    made = found.made
    missing = list(found.missing)
    about = {}
    if made is not None:
        about = {part: made.metrics[name].about for part, name in made.report.items()}
        if not about:
            missing.append("sums of segments: scoring.yaml names no metrics under `report`")
    currency = made.currency if made else ""
    compared = (found.run, found.older, found.moves)
    return ReportFigures(*compared, found.portrait, currency, about, missing)


def _write(path: Path, content: bytes) -> None:
    """Write it whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        private_files.write(path, content)
    except OSError as error:
        problem = f"cannot be written ({(error.strerror or str(error)).lower()})"
        raise FileError(path, None, f"{problem}: may this user write there?") from None
