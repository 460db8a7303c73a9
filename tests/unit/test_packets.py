"""What one process of ours tells another: whole, in order, and not lost when either ends."""

import asyncio
import os
import random
import socket
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest

from ivr import packets
from ivr.domain.calls import history
from ivr.domain.calls.decided import Decided
from ivr.domain.calls.events import CallEvent
from ivr.packets import Inbox, Outbox, Receipt
from ivr.policy.loader import load
from ivr.shipped_files import share
from tests.decisions import changed
from tests.recorded_calls import one
from tests.wire.fake_ami import eventually

LONG = os.urandom(150_000)  # of more than two packets
Ends = tuple[socket.socket, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    made = packets.pair()
    yield made
    for end in made:
        end.close()


async def all_of(inbox: Inbox, count: int) -> list[tuple[Receipt, Any]]:
    """What comes, as soon as there is so much of it."""
    found: list[tuple[Receipt, Any]] = []

    def enough() -> bool:
        found.extend(inbox.received())
        return len(found) >= count

    await eventually(enough)
    return found


def values(found: list[tuple[Receipt, Any]]) -> list[Any]:
    return [value for _, value in found]


async def test_what_goes_over_comes_out_as_it_was(ends: Ends) -> None:
    chance, in_force = random.Random(1), load(share("dialplans"))
    made = [one(chance, in_force, n, 1_763_900_000.0 + n) for n in range(300)]
    took = {"decide": 0.1}
    decided = [Decided(call, changed(decision, took_ms=took), 1.5) for call, decision, _ in made]
    example: dict[object, Any] = {str: "x", float: 1.5, int: 3, bool: True}
    classes = [kind for kind in vars(history).values() if isinstance(kind, type)]
    happened = [
        kind(**{each.name: example.get(each.type, "agent") for each in fields(kind)})
        for kind in classes
        if issubclass(kind, CallEvent)
    ]
    assert len(happened) > 10
    sent: list[object] = [("sqlite:///x", "info"), *decided, *happened, LONG, 5.0]
    outbox, inbox = Outbox(), Inbox(ends[1])
    outbox.open(ends[0])
    for value in sent:
        outbox.put(value)
    came = values(await all_of(inbox, len(sent)))
    assert came == sent
    assert repr(came) == repr(sent)  # took_ms, too, which == leaves out


async def test_what_is_acknowledged_waits_no_longer(ends: Ends) -> None:
    outbox, inbox = Outbox(), Inbox(ends[1])
    outbox.put("before it is open")
    outbox.open(ends[0])
    outbox.put("then")
    outbox.put("not yet")
    found = await all_of(inbox, 3)
    assert outbox.waiting == 3
    inbox.done(found[1][0])
    await eventually(lambda: outbox.waiting == 1)
    assert outbox.unsent == 0


async def test_a_new_reader_gets_what_the_one_before_had_not_done(ends: Ends) -> None:
    outbox, first = Outbox(), Inbox(ends[1])
    outbox.open(ends[0])
    for value in ("done", "read", LONG, "on its way"):
        outbox.put(value)
    found = await all_of(first, 2)
    first.done(found[0][0])
    second = Inbox(ends[1], is_first=False)  # it finds what was sent to the first, and takes none
    assert values(await all_of(second, 3)) == ["read", LONG, "on its way"]
    first.done(Receipt(first._name, 3))  # said by one that is no longer heard
    await asyncio.sleep(0)
    assert outbox.waiting == 3


async def test_a_new_writer_is_heard_and_not_taken_for_the_one_before(ends: Ends) -> None:
    before, inbox = Outbox(), Inbox(ends[1])
    before.open(ends[0])
    before.put("first")
    found = await all_of(inbox, 1)
    before.put("second, sent by one who is gone")
    before.close()
    outbox = Outbox()
    outbox.open(ends[0], is_first=False)
    outbox.put("third")
    inbox.done(found[0][0])  # is said to one who is gone
    assert values(await all_of(inbox, 2)) == ["second, sent by one who is gone", "third"]
    assert outbox.waiting == 1


async def test_what_is_sent_before_anybody_reads_outlives_the_writer(ends: Ends) -> None:
    outbox = Outbox()
    outbox.open(ends[0])
    for n in range(50):
        outbox.put(("x" * 2000, n))
    assert outbox.unsent == 0
    outbox.close()
    ends[0].close()  # as when it is killed
    assert [n for _, n in values(await all_of(Inbox(ends[1]), 50))] == list(range(50))


async def test_a_reader_that_stands_still_costs_nothing_but_memory(ends: Ends) -> None:
    outbox, inbox = Outbox(capacity=200), Inbox(ends[1])
    outbox.open(ends[0])
    for n in range(201):
        outbox.put((LONG, n))
    assert outbox.dropped == 1
    assert outbox.unsent > 100
    found = await all_of(inbox, 200)
    assert [n for _, n in values(found)] == list(range(200))
    inbox.done(found[-1][0])
    await eventually(lambda: outbox.waiting == 0)


async def test_the_last_value_comes_last_and_is_not_waited_for(ends: Ends) -> None:
    outbox, inbox = Outbox(), Inbox(ends[1])
    outbox.open(ends[0])
    outbox.put("one")
    outbox.finish(5.0)
    outbox.put("too late")
    assert (outbox.waiting, outbox.dropped) == (1, 1)
    assert values(await all_of(inbox, 2)) == ["one", 5.0]


async def test_a_reader_is_told_when_nobody_writes_any_more(ends: Ends) -> None:
    outbox, inbox = Outbox(), Inbox(ends[1])
    outbox.open(ends[0])
    outbox.put("first")
    assert values(await all_of(inbox, 1)) == ["first"]
    outbox.put("last")
    assert outbox.unsent == 0
    outbox.close()
    ends[0].close()
    assert values(await all_of(inbox, 1)) == ["last"]
    assert list(inbox.received()) == []
    assert inbox.ended
