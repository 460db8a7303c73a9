"""Deciding about recorded calls again: with their own policy, and with another."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.customers import Ambiguous, Contacts, Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.domain.routing.decision import Decision, decide
from ivr.domain.routing.facts import CallerNotes, Gathered, Queues, gather
from ivr.domain.routing.redecide import NotRecordedError, differences, gathered_again, other_policy, same_policy
from ivr.policy import loader, texts
from ivr.policy.loader import Bundle
from ivr.policy.texts import Texts
from ivr.shipped_files import share
from tests import recorded_calls
from tests.decisions import changed

SHIPPED = texts.read(share("dialplans"))
AT = 1_763_976_600.0  # Monday 2025-11-24 09:30 UTC
ADA = Customer(
    "C1", "Ada", Scores(71.0, 64.0, None), language="de", tags=("vip",), contract="gold", has_pin=True,
    scored_at=AT - 86_400, contacts=Contacts(AT - 172_800, (AT - 172_800,), True, "premium"),
)  # fmt: skip
QUEUES = Queues({"premium": 2}, {"premium": 40}, {"premium": 1})


def bundle(*changes: tuple[str, str]) -> Bundle:
    """The shipped policy with some changes."""
    text = SHIPPED.policy
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return loader.parse(Texts(text, SHIPPED.agents), Path("test"))


PLAIN = bundle()


def call(**changes: Any) -> IncomingCall:
    plain = IncomingCall("1.1", "1.1", "+442079460001", "1003", False, "carrier", "", AT)
    return replace(plain, **changes)


def decided(
    of: IncomingCall, lookup: Lookup, by: Bundle = PLAIN, caller: Caller | None = None, pin: str = ""
) -> tuple[Decision, Gathered]:
    gathered = gather(of, caller or Caller(of.caller_number), lookup, by.policy, QUEUES, pin)
    return decide(of, gathered, by.policy, by.conditions), gathered


LOOKUPS: list[Lookup] = [
    Found(ADA), Found(replace(ADA, has_pin=False), 60.0, "no answer"), Ambiguous(("C1", "C2")), Unknown("nobody"),
    Unavailable("no answer"),
]  # fmt: skip
CHANGES: list[tuple[tuple[str, str], ...]] = [
    (),
    (("routing: typed", "routing: attested"),),
    (("value: 0.6 ", "value: 0.1 "),),
    (("languages: [en, de, fr]", "languages: [fr, en]"),),
    (('numbers: ["1001"]', 'numbers: ["1001", "1003"]'), ('numbers: ["1003"]', 'numbers: ["1009"]')),
    (("zone: Europe/London", "zone: Asia/Tokyo"), ("greeting: ivr/greeting\n    menu", "hours: office\n    menu")),
    (('{"1": buy, "2": trouble}', '{"1": trouble, "2": buy}'),),
    (("trunks: [carrier]", "trunks: [other]"),),
]


@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: changes[0][1][:24] if changes else "none")
@pytest.mark.parametrize("lookup", LOOKUPS, ids=lambda lookup: type(lookup).__name__)
@pytest.mark.parametrize(
    ("of", "caller", "pin"),
    [
        (call(), None, ""),
        (call(dialled="1001", attestation="failed"), None, ""),
        (call(attestation="A", asked="m", intent="2"), None, ""),
        (call(asked="n", typed="4711", trunk="other"), Caller("+442079460001", typed=True), ""),
        (call(asked="p", trunk="other"), None, "right"),
        (call(withheld=True, asked="np", typed="4711"), Caller(None, "number withheld", typed=True), "wrong"),
    ],
    ids=["plain", "failed", "menu", "typed", "pin", "withheld"],
)
def test_the_facts_are_those_that_the_other_policy_would_have_gathered(
    of: IncomingCall, caller: Caller | None, pin: str, lookup: Lookup, changes: tuple[tuple[str, str], ...]
) -> None:
    recorded, _ = decided(of, lookup, PLAIN, caller, pin)
    other = bundle(*changes)
    expected, facts = decided(of, lookup, other, caller, pin)
    assert gathered_again(of, recorded, other.policy) == facts
    assert other_policy(of, recorded, other) == expected


def test_a_caller_who_was_not_sure_enough_may_be_so_for_another_policy() -> None:
    strict = bundle(("routing: typed", "routing: pin"))
    recorded, _ = decided(call(), Found(ADA), strict)
    assert recorded.identity.lookup == "untrusted"
    assert other_policy(call(), recorded, PLAIN) == decided(call(), Found(ADA))[0]
    older = changed(recorded, notes=replace(recorded.trace.notes, claimed=None))
    with pytest.raises(NotRecordedError, match="not sure enough"):
        other_policy(call(), older, PLAIN)
    assert other_policy(call(), older, strict) == older


def test_a_rule_that_changed_nothing_was_named_by_older_versions() -> None:
    now, _ = decided(call(), Found(ADA))
    older = changed(now, adjustments=(*now.trace.adjustments, "one that changed nothing"), label="another")
    assert differences(older, now) == []
    assert [name for name, *_ in differences(now, older)] == ["label", "adjustments"]
    assert [name for name, *_ in differences(changed(older, priority=1), now)] == ["priority"]


def test_older_versions_put_something_else_on_the_agents_phone() -> None:
    now, _ = decided(call(), Found(ADA))
    then = replace(now.trace.notes, typed=None)  # by which they are known
    older = changed(now, notes=then, label="another", named=not now.identity.named)
    again = changed(now, notes=then)
    assert differences(older, again) == []
    assert [name for name, *_ in differences(changed(older, rule="x"), again)] == ["rule"]
    assert [name for name, *_ in differences(changed(older, notes=now.trace.notes), now)] == ["named", "label"]


def test_the_same_policy_gives_the_same_decision() -> None:
    for lookup in LOOKUPS:
        recorded, _ = decided(call(), lookup)
        assert same_policy(call(), recorded, PLAIN) == recorded
        assert differences(recorded, changed(recorded, took_ms={"decide": 3.0})) == []


def test_what_differs_is_named() -> None:
    recorded, _ = decided(call(), Found(ADA))
    found = differences(recorded, changed(recorded, priority=1, queue="x"))
    assert found == [("queue", recorded.treatment.queue, "x"), ("priority", recorded.treatment.priority, 1)]


@pytest.mark.parametrize("decide_again", [same_policy, other_policy])
def test_an_older_record_is_told_apart(decide_again: Callable[..., Decision]) -> None:
    recorded, gathered = decided(call(), Found(ADA))
    with pytest.raises(NotRecordedError, match="before"):
        decide_again(call(), changed(recorded, facts={}), PLAIN)
    facts = {name: value for name, value in gathered.facts.items() if name != "call.closed"}
    with pytest.raises(NotRecordedError, match="another version"):
        decide_again(call(), changed(recorded, facts=facts, notes=CallerNotes()), PLAIN)


def test_a_fact_that_was_not_known_then_has_its_default() -> None:
    recorded, gathered = decided(call(), Found(ADA))
    facts = {name: value for name, value in gathered.facts.items() if name != "customer.contract"}
    again = other_policy(call(), changed(recorded, facts=facts), PLAIN)
    assert again.treatment.name != recorded.treatment.name
    assert again.trace.facts["customer.contract"] == ""


def test_random_calls_are_decided_as_they_were() -> None:
    chance = random.Random(7)
    for n in range(300):
        of, recorded, _ = recorded_calls.one(chance, PLAIN, n, AT + n)
        assert other_policy(of, recorded, PLAIN) == recorded
