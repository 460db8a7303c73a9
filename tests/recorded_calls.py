"""Recorded calls: many, made quickly and the same every time, or one as the service records it."""

import random
from dataclasses import replace
from itertools import islice

from sqlalchemy import Engine

from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallEvent,
    CallRouted,
    QueueJoined,
)
from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.incoming_call import Caller, IncomingCall
from ivr.domain.customers import Ambiguous, Contacts, Customer, Found, Lookup, Scores, Unavailable, Unknown
from ivr.domain.ports import PolicyInForce
from ivr.domain.routing.decision import Decision, decide
from ivr.domain.routing.facts import Queues, gather
from ivr.policy import loader, texts
from ivr.shipped_files import share
from ivr.store import migrate, versions
from ivr.store.calls import decision_row, history_row
from ivr.store.engine import Prepared, upsert, writer, writing
from ivr.store.journal import DatabaseJournal
from ivr.store.tables import calls, decisions

BEGIN = 1_763_900_000.0  # Unix time of the first call
_BATCH = 2000


def record(engine: Engine, in_force: PolicyInForce, count: int, seconds: float = 604_800.0, seed: int = 1) -> None:
    """Record so many calls, evenly over that time from BEGIN."""
    chance = random.Random(seed)
    made = (one(chance, in_force, n, BEGIN + n * seconds / count) for n in range(count))
    put_calls = Prepared(engine, upsert(engine, calls))
    put_decisions = Prepared(engine, upsert(engine, decisions))
    while batch := list(islice(made, _BATCH)):
        with writing(engine) as connection:
            put_calls(connection, [history_row(history) for _, _, history in batch])
            put_decisions(connection, [decision_row(call, decision, 1.5) for call, decision, _ in batch])


def record_one(url: str, call_id: str, at: float = BEGIN) -> None:
    """Make the database at `url`, and keep in it what the service would of a call that the shipped policy decided."""
    folder = share("dialplans")
    shipped, read = loader.load(folder), texts.read(folder)
    call, decision, history = one(random.Random(5), shipped, 0, at)
    call, decision = replace(call, call_id=call_id), replace(decision, call_id=call_id)
    queue, agent, phone = decision.treatment.queue or "", "Anna", "PJSIP/anna"
    happened: list[CallEvent] = [
        CallRouted(
            call_id, at + 0.1, call_id, call.caller_number, call.dialled, call.trunk, call.sip_call_id, "live",
            history.segment, queue, decision.treatment.priority, decision.treatment.action, call.attestation,
        ),
        QueueJoined(call_id, at + 1, queue, 1),
        AgentRang(call_id, at + 2, queue, agent, phone),
        AgentDidNotAnswer(call_id, at + 12, queue, agent, phone, 10.0),
        AgentRang(call_id, at + 13, queue, agent, phone),
        AgentConnected(call_id, at + 15, queue, agent, phone, 14),
        CallCompleted(call_id, at + 75, queue, agent, 60, "caller"),
        CallEnded(call_id, at + 75.2, 16),
    ]  # fmt: skip
    engine = writer(url)
    migrate.upgrade(engine)
    versions.keep(engine, read.version, read.policy, read.agents, at)
    journal = DatabaseJournal(engine)
    journal.decided(call, decision, 1.5)
    for event in happened:
        journal.happened(event)
    assert journal.close(5)
    engine.dispose()


def one(
    chance: random.Random, in_force: PolicyInForce, n: int, at: float
) -> tuple[IncomingCall, Decision, CallHistory]:
    """A call, the decision about it, and its history."""
    number = f"+44207946{n % 10_000:04}"
    call = IncomingCall(
        call_id=f"pbx-{at:.3f}.{n}",
        linked_id=f"pbx-{at:.3f}.{n}",
        caller_number=number,
        dialled=chance.choice(("1000", "1000", "1001", "1002", "1003")),
        withheld=False,
        trunk=chance.choice(("carrier",) * 9 + ("other",)),
        sip_call_id=f"{n}@carrier",
        arrived_at=at,
        attestation=chance.choice(("", "", "A", "B", "failed")),
    )
    queues = Queues({"premium": n % 4, "general-queue": n % 9}, {"premium": n % 60}, {"premium": n % 3})
    facts = gather(call, Caller(number), _lookup(chance, n, at), in_force.policy, queues)
    decision = decide(call, facts, in_force.policy, in_force.conditions)
    history = CallHistory(
        call.call_id, caller_number=number, dialled=call.dialled, trunk=call.trunk, routed_at=at,
        queue=decision.treatment.queue, priority=decision.treatment.priority,
        segment=decision.identity.segment or "", ended_at=at + 90,
    )  # fmt: skip
    return call, decision, history


def _lookup(chance: random.Random, n: int, at: float) -> Lookup:
    kind = chance.random()
    if kind < 0.1:
        return Unknown("nobody has this number")
    if kind < 0.12:
        return Ambiguous(("C1", "C2"))
    if kind < 0.13:
        return Unavailable("no answer within 0.1 s")
    scores = Scores(*(round(chance.uniform(0, 100), 1) for _ in range(3)))
    return Found(
        Customer(
            f"C{n % 5000}", f"Customer {n % 5000}", scores, language=chance.choice(("en", "en", "de", "it", "")),
            tags=("vip",) if chance.random() < 0.05 else (), products=("fibre", "tv"),
            contract=chance.choice(("", "", "gold")), lapsed=chance.random() < 0.1,
            prefers_self_service=chance.random() < 0.2, scored_at=at - 86_400,
            contacts=Contacts(at - 86_400 * chance.uniform(0, 20), (at - 86_400.0,) * chance.randrange(4),
                              previous_segment=chance.choice(("", "premium", "standard"))),
        )
    )  # fmt: skip
