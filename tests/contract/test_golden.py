"""An upgrade: what an earlier version recorded is migrated, read, listed, explained and decided again as it was.

The two databases have the same in them, and `expected.json` what that version said of it.
"""

import json
import os
import re
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.text import Text
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from ivr.application.recorded_call_check import decide_again
from ivr.cli import app
from ivr.domain.calls.events import CallEnded
from ivr.domain.calls.history import CallHistory, fold
from ivr.domain.calls.incoming_call import PinCaller
from ivr.domain.calls.record import record_as_json
from ivr.domain.json_dataclasses import deep
from ivr.presentation import explanation_text
from ivr.presentation.call_record import explain_lines
from ivr.settings import Settings
from ivr.store import calls, migrate, peppers
from ivr.store.customer_query import live
from ivr.store.engine import reader, writer
from ivr.store.engine_reading import EngineReading
from ivr.store.journal import DatabaseJournal
from ivr.store.lookup import CustomerLookup
from ivr.store.pins import DatabasePins
from ivr.store.records import Records
from ivr.store.version_query import VersionArchive
from tests import golden
from tests.golden import FOLDER, TABLES, Golden, expected, rows_of

KINDS = ("sqlite", "postgresql")
ELSEWHERE = PinCaller("carrier", "+442079460197")
SINCE = ("--since", "2025-01-01", "--until", "2027-01-01")


@pytest.fixture(scope="module", autouse=True)
def _there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The time zone in which that version told what it said; an installation without settings of its own."""
    settings = tmp_path_factory.mktemp("settings") / "ivr.toml"
    settings.touch()
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("IVR_")]:
            patch.delenv(name)
        patch.setenv("IVR_SETTINGS", str(settings))
        patch.setenv("TZ", "Europe/London")
        time.tzset()
        yield
    time.tzset()


def put(request: pytest.FixtureRequest, folder: Path, name: str) -> Golden:
    """One of the databases, migrated by the command."""
    kind = request.param
    url = (
        golden.put_file(folder / "ivr.db")
        if kind == "sqlite"
        else golden.put_server(request.getfixturevalue("postgres_server"), name)
    )
    then = {table: rows_of(url, table) for table in TABLES}
    done = Golden(kind, url, then)
    migrated = ivr(done, "migrate")
    assert migrated.exit_code == 0, migrated.output
    assert migrate.head() in migrated.output
    return done


@pytest.fixture(scope="module", params=KINDS)
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Golden:
    """One that tests only read."""
    return put(request, tmp_path_factory.mktemp("golden"), "golden")


@pytest.fixture(params=KINDS)
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Golden:
    """One that a test may change."""
    return put(request, tmp_path, "golden_own")


@pytest.fixture
def engine_of_own(own: Golden) -> Iterator[Engine]:
    engine = writer(own.url)
    yield engine
    engine.dispose()


def ivr(place: Golden, *arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"IVR_DATABASE_URL": place.url})


def lines(result: Result) -> list[Any]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def told(upgraded: Golden) -> dict[str, Any]:
    """Every call as it is read, and what came of deciding again."""
    engine = reader(upgraded.url)
    made = {}
    for record in calls.last_calls(engine, 1000):
        again = decide_again(record, VersionArchive(EngineReading(engine)))
        explained = explanation_text.as_json(again.explanation) if again.explanation else {}
        made[record.history.call_id] = {
            **record_as_json(record, calls.events_of(engine, record.history.call_id)),
            "policy": record.decision and {
                "version": record.decision.trace.policy_version, "publication": again.publication
            },
            "again": {
                "same": not again.differs if explained else None, "differs": again.differs, "problem": again.problem
            },
            **{name: explained.get(name) for name in ("segments", "rules", "caller")},
        }  # fmt: skip
    engine.dispose()
    plain: dict[str, Any] = json.loads(json.dumps(deep(made)))
    return plain


def within(small: Any, large: Any) -> bool:
    """Whether the larger one has all that the smaller one has; it may know more of a thing."""
    if isinstance(small, dict):
        return isinstance(large, dict) and all(n in large and within(value, large[n]) for n, value in small.items())
    if isinstance(small, list):
        pairs = zip(small, large, strict=False)
        return isinstance(large, list) and len(small) == len(large) and all(within(a, b) for a, b in pairs)
    return bool(small == large)


def by_key(table: str, rows: Iterable[golden.Row]) -> dict[str, golden.Row]:
    keys = {
        "members": ("queue", "interface"), "phones": ("number", "customer_id"), "customers": ("customer_id",),
        "policy_versions": ("version",), "calls": ("call_id",), "decisions": ("call_id",),
    }  # fmt: skip
    return {repr([row[name] for name in keys.get(table, ("id",))]): row for row in rows}


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_lost_when_it_is_migrated(upgraded: Golden, table: str) -> None:
    then = by_key(table, upgraded.then[table])
    assert len(then) == expected()["counts"][table] > 0
    now = by_key(table, upgraded.now(table))
    assert now.keys() == then.keys()
    assert [key for key, row in then.items() if not within(row, now[key])] == []


def test_there_is_one_of_everything_that_there_was(upgraded: Golden) -> None:
    """`values.json` is made out of that version's own types; a value that no record has would be one untried."""
    all_values = json.loads((FOLDER / "values.json").read_text(encoding="utf-8"))
    values, filled = golden.what_occurs(upgraded.then)
    untried = {of: sorted(set(those) - values[of], key=str) for of, those in all_values["values"].items()}
    unfilled = {of: sorted(set(those) - filled[of]) for of, those in all_values["filled"].items()}
    assert {of: those for of, those in {**untried, **unfilled}.items() if those} == {}
    reasons = [row["reason"] for row in upgraded.then["decisions"]]
    assert [each for each in all_values["reasons"] if not any(re.search(each, reason) for reason in reasons)] == []


