"""Figures for Prometheus."""

import socket
import urllib.request
from dataclasses import replace

import pytest
from prometheus_client import generate_latest

from ivr.domain.calls.decided import Decided
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.customers import Scores
from ivr.domain.routing.decision import Decision
from ivr.domain.routing.trace import FailedCondition
from ivr.service.metrics import Counted, Metrics
from tests.decisions import changed, decision_of

CALL = IncomingCall("1.1", "1.1", "", "1000", False, "carrier", "", 1.0)
DECISION = decision_of(
    call_id="1.1", action="queue", treatment="premium", queue="premium", priority=100, segment="premium",
    customer_id=None, customer_name=None, scores=Scores(), score=None, lookup="found", rule="premium", reason="",
    label="", rung="live", policy_version="0123456789ab",
)  # fmt: skip


class Book:
    """A journal that a test reads."""

    def __init__(self) -> None:
        self.entries: list[object] = []

    def decided(self, call: IncomingCall, decision: Decision, route_ms: float) -> None:
        self.entries.append((call, decision, route_ms))

    def withdrawn(self, call: IncomingCall, before: Decided | None = None) -> None:
        self.entries.append((call, before))


def test_decisions_are_counted_and_still_recorded() -> None:
    metrics, book = Metrics(), Book()
    journal = Counted(book, metrics)
    journal.decided(CALL, DECISION, 2.0)
    journal.decided(
        CALL, changed(DECISION, failed=(FailedCondition('queues.waiting["x"] > 1', "no such key: x"),)), 2.0
    )
    journal.decided(CALL, replace(DECISION, test=True), 2.0)
    journal.withdrawn(CALL)
    assert len(book.entries) == 4
    shown = generate_latest(metrics.registry).decode()
    assert 'ivr_decisions_total{action="queue",rule="premium",rung="live",segment="premium"} 2.0' in shown
    assert 'ivr_condition_failures_total{condition="queues.waiting[\\"x\\"] > 1"} 1.0' in shown
    assert "ivr_decision_seconds_count 2.0" in shown


def test_only_the_policy_in_force_is_shown() -> None:
    metrics = Metrics()
    metrics.policy("aaaaaaaaaaaa", "files", "", problem=True)
    metrics.policy("bbbbbbbbbbbb", "published", "ann", problem=False)
    shown = generate_latest(metrics.registry).decode()
    assert 'ivr_policy_version_info{author="ann",source="published",version="bbbbbbbbbbbb"} 1.0' in shown
    assert "aaaaaaaaaaaa" not in shown
    assert "ivr_policy_problem 0.0" in shown


def test_they_are_served_here_and_nowhere_else() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    end = Metrics().serve(port)
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
            assert b"ivr_policy_problem" in answer.read()
        with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.2", port), timeout=5):
            pass
        Metrics().serve(port)()  # taken: it is logged, and no harm to calls
    finally:
        end()
    Metrics().serve(0)()


def test_pins_are_counted_by_what_came_of_them() -> None:
    metrics = Metrics()
    for verdict in ("wrong", "right", "wrong"):
        metrics.pin(verdict)
    metrics.wrong_pins(7, 3, alarm=True)
    told = generate_latest(metrics.registry).decode()
    for line in (
        'ivr_pins_total{verdict="wrong"} 2.0', "ivr_wrong_pins_day 7.0", "ivr_wrong_pins_day_customers 3.0",
        "ivr_wrong_pins_alarm 1.0",
    ):  # fmt: skip
        assert line in told.splitlines()
