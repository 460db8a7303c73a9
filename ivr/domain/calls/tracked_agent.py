"""What is known of one agent: memberships, phone, calls of ours; and the state that this makes."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ivr.domain.calls.events import AgentChanged, AgentState
from ivr.domain.calls.member_events import Device, MemberState

SETTLE = 1.0  # seconds after which a phone counts for itself, whatever was told of calls of ours
NEVER = -math.inf
UNKNOWN_CALL = ""  # a talk that was under way when we came, with nobody knows whom
_MOST_RINGS = 8  # calls that ring one phone at a time


@dataclass(frozen=True, slots=True)
class OwnTalk:
    """A talk with a caller of ours. Without a queue it was passed on by a colleague."""

    call_id: str
    queue: str
    since: float


@dataclass(slots=True)
class TrackedAgent:
    """One agent. Times are Unix seconds; `places` are memberships in our queues, by queue.

    `told` is what was told last, `shown` what was told last while somebody watched. `held_at` is
    from when on a phone in use would count, if it stays so.
    """

    interface: str
    name: str
    is_declared: bool = False
    places: dict[str, MemberState] = field(default_factory=dict)
    device: Device = "not known"
    talks: dict[str, OwnTalk] = field(default_factory=dict)  # by call, the latest last
    rings: dict[str, float] = field(default_factory=dict)  # by call, since when
    told: AgentChanged | None = None
    shown: AgentChanged | None = None
    held_at: float | None = None
    wraps_until: float = NEVER
    _free_since: float = NEVER
    _in_use_since: float = NEVER
    _ours_until: float = NEVER
    _reason: str = ""  # of the pause that was told last

    @property
    def talk(self) -> OwnTalk | None:
        """Return the talk that began last: a colleague may be passed several callers at a time."""
        return next(reversed(self.talks.values()), None)

    def state(self, at: float) -> tuple[AgentState, str, str]:
        """State, reason of a pause, and call of ours. What was chosen comes before what follows."""
        if self.talk is not None:
            return "talking", "", self.talk.call_id
        if self.rings:
            return "ringing", "", max(self.rings, key=lambda call: (self.rings[call], call))
        paused_for = self._paused_for()
        if paused_for is not None:
            return "paused", paused_for, ""
        return self._of_phone(at), "", ""

    def _of_phone(self, at: float) -> AgentState:
        if not self.places:
            return "out"
        if self.device == "unreachable":
            return "unreachable"
        if self.wraps_until > at:
            return "wrapping up"
        return "busy" if self.device == "in use" else "ready"

    @property
    def calls(self) -> frozenset[str]:
        """The calls of ours that they have, or that ring."""
        return frozenset((*self.rings, *self.talks))

    @property
    def busy_from(self) -> float:
        """When a phone in use counts for itself."""
        return max(self._in_use_since, self._ours_until) + SETTLE

    @property
    def silent_from(self) -> float | None:
        """When a phone that is said to be free ends what was told of calls; None: it is not."""
        began = self.talk.since if self.talk else max(self.rings.values(), default=math.inf)
        is_free = self.device == "free" and self._free_since > began
        return self._free_since + SETTLE if is_free else None

    @property
    def is_waited_for(self) -> bool:
        """Whether the time that passes may change something."""
        return self.held_at is not None or self.wraps_until > NEVER or self.silent_from is not None

    def wrapup(self, queue: str, wrapups: Mapping[str, float]) -> float:
        """Seconds after a talk in this queue in which Asterisk rings them no more."""
        place = self.places.get(queue)
        return (place.wrapup if place else 0.0) or wrapups.get(queue, 0.0)

    def is_member(self, member: MemberState) -> None:
        """Take how they are in a queue."""
        before = self.places.get(member.queue)
        self.places[member.queue] = member
        if member.paused_for is not None and (not before or before.paused_for != member.paused_for):
            self._reason = member.paused_for
        if not self.is_declared:
            self.name = member.name or self.name

    def phone_is(self, device: Device, at: float) -> None:
        """Take what the phone does."""
        if device != self.device:
            self._free_since = at if device == "free" else self._free_since
            self._in_use_since = at if device == "in use" else self._in_use_since
            self.device = device

    def renew(
        self,
        members: Iterable[MemberState],
        at: float,
        wrapups: Mapping[str, float],
    ) -> None:
        """Take all memberships anew."""
        self.places = {}
        for member in members:
            self.is_member(member)
            self.phone_is(member.device, at)
            ends = math.floor(member.last_call) + self.wrapup(member.queue, wrapups)
            if member.last_call and ends > at:
                self.wraps_until = max(self.wraps_until, ends)

    def rang(self, call: str, at: float) -> None:
        """Take that a call of ours rings, unless they talk with that caller already."""
        if call not in self.talks and len(self.rings) < _MOST_RINGS:
            self.rings[call] = at

    def stop_ringing(self, call: str, at: float) -> None:
        """Take that it does no more."""
        if self.rings.pop(call, None) is not None:
            self._ours_until = max(self._ours_until, at)

    def begin(self, talk: OwnTalk) -> None:
        """Take that they talk with a caller of ours."""
        self.rings.pop(talk.call_id, None)
        if talk.call_id in self.talks:
            return
        if talk.queue:  # a queue rings nobody who talks: the end of an earlier talk was missed
            self.talks = {call: each for call, each in self.talks.items() if not each.queue}
        self.talks[talk.call_id], self.wraps_until = talk, NEVER

    def end(self, call: str, at: float, wrapups: Mapping[str, float]) -> None:
        """Take that they do no more, if it was this call."""
        talk = self.talks.pop(call, None)
        if talk is None:
            return
        self._ours_until = max(self._ours_until, at)
        if wrapup := self.wrapup(talk.queue, wrapups):
            # Asterisk counts from the whole second in which the talk ended.
            self.wraps_until = math.floor(at) + wrapup

    def _paused_for(self) -> str | None:
        """Give the reason, if they are paused in all their queues."""
        reasons = [each.paused_for for _, each in sorted(self.places.items())]
        if not reasons or None in reasons:
            return None
        return self._reason if self._reason in reasons else reasons[0]
