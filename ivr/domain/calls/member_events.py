"""What Asterisk says of the members of queues: a record for each thing, and a whole picture.

`at` is Unix time in seconds. Names are as Asterisk has them; nothing here knows which are ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Device = Literal["not known", "free", "in use", "unreachable"]
"""What a phone does, as far as queues are concerned; one that rings is in use."""


@dataclass(frozen=True, slots=True)
class MemberState:
    """A member of a queue, as it is at a moment.

    `paused_for` is the reason of a pause, which may be empty; None: not paused. `in_call`: they
    talk with a caller of this queue. `last_call` is when the last such talk ended; 0: none was.
    `wrapup` is the member's own time after a talk, in seconds; 0: the queue's counts.
    """

    queue: str
    interface: str
    name: str
    device: Device = "not known"
    paused_for: str | None = None
    in_call: bool = False
    last_call: float = 0.0
    wrapup: float = 0.0


@dataclass(frozen=True, slots=True)
class MemberTold:
    """Something changed with a member, who is like this from now on."""

    at: float
    what: Literal["added", "removed", "paused", "status"]
    member: MemberState


@dataclass(frozen=True, slots=True)
class WaitingCaller:
    """A caller who waits in a queue, at `position` (1 is next), since a whole second."""

    call_id: str
    queue: str
    position: int
    since: float
    number: str = ""
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class TalkingCaller:
    """A caller of a queue, who talks with one of its members."""

    call_id: str
    queue: str
    interface: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class QueuePicture:
    """Who is in the queues, all at once. `alive` are all channels there are, by their Uniqueid."""

    at: float
    members: tuple[MemberState, ...] = ()
    waiting: tuple[WaitingCaller, ...] = ()
    talking: Mapping[str, TalkingCaller] = field(default_factory=dict)
    alive: frozenset[str] = frozenset()
