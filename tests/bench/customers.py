"""Many customers in a database, made once and kept.

Their numbers begin with +1 0: North American area codes never do, so these are nobody's.
"""

import csv
import random
from collections.abc import Callable
from pathlib import Path

from ivr.errors import LabError
from ivr.service import customer_import
from ivr.settings import Settings
from ivr.store import migrate
from ivr.store.customer_columns import SCORE_NAMES

Say = Callable[[str], None]
COLUMNS = ("customer_id", "name", "phones", "language", "tags", "preferred_agent", "blocked")
STEP, FIRST = 7919, 31_415_926  # far apart: numbers in a row look like placeholders


def number(customer: int) -> str:
    """Return the telephone number of the nth customer: a German mobile.

    Eight equal digits would be a placeholder, which the import refuses.
    """
    digits = f"{(customer * STEP + FIRST) % 10**8:08d}"
    return f"+49151{digits}" if len(set(digits)) > 1 else f"+49170{customer:08d}"


def identifier(customer: int) -> str:
    """Return the customer id of the nth customer."""
    return f"C{customer:07d}"


def database(count: int, folder: Path, policy_dir: Path, say: Say) -> Path:
    """A database with `count` customers; imported as an admin would, unless that was done before."""
    path = folder / f"customers-{count}-{migrate.head()}.db"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    rows, new = path.with_suffix(".csv"), path.with_suffix(".new")
    for old in (new, *folder.glob(f"{new.name}-*")):
        old.unlink(missing_ok=True)
    _write(rows, count)
    shown = 0

    def progress(done: int, of: int) -> None:
        nonlocal shown
        if of and 10 * done // of > shown:
            shown = 10 * done // of
            say(f"importing {count:,} customers (once): {10 * shown} %")

    settings = Settings(database_url=f"sqlite:///{new}", policy_dir=policy_dir)
    report = customer_import.import_customers(settings, customer_import.ImportOrder(rows), progress)
    rows.unlink()
    if report.stopped_at_line is not None:
        raise KeyboardInterrupt
    if report.rows_bad:
        raise LabError(f"the import refused rows: {report.problems[0]}")
    return new.rename(path)


def _write(path: Path, count: int) -> None:
    dice = random.Random(7946)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow((*COLUMNS, *SCORE_NAMES))
        for n in range(count):
            scores = [round(100 * dice.betavariate(*shape)) for shape in ((1.6, 3), (2, 3), (1.3, 4))]
            out.writerow([identifier(n), f"Customer {n}", number(n), "en", "broadband;paperless", "", "", *scores])
