"""Every reader of a customer's scores sees the same, whatever became of a run."""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from ivr.cli import app
from ivr.domain.customers import SCORES, Customer, Found, Lookup, Scores
from ivr.domain.ports import Customers
from ivr.domain.routing.redecide import other_policy
from ivr.domain.scoring.runs import CustomerScore
from ivr.policy import loader
from ivr.shipped_files import share
from ivr.store import score_query, snapshot, tables
from ivr.store.engine import reader, upsert, writing
from ivr.store.engine_reading import EngineReading
from ivr.store.lookup import CustomerLookup
from ivr.store.one_shot_lookup import customers
from ivr.store.score_runs import DatabaseScoreRuns
from ivr.store.snapshot import Snapshot
from tests.contract.test_one_shot_lookup import ask
from tests.databases import Database
from tests.wire.test_classic_agi import NUMBER, OBEYED, Site, environment

GIVEN_AT, FIRST_AT, SECOND_AT = 1_600_000_000.0, 1_700_000_000.0, 1_700_086_400.0
GIVEN = {
    "C1": Scores(91.0, None, 10.0),
    "C2": Scores(50.0, 60.0, None),
    "C3": Scores(),
    "C4": Scores(5.0, 6.0, 7.0),
}
NUMBERS = {"C1": "+442079460002", "C2": "+442079460003", "C3": NUMBER, "C4": "+442079460004"}
# C1: need is left to the given one; C2: all are; C4: only the second run knows them
FIRST = {
    "C1": Scores(80.1, 30.0, None),
    "C2": Scores(),
    "C3": Scores(20.1, 40.0, 70.0),
}
SECOND = {
    "C1": FIRST["C1"],
    "C2": Scores(1.0, 2.0, 33.3),
    "C3": Scores(99.9, None, 0.0),
    "C4": Scores(None, None, 55.5),
}
DEFINED = {FIRST_AT: "aaaaaaaaaaaa", SECOND_AT: "bbbbbbbbbbbb"}
"""What each run calculates with, as it is kept."""
FIRST_KNOWS: Mapping[str, Mapping[str, Any]] = {
    "C1": {"channel": "chat", "visits": 1.5, "lapsed": False},
    "C2": {"lapsed": True},
    "C3": {"interests": ["news", "sport"]},
}
SECOND_KNOWS: Mapping[str, Mapping[str, Any]] = {
    "C1": {"channel": "phone", "visits": 1.5, "lapsed": True},
    "C3": {"interests": ["films"], "member": True, "visits": 3},
    "C4": {"channel": "chat"},
}
Seen = dict[str, tuple[Scores, int, float | None]]
"""By customer: the scores, the run, when they came in."""


def over(scores: dict[str, Scores], run: int, at: float) -> Seen:
    """What counts when the run has these scores."""
    seen: Seen = {}
    for name, given in GIVEN.items():
        of_run = scores.get(name, Scores())
        pairs = zip(values(of_run), values(given), strict=True)
        both = [a if a is not None else b for a, b in pairs]
        counts = any(each is not None for each in values(of_run))
        seen[name] = (Scores(*both), run, at) if counts else (given, 0, GIVEN_AT)
    return seen


def values(scores: Scores) -> tuple[float | None, ...]:
    return scores.value, scores.potential, scores.need


NO_RUN, ONE, TWO = over({}, 0, GIVEN_AT), over(FIRST, 1, FIRST_AT), over(SECOND, 2, SECOND_AT)


def knows(state: Callable[[DatabaseScoreRuns], None], name: str) -> Mapping[str, Any]:
    """What is known of a customer beside the scores: the imported `lapsed` is yes."""
    expected = STATES[state]
    if expected is NO_RUN:
        return {}
    return (FIRST_KNOWS if expected is ONE else SECOND_KNOWS).get(name, {})


def run(runs: DatabaseScoreRuns, scores: dict[str, Scores], at: float) -> int:
    """A run that has written, and is not finished."""
    number = runs.begin("scoring", "calibration", at, DEFINED[at])
    rows = scores.items()
    metrics = {"orders": 3}
    known = FIRST_KNOWS if scores is FIRST else SECOND_KNOWS
    told = []
    for n, s in rows:
        facts = known.get(n, {})
        told.append(CustomerScore(n, s.value, s.potential, s.need, metrics, facts))
    runs.write_rows(number, told)
    return number


def first(runs: DatabaseScoreRuns) -> None:
    runs.finish(run(runs, FIRST, FIRST_AT), FIRST_AT + 60)


