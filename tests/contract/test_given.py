"""Customers of a scenario, as the service finds them: with attributes, PINs, and calls of some time ago."""

import datetime as dt
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from ivr.domain.calls.incoming_call import PinCaller
from ivr.domain.customers import Contacts, Customer, Found, Scores
from ivr.errors import IvrError
from ivr.lab import ready
from ivr.qa.scenarios import given_customers, lab_stack
from ivr.qa.scenarios.form import GivenCustomer
from ivr.settings import Settings
from ivr.store import calls
from ivr.store.customer_query import live
from ivr.store.engine import reader, writer
from ivr.store.lookup import CustomerLookup
from ivr.store.pins import DatabasePins
from tests.databases import Database

CALLER = PinCaller("carrier", "+12025550199")
NUMBER, NOW, DAY = "+442079460001", 1_900_000_000.0, 86_400.0
ADA = """
id: C1
name: Ada
phone: "+442079460001"
value: 91
tags: [vip]
products: [tv, mobile]
contract: gold
open case: true
lapsed: true
prefers self service: true
customer number: "0042"
pin: "0427"
history:
  - {ago: 40 days, segment: standard}
  - {ago: 2 days, outcome: abandoned, segment: premium}
  - {ago: 3 hours, outcome: abandoned}
"""


def customers(*texts: str) -> tuple[GivenCustomer, ...]:
    return tuple(GivenCustomer.model_validate(yaml.safe_load(text)) for text in texts)


async def found(url: str, number: str = NUMBER, now: float = NOW) -> Customer:
    lookup = CustomerLookup(reader(url), deadline=5, query=live(lambda: now))
    try:
        known = await lookup.find(number)
    finally:
        lookup.close()
    assert isinstance(known, Found)
    return known.customer


async def test_a_customer_is_as_given(empty_database: Database) -> None:
    url = empty_database.url
    given_customers.replace_all(Settings(database_url=url), customers(ADA), NOW)
    assert await found(url) == Customer(
        "C1", "Ada", Scores(91.0), tags=("vip",), products=("tv", "mobile"), contract="gold", open_case=True,
        lapsed=True, prefers_self_service=True, customer_number="0042", has_pin=True, scored_at=NOW,
        contacts=Contacts(NOW - DAY / 8, (NOW - DAY / 8, NOW - 2 * DAY), True, "premium"),
    )  # fmt: skip
    engine = writer(url)
    pins = DatabasePins(engine, deadline=10)
    assert [await pins.verify("C1", pin, "1", NOW, caller=CALLER) for pin in ("0427", "0428")] == ["right", "wrong"]
    assert len(calls.last_calls(engine, 9)) == 3
    given_customers.replace_all(
        Settings(database_url=url), customers(ADA), NOW
    )  # and nothing is left of the one before
    assert [await pins.verify("C1", pin, "1", NOW, caller=CALLER) for pin in ("1", "2", "3", "4")] == ["wrong"] * 3 + [
        "locked"
    ]
    given_customers.replace_all(Settings(database_url=url), ())
    assert calls.last_calls(engine, 9) == []
    pins.close()
    engine.dispose()


async def test_of_whom_nothing_is_said_nothing_is_known(empty_database: Database) -> None:
    plain = '{id: C2, phone: "+442079460002"}'
    given_customers.replace_all(Settings(database_url=empty_database.url), customers(ADA, plain))
    known = await found(empty_database.url, "+442079460002")
    assert known == Customer("C2", "C2", Scores(), scored_at=known.scored_at)
    assert known.scored_at == pytest.approx(time.time(), abs=60)
    ours = await found(empty_database.url, now=time.time())
    assert ours.contacts.last_at == pytest.approx(time.time() - DAY / 8, abs=60)


class Given:
    """What the lab was told to put into its database."""

    def __init__(self) -> None:
        self.now: list[float] = []

    def replace_all(self, settings: object, given: object, now: float, data: object) -> None:
        self.now.append(now)


async def nothing(*_: object) -> None:
    """Wait for nobody."""


async def test_the_lab_counts_back_from_the_time_that_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Given()
    monkeypatch.setattr(lab_stack, "given_customers", told)
    (tmp_path / "policy").mkdir()
    install: Any = SimpleNamespace(version="22.0.0+1")
    monkeypatch.setattr(lab_stack, "Lab", lambda *_, **__: None)
    stack = lab_stack.LabStack(tmp_path / "stack", install, tmp_path / "policy")
    stack._settings = Settings()
    monkeypatch.setattr(lab_stack.LabStack, "pbx", "nobody asks it")
    monkeypatch.setattr(ready, "until_changes", nothing)
    await stack.give(customers(ADA))
    async with stack.given_time("2031-06-02 09:30"):
        await stack.give(customers(ADA))
    async with stack.given_time("2020-06-02 09:30"):
        await stack.give(customers(ADA))
    usual, ahead, back = told.now
    assert usual == pytest.approx(time.time(), abs=60)
    for now, year in ((ahead, 2031), (back, 2020)):
        then = dt.datetime(year, 6, 2, 9, 30).astimezone()
        assert now == pytest.approx(then.timestamp(), abs=60)


BEN = "{id: C2, name: Ben, phone: '+442079460002', value: 95}"
ORDERS = """customer_id,ordered_at,amount,goods,status
C1,10 days ago,900,300,paid
C2,1 day ago,9,8,paid
"""
POLICY = Path(__file__).parents[2] / "dialplans"


async def test_scores_are_made_of_given_rows(empty_database: Database) -> None:
    settings = Settings(database_url=empty_database.url, policy_dir=POLICY)
    given_customers.replace_all(settings, customers(ADA, BEN), NOW, {"orders": ORDERS})
    ada, ben = [await found(settings.database_url, f"+44207946000{n}") for n in (1, 2)]
    assert ada.scores_run == ben.scores_run > 0
    assert ada.scores.value == 100
    assert ben.scores.value is not None
    assert ben.scores.value < 80  # and not the 95 of the import
    given_customers.replace_all(settings, customers(ADA), NOW)
    assert (await found(settings.database_url)).scores == Scores(91.0)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"odrers": ORDERS}, "there is no source odrers"),
        ({"orders": ORDERS.replace("900", "much")}, "much"),
        ({"orders": ORDERS.replace("ordered_at", "at")}, "ordered_at"),
    ],
)
def test_given_rows_that_cannot_be_read_are_refused(
    data: dict[str, str],
    says: str,
    tmp_path: Path,
) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/ivr.db", policy_dir=POLICY)
    with pytest.raises(IvrError, match=says):
        given_customers.replace_all(settings, customers(ADA, BEN), NOW, data)
