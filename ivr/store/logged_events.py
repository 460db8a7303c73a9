"""What of a call's events is taken back: because another source knows better, or told the same."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete

from ivr.domain.calls.events import CallEnded, CallEvent
from ivr.domain.calls.history import Story
from ivr.domain.calls.merging import told_twice
from ivr.store.calls import stored_events
from ivr.store.history_tables import stays, talks
from ivr.store.tables import facts


def is_assumed_end(event: CallEvent) -> bool:
    """Whether it is an end that nobody saw: Asterisk knew the call no more."""
    return isinstance(event, CallEnded) and not event.cause and event.source == "ami"


def without_assumed_end(
    connection: Connection,
    known: list[CallEvent],
    told: Iterable[CallEvent],
) -> list[CallEvent]:
    """Forget an end that nobody saw, where queue_log tells of it."""
    assumed = [event for event in known if is_assumed_end(event)]
    if not assumed or not any(isinstance(each, CallEnded) for each in told):
        return known
    _forget(connection, assumed)
    return [each for each in known if each not in assumed]


def without_told_twice(connection: Connection, call_id: str) -> list[CallEvent]:
    """Forget what queue_log told before Asterisk's events did; give what stays of the call's."""
    known = stored_events(connection, call_id)
    twice = told_twice(known)
    _forget(connection, twice)
    return [each for each in known if each not in twice]


def keep_only(connection: Connection, story: Story) -> None:
    """Forget the stays and talks that a call's story has no more, now that it was told anew."""
    for table, parts in ((stays, story.course.stays), (talks, story.course.talks)):
        of_call = table.c.call_id == story.history.call_id
        connection.execute(delete(table).where(of_call, table.c.number > len(parts)))


def _forget(connection: Connection, events: Iterable[CallEvent]) -> None:
    row = facts.c
    for each in events:
        of_call = (row.call_id == each.call_id) & (row.kind == each.kind)
        connection.execute(delete(facts).where(of_call, row.at == each.at))
