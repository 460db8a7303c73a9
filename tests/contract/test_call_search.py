"""Finding calls by what people know of them: the right ones, and never by reading all there are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, text

from ivr.domain.calls.call_filter import CallFilter
from ivr.domain.calls.events import CallEnded, CallRouted, QueueJoined
from ivr.errors import IvrError
from ivr.settings import Settings
from ivr.store import call_parts, call_query, call_search, older_call_parts
from ivr.store.customer_query import Run
from ivr.store.engine import writing
from ivr.store.journal import DatabaseJournal
from ivr.store.records import Records
from ivr.store.text_ranges import after_all_with
from tests.contract.test_store import ROUTED
from tests.databases import Database

MANY = 4000
# To make so many rows on a server takes a while.
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.thorough)]
TABLES = r"calls|call_\w+|decisions|stays|talks"
_DECIDED = """
INSERT INTO decisions (call_id, at, priority, rule, reason, route_ms, lookup, rung, policy_version,
    decision, call)
SELECT call_id, routed_at, 10, 'rule', 'reason', 1, 'found', 'live', 'v', '{}', '{}' FROM calls
"""
_STAYS = """
INSERT INTO stays (call_id, number, queue, joined_at, how, agent, interface, source, verdict)
SELECT call_id, 1, queue, routed_at + 1, 'answered', agent, '', 'ami', 'met' FROM calls
"""
_TALKS = """
INSERT INTO talks (call_id, number, stay, agent, interface, began_at, ended_by, passed_how,
    passed_to, source)
SELECT call_id, 1, 1, agent, '', routed_at + 2, '', '', '', 'ami' FROM calls
"""
_PUT = """
INSERT INTO calls (call_id, linked_id, caller_number, dialled, trunk, sip_call_id, rung, segment,
    routed_at, queue, rings, agent, ended_at, outcome, customer_id)
WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < :most)
SELECT 'pbx1-' || CAST(1700000000 + n AS VARCHAR) || '.' || CAST(n AS VARCHAR), '',
    '+4420794' || CAST(10000 + n AS VARCHAR), '1000', 'carrier',
    CAST(7919 * n AS VARCHAR) || '-' || CAST(n AS VARCHAR) || '@carrier.example', 'live',
    CASE WHEN n % 3 = 0 THEN 'premium' ELSE '' END, 1700000000 + n,
    CASE WHEN n % 200 = 1 THEN 'rare' WHEN n % 8 = 0 THEN 'premium' ELSE 'new' END, 1,
    'agent' || CAST(n % 40 AS VARCHAR), 1700000060 + n,
    CASE WHEN n % 500 = 7 THEN 'lost' ELSE 'answered' END,
    CASE WHEN n % 2 = 0 THEN 'C' || CAST(n % 700 AS VARCHAR) ELSE '' END
