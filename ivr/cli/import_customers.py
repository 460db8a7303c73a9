"""`ivr import customers`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ivr.cli import common
from ivr.domain.showable import one_line
from ivr.service import app as service
from ivr.store.customer_columns import listed


def customers(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV file, UTF-8, with a header line")],
) -> None:
    """Import customers and their scores: new ones are added, known ones (same customer_id) replaced.

    Columns: {required}.

    Optional columns: {optional}. Optional columns that the file lacks keep their values for existing customers.

    Each bad row is named with its line and reason; the good ones are imported.

    Exit code 0 when all rows were good, 1 when some were not, 2 when the file could not be used.

    Example:  ivr import customers customers.csv
    """
    settings = common.settings()
    database = common.database(settings)
    with Progress(
        TextColumn("importing"), BarColumn(), TextColumn("{task.percentage:>3.0f} %  {task.completed:,.0f} rows"),
        TimeElapsedColumn(), console=common.err, transient=True,
    ) as progress:  # fmt: skip
        task = progress.add_task("rows", total=None)
        report = service.import_customers(
            settings, file, lambda done, rows: progress.update(task, completed=done, total=rows)
        )
    for problem in report.problems:
        common.err.print(one_line(problem), markup=False)
    if report.rows_bad > len(report.problems):
        common.err.print(f"… and {report.rows_bad - len(report.problems):,} more bad rows")
    common.out.print(
        f"{report.rows_ok:,} customers imported, {report.rows_bad:,} rows refused, in {report.seconds:.1f} s"
    )
    common.out.print(database, markup=False)
    if report.has_lapsed:
        told = "the column lapsed counts only until a run has calculated it (ivr score run)"
        common.err.print(told)
    if report.stopped_at_line:
        common.err.print(f"interrupted after line {report.stopped_at_line:,}: import the file again, that is safe")
        raise typer.Exit(130)
    raise typer.Exit(1 if report.rows_bad else 0)


customers.__doc__ = (customers.__doc__ or "").format(required=listed(required=True), optional=listed(required=False))
