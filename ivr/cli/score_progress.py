"""What is being done with scores, and how much of it is done, while it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ivr.application import score_customers
from ivr.cli import common


@contextmanager
def progress() -> Iterator[score_customers.Progress]:
    """Show it on stderr, on a terminal."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[done]}"),
        TimeElapsedColumn(),
        console=common.err,
        transient=True,
    ) as shown:
        task = shown.add_task("reading", total=None, done="")

        def told(what: str, done: int, total: int) -> None:
            of = f"{done:,} of {total:,} customers" if total else ""
            shown.update(task, description=what, completed=done, total=total or None, done=of)

        yield told