def test_the_calls_are_listed(upgraded: Golden) -> None:
    listed = lines(ivr(upgraded, "calls", "--last", "1000", "--json"))
    assert within(expected()["calls"], listed)
    table = ivr(upgraded, "calls", "--last", "1000")
    assert [call["call_id"] for call in expected()["calls"]] == [
        line.split()[0] for line in table.stdout.splitlines()[1:]
    ]


def test_the_records_are_read_as_they_were_written(upgraded: Golden, told: dict[str, Any]) -> None:
    decided = {row["call_id"]: row for row in upgraded.then["decisions"]}
    happened: dict[str, list[Any]] = {call: [] for call in told}
    for row in sorted(upgraded.then["facts"], key=lambda row: (row["at"], row["id"])):
        happened[row["call_id"]].append(
            {"kind": row["kind"], "call_id": row["call_id"], "at": row["at"], **row["data"]}
        )
    for history in upgraded.then["calls"]:
        call, said = history["call_id"], told[history["call_id"]]
        row = decided.get(call, {"decision": None, "call": None, "route_ms": None})
        assert within(history, said["history"])
        assert within(row["decision"], said["decision"])
        assert within(row["call"], said["call"])
        assert row["route_ms"] == said["route_ms"]
        assert within(happened[call], said["facts"])


def test_what_happened_adds_up_to_the_same_history(upgraded: Golden) -> None:
    engine = reader(upgraded.url)
    for record in calls.last_calls(engine, 1000):
        known = calls.events_of(engine, record.history.call_id)
        history = CallHistory(record.history.call_id)
        for each in known:
            history = fold(history, each)
        kinds = [each.kind for each in known]
        # What was decided first is in no event; and a wait had the talk before in it.
        if kinds[:1] == ["routed"] and kinds.count("connected") < 2:
            of_the_service = {"customer_id": record.history.customer_id}
            assert deep(history) | of_the_service == deep(record.history)
    engine.dispose()


def test_deciding_again_gives_the_same(told: dict[str, Any]) -> None:
    """In everything but the agent's phone, on which names and trust are shown otherwise since then."""
    for call, then in expected()["explained"].items():
        assert (told[call]["again"], told[call]["policy"]) == (then["again"], then["policy"]), call
    same = [said["again"]["same"] for said in told.values()]
    assert (same.count(True), same.count(False)) == (expected()["counts"]["decisions"], 0)


def test_the_command_explains_one_of_each_kind(upgraded: Golden, told: dict[str, Any]) -> None:
    of_each_rule = {(said["decision"] or {}).get("rule"): call for call, said in told.items()}
    assert len(of_each_rule) > 10
    for call in of_each_rule.values():
        result = ivr(upgraded, "explain", call, "--json")
        said = json.loads(result.stdout)
        assert not any(said.pop(name) for name in ("stays", "talks", "parts"))  # not kept then
        assert (result.exit_code, said) == (expected()["explained"][call]["code"], told[call])


