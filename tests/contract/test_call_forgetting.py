"""Old calls lose what is personal in them, and go on to count."""

import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from ivr.domain.calls.events import (
    AgentConnected,
    CallEnded,
    CallRouted,
    CallStarted,
    PassedOn,
    QueueJoined,
)
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.customers import Scores
from ivr.domain.routing.decision import Decision
from ivr.errors import StoreError
from ivr.settings import Settings
from ivr.store import call_forgetting, number_key
from ivr.store.call_forgetting import forget, forget_old, old_calls
from ivr.store.journal import DatabaseJournal
from ivr.store.number_key import NumberKey, kept_or_made
from ivr.store.records import Records
from ivr.store.search_tables import forgotten_calls
from tests.contract.test_pages import everything
from tests.databases import Database, SqliteFile
from tests.decisions import decision_of

NUMBER, OTHER = "+442079460001", "+442079460002"
SECRETS = (NUMBER, OTHER, "2079460", "Ada Lovelace", "abc-sip-id@10", "4711", "gold contract")
KEY = NumberKey(b"k" * 32)
OLD, NEW = 1000.0, 9000.0


def decided(call_id: str, at: float, number: str) -> tuple[IncomingCall, Decision]:
    """A call and its decision, both full of what is personal."""
    call = IncomingCall(
        call_id,
        call_id,
        number,
        "1000",
        not number,
        "carrier",
        f"abc-sip-id@10-{call_id}",
        at,
        typed="4711",
        from_number=OTHER,
        asserted=OTHER,
    )
    decision = decision_of(
        call_id=call_id,
        action="queue",
        treatment="premium",
        queue="premium",
        priority=10,
        segment="premium",
        customer_id="C1",
        customer_name="Ada Lovelace",
        scores=Scores(80.0, None, 1.0),
        score=66.0,
        lookup="found",
        rule="segment premium",
        reason=f"{number or OTHER} is Ada Lovelace's",
        label="PREMIUM Ada Lovelace",
        rung="live",
        policy_version="abc123",
        language="en",
        facts={"call.number": number, "customer.contract": "gold contract"},
    )
    return call, decision


@pytest.fixture
def kept(engine: Engine) -> Iterator[DatabaseJournal]:
    made = DatabaseJournal(engine)
    for call_id, at, number in (
        ("old-1", OLD, NUMBER),
        ("old-2", OLD + 1, NUMBER),
        ("old-3", OLD + 2, OTHER),
        ("withheld", OLD + 3, ""),
        ("new-1", NEW, NUMBER),
    ):
        call, decision = decided(call_id, at, number)
        made.decided(call, decision, 1.5)
        sip, place, premium = call.sip_call_id, ("1000", "carrier"), ("premium", "premium")
        for event in (
            CallStarted(call_id, at, number, "1000", "carrier", source="queue_log"),
            CallRouted(call_id, at, call_id, number, *place, sip, "live", *premium, 10, "queue"),
            QueueJoined(call_id, at + 1, "premium", 1),
            AgentConnected(call_id, at + 5, "premium", "Bo", "PJSIP/bo", 4),
            PassedOn(call_id, at + 9, "blind", OTHER),
            CallEnded(call_id, at + 20, 16),
        ):
            made.happened(event)
    assert made.flush(5)
    yield made
    made.close(5)


def rows(engine: Engine, asked: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(asked))]


def test_nothing_personal_is_left_of_old_calls(engine: Engine, kept: DatabaseJournal) -> None:
    assert all(secret in everything(engine) for secret in SECRETS)
    assert old_calls(engine, 2000.0) == call_forgetting.OldCalls(4, OLD, OLD + 3)
    assert list(forget(engine, KEY, 2000.0, lambda: 77.0)) == [4]
    assert old_calls(engine, 2000.0).count == 0
    of_old = [line for line in everything(engine).splitlines() if "new-1" not in line]
    of_old = [line for line in of_old if line != repr((NUMBER[::-1], NUMBER))]  # the new one's
    for secret in SECRETS:
        assert not [line for line in of_old if secret in line], secret
    assert sum(secret in everything(engine) for secret in SECRETS) == len(SECRETS)  # the new one's


def test_what_statistics_need_stays(
    database: Database,
    engine: Engine,
    kept: DatabaseJournal,
) -> None:
    with Records(Settings(database_url=database.url)) as records:
        before = {each.history.call_id: each for each in records.last(9)}
        course = records.course("old-1")
        list(forget(engine, KEY, 2000.0))
        after = {each.history.call_id: each for each in records.last(9)}
        assert after["new-1"] == before["new-1"]
        for call_id in ("old-1", "old-3"):
            was, now = before[call_id], after[call_id]
            gone: dict[str, Any] = {"caller_number": "forgotten", "sip_call_id": ""}
            assert now.history == replace(was.history, **gone)
            assert now.decision
            assert was.decision
            assert was.call
            assert now.decision.treatment == replace(was.decision.treatment, label="")
            assert now.decision.identity == replace(was.decision.identity, customer_name=None)
            assert now.decision.trace.reason == "forgotten is forgotten's"
            gone |= {"typed": "", "from_number": "", "asserted": "forgotten"}
            assert now.call == replace(was.call, **gone)
        assert after["withheld"].history.caller_number == ""
        assert [talk.passed_to for talk in records.course("old-1")[1]] == ["forgotten"]
        assert records.course("old-1")[0] == course[0]
        kinds = [event.kind for event in records.events("old-1")]
        assert kinds == ["started", "routed", "joined", "connected", "passed_on", "ended"]
        assert records.find("abc-sip-id@10-old-1") is None
        assert records.find("abc-sip-id@10-new-1") == before["new-1"]


