"""`ivr score publish`, and `ivr score versions log`, `show`, `rollback` and `withdraw`."""

import sys
import time
from typing import Annotated

import typer
from sqlalchemy import Engine

from ivr.cli import common, publications
from ivr.cli.publications import AsJson, Author
from ivr.domain.policy_version import Publication, ScoringTexts
from ivr.domain.scoring.definition import Scoring
from ivr.domain.showable import one_line
from ivr.errors import FileError, ScoringError, StoreError
from ivr.policy import loader as policies
from ivr.policy.scoring import check as checks
from ivr.policy.scoring.loader import SCORING
from ivr.policy.texts import CALIBRATION
from ivr.service import scoring as service
from ivr.service import scoring_versions
from ivr.settings import Settings
from ivr.store import score_versions, versions
from ivr.store.version_query import SCORING as VERSIONS

_NAMES = SCORING, CALIBRATION
_WORDS = publications.Words(
    "ivr score versions show",
    "ivr score versions withdraw",
    "`ivr score run`",
)
Version = Annotated[
    str | None,
    typer.Argument(metavar="VERSION", help="the version, or its first 6 characters"),
]


def publish(
    message: Annotated[
        str,
        typer.Option("-m", "--message", metavar="TEXT", help="why: one line for the log"),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
    author: Author = "",
    as_json: AsJson = False,
) -> None:
    """Put scoring.yaml and its calibration in force together, as one version.

    From then on `ivr score run` ignores the files until you run `ivr score versions withdraw`.
    Nobody's scores change before the next run.

    It is refused when `ivr score check` finds a mistake, when metrics or weights changed after the
    calibration was made, and when the policy asks for a score that nothing makes. Exit code 2 then.

    Example:  ivr score publish -m "referrals count twice as much" --yes
    """
    settings = common.settings()
    _refuse_mistakes(settings)
    draft = service.of_files(settings)
    misfits = scoring_versions.calibration_misfits(draft.scoring, draft.calibration)
    publications.refuse(misfits, "scoring")
    if draft.calibration is None:
        return
    texts = ScoringTexts(draft.version, draft.text, draft.calibration.text())
    with publications.writing(create=True) as engine:
        misfits = scoring_versions.policy_misfits(engine, draft.scoring, settings)
        publications.refuse(misfits, "scoring")
        before = _before(engine)
        if before and before[0].version == texts.version:
            _told(before[0], settings, as_json=as_json, changed=False)
            return
        change = _change(before[1] if before else ScoringTexts("", "", ""), texts)
        if not yes:
            _ask(change)
        published = versions.publish(
            engine,
            texts.scoring,
            texts.calibration,
            publications.in_a_line(author) or publications.login(),
            publications.in_a_line(message),
            time.time(),
            VERSIONS,
        )
    was = _scoring(before[1]) if before else None
    _told(published, settings, as_json=as_json, change=change, first=before is None)
    _print_origins(was, draft.scoring, as_json=as_json)


def log(
    count: Annotated[
        int,
        typer.Option("-n", min=1, max=10_000, metavar="COUNT", help="how many versions"),
    ] = 20,
    as_json: AsJson = False,
) -> None:
    """List what was published, the newest first: what is in force now has a star.

    Example:  ivr score versions log -n 5
    """
    with publications.reading() as engine:
        found = versions.log(engine, count, VERSIONS)
    publications.print_log(found, as_json=as_json)
    if not found and not as_json:
        common.err.print("nothing was ever published: the files are the scoring")


def show(
    version: Version = None,
    calibration: Annotated[
        bool,
        typer.Option("--calibration", help="the calibration, not scoring.yaml"),
    ] = False,
) -> None:
    """Print a version's scoring.yaml or calibration, exactly as it was.

    Without VERSION, the one in force. `ivr score show` names the version that a run used.

    Example:  ivr score versions show 3f2a91 >scoring.yaml
    """
    with publications.reading() as engine:
        if version:
            found = score_versions.texts_of(engine, version)
        elif current := score_versions.current(engine):
            found = current[1]
        else:
            made = service.of_files(common.settings())
            kept = made.calibration.text() if made.calibration else ""
            found = ScoringTexts(made.version, made.text, kept)
    typer.echo((found.calibration if calibration else found.scoring).encode(), nl=False)


def rollback(
    message: publications.Message,
    version: Version = None,
    author: Author = "",
    as_json: AsJson = False,
) -> None:
    """Put an earlier version of the scoring in force again, without VERSION the one before.

    It counts with the next run. `ivr score rollback` has the scores of the run before count again.

    Example:  ivr score versions rollback -m "too many premium callers"
    """
    settings = common.settings()
    why = publications.why(message)
    with publications.writing() as engine:
        before = _before(engine)
        kept = score_versions
        found = kept.texts_of(engine, version) if version else kept.before(engine)
        scoring, _ = service.made_of(found)
        misfits = scoring_versions.policy_misfits(engine, scoring, settings)
        publications.refuse(misfits, "scoring")
        by = publications.in_a_line(author) or publications.login()
        published = versions.rollback(engine, by, why, time.time(), found.version, VERSIONS)
    change = _change(before[1] if before else ScoringTexts("", "", ""), found)
    _told(published, settings, as_json=as_json, change=change, first=before is None)
    _print_origins(_scoring(before[1]) if before else None, scoring, as_json=as_json)


def withdraw(
    message: publications.Message,
    author: Author = "",
    as_json: AsJson = False,
) -> None:
    """Stop using published versions and return to the files, with the next run.

    Example:  ivr score versions withdraw -m "back to the files"
    """
    settings = common.settings()
    why = publications.why(message)
    _refuse_mistakes(settings)
    with publications.writing() as engine:
        by = publications.in_a_line(author) or publications.login()
        withdrawn = versions.withdraw(engine, by, why, time.time(), VERSIONS)
    _told(withdrawn, settings, as_json=as_json)


def _refuse_mistakes(settings: Settings) -> None:
    """Print everything that `ivr score check` says of the files, and refuse where it is wrong."""
    try:
        policy = policies.load(settings.policy_dir, None).policy
    except FileError:
        policy = None  # the published one may be in order
    text = service.text_of(settings)
    found = checks.check(text, settings.policy_dir, SCORING, policy)
    for each in found:
        common.err.print(one_line(str(each)), markup=False)
    mistakes = [each for each in found if each.grade == "error"]
    if mistakes:
        count = f"{len(mistakes)} mistakes" if len(mistakes) > 1 else "a mistake"
        common.err.print(f"ivr: {count} in the scoring: what is in force stays", markup=False)
        raise typer.Exit(2)


def _before(engine: Engine) -> tuple[Publication, ScoringTexts] | None:
    """Find what is in force; one whose texts are damaged is no reason to keep it."""
    try:
        return score_versions.current(engine)
    except StoreError as error:
        common.err.print(one_line(f"in force, and cannot be read: {error}"), markup=False)
        return None


def _scoring(texts: ScoringTexts) -> Scoring | None:
    try:
        return service.made_of(texts)[0]
    except StoreError:
        return None


def _change(old: ScoringTexts, new: ScoringTexts) -> list[str]:
    """Tell what changed in the file; a calibration is named, for nobody reads its knots."""
    found = publications.change(_NAMES, (old.scoring, ""), (new.scoring, ""))
    if old.calibration != new.calibration:
        found.append("the calibration is another")
    return found


def _ask(change: list[str]) -> None:
    if not sys.stdin.isatty():
        raise ScoringError("nobody is here to be asked: write --yes")
    for line in change[: publications.SHOWN]:
        common.err.print(one_line(line), markup=False)
    typer.confirm("put this in force?", abort=True, err=True)


def _told(
    published: Publication,
    settings: Settings,
    *,
    as_json: bool,
    changed: bool = True,
    change: list[str] | None = None,
    first: bool = False,
) -> None:
    publications.told(
        published,
        common.database(settings),
        as_json=as_json,
        changed=changed,
        change=change,
        first=first,
        words=_WORDS,
    )
    if changed and not as_json:
        common.out.print("nobody's scores change before the next run (ivr score run)")


def _print_origins(before: Scoring | None, now: Scoring, *, as_json: bool) -> None:
    if as_json:
        return
    for line in scoring_versions.told_origins(before, now):
        common.out.print(line, markup=False)
