"""Writing entries of the journal: what was decided and what happened become rows."""

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Connection, Engine

from ivr.domain.calls.decided import Decided
from ivr.domain.calls.events import AgentChanged, CallEvent
from ivr.domain.calls.gaps import Gap
from ivr.domain.calls.history import CallHistory, Story, story_of
from ivr.domain.calls.merging import added
from ivr.domain.json_dataclasses import shallow
from ivr.store.agent_rows import NobodyWatched, write_changes, write_unwatched
from ivr.store.calls import (
    KnownCall,
    decided_anew,
    decision_row,
    event_row,
    history_changes,
    load_calls,
    stay_changes,
    stored_events,
    talk_changes,
    withdraw,
)
from ivr.store.changed_rows import ChangedRows
from ivr.store.decided_history import filled, undecided, why_not_of
from ivr.store.engine import Prepared, insert_new, upsert, writing
from ivr.store.history_tables import agent_states, gaps, queue_log_positions, stays, talks
from ivr.store.logged_events import (
    is_assumed_end,
    keep_only,
    without_assumed_end,
    without_told_twice,
)
from ivr.store.tables import calls, decisions, facts

_REMEMBERED = 10_000  # open calls in memory


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A decision that Asterisk did not carry out: the one on this call's request that came at `at`.

    `before` is the last decision of the call that it did.
    """

    call_id: str
    at: float
    before: Decided | None = None


@dataclass(frozen=True, slots=True)
class LogRead:
    """queue_log was read so far: `position` is as asterisk_files.queue_log has it, as JSON has it.

    `read_until` is the time until which all is known that happened.
    """

    path: str
    position: Mapping[str, Any]
    read_until: float


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What queue_log says of a call of which Asterisk's events did not tell everything.

    `customer_id` is whose number it came from, for a call about which nobody decided; or empty.
    """

    call_id: str
    events: tuple[CallEvent, ...]
    customer_id: str = ""


_Beside = AgentChanged | NobodyWatched | Gap | LogRead
_Alone = Withdrawn | Reconciled
Entry = Decided | Withdrawn | Reconciled | CallEvent | _Beside