def test_calls_of_one_number_have_one_hash(engine: Engine, kept: DatabaseJournal) -> None:
    list(forget(engine, KEY, 2000.0))
    hashes = dict(rows(engine, "SELECT call_id, number_hash FROM forgotten_calls"))
    assert hashes["old-1"] == hashes["old-2"] == KEY.hashed(NUMBER) != KEY.hashed(OTHER)
    assert hashes["old-3"] == KEY.hashed(OTHER) != NumberKey(b"other").hashed(OTHER)
    assert hashes["withheld"] == ""
    assert "new-1" not in hashes


def test_it_goes_on_where_it_was_stopped(
    engine: Engine, kept: DatabaseJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_forgetting, "BATCH", 1)
    monkeypatch.setattr(call_forgetting, "_LOOKED_AT", 2)
    stopped = forget(engine, KEY, 2000.0)
    assert [next(stopped), next(stopped), next(stopped)] == [1, 1, 1]
    stopped.close()
    assert old_calls(engine, 2000.0).count == 1
    assert list(forget(engine, KEY, 2000.0)) == [1]
    assert list(forget(engine, KEY, 2000.0)) == []
    numbers = rows(engine, "SELECT caller_number FROM calls ORDER BY routed_at")
    assert numbers == [("forgotten",)] * 3 + [("",), (NUMBER,)]


def test_a_batch_is_done_or_not(
    engine: Engine,
    kept: DatabaseJournal,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = everything(engine)

    def broken(*_: object) -> None:
        raise StoreError("gone")

    monkeypatch.setattr(call_forgetting, "insert_new", broken)
    with pytest.raises(StoreError, match="gone"):
        list(forget(engine, KEY, 2000.0))
    assert everything(engine) == before


def test_damaged_records_keep_nothing(
    database: Database,
    engine: Engine,
    kept: DatabaseJournal,
) -> None:
    if database.kind == "sqlite":
        database.edit("UPDATE decisions SET decision = 'no JSON', call = '[1' WHERE at < 2000")
    else:
        database.edit("UPDATE decisions SET decision = '[]', call = '1' WHERE at < 2000")
    assert sum(forget(engine, KEY, 2000.0)) == 4
    left = rows(engine, "SELECT decision, call FROM decisions WHERE at < 2000")
    assert {str(each) for row in left for each in row} == {"{}"}


def test_the_services_way(
    database: Database,
    engine: Engine,
    kept: DatabaseJournal,
    tmp_path: Path,
) -> None:
    key_file = tmp_path / "keys" / "number.key"
    assert forget_old(database.url, key_file, 10.0) == 0
    assert not key_file.exists()  # there was nothing to hash
    assert forget_old(database.url, key_file, 2000.0) == 4
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    hashed = kept_or_made(key_file).hashed(NUMBER)
    table = forgotten_calls.c
    asked = select(table.number_hash).where(table.call_id == "old-1")
    with engine.connect() as connection:
        assert connection.execute(asked).scalar() == hashed
    assert forget_old(database.url, key_file, 2000.0) == 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_file_has_nothing_of_it_either(
    database: SqliteFile,
    engine: Engine,
    kept: DatabaseJournal,
) -> None:
    list(forget(engine, KEY, 10_000.0))
    kept.close(5)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for secret in SECRETS:
        assert secret.encode() not in database.path.read_bytes(), secret


def test_a_key_is_private_and_nothing_of_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "number.key"
    made = kept_or_made(path)
    assert kept_or_made(path) == made
    assert made.secret.hex() not in repr(made)
    path.chmod(0o644)
    with pytest.raises(StoreError, match="chmod 600"):
        kept_or_made(path)
    path.chmod(0o600)
    path.write_text("zzz secret\n")
    with pytest.raises(StoreError, match="is no key") as told:
        kept_or_made(path)
    assert not re.search("zzz", str(told.value))
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreError):
        kept_or_made(path)


def test_where_the_key_is(tmp_path: Path) -> None:
    file = Settings(database_url=f"sqlite:///{tmp_path}/var/ivr.db")
    assert number_key.path_of_key(file) == tmp_path / "var" / "number.key"
    assert number_key.path_of_key(replace(file, number_key_file=Path("/k"))) == Path("/k")
