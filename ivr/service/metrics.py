"""Figures for Prometheus: decisions by what they came to, conditions that failed, whether the policy is in order."""

from collections.abc import Callable

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from ivr.domain.calls.decided import Decided
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.ports import Journal
from ivr.domain.routing.decision import Decision
from ivr.service import metrics_server
from ivr.service.score_figures import ScoreFigures

log = structlog.get_logger()
HOST = "127.0.0.1"  # figures are for the machine's own collector
_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


class Metrics:
    """The figures. Test calls are in none of them. Names of rules are the policy's, so there are as many as it has."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.scores = ScoreFigures(self.registry)
        self._decisions = Counter(
            "ivr_decisions", "Decisions; a call that is asked something has one for each answer",
            ("rung", "segment", "rule", "action"), registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "ivr_decision_seconds", "From the request to the answer", buckets=_SECONDS, registry=self.registry
        )
        self._failures = Counter(
            "ivr_condition_failures", "Conditions that could not be evaluated", ("condition",), registry=self.registry
        )
        self._pins = Counter(
            "ivr_pins", "PINs that were typed, by what came of them", ("verdict",), registry=self.registry
        )
        self._wrong = Gauge("ivr_wrong_pins_day", "Wrong PINs in the last 24 hours", registry=self.registry)
        self._wrong_for = Gauge(
            "ivr_wrong_pins_day_customers", "Customers with a wrong PIN in the last 24 hours", registry=self.registry
        )
        self._pin_alarm = Gauge(
            "ivr_wrong_pins_alarm", "1 while there are so many that only customers' own telephones may try",
            registry=self.registry,
        )  # fmt: skip
        self._problem = Gauge(
            "ivr_policy_problem", "1 while what is published, or the files, cannot be put in force",
            registry=self.registry,
        )  # fmt: skip
        self._overdue = Gauge(
            "ivr_policy_look_overdue_seconds",
            "How long a look at the policy has not come back (a network drive that is away?); 0 while all is well",
            registry=self.registry,
        )
        self._version = Gauge(
            "ivr_policy_version_info", "The policy in force", ("version", "source", "author"), registry=self.registry
        )

        self._snapshot_at = Gauge(
            "ivr_snapshot_timestamp_seconds", "When the last known customers were written down; 0: never",
            registry=self.registry,
        )  # fmt: skip
        self._snapshot_problem = Gauge(
            "ivr_snapshot_problem", "1 while the last known customers cannot be written down", registry=self.registry
        )

        self._in_memory = Gauge(
            "ivr_customers_in_memory",
            "1 while callers are looked up in memory; 0: the database is asked for each",
            registry=self.registry,
        )

    def decided(self, decision: Decision, route_ms: float) -> None:
        """Count a decision; `route_ms` is what it took, in milliseconds."""
        if decision.test:
            return
        self._decisions.labels(
            decision.trace.tier, decision.identity.segment or "", decision.trace.rule, decision.treatment.action
        ).inc()
        self._seconds.observe(route_ms / 1000)
        for failed in decision.trace.failed:
            self._failures.labels(failed.condition).inc()  # without values: they are many

    def pin(self, verdict: str) -> None:
        """Count a PIN that was typed."""
        self._pins.labels(verdict).inc()

    def wrong_pins(self, day: int, customers: int, *, alarm: bool) -> None:
        """How many were wrong in 24 hours, for how many customers, and whether there are too many over all."""
        self._wrong.set(day)
        self._wrong_for.set(customers)
        self._pin_alarm.set(alarm)

    def policy(self, version: str, source: str, author: str, *, problem: bool) -> None:
        """What is in force, from where (files, published) and by whom; `problem`: something else ought to be."""
        self._problem.set(problem)
        self._version.clear()
        self._version.labels(version, source, author).set(1)

    def snapshot(self, at: float | None, *, problem: bool) -> None:
        """When the last known customers were written down (Unix time); `problem`: the last try to do so failed."""
        self._snapshot_at.set(at or 0)
        self._snapshot_problem.set(problem)

    def customers_in_memory(self, live: Callable[[], bool]) -> None:
        """Ask `live` whether callers are looked up in memory."""
        self._in_memory.set_function(live)

    def policy_overdue(self, seconds: float) -> None:
        """For how long a look at the policy has not come back; 0 while all is well."""
        self._overdue.set(seconds)

    def serve(self, port: int) -> Callable[[], None]:
        """Answer Prometheus on this port (0: nobody), in a thread; returns what ends that.

        Calls do not depend on it: it never raises.
        """
        if not port:
            return lambda: None
        try:
            return metrics_server.start(HOST, port, self.registry)
        except OSError as error:
            log.error("no metrics: does another program listen there?", port=port, why=error.strerror)  # noqa: TRY400
            return lambda: None


class Counted:
    """A Journal that also counts."""

    def __init__(self, journal: Journal, metrics: Metrics) -> None:
        self._journal, self._metrics = journal, metrics

    def decided(self, call: IncomingCall, decision: Decision, route_ms: float) -> None:
        """Record and count a decision."""
        self._journal.decided(call, decision, route_ms)
        self._metrics.decided(decision, route_ms)

    def withdrawn(self, call: IncomingCall, before: Decided | None = None) -> None:
        """Take back a decision. It was taken, and so it is counted."""
        self._journal.withdrawn(call, before)
