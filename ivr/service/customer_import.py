"""`ivr import customers`: brings the file, its map, the policy and the database together."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from ivr.domain.agent_interfaces import Interfaces
from ivr.domain.imports import ImportMap
from ivr.errors import FileError
from ivr.numbers.e164 import PhoneNumbers
from ivr.policy import import_map
from ivr.policy import loader as policy_files
from ivr.policy.loader import Bundle
from ivr.service.published_versions import in_force_now
from ivr.settings import Settings
from ivr.store import customer_comparison, customer_removal, customer_survey, customers_csv, migrate
from ivr.store.customer_columns import FILE_NAMES
from ivr.store.customer_comparison import ImportComparison
from ivr.store.customer_layout import MAP_NAME
from ivr.store.customer_removal import Leaving
from ivr.store.customer_survey import FileSurvey
from ivr.store.customers_csv import ImportReport
from ivr.store.engine import reader, writer
from ivr.store.sqlite_file import path_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What is to be imported, and who is to be removed.

    `file` may be missing where `remove` names a list of customers who have left. `replace` removes
    who is not in `file`. More than `remove_up_to` (None: a share of all) are not removed: then
    nothing is done at all.
    """

    file: Path | None
    map: ImportMap | None = None
    remove: Path | None = None
    replace: bool = False
    remove_up_to: int | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an order comes to: the file as it is read, and who would leave."""

    order: ImportOrder
    survey: FileSurvey | None
    leaving: Leaving

    @property
    def afterwards(self) -> list[str]:
        """Who is removed when the file is imported, and not by a row of it."""
        flagged = self.survey.leaving if self.survey else frozenset[str]()
        return [name for name in self.leaving.customers if name not in flagged]


def map_for(
    file: Path,
    chosen: Path | None,
    encoding: str = "",
) -> ImportMap | list[FileError] | None:
    """Return the map that was chosen, or the one beside the file, or what is wrong with it.

    None where there is neither. An `encoding` that was asked for counts before that of the map.
    """
    beside = file.parent / MAP_NAME
    path = chosen or (beside if beside.exists() or beside.is_symlink() else None)
    found = import_map.checked(path, FILE_NAMES) if path else None
    if isinstance(found, list) or not encoding:
        return found
    return replace(found or ImportMap(), encoding=encoding)


def import_customers(
    settings: Settings,
    order: ImportOrder,
    progress: Progress,
    planned: Callable[[ImportPlan], None] = lambda plan: None,
) -> ImportReport:
    """Do what is ordered. `progress` is told the rows done, and how many there are.

    A database is made only for a file and a policy that can be used. `planned` is told what is
    going to be done. Raises FileError, StoreError, and RemovalError before anything is changed.
    """
    path = path_of(settings.database_url)
    new = path is not None and not path.exists()
    of_files = _of_files(settings) if new else None
    surveyed, listed = _read(order)
    engine = writer(settings.database_url, bulk=True)
    try:
        migrate.upgrade(engine)  # first: a server's database may have no tables yet
        plan = ImportPlan(order, surveyed, _leaving(engine, order, surveyed, listed))
        planned(plan)
        plan.leaving.refuse_many(order.remove_up_to)
        policy = of_files or in_force_now(engine, settings.policy_dir, _interfaces(settings))[0]
        report = _imported(engine, plan, policy.policy.region, progress)
        if report.stopped_at_line is None:
            removed = customer_removal.remove(engine, plan.afterwards)
            report = replace(report, removed=report.removed + removed)
        return report
    finally:
        engine.dispose()


def dry_run(
    settings: Settings,
    order: ImportOrder,
    progress: Progress,
) -> tuple[ImportPlan, ImportComparison | None]:
    """Say what an import would do, and do nothing. Without a database, there is nobody yet.

    Raises FileError and StoreError; too many who would leave are a matter of the plan.
    """
    surveyed, listed = _read(order)
    path = path_of(settings.database_url)
    if path is not None and not path.exists():
        plan = ImportPlan(order, surveyed, Leaving())
        return plan, _compared(None, surveyed, _of_files(settings).policy.region, progress)
    engine = reader(settings.database_url)
    try:
        plan = ImportPlan(order, surveyed, _leaving(engine, order, surveyed, listed))
        policy = in_force_now(engine, settings.policy_dir, _interfaces(settings))[0].policy
        return plan, _compared(engine, surveyed, policy.region, progress)
    finally:
        engine.dispose()


def _read(order: ImportOrder) -> tuple[FileSurvey | None, frozenset[str]]:
    """Return what the file is, and who is in the list of those who have left."""
    surveyed, listed = None, frozenset[str]()
    if order.file:
        surveyed = customer_survey.survey(order.file, order.map, listed=order.replace)
    if order.remove:
        listed = customer_survey.ids_in(order.remove, order.map)
    return surveyed, listed


def _leaving(
    engine: Engine,
    order: ImportOrder,
    surveyed: FileSurvey | None,
    listed: frozenset[str],
) -> Leaving:
    flagged = surveyed.leaving if surveyed else frozenset[str]()
    if not (flagged or listed or order.replace):
        return Leaving()
    only = surveyed.listed if surveyed and order.replace else None
    leaving = customer_removal.who_leaves(engine, flagged | listed, only)
    # A row may go on saying that somebody has left long after that was done.
    return leaving if listed else replace(leaving, unknown=0)


def _imported(engine: Engine, plan: ImportPlan, region: str, progress: Progress) -> ImportReport:
    if plan.survey is None:
        return ImportReport(0, 0, (), 0.0, None)
    return customers_csv.import_customers(
        engine,
        plan.survey.path,
        PhoneNumbers(),
        region,
        progress,
        plan.survey,
    )


def _compared(
    engine: Engine | None, found: FileSurvey | None, region: str, progress: Progress
) -> ImportComparison | None:
    if found is None:
        return None
    return customer_comparison.compare(engine, found, PhoneNumbers(), region, progress)


def _of_files(settings: Settings) -> Bundle:
    return policy_files.load(settings.policy_dir, _interfaces(settings))


def _interfaces(settings: Settings) -> Interfaces:
    return Interfaces(settings.agent_interfaces)
