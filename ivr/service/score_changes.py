"""What changed from one run to the next, read from the database."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from ivr.application import score_moves, score_portrait
from ivr.application.score_customers import Progress
from ivr.application.score_moves import Judgement, Moves, Pairs, Side
from ivr.application.score_portrait import Portrait
from ivr.application.score_segments import Segments, segments
from ivr.domain.customers import SCORES, Scores
from ivr.domain.scoring.definition import Scoring
from ivr.domain.scoring.runs import ScoreRun
from ivr.errors import StoreError
from ivr.service.published_versions import policy_in_force
from ivr.service.scoring import definition_of
from ivr.settings import Settings
from ivr.store import score_pairs, score_query
from ivr.store.customer_query import Run
from ivr.store.score_pairs import ScorePair
from ivr.store.score_walk import RunScores
from ivr.store.statement_reading import reading
from ivr.warehouse.arrays import Arrays, array


@dataclass(frozen=True, slots=True)
class Changes:
    """Two runs, the older first, and who moved. `why_not` says why no metric is named, if so.

    `left_out` are conditions of segments that scores do not say.
    """

    older: ScoreRun
    newer: ScoreRun
    moves: Moves
    why_not: str
    left_out: tuple[str, ...]

    @property
    def scoring_changed(self) -> bool:
        """Whether they calculated with another scoring, or another calibration."""
        return differs(self.older, self.newer)


def differs(older: ScoreRun, newer: ScoreRun) -> bool:
    """Whether two runs calculated with another scoring, or another calibration."""
    return (older.version, older.calibration) != (newer.version, newer.calibration)


def changes(
    settings: Settings,
    runs: tuple[int | None, int | None],
    most: int,
    progress: Progress,
) -> Changes:
    """Compare two runs; None for the newest one and the one before.

    Raises StoreError where they cannot be compared, and FileError for a mistake in the policy.
    """
    policy = policy_in_force(settings)
    found, moves = segments(policy), Moves(most)
    with closing(reading(settings.database_url)) as database, database.asking() as run:
        older, newer = score_pairs.chosen(run, *runs)
        judged, why_not = judge(settings, older, newer)
        for batch in score_pairs.pairs(run, older, newer, changed=True):
            add(moves, pairs_of(batch), judged, found, policy.score)
            moves.customers += len(batch)
            progress("comparing", moves.customers, max(newer.changed, moves.customers))
        same = score_pairs.chosen(run, older.run, newer.run) == (older, newer)
    if not same:
        raise StoreError("another run began meanwhile, so this is not told: ask again after it")
    return Changes(older, newer, moves, why_not, found.left_out)


def judge(settings: Settings, older: ScoreRun, newer: ScoreRun) -> tuple[Judgement | None, str]:
    """Find a scoring with which contributions can be told: the newer run's, or the older one's.

    None where neither is there any more, and why.
    """
    at, why = (older.began_at, newer.began_at), ""
    for one in (newer, older):
        try:
            return Judgement(*definition_of(settings, one.run), at, differs(older, newer)), ""
        except StoreError as error:
            why = why or str(error)
    return None, why


def add(
    moves: Moves,
    pairs: Pairs,
    judged: Judgement | None,
    found: Segments,
    weights: Mapping[str, float],
) -> None:
    """Add some customers to `moves`."""
    score_moves.add(moves, pairs, judged, found, weights, Arrays(), array)


def pairs_of(batch: list[ScorePair]) -> Pairs:
    """Return what counted of them at both runs: the run's scores, or the given ones."""
    found = []
    for each in batch:
        one = _side(each.given, each.older)
        other = one if each.older is each.newer else _side(each.given, each.newer)
        found.append((each.customer_id, one, other))
    return found


def _side(given: Scores, of_run: RunScores | None) -> Side:
    if of_run is None:
        return Side((given.value, given.potential, given.need), None)
    both = zip(SCORES, of_run.scores, strict=True)
    made = [given.get(name) if score is None else score for name, score in both]
    return Side((made[0], made[1], made[2]), of_run.metrics)


@dataclass(frozen=True, slots=True)
class Survey:
    """Everybody by the scores of the run in force, and who moved since the run before.

    `older` and `moves` are None where there is nothing to compare with; `missing` says in lines
    what could not be told, and why. `made` is what the sums were made with.
    """

    run: ScoreRun
    older: ScoreRun | None
    moves: Moves | None
    portrait: Portrait
    made: Scoring | None
    missing: tuple[str, ...]


def survey(settings: Settings, most: int, progress: Progress) -> Survey:
    """Look at everybody by the scores that count. Raises StoreError where no run is in force."""
    policy = policy_in_force(settings)
    found, portrait, moves = segments(policy), Portrait(), Moves(most)
    missing = [f"a condition that scores do not say: {each}" for each in found.left_out]
    with closing(reading(settings.database_url)) as database, database.asking() as run:
        newer = score_query.in_force(run)
        if newer is None:
            raise StoreError("no run is in force, so there is no report (ivr score run)")
        older, why = _before(run, newer)
        missing += [f"who moved: {why}"] if why else []
        judged, why = judge(settings, older or newer, newer)
        missing += [f"sums and causes: {why}"] if why else []
        made = judged.scoring if judged else None
        for batch in score_pairs.pairs(run, older or newer, newer):
            pairs = pairs_of(batch)
            sides = [each[2] for each in pairs]
            told = (portrait, sides, made, newer.began_at, found, policy.score)
            score_portrait.add(*told, Arrays(), array)
            add(moves, pairs, judged, found, policy.score)
            progress("adding up", portrait.customers, max(newer.customers, portrait.customers))
        if score_query.in_force(run) != newer or (older and _before(run, newer)[0] != older):
            raise StoreError("another run began meanwhile: ask again after it")
    return Survey(newer, older, moves if older else None, portrait, made, tuple(missing))


def _before(run: Run, newer: ScoreRun) -> tuple[ScoreRun | None, str]:
    """Find the run that the one in force can be compared with; or say why there is none."""
    try:
        return score_pairs.before(run, newer.run), ""
    except StoreError as error:
        return None, str(error)