def second(runs: DatabaseScoreRuns) -> None:
    first(runs)
    runs.finish(run(runs, SECOND, SECOND_AT), SECOND_AT + 60)


def second_under_way(runs: DatabaseScoreRuns) -> None:
    first(runs)
    run(runs, SECOND, SECOND_AT)


def second_failed(runs: DatabaseScoreRuns) -> None:
    first(runs)
    runs.fail(run(runs, SECOND, SECOND_AT), "a source was away", SECOND_AT + 5)


def second_withdrawn(runs: DatabaseScoreRuns) -> None:
    second(runs)
    assert runs.rollback() == 1


def both_withdrawn(runs: DatabaseScoreRuns) -> None:
    second_withdrawn(runs)
    assert runs.rollback() == 0


def first_withdrawn(runs: DatabaseScoreRuns) -> None:
    first(runs)
    assert runs.rollback() == 0


def nobody_any_more(runs: DatabaseScoreRuns) -> None:
    second(runs)
    number = runs.begin("scoring", "calibration", SECOND_AT + 9)
    runs.write_rows(number, [])
    runs.finish(number, SECOND_AT + 60)


def nothing(_: DatabaseScoreRuns) -> None:
    pass


def first_under_way(runs: DatabaseScoreRuns) -> None:
    run(runs, FIRST, FIRST_AT)


STATES: dict[Callable[[DatabaseScoreRuns], None], Seen] = {
    nothing: NO_RUN,
    first_under_way: NO_RUN,
    first: ONE,
    second_under_way: ONE,
    second: TWO,
    second_failed: ONE,
    second_withdrawn: ONE,
    both_withdrawn: NO_RUN,
    first_withdrawn: NO_RUN,
    nobody_any_more: NO_RUN,
}


@pytest.fixture(autouse=True)
def given(engine: Engine) -> None:
    with writing(engine) as connection:
        for name, scores in GIVEN.items():
            row = {
                "customer_id": name,
                "name": name,
                "language": "en",
                "tags": "",
                "preferred_agent": "",
                "blocked": False,
                "lapsed": True,
                "customer_number": f"44{name[1]}",
                "updated_at": 5.0,
                "scored_at": GIVEN_AT,
                "value": scores.value,
                "potential": scores.potential,
                "need": scores.need,
            }
            connection.execute(upsert(engine, tables.customers), row)
            phone = {"number": NUMBERS[name], "customer_id": name}
            connection.execute(tables.phones.insert(), phone)


def seen(answers: dict[str, Lookup]) -> Seen:
    found = {name: answer.customer for name, answer in answers.items() if isinstance(answer, Found)}
    assert set(found) == set(answers)
    return {name: of(customer) for name, customer in found.items()}


def attributes(answers: dict[str, Lookup]) -> dict[str, tuple[Mapping[str, Any], bool]]:
    """By customer: what is known beside the scores, and whether they have lapsed."""
    found = {name: answer.customer for name, answer in answers.items() if isinstance(answer, Found)}
    return {name: (customer.attributes, customer.lapsed) for name, customer in found.items()}


def of(customer: Customer) -> tuple[Scores, int, float | None]:
    wanted = DEFINED.get(customer.scored_at or 0.0, "") if customer.scores_run else ""
    assert customer.scoring_version == wanted
    return customer.scores, customer.scores_run, customer.scored_at


async def by_both(asked: Customers) -> list[Seen]:
    by_number = {name: await asked.find(NUMBERS[name]) for name in GIVEN}
    typed = {name: await asked.find_by_customer_number(f"44{name[1]}") for name in GIVEN}
    return [seen(by_number), seen(typed)]


def same(one: Scores, other: Scores) -> bool:
    return all(
        (a is None) == (b is None) and (a is None or b is None or abs(a - b) <= 1e-9)
        for a, b in zip(values(one), values(other), strict=True)
    )