def test_segments_and_rules_fare_as_then(told: dict[str, Any]) -> None:
    def as_then(line: dict[str, Any]) -> dict[str, Any]:
        """Without the words that a rule changes nothing, which were not said then."""
        return {**line, "effect": line["effect"].partition(": nothing changes")[0]}

    def better_said(line: dict[str, Any]) -> dict[str, Any]:
        """Trust that is missing was put as one more condition that holds."""
        return {**line, "why": line["why"].replace(" and but takes", ", but takes")}

    for call, then in expected()["explained"].items():
        now = told[call]
        assert now["segments"] == (then["segments"] and [better_said(line) for line in then["segments"]]), call
        assert then["rules"] == (now["rules"] and [as_then(line) for line in now["rules"]]), call


def test_the_caller_hears_the_same(told: dict[str, Any]) -> None:
    """Said otherwise: who is refused hears no greeting, and nobody while the customers cannot be asked.

    The dialplan played none to them then, either.
    """
    compared = 0
    for call, then in expected()["explained"].items():
        decision, now = told[call]["decision"], told[call]["caller"]
        if decision and (decision["action"] == "refuse" or decision["rung"] == "default"):
            continue
        assert now == then["caller"], call
        compared += 1
    assert compared > len(told) / 2


def test_the_explanations_are_those_of_then(upgraded: Golden) -> None:
    """Said otherwise: of what was typed and is no customer number, only how long it is, for it may be a PIN."""
    with Records(Settings(database_url=upgraded.url)) as records:
        said = [
            Text.from_markup(line).plain.rstrip()
            for record in records.last(1000)
            for line in explain_lines(record, records.events(record.history.call_id))
            if "read as +" not in line  # which is said since then
        ]
    then = (FOLDER / "explain.txt").read_text(encoding="utf-8").splitlines()
    differ = [(here, there) for here, there in zip(then, said, strict=True) if here != there]
    assert differ == [
        (here, re.sub("typed ([0-9]+)", lambda found: f"{len(found[1])} digits that are no customer number", here))
        for here, _ in differ
    ]
    assert 0 < len(differ) < 10


def test_versions_and_publications_are_there(upgraded: Golden) -> None:
    log = lines(ivr(upgraded, "policy", "log", "--json"))
    assert log == expected()["log"]
    for row in upgraded.then["policy_versions"]:
        for name, *option in (("policy",), ("agents", "--agents")):
            shown = ivr(upgraded, "policy", "show", row["version"], *option)
            assert (shown.exit_code, shown.stdout.strip()) == (0, row[name].strip())


def refused_number(upgraded: Golden) -> set[str]:
    """Calls in which a customer number was typed, and no right PIN when one was asked for."""
    return {
        row["call_id"]
        for row in upgraded.then["decisions"]
        if {"n", "p"} <= set(row["call"]["asked"]) and row["decision"]["facts"]["note.pin"] in ("", "wrong", "locked")
    }


@pytest.mark.parametrize("n", range(4))
def test_another_policy_would_treat_the_same_callers_otherwise(upgraded: Golden, n: int) -> None:
    """But for those whose number counts no longer since then: a PIN that is wrong, or not typed, takes it away."""
    then = expected()["diffs"][n]
    result = ivr(upgraded, "policy", "diff", then["new"], "--against", then["old"], *SINCE, "--limit", "1000", "--json")
    (now,) = lines(result)
    assert [now[name] for name in ("old", "new", "calls", "tests", "undecided")] == [
        then[name] for name in ("old", "new", "calls", "tests", "undecided")
    ]
    examples = {each["call_id"]: [each["old"], each["new"], sorted(each["fields"])] for each in now["examples"]}
    assert len(then["examples"]) == then["different"]
    otherwise = refused_number(upgraded)
    assert otherwise
    for each in (examples, then["examples"]):
        assert each.keys() - otherwise
    assert without(examples, otherwise) == without(then["examples"], otherwise)


def without(examples: dict[str, Any], those: set[str]) -> dict[str, Any]:
    return {call: value for call, value in examples.items() if call not in those}