FROM counted
"""


@pytest.fixture
def many(database: Database, engine: Engine) -> Iterator[Records]:
    """As many calls as it takes for a plan to be what it is with a million."""
    with writing(engine) as connection:
        connection.execute(text(_PUT), {"most": MANY - 1})
        for statement in (_DECIDED, _STAYS, _TALKS):
            connection.execute(text(statement))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    with Records(Settings(database_url=database.url)) as found:
        yield found


def ids(records: Records, last: int | None = 20, **wanted: Any) -> list[str]:
    return [each.history.call_id for each in records.listed(CallFilter(**wanted), last)]


def expected(which: Sequence[int], last: int | None = 20) -> list[str]:
    named = [f"pbx1-{1700000000 + n}.{n}" for n in which]
    return named if last is None else named[-last:]


@pytest.mark.parametrize("last", [3, 20, 1500, None])
def test_those_that_fit_are_found_in_their_order(many: Records, last: int | None) -> None:
    every = range(MANY)
    for wanted, fits in (
        ({}, every),
        ({"customer": "C42"}, [n for n in every if n % 2 == 0 and n % 700 == 42]),
        ({"agent": "agent7"}, [n for n in every if n % 40 == 7]),
        ({"queue": "premium"}, [n for n in every if n % 8 == 0]),
        ({"segment": "premium"}, [n for n in every if n % 3 == 0]),
        ({"outcome": "lost"}, [n for n in every if n % 500 == 7]),
        ({"endings": ("1234",)}, [1234]),
        ({"endings": ("207941234",)}, []),
        ({"endings": ("2079413999",)}, [3999]),
        ({"numbers": ("+442079413999", "no")}, [3999]),
        ({"agent": "agent7", "outcome": "lost"}, [n for n in every if n % 1000 == 7]),
        ({"agent": "agent7", "queue": "premium"}, []),
        ({"since": 1700003000.0, "until": 1700003002.0}, [3000, 3001]),
        ({"agent": "agent7", "since": 1700003007.0}, [n for n in every[3000:] if n % 40 == 7]),
        ({"customer": "nobody"}, []),
        ({"customer": "no\0body"}, []),
        ({"agent": "' OR 1 = 1 --"}, []),
    ):
        assert ids(many, last, **wanted) == expected(fits, last), wanted


def test_an_ending_that_fits_very_many_numbers_is_refused(many: Records, monkeypatch: Any) -> None:
    monkeypatch.setattr(call_search, "MOST_NUMBERS", 100)
    with pytest.raises(IvrError, match="write more digits"):
        ids(many, endings=("4",))


def test_a_page_keeps_no_more_in_memory_than_a_thousand(many: Records) -> None:
    sizes = [len(page) for page in call_search.pages(many.reading.asking, CallFilter(), None)]
    assert sizes == [1000, 1000, 1000, 1000]


def test_calls_of_tests_and_those_that_go_on_are_found_too(
    database: Database,
    engine: Engine,
) -> None:
    kept = DatabaseJournal(engine)
    kept.happened(replace(ROUTED, call_id="a-test", at=1.0, test=True))
    kept.happened(replace(ROUTED, call_id="goes-on", at=2.0))
    kept.happened(QueueJoined("no-time", 3.0, "premium", 1))
    kept.happened(replace(ROUTED, call_id="over", at=3.0))
    kept.happened(CallEnded("over", 4.0, 16))
    assert kept.close(5)
    database.edit("UPDATE calls SET customer_id = 'C1' WHERE call_id <> 'no-time'")
    with Records(Settings(database_url=database.url)) as records:
        for last in (20, None):
            assert ids(records, last) == ["no-time", "a-test", "goes-on", "over"]
            assert ids(records, last, customer="C1") == ["a-test", "goes-on", "over"]
            assert ids(records, last, outcome="routing") == ["a-test", "goes-on"]
            assert ids(records, last, queue="premium") == ["no-time", "a-test", "goes-on", "over"]
        assert ids(records, 2, queue="premium") == ["goes-on", "over"]


def test_earlier_queues_and_agents_of_a_call_count(database: Database, many: Records) -> None:
    here = {"id": "pbx1-1700000042.42"}
    database.edit(
        "INSERT INTO stays (call_id, number, queue, joined_at, how, agent, interface, source, "
        "verdict) VALUES (:id, 2, 'callbacks', 1700000050, 'left', '', '', 'ami', 'met')",
        **here,
    )
    database.edit(
        "INSERT INTO talks (call_id, number, stay, agent, interface, began_at, ended_by, "
        "passed_how, passed_to, source) "
        "VALUES (:id, 2, 0, 'colleague', '', 1700000060, '', '', '', 'ami')",
        **here,
    )
    for last in (20, None):
        for wanted in ({"queue": "callbacks"}, {"agent": "colleague"}):
            assert ids(many, last, **wanted) == [here["id"]]
            within = {"since": 1700000042.0, "until": 1700000043.0}
            assert ids(many, last, **wanted, **within) == [here["id"]]
            assert ids(many, last, **wanted, since=1700000043.0) == []
        assert ids(many, last, queue="callbacks", agent="colleague") == [here["id"]]
        three = {"queue": "callbacks", "agent": "agent2", "outcome": "answered"}
        assert ids(many, last, **three) == [here["id"]]


@pytest.mark.parametrize("database", DATABASES, indirect=True)
def test_any_part_of_a_name_finds_it(many: Records) -> None:
    """Wherever it begins, in capitals or not; of one that is in very many, it says so."""
    names = [(f"pbx1-{1700000000 + n}.{n}", f"{7919 * n}-{n}@carrier.example") for n in range(MANY)]

    def with_(part: str) -> set[str]:
        return {call_id for call_id, sip in names if part in call_id or part in sip}

    with many.reading.asking() as run:
        for whole in names[3210]:
            for begin in range(len(whole) - 6):
                for end in (begin + 6, begin + 7, begin + 9, begin + 13, len(whole)):
                    part = whole[begin:end]
                    if len(part) < 6:
                        continue
                    found = call_parts.fitting(run, part.upper())
                    fits = {key[1] for key in found.keys}
                    if found.all_of_them:
                        assert fits == with_(part), part
                    else:
                        pieces = [part[n : n + 12] for n in range(4)]
                        assert max(len(with_(piece)) for piece in pieces) > call_parts._MOST, part
        assert call_query.find(run, "3210.3210") is not None
        assert call_query.find(run, "0003210.32") is not None


def test_older_calls_get_their_pieces_beside_the_calls(
    database: Database,
    engine: Engine,
    many: Records,
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(older_call_parts, "_LOOKED_AT", 700)
    with engine.connect() as connection:
        asked = text("SELECT part, call_id FROM call_parts ORDER BY part, call_id")
        as_triggers_do = connection.execute(asked).all()
        assert list(older_call_parts.missing_written(engine)) == []  # they are all there
        database.edit("DELETE FROM call_parts")
        stopped = older_call_parts.missing_written(engine)
        assert [next(stopped), next(stopped)] == [60, 60]
        assert many.find(f"{MANY - 1}.{MANY - 1}") is not None  # the newest first
        assert many.find("3210.3210") is None
        assert sum(older_call_parts.missing_written(engine)) == MANY - 120
        connection.rollback()
        assert connection.execute(asked).all() == as_triggers_do
    assert older_call_parts.write_older(database.url) == 0


def test_a_part_that_fits_several_says_so(many: Records) -> None:
    found, newest = many.like("pbx1-17000032", 5)
    assert (len(found.keys), found.all_of_them) == (100, True)
    assert [each.history.call_id for each in newest] == expected(range(3200, 3300), 5)[::-1]
    assert many.find("pbx1-17000032") is None
    assert many.like("nothing like it", 5) == (call_parts.Fitting(()), [])


def test_a_part_of_very_many_finds_the_newest(many: Records, monkeypatch: Any) -> None:
    monkeypatch.setattr(call_parts, "_MOST", 50)
    found, newest = many.like("@carrier.ex", 2)
    assert not found.all_of_them
    assert [each.history.call_id for each in newest] == expected(range(MANY), 2)[::-1]
    assert many.find("@carrier.ex") is None


def test_names_that_change_or_go_are_not_found_any_more(
    database: Database,
    engine: Engine,
    many: Records,
) -> None:
    call_id = "pbx1-1700000042.42"
    database.edit("UPDATE calls SET sip_call_id = 'quite another' WHERE call_id = :id", id=call_id)
    assert many.find("quite anoth") is not None
    assert many.find(f"{7919 * 42}-42@") is None
    database.edit("DELETE FROM calls WHERE call_id = :id", id=call_id)
    assert many.find("quite anoth") is None
    with engine.connect() as connection:
        for asked in (
            "SELECT COUNT(*) FROM call_parts WHERE call_id = :id",
            "SELECT COUNT(*) FROM call_numbers WHERE number = '+442079410042'",
        ):
            values = {"id": call_id} if ":id" in asked else {}
            assert connection.execute(text(asked), values).scalar() == 0


@pytest.mark.abuse
@pytest.mark.parametrize("name", ["", "é" * 40, "%_/'\"; --", "😀" * 500, "\U0010ffff" * 9])
def test_hostile_names_are_kept_and_found(database: Database, engine: Engine, name: str) -> None:
    kept = DatabaseJournal(engine)
    kept.happened(CallRouted("pbx-1", 1.0, "", name, "", "", name, "live", "", "", 0, "queue"))
    assert kept.close(5)
    with Records(Settings(database_url=database.url)) as records:
        assert (records.find(name[2:]) is not None) == (len(name) >= 8)
        assert ids(records) == ["pbx-1"]


def test_the_least_text_after_all_with_a_beginning() -> None:
    assert after_all_with("ab") == "ac"
    assert after_all_with("a\ud7ff") == "a\ue000"
    assert after_all_with("\U0010ffff") > "\U0010ffff"
    assert after_all_with("a\U0010ffff") == "b"


@pytest.mark.parametrize("database", DATABASES, indirect=True)
@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"customer": "C42"},
        {"endings": ("207941234",)},
        {"endings": ("2345", "3456")},
        {"agent": "agent7"},
        {"queue": "rare"},
        {"segment": "premium"},
        {"outcome": "lost"},
        {"outcome": "waiting"},
        {"agent": "agent7", "queue": "rare", "outcome": "lost"},
        {"since": 1700003000.0},
        {"part": "00003210.3"},
        {"part": "no such name"},
        {"part": "whole"},
    ],
    ids=str,
)
def test_no_search_reads_everything(many: Records, database: Database, wanted: Any) -> None:
    with many.reading.asking() as run:
        plans: list[str] = []
        if database.kind == "postgresql":  # of so few calls, reading all takes no longer
            run("SELECT set_config('enable_seqscan', 'off', false)", {})
        asked = planned(run, database.kind, plans)
        if part := wanted.get("part"):
            call_query.find(asked, "pbx1-1700003210.3210" if part == "whole" else part)
        else:
            call_search.newest_lines(asked, CallFilter(**wanted), 20)
    assert plans
    for plan in plans:
        assert not re.search(rf"Seq Scan|SCAN ({TABLES})\b(?! USING)", plan), plan
        # An index that is read whole, in order to sort it or to look at each entry, is no better.
        whole = re.findall(rf"SCAN (?:{TABLES}) USING \D*INDEX (\w+)", plan)
        whole += re.findall(r"Index\D* Scan \D*using (\w+).*\n(?! *Index Cond)", plan)
        assert set(whole) <= {"ix_calls_open"}, plan


def planned(run: Run, kind: str, plans: list[str]) -> Run:
    """Note the plan of each statement that is run."""
    explain = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}[kind]

    def asked(sql: str, values: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        plans.append("\n".join(str(row[-1]) for row in run(f"{explain} {sql}", values)))
        return run(sql, values)

    return asked
