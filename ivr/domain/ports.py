"""What the core needs from outside, as protocols. Adapters implement them; app.py brings them together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from ivr.domain.calls.incoming_call import IncomingCall, PinCaller
from ivr.domain.customers import Lookup
from ivr.domain.phone_numbers import NumberReading
from ivr.domain.policy import Policy
from ivr.domain.routing.decision import Decision
from ivr.domain.routing.facts import Conditions, Queues

if TYPE_CHECKING:  # whoever only routes need not load these
    from ivr.domain.calls.decided import Decided
    from ivr.domain.calls.events import AgentChanged, CallEvent
    from ivr.domain.scoring.attributes import AttributeValue
    from ivr.domain.scoring.runs import RunSource, ScoredCustomers, ScoreRun


class NumberPlan(Protocol):
    """Understands telephone numbers."""

    def read(self, number: str, region: str) -> NumberReading:
        """Read a number as dialled in `region`; what comes of it may only be of a possible length."""
        ...

    def is_valid(self, number: str) -> bool:
        """Say whether a country has given out numbers like this one, which is in E.164 form."""
        ...


class Customers(Protocol):
    """Finds customers by number."""

    async def find(self, number: str, call_id: str = "") -> Lookup:
        """Who has this E.164 number. Never raises and never takes longer than its deadline.

        What is on record of the call `call_id` itself is none of the customer's earlier contacts.
        """
        ...

    async def find_by_customer_number(self, digits: str, call_id: str = "") -> Lookup:
        """Who has this customer number, as it is typed on a keypad; otherwise like `find`."""
        ...


class PolicyInForce(Protocol):
    """A policy and what evaluates its conditions: always the two that belong together."""

    @property
    def policy(self) -> Policy:
        """The policy."""
        ...

    @property
    def conditions(self) -> Conditions:
        """Evaluates its conditions."""
        ...


class PolicySource(Protocol):
    """Where the policy comes from."""

    def in_force(self, call: IncomingCall | None = None) -> PolicyInForce:
        """The last good policy. With `call`, the one that the call began with: it keeps that to its end."""
        ...


class Pins(Protocol):
    """Callers who type a PIN. Never raises."""

    def expect(self, call_id: str, customer_id: str, caller: PinCaller, *, has_pin: bool) -> None:
        """This call was found to be of this customer: should a PIN be typed in it, then it is to be theirs.

        One call is of one customer. When a second one is found, somebody lies: no PIN counts in this call any more.
        """
        ...

    async def verdict(self, call_id: str, customer_id: str) -> str:
        """What came of it for this customer: right, wrong, locked, none, unavailable; empty when there is nothing.

        Waits a moment.
        """
        ...

    def may_ask(self, caller: PinCaller) -> bool:
        """Whether this caller may be asked for a PIN now: not while too many wrong ones came from there."""
        ...


class QueueWatch(Protocol):
    """Watches Asterisk's queues."""

    def queues(self) -> Queues:
        """What is known of them now."""
        ...


class Journal(Protocol):
    """Keeps what is decided. Never blocks and never raises: it is called beside live calls."""

    def decided(self, call: IncomingCall, decision: Decision, route_ms: float) -> None:
        """Record a decision; `route_ms` is the time from the request to the answer, in milliseconds."""
        ...

    def withdrawn(self, call: IncomingCall, before: "Decided | None" = None) -> None:
        """Take back the decision on this request, which was not carried out.

        `before` is the call's last that was.
        """
        ...


class EventJournal(Protocol):
    """Keeps what happens to calls and agents. Never blocks and never raises."""

    def happened(self, event: "CallEvent") -> None:
        """Record an event."""
        ...

    def changed(self, event: "AgentChanged") -> None:
        """Record that an agent is in another state."""
        ...


class ScoreRuns(Protocol):
    """Keeps what runs calculate. All raise StoreError; times are Unix time.

    What a run writes counts only once it is finished, and then all of it. One run is under way at a
    time: when another begins, the earlier one has failed, and can write no more.
    """

    def begin(self, version: str, calibration: str, at: float, definition: str = "") -> int:
        """Begin a run; returns its number, which is never used twice.

        `definition` is the version under which file and calibration are kept together.

        First deletes what is kept of others than the last two that are done.
        """
        ...

    def rests_on(self, run: int, sources: "Sequence[RunSource]", as_of: float) -> None:
        """Say what the run took of each source, and how old its scores are therefore."""
        ...

    def in_force(self) -> "ScoreRun | None":
        """Give the run whose scores count; None when only given ones do."""
        ...

    def metrics_in_force(self) -> Iterator[tuple[str, Mapping[str, float | None]]]:
        """Give each customer's metrics that count of the runs."""
        ...

    def attributes_in_force(self) -> "Iterator[tuple[str, Mapping[str, AttributeValue]]]":
        """Give each customer's attributes that count of the runs."""
        ...

    def write(
        self,
        run: int,
        scored: "ScoredCustomers",
        told: Callable[[int, int], None],
    ) -> int:
        """Write, once, what was calculated; returns of how many customers it is news.

        Unknown customers are passed over; one whom the run did not score has the given scores
        again. `told` hears how many of how many are written.
        """
        ...

    def finish(self, run: int, at: float) -> None:
        """Have all that the run wrote count, at once."""
        ...

    def fail(self, run: int, why: str, at: float) -> None:
        """Say that the run failed: what it wrote never counts."""
        ...

    def rollback(self) -> int:
        """Go one run back; returns the run that is in force then, 0 when there is none."""
        ...

    def runs(self, count: int) -> "list[ScoreRun]":
        """Give the last `count` runs, newest first."""
        ...