async def test_customers_are_found_with_what_they_did(upgraded: Golden) -> None:
    """Their columns, their earlier calls, and the segment of the last one.

    Since then a call of which Asterisk told nothing is none of a customer's, for it may never have been made; nor is
    one that was given up before it was a wait.
    """
    now = expected()["now"]
    none = {row["routed_at"] for row in upgraded.then["calls"] if not row["rung"] or golden.given_up(row)}
    lookup = CustomerLookup(reader(upgraded.url), 5.0, query=live(lambda: now))
    try:
        for number, then in expected()["customers"]["by phone"].items():
            assert within(golden.with_contacts(then, none), deep(await lookup.find(number))), number
        for number, then in expected()["customers"]["by customer number"].items():
            found = deep(await lookup.find_by_customer_number(number))
            assert within(golden.with_contacts(then, none), found), number
    finally:
        lookup.close()


def test_calls_that_had_not_ended_go_on(own: Golden, engine_of_own: Engine) -> None:
    """Their end is seen after the upgrade."""
    still = calls.open_calls(engine_of_own)
    assert still == expected()["open"]
    before = {row["call_id"]: row["outcome"] for row in own.then["calls"]}
    assert {before[call] for call in still} >= {"routing", "asking", "waiting", "talking", "unserved"}
    journal = DatabaseJournal(engine_of_own)
    for call in still:
        journal.happened(CallEnded(call, expected()["now"], 16))
    assert journal.close(10)
    after = {row["call_id"]: row["outcome"] for row in own.now("calls")}
    becomes = {"routing": "lost", "asking": "abandoned", "waiting": "lost", "talking": "answered"}
    assert {call: after[call] for call in still} == {call: becomes.get(before[call], before[call]) for call in still}
    assert calls.open_calls(engine_of_own) == []


@cache
def the_pins() -> dict[str, str]:
    """By customer; the one of P04 was locked by three wrong tries."""
    known: dict[str, str] = json.loads((FOLDER / "pins.json").read_text(encoding="utf-8"))
    return known


def hashes(place: Golden) -> dict[str, str]:
    return {row["customer_id"]: row["pin_hash"] for row in place.now("customers") if row["pin_hash"]}


async def verdict(pins: DatabasePins, customer: str, pin: str, now: float) -> str:
    """What comes of a PIN that is typed elsewhere. A busy machine refuses one that would take too long: then again."""
    patient_until = time.monotonic() + 20
    while (said := await pins.verify(customer, pin, "pbx1-1.1", now, caller=ELSEWHERE)) == "unavailable":
        assert time.monotonic() < patient_until, f"the PIN of {customer} cannot be verified"
    return said


@pytest.mark.thorough
async def test_pins_of_then_are_right(own: Golden, engine_of_own: Engine) -> None:
    now, pins = expected()["now"], DatabasePins(engine_of_own, deadline=10)
    wrong = [row["at"] for row in own.then["pin_tries"] if row["customer_id"] == "P04" and row["right"] is False]
    try:
        assert await verdict(pins, "P04", the_pins()["P04"], max(wrong) + 60) == "locked"
        for customer, pin in the_pins().items():
            assert await verdict(pins, customer, pin[::-1], now) == "wrong"
            assert await verdict(pins, customer, pin, now + 86_400) == "right"
        assert await verdict(pins, "P06", "5823", now) == "none"  # taken away
        assert await pins.verify("P07", "9173", "pbx1-1.1", now, caller=ELSEWHERE) == "unavailable"  # damaged
    finally:
        pins.close()
    assert hashes(own) == {row["customer_id"]: row["pin_hash"] for row in own.then["customers"] if row["pin_hash"]}


@pytest.mark.thorough
async def test_pins_of_then_get_a_pepper_when_they_are_typed(
    own: Golden, engine_of_own: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pepper = tmp_path / "pepper"
    monkeypatch.setenv("IVR_PIN_PEPPER_FILE", str(pepper))
    assert ivr(own, "pin", "pepper").exit_code == 0
    (known,) = peppers.load(pepper).known
    now, pins = expected()["now"] + 86_400, DatabasePins(engine_of_own, deadline=10, pepper_file=pepper)
    try:
        for customer, pin in the_pins().items():
            assert await verdict(pins, customer, pin, now) == "right"
            assert await verdict(pins, customer, pin, now) == "right"
            assert await verdict(pins, customer, pin[::-1], now) == "wrong"
            assert hashes(own)[customer].startswith(f"$pepper${known.id}$argon2id$")
    finally:
        pins.close()
