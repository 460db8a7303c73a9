"""What `ivr score calibrate` shows: thresholds, who would move, how far metrics have moved."""

from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from ivr.application import score_attributes, score_customers, score_segments
from ivr.application.score_customers import Measured
from ivr.cli import common
from ivr.domain.policy import Policy
from ivr.domain.scoring import formula, stability
from ivr.domain.scoring.calibration import Calibration
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.numbers import Values, known
from ivr.domain.showable import one_line
from ivr.service.scoring import Calibrated

_ROWS = 12  # of a table


def print_all(made: Calibrated, policy: Policy) -> None:
    """Say how many lie above each threshold of the policy, before and after, and who would move."""
    numbers = made.measured.numbers
    after = _scores(made.scoring, made.new, made.measured, policy, made.given)
    before = None
    if made.old and made.old.calibration and made.before:
        before = _scores(made.old.scoring, made.old.calibration, made.before, policy, made.given)
    if made.why:
        common.err.print(one_line(f"not compared with what is in force: {made.why}"), markup=False)
    found = score_segments.segments(policy, lapsed=True)
    table = Table("segment", "condition", box=None, title_justify="left")
    table.add_column("customers now", justify="right")
    table.add_column("then", justify="right")
    for each in found.thresholds:
        now = f"{each.count(before):,}" if before else "-"
        table.add_row(Text(each.segment), Text(each.condition), now, f"{each.count(after):,}")
    common.out.print(table)
    if before:
        moves = score_segments.moved(found, found.of(before, numbers), found.of(after, numbers))
        for one, other, count in moves[:_ROWS]:
            common.out.print(f"{count:,} from {one} to {other}", markup=False)
        if not moves:
            common.out.print("nobody would move to another segment")
    for condition in found.left_out:
        common.out.print(one_line(f"not counted, scores do not say it: {condition}"), markup=False)
    _print_moved(made.moved)


def _print_moved(moved: Mapping[str, float | None]) -> None:
    """Say how far the customers have moved since the calibration in force."""
    if not moved:
        return
    table = Table("metric", box=None)
    table.add_column("stability index", justify="right")
    table.add_column("since the calibration in force")
    for name, index in moved.items():
        shown = "-" if index is None else f"{index:.3f}"
        word = "not known: that calibration does not say"
        if index is not None:
            word = stability.word(index)
        table.add_row(Text(name), shown, word)
    common.out.print(table)


def _scores(
    scoring: Scoring,
    calibration: Calibration,
    measured: Measured,
    policy: Policy,
    given: Mapping[str, Values],
) -> Mapping[str, Values]:
    """Return what would count: the run's score or LAPSED; where it has none, the imported one."""
    made = score_customers.scored(scoring, calibration, measured)
    kept = {name: formula.kept(each.score, measured.numbers) for name, each in made.items()}
    counts = dict(given)
    for name, each in kept.items():
        counts[name] = measured.numbers.choose(known(each), each, given[name])
    told = measured.attributes.get(score_segments.LAPSED)
    lapsed = score_attributes.truth(told, measured.numbers)
    if lapsed is not None:
        before = given[score_segments.LAPSED]
        counts[score_segments.LAPSED] = measured.numbers.choose(known(lapsed), lapsed, before)
    return score_segments.with_overall(counts, policy.score, measured.numbers)