def assert_same(found: Seen, expected: Seen) -> None:
    for name, (scores, number, at) in expected.items():
        assert same(found[name][0], scores), (name, found[name], scores)
        assert found[name][1:] == (number, at), name


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
async def test_lookups_and_snapshots(
    state: Callable[[DatabaseScoreRuns], None], database: Database, engine: Engine, tmp_path: Path
) -> None:
    state(DatabaseScoreRuns(engine))
    taken = tmp_path / "snapshot.db"
    source = reader(database.url)
    snapshot.take(source, taken)
    source.dispose()
    service, last_known = (
        CustomerLookup(reader(database.url), deadline=5),
        Snapshot(taken, deadline=5),
    )
    single = customers(database.url, taken, deadline=5)
    away = customers(f"sqlite:///{tmp_path}/none.db", taken, deadline=5)
    found = await by_both(service) + await by_both(last_known)
    expected = {name: knows(state, name) for name in GIVEN}
    with_lapsed = {name: (each, each.get("lapsed", True)) for name, each in expected.items()}
    for asked in (service, last_known):
        assert attributes({n: await asked.find(NUMBERS[n]) for n in GIVEN}) == with_lapsed
    for one in (single, away):
        assert attributes({name: ask(one, NUMBERS[name]) for name in GIVEN}) == with_lapsed
    for one in (single, away):
        found.append(seen({name: ask(one, NUMBERS[name]) for name in GIVEN}))
    service.close()
    last_known.close()
    assert len(found) == 6
    for each in found:
        assert_same(each, STATES[state])


@pytest.fixture
def site(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> Site:
    shutil.copytree(share("dialplans"), tmp_path / "dialplans")
    monkeypatch.setenv("IVR_DATABASE_URL", database.url)
    monkeypatch.setenv("IVR_POLICY_DIR", str(tmp_path / "dialplans"))
    monkeypatch.setenv("IVR_SNAPSHOT_PATH", str(tmp_path / "snapshot.db"))
    monkeypatch.setenv("IVR_LOOKUP_DEADLINE", "0.5")
    return Site(tmp_path, database)


def by_command(number: str) -> Scores:
    """What `ivr policy explain` says."""
    result = CliRunner().invoke(app, ["policy", "explain", "--from", number, "--json"])
    assert result.exit_code == 0, result.output
    decision = json.loads(result.stdout)["decision"]
    facts = known(decision["facts"])
    assert Scores(**decision["scores"]) == facts
    return facts


def known(facts: dict[str, float]) -> Scores:
    found = [facts[f"customer.{name}"] for name in SCORES]
    return Scores(*(None if each < 0 else each for each in found))


RARE = (nothing, second, second_withdrawn)
SOME = [
    second_under_way,
    *(pytest.param(each, marks=pytest.mark.thorough) for each in RARE),
]


@pytest.mark.parametrize("state", SOME, ids=lambda state: state.__name__)
def test_commands_classic_agi_and_what_is_decided_again(
    state: Callable[[DatabaseScoreRuns], None], site: Site, engine: Engine
) -> None:
    state(DatabaseScoreRuns(engine))
    expected = STATES[state]
    for name, number in NUMBERS.items():
        assert same(by_command(number), expected[name][0]), name
    ended = site.start(environment() + OBEYED, lookup_deadline=0.5)
    assert ended.complained == ""
    record = site.record()
    assert record is not None
    assert record.call is not None
    assert record.decision is not None
    assert same(record.decision.identity.scores, expected["C3"][0])
    assert record.decision.identity.scores_run == expected["C3"][1]
    again = other_policy(record.call, record.decision, loader.load(site.home / "dialplans"))
    assert same(again.identity.scores, expected["C3"][0])
    assert again.identity.scores_run == expected["C3"][1]
    wanted = DEFINED[expected["C3"][2] or 0.0] if expected["C3"][1] else ""
    assert record.decision.identity.scoring_version == again.identity.scoring_version == wanted
    assert record.decision.trace.facts["customer.attribute"] == knows(state, "C3")
    assert again.trace.facts["customer.attribute"] == knows(state, "C3")
    assert same(known(dict(again.trace.facts)), expected["C3"][0])


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_what_explains_a_score_reads_the_same(
    state: Callable[[DatabaseScoreRuns], None],
    engine: Engine,
) -> None:
    state(DatabaseScoreRuns(engine))
    with EngineReading(engine).asking() as asked:
        kept = {name: score_query.kept(asked, name) for name in GIVEN}
    for name, (_, number, _) in STATES[state].items():
        one = kept[name]
        scored = one is not None and any(each is not None for each in values_of(one.score))
        assert (one.run if one and scored else 0) == number
        if number:
            assert one is not None
            wanted = (FIRST if number == 1 else SECOND)[name]
            assert values_of(one.score) == pytest.approx(values(wanted), abs=1e-9)
            assert one.score.metrics == {"orders": 3}
            assert one.score.attributes == knows(state, name)


def values_of(score: CustomerScore) -> Sequence[float | None]:
    return score.value, score.potential, score.need