class EntryWriter:
    """Writes entries. Not for several threads.

    While it `is_alone`, nobody else writes about calls: it remembers what it wrote. Else it reads
    that anew. `complain` is told why a decision is not recorded.
    """

    def __init__(self, engine: Engine, complain: Callable[..., None]) -> None:
        self.is_alone = True
        self._engine, self._complain = engine, complain
        self._open = OrderedDict[str, KnownCall]()  # the one that changed last is the last
        self._put_decisions = Prepared(engine, upsert(engine, decisions))
        self._put_calls = ChangedRows(engine, calls)
        self._put_events = Prepared(engine, insert_new(engine, facts), without=("id",))
        self._put_stays = ChangedRows(engine, stays)
        self._put_talks = ChangedRows(engine, talks)
        self._put_agents = Prepared(engine, insert_new(engine, agent_states))
        self._put_gaps = Prepared(engine, insert_new(engine, gaps), without=("id",))
        self._put_positions = Prepared(engine, upsert(engine, queue_log_positions))

    def forget(self) -> None:
        """Nobody knows what a transaction that failed has left behind: look into the rows again."""
        self._open.clear()

    def write(self, batch: Sequence[Entry]) -> int:
        """Write the entries; how many were decisions that are not of the recorded call."""
        foreign = 0
        changed: dict[str, KnownCall] = {}
        if not self.is_alone:
            self._open.clear()
        with writing(self._engine) as connection:
            of_calls = [each for each in batch if not isinstance(each, _Beside)]
            for is_alone, entries in groupby(of_calls, lambda each: isinstance(each, _Alone)):
                if is_alone:
                    for entry in cast("Iterator[_Alone]", entries):
                        self._write_alone(connection, entry)
                        changed.pop(entry.call_id, None)
                else:
                    foreign += self._write_told(connection, list(entries), changed)
            self._write_beside(connection, [each for each in batch if isinstance(each, _Beside)])
        self._remember(changed)
        return foreign

    def _write_told(
        self,
        connection: Connection,
        entries: Sequence[Any],
        changed: dict[str, KnownCall],
    ) -> int:
        """Write decisions and events, and put into `changed` what calls have become by them."""
        foreign = 0
        decided: list[dict[str, Any]] = []
        happened: list[dict[str, Any]] = []
        late: set[str] = set()
        names = {entry.call_id for entry in entries}
        before = self._known(connection, names, changed)
        for entry in entries:
            name = entry.call_id
            call = changed.get(name) or before.get(name) or KnownCall(Story(CallHistory(name)))
            if isinstance(entry, Decided):
                if why := why_not_of(entry, call.history):
                    foreign += 1
                    self._complain("a decision is not recorded", call=name, why=why)
                    continue  # what is recorded stays as it is
                decided.append(decision_row(entry.call, entry.decision, entry.route_ms))
            elif (entry.kind, entry.at) in call.told:
                continue  # and so it is in the history already
            elif is_assumed_end(entry) and call.history.ended_at is not None:
                continue  # somebody saw it
            else:
                happened.append(event_row(entry))
                if entry.at < call.last_at or call.is_logged:
                    late.add(name)
            changed[name] = _after(call, entry)
        self._put_decisions(connection, decided)
        self._put_events(connection, happened)
        for name in late:
            changed[name] = _told_anew(changed[name], without_told_twice(connection, name))
            keep_only(connection, changed[name].story)
        become = names & changed.keys()
        self._put(connection, [(before.get(name), changed[name]) for name in become])
        return foreign

    def _known(
        self,
        connection: Connection,
        names: Set[str],
        changed: Mapping[str, KnownCall],
    ) -> dict[str, KnownCall]:
        """Find what is on record of these calls."""
        self._forget_decided(connection, names - changed.keys())
        known = load_calls(connection, names - self._open.keys() - changed.keys())
        for source in (self._open, changed):
            known |= {name: source[name] for name in names & source.keys()}
        return known

    def _put(
        self,
        connection: Connection,
        known: Sequence[tuple[KnownCall | None, KnownCall]],
    ) -> None:
        """Write what calls have become; before each is what is on record of it."""
        stories = [(before.story if before else None, call.story) for before, call in known]
        self._put_calls(connection, history_changes(stories))
        self._put_stays(connection, stay_changes(stories))
        self._put_talks(connection, talk_changes(stories))

    def _write_alone(self, connection: Connection, entry: _Alone) -> None:
        self._open.pop(entry.call_id, None)  # if this fails, all of it is read anew
        if isinstance(entry, Withdrawn):
            self._withdraw(connection, entry)
        else:
            self._reconcile(connection, entry)

    def _reconcile(self, connection: Connection, entry: Reconciled) -> None:
        """Write what is not on record of the call, and tell its story anew."""
        name = entry.call_id
        known = stored_events(connection, name)
        known = without_assumed_end(connection, known, entry.events)
        if not (found := added(known, entry.events)):
            return
        self._put_events(connection, [event_row(each) for each in found])
        before = load_calls(connection, [name]).get(name)
        call = before or KnownCall(Story(CallHistory(name)))
        call = _told_anew(call, stored_events(connection, name))
        keep_only(connection, call.story)
        if entry.customer_id and not call.history.customer_id and not call.history.rule:
            history = replace(
                call.history,
                customer_id=entry.customer_id,
                identified="afterwards",
            )
            call = replace(call, story=replace(call.story, history=history))
        self._put(connection, [(before, call)])

    def _withdraw(self, connection: Connection, entry: Withdrawn) -> None:
        """Write that a decision was not carried out: what was before is there again."""
        before = entry.before
        is_taken_back = withdraw(connection, entry.call_id, entry.at, is_first=before is None)
        if is_taken_back and before:
            row = decision_row(before.call, before.decision, before.route_ms)
            self._put_decisions(connection, [row])
        if not is_taken_back:
            return
        # What else is known of the call stays; what that decision said of it does not.
        if call := load_calls(connection, [entry.call_id]).get(entry.call_id):
            history = undecided(call.history)
            history = filled(history, before) if before else history
            taken_back = replace(call, story=replace(call.story, history=history))
            self._put(connection, [(call, taken_back)])

    def _write_beside(self, connection: Connection, entries: Sequence[_Beside]) -> None:
        """Write what is of no call: agents, gaps, and how far queue_log was read."""
        agents = [each for each in entries if isinstance(each, AgentChanged)]
        write_changes(connection, self._put_agents, agents)
        for each in entries:
            if isinstance(each, NobodyWatched):
                write_unwatched(connection, each)
        found = [each for each in entries if isinstance(each, Gap)]
        rows = [shallow(each) | {"calls": json.dumps(each.calls)} for each in found]
        self._put_gaps(connection, rows)
        read = [each for each in entries if isinstance(each, LogRead)]
        self._put_positions(
            connection,
            [shallow(each) | {"position": json.dumps(dict(each.position))} for each in read],
        )

    def _forget_decided(self, connection: Connection, names: Set[str]) -> None:
        """Nobody's so far may be a customer's by what classic AGI decided, and wrote by itself."""
        nobodys = {
            name: history.rule
            for name in names & self._open.keys()
            if not (history := self._open[name].history).customer_id
        }
        for name in decided_anew(connection, nobodys):
            del self._open[name]

    def _remember(self, changed: Mapping[str, KnownCall]) -> None:
        for name, call in changed.items():
            self._open.pop(name, None)
            if call.history.ended_at is None:
                self._open[name] = call
        while len(self._open) > _REMEMBERED:
            self._open.popitem(last=False)


def _after(call: KnownCall, entry: Decided | CallEvent) -> KnownCall:
    """Return the call after an entry: a decision fills in what no event has said."""
    if isinstance(entry, Decided):
        history = filled(call.history, entry)
        return replace(call, story=replace(call.story, history=history))
    told = call.told | {(entry.kind, entry.at)}
    last_at = max(call.last_at, entry.at)
    return KnownCall(call.story.after(entry), told, last_at, call.is_logged)


def _told_anew(call: KnownCall, events: Iterable[CallEvent]) -> KnownCall:
    """Return the call when its events are told in their order."""
    history = call.history
    begins = CallHistory(
        history.call_id,
        linked_id=history.linked_id,
        caller_number=history.caller_number,
        dialled=history.dialled,
        trunk=history.trunk,
        sip_call_id=history.sip_call_id,
        routed_at=history.routed_at,
        test=history.test,
        customer_id=history.customer_id,
        identified=history.identified,
        entry_point=history.entry_point,
        intent=history.intent,
        treatment=history.treatment,
        rule=history.rule,
        policy_version=history.policy_version,
    )
    return replace(call, story=story_of(begins, events))
