"""What `ivr import customers` says: how a file was read, what would change, and what came of it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ivr.cli import common
from ivr.delimited.rows import SEPARATORS
from ivr.domain.showable import one_line
from ivr.service.customer_import import ImportPlan
from ivr.store.customer_columns import SCORE_NAMES
from ivr.store.customer_comparison import CustomerChange, ImportComparison, Value
from ivr.store.customer_layout import listed
from ivr.store.customer_removal import Leaving
from ivr.store.customer_survey import FileSurvey
from ivr.store.customers_csv import ImportReport

_ROWS = 3
_LONGEST = 80  # characters of a value


def lines(told: Iterable[str]) -> None:
    """Say each in a line of its own."""
    for line in told:
        common.err.print(one_line(line), markup=False)


def plan(planned: ImportPlan) -> None:
    """Say how the file is read, and who would leave."""
    if planned.survey:
        lines(_reading(planned.survey))
    lines(_leaving(planned.leaving))


def _reading(found: FileSurvey) -> Iterator[str]:
    layout, form = found.layout, found.form
    what = f"{found.path}: {form.encoding.shown}, columns separated by {SEPARATORS[form.separator]}"
    if not layout.given.isdisjoint(SCORE_NAMES):
        what += ", decimal comma" if found.decimal == "," else ", decimal point"
    yield what + (f", read as {layout.map.path} says" if layout.map.path else "")
    named = [source.name for source in layout.sources if source.places]
    theirs = [(name, layout.theirs(name)) for name in named]
    if any(name != their for name, their in theirs):
        yield "columns: " + ", ".join(f"{name} is {their}" for name, their in theirs)
    if layout.unused:
        yield f"not read: {listed(layout.unused)}"
    yield from (f"note: {note}" for note in found.notes)


def _leaving(leaving: Leaving) -> Iterator[str]:
    count = len(leaving.customers)
    if count:
        named = ", ".join(f"{name} ({who})" for name, who in leaving.named)
        more = f" and {count - len(leaving.named):,} more" if count > len(leaving.named) else ""
        yield f"to be removed: {count:,} of {leaving.stored:,} customers: {named}{more}"
    if leaving.unknown:
        yield f"note: {leaving.unknown:,} of those who have left are no customers"


def report(made: ImportReport) -> None:
    """Say what came of an import: bad rows, doubts, and how many there were."""
    _rows(made.problems, made.rows_bad, made.doubts, made.rows_in_doubt)
    parts = [f"{made.rows_ok:,} customers imported", f"{made.rows_bad:,} rows refused"]
    parts += [f"{made.rows_in_doubt:,} rows in doubt"] if made.rows_in_doubt else []
    parts += [f"{made.removed:,} customers removed"] if made.removed else []
    common.err.print(f"{', '.join(parts)}, in {made.seconds:.1f} s")
    if made.has_lapsed:
        common.err.print(
            "the column lapsed counts only until a run has calculated it (ivr score run)",
        )
    if made.stopped_at_line:
        line = f"{made.stopped_at_line:,}"
        common.err.print(f"interrupted after line {line}: import the file again, that is safe")


def comparison(planned: ImportPlan, compared: ImportComparison | None) -> int:
    """Show what would change; return how many rows would be refused."""
    if compared is None:
        common.err.print("nothing was written")
        return 0
    told = compared.told
    for line, customer in islice(compared.first, _ROWS):
        cells = (f"  {name:<20} {_value(each)}" for name, each in customer.items())
        _show([f"line {line} is read as:", *cells])
    _show(_change(change) for change in compared.changes)
    if compared.changed > len(compared.changes):
        _show([f"… and {compared.changed - len(compared.changes):,} more changes"])
    _rows(told.problems, told.bad, told.doubts, told.in_doubt)
    counts = (
        f"{compared.new:,} new",
        f"{compared.changed:,} changed",
        f"{compared.same:,} the same",
    )
    parts = [*counts, f"{told.bad:,} refused", f"{told.in_doubt:,} in doubt"]
    parts += [f"{len(planned.leaving.customers):,} removed"] if planned.leaving.customers else []
    common.err.print(f"customers: {', '.join(parts)}. Nothing was written")
    return told.bad


def _change(change: CustomerChange) -> str:
    changed = (f"{name} {_value(old)} → {_value(new)}" for name, old, new in change.columns)
    columns = "; ".join(changed)
    return f"line {change.line} changes {change.customer}: {columns}"


def _value(value: Value) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _show(told: Iterable[str]) -> None:
    for line in told:
        common.out.print(one_line(line), markup=False)


def _rows(
    problems: Sequence[str],
    bad: int,
    doubts: Sequence[str],
    in_doubt: int,
) -> None:
    """Say what is wrong with the first of the bad rows, and what is in doubt."""
    lines(problems)
    _more(bad - len(problems), "bad rows")
    lines(f"doubt: {doubt}" for doubt in doubts)
    _more(in_doubt - len(doubts), "rows in doubt")


def _more(count: int, what: str) -> None:
    if count > 0:
        common.err.print(f"… and {count:,} more {what}")
