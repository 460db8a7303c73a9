"""`ivr import customers`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ivr.cli import common, import_told
from ivr.cli import import_options as options
from ivr.domain.imports import ImportMap
from ivr.errors import RemovalError
from ivr.policy import json_schemas
from ivr.policy.import_map import ImportMapFile
from ivr.service import customer_import as service
from ivr.service.customer_import import ImportOrder
from ivr.settings import Settings
from ivr.store.customer_columns import listed
from ivr.store.customer_layout import MAP_NAME


def customers(
    file: options.File = None,
    chosen: options.Map = None,
    no_map: options.NoMap = False,
    encoding: options.Letters = "",
    dry_run: options.DryRun = False,
    remove: options.Remove = None,
    replace: options.Replace = False,
    up_to: options.RemoveUpTo = None,
) -> None:
    """Import customers: new ones are added, known ones (same customer_id) replaced.

    Columns: {required}.

    Optional columns: {optional}. Columns that the file lacks keep their values for existing
    customers.

    FILE is text with columns between commas, semicolons, tabs or vertical bars: UTF-8, UTF-16, or
    as --encoding says. Scores may have a decimal comma. Where the columns have other names,
    customers.map.yaml beside FILE says which is which. How FILE was read is said first.

    Each bad row is named with its line and reason; the good ones are imported.

    The column remove (yes or no), --remove and --replace remove customers who have left. When more
    than a tenth of all customers would go, nothing is done, unless --remove-up-to allows it.
    Nothing is ever asked.

    Exit code 0 when all rows were good, 1 when some were not, 2 when the file could not be used.

    Example:  ivr import customers customers.csv
    """
    given = _map(file or remove, chosen, encoding, no_map=no_map)
    order = ImportOrder(file, given, remove, replace, up_to)
    if file is None and (remove is None or replace):
        raise typer.BadParameter("name the file of customers", param_hint="FILE")
    settings = common.settings()
    if dry_run:
        _dry_run(settings, order)
    _import(settings, order)


customers.__doc__ = (customers.__doc__ or "").format(
    required=listed(required=True),
    optional=listed(required=False),
)


def schema() -> None:
    """Print the JSON Schema of customers.map.yaml, for editors that check while you write.

    Example:  ivr import schema > customers.map.schema.json
    """
    common.out.print(json_schemas.of(ImportMapFile, MAP_NAME), markup=False, emoji=False)


def _import(settings: Settings, order: ImportOrder) -> None:
    database = common.database(settings)
    with _progress() as progress:
        report = service.import_customers(settings, order, progress, import_told.plan)
    import_told.report(report)
    common.err.print(database, markup=False)
    if report.stopped_at_line:
        raise typer.Exit(130)
    raise typer.Exit(1 if report.rows_bad else 0)


def _dry_run(settings: Settings, order: ImportOrder) -> None:
    with _progress() as progress:
        plan, compared = service.dry_run(settings, order, progress)
    import_told.plan(plan)
    bad = import_told.comparison(plan, compared)
    try:
        plan.leaving.refuse_many(order.remove_up_to)
    except RemovalError as error:
        common.err.print(f"ivr: {error}", markup=False)
        raise typer.Exit(2) from None
    raise typer.Exit(1 if bad else 0)


def _map(
    file: Path | None,
    chosen: Path | None,
    encoding: str,
    *,
    no_map: bool,
) -> ImportMap | None:
    if no_map and chosen:
        raise typer.BadParameter("write --map or --no-map, not both", param_hint="--no-map")
    if file is None:
        return None
    if no_map:
        return ImportMap(encoding=encoding)
    found = service.map_for(file, chosen, encoding)
    if isinstance(found, list):
        import_told.lines([str(mistake) for mistake in found])
        raise typer.Exit(2)
    return found


@contextmanager
def _progress() -> Iterator[service.Progress]:
    """Within it, progress is shown where somebody looks."""
    columns = (
        TextColumn("reading"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %  {task.completed:,.0f} rows"),
        TimeElapsedColumn(),
    )
    hidden = not common.err.is_terminal
    with Progress(*columns, console=common.err, transient=True, disable=hidden) as shown:
        task = shown.add_task("rows", total=None)
        yield lambda done, rows: shown.update(task, completed=done, total=rows)
