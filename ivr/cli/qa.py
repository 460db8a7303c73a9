"""`ivr qa`: scenarios of test calls, played on a real stack and judged."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from typer.core import TyperCommand

from ivr import private_files
from ivr.cli import common, lazy
from ivr.cli.lab import fetched_asterisk
from ivr.domain.showable import one_line
from ivr.errors import IvrError
from ivr.qa.scenarios import console, files, form, junit, report_html, targets
from ivr.qa.scenarios import from_call as from_call_module
from ivr.qa.scenarios import run as run_module
from ivr.qa.scenarios.files import ScenarioFile
from ivr.qa.scenarios.result import RunResult, ScenarioResult
from ivr.qa.scenarios.worker import MakeStack
from ivr.store.records import Records

# As pytest's: files with mistakes are errors while collecting.
FAILED, BAD_FILES, INTERRUPTED, WRONG_USE, NOTHING_TO_DO = 1, 2, 2, 4, 5
_USUAL_WRONG_USE = 2
OUT = Path("var/qa")


class _PytestCodes(TyperCommand):
    """A command whose mistaken options end it with pytest's code for that."""

    def make_context(self, *args: Any, **options: Any) -> Any:
        """As usual, but for the code."""
        try:
            return super().make_context(*args, **options)
        except Exception as error:
            if getattr(error, "exit_code", None) == _USUAL_WRONG_USE:
                error.exit_code = WRONG_USE  # type: ignore[attr-defined]  # the line above says that it is there
            raise


@lazy.of_class(_PytestCodes)
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="scenario files, or folders; default: tests/scenarios"),
    ] = None,
    words: Annotated[
        list[str] | None, typer.Option("-k", metavar="WORD", help="only those with this word in name, title or tags")
    ] = None,
    workers: Annotated[
        int, typer.Option("-j", min=1, max=32, metavar="COUNT", help="play so many at once, each on its own lab")
    ] = 1,
    target: Annotated[str, typer.Option(metavar="TARGET", help="lab, compose, or the host of a PBX")] = "lab",
    junit_file: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="also write JUnit XML here")
    ] = None,
    html_file: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="also write the report here")] = None,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="where the folder of this run is made")] = OUT,
) -> None:
    """Play scenarios and say which are as expected.

    The lab is brought up for the run and stopped at its end. Report and evidence are in var/qa/latest: report.html,
    and for each scenario the decision explained, the SIP ladder, the AMI timeline, logs, and what the caller heard.

    Exit codes are pytest's: 0 all as expected, 1 some not, 2 interrupted or a file with a mistake, 4 wrong use,
    5 no scenario.

    Example:  ivr qa run -k quick -j 2
    """
    with _wrong_use():
        _writable(html_file, junit_file)
        chosen = _chosen(paths or [files.FOLDER], words or [])
        folder = targets.new_folder(out)
        make = targets.maker(target, folder / "stacks", common.settings(), fetched_asterisk)
        if isinstance(make, targets.OneOnly) and workers > 1:
            raise IvrError(f"-j {workers}: there is one {target} only, so play one scenario after the other")
        result = _played(chosen, make, workers, target, folder)
    _report(result, folder, html_file, junit_file)
    if result.interrupted:
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(FAILED if result.count()["failed"] else 0)


def _chosen(paths: list[Path], words: list[str]) -> list[ScenarioFile]:
    good, bad = files.collect(paths)
    for error in bad:
        common.err.print(one_line(str(error)), markup=False)
    if bad:
        raise typer.Exit(BAD_FILES)
    chosen = [file for file in good if file.fits(words)]
    if not chosen:
        common.err.print("no scenario fits: `ivr qa run` without -k plays all of them")
        raise typer.Exit(NOTHING_TO_DO)
    return chosen


def _writable(*wanted: Path | None) -> None:
    """Whether the reports can be written in the end; better said now than after the run."""
    for path in wanted:
        if path is None:
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab"):
                pass
        except OSError as error:
            raise IvrError(f"{path}: {(error.strerror or str(error)).lower()}: name another file") from None


def _report(result: RunResult, folder: Path, html_file: Path | None, junit_file: Path | None) -> None:
    private_files.write(folder / "report.html", report_html.page(result))
    private_files.write(folder / "junit.xml", junit.xml(result))
    targets.point_latest_at(folder)
    for wanted, text in ((html_file, report_html.page), (junit_file, junit.xml)):
        if wanted is not None:
            wanted.write_text(text(result), encoding="utf-8")
    for scenario in result.scenarios:
        if scenario.verdict in ("failed", "warned"):
            for line in console.details(scenario):
                common.out.print(line, emoji=False)
    common.out.print(console.summary(result), emoji=False)
    common.out.print(f"report: {folder / 'report.html'}", markup=False)


def _played(chosen: list[ScenarioFile], make: MakeStack, workers: int, target: str, folder: Path) -> RunResult:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=common.err, transient=True) as progress:
        task = progress.add_task(f"bringing up {target}", total=len(chosen))

        def done(scenario: ScenarioResult) -> None:
            progress.advance(task)
            common.out.print(console.line(scenario), emoji=False)

        def begins(file: ScenarioFile) -> None:
            progress.update(task, description=file.name)

        return run_module.run(chosen, make, workers, target, folder, done, begins)


@contextlib.contextmanager
def _wrong_use() -> Iterator[None]:
    """What is wrong with how the command was called ends it with pytest's code for that."""
    try:
        yield
    except IvrError as error:
        common.err.print("\n".join(one_line(line) for line in f"ivr: {error}".split("\n")), markup=False)
        raise typer.Exit(WRONG_USE) from None


def new(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help="a short name, or the path of the file")],
) -> None:
    """Write an example scenario, with every part explained, to begin from.

    Example:  ivr qa new holiday
    """
    path = Path(name) if name.endswith(".yaml") else files.FOLDER / f"{name}.yaml"
    files.write_new(path, files.EXAMPLE.format(path=path, faults=", ".join(form.FAULTS)))
    common.out.print(f"wrote {path}; play it:  ivr qa run {path}", markup=False)


def from_call(
    call_id: Annotated[str, typer.Argument(metavar="CALL_ID", help="as `ivr calls` shows it, or the SIP Call-ID")],
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="a new file; default: it is printed")] = None,
    with_customer: Annotated[
        bool, typer.Option("--with-customer", help="with the customer's own name, number and id")
    ] = False,
) -> None:
    """Make a scenario of a call that happened: the same scores, the same number dialled, and what became of it.

    Names and numbers of customers are replaced by fictitious ones, unless you ask for them.

    Example:  ivr qa from-call pbx1-1763900000.12 --to tests/scenarios/complaint.yaml
    """
    with Records(common.settings()) as records:
        record = records.find(call_id)
    if record is None:
        raise IvrError(f"no call {call_id} is recorded: `ivr calls` lists those that are")
    text = from_call_module.scenario(record, with_customer=with_customer)
    if to is None:
        common.out.print(text, markup=False, emoji=False, end="")
    else:
        files.write_new(to, text)
        common.out.print(f"wrote {to}; play it:  ivr qa run {to}", markup=False)


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors that check while you write.

    Example:  ivr qa schema > scenario.schema.json
    """
    common.out.print(files.schema(), markup=False, emoji=False)
