"""What nobody could keep is a gap."""

from typing import cast

from ivr.domain.calls.gaps import Gap
from ivr.packets import Outbox
from ivr.service.dropped_events import MOST_EVENTS, DroppedEvents


class FakeOutbox:
    """An Outbox as far as it is looked at."""

    def __init__(self) -> None:
        self.dropped = self.waiting = 0
        self.put_in: list[object] = []

    def put(self, value: object) -> None:
        self.put_in.append(value)


def test_a_gap_lasts_as_long_as_events_are_dropped_and_comes_when_there_is_room() -> None:
    outbox, now = FakeOutbox(), [100.0]
    looks = DroppedEvents(cast("Outbox", outbox), clock=lambda: now[0])
    for at, dropped, waiting in (
        (101.0, 0, 10),
        (102.0, 5, MOST_EVENTS),
        (103.0, 9, MOST_EVENTS),
        (104.0, 9, MOST_EVENTS),
        (190.0, 9, 7),
        (191.0, 9, 0),
    ):
        now[0], outbox.dropped, outbox.waiting = at, dropped, waiting
        looks.look()
    (gap,) = outbox.put_in
    assert isinstance(gap, Gap)
    assert (gap.since, gap.until) == (101.0, 103.0)
