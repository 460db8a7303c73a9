"""The policy: how callers are told apart, and how each is treated. A checked value; files are read elsewhere.

Conditions stand here as they were written (CEL, see `domain.facts` for what they may speak of); who evaluates them is
given to `domain.decision.decide`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

TRUST_LEVELS = ("none", "typed", "caller-id", "attested", "pin")
"""How sure it is who calls, from nothing to certain: a customer number typed on the keypad, the caller ID of a trusted
trunk, a caller ID that the carrier vouches for (STIR/SHAKEN, full attestation), a PIN."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Step:
    """What changes when the caller has waited so many seconds (`after`); None and empty change nothing.

    `say` names sounds; the words `position` and `wait` among them stand for the caller's place in the queue and
    for how long the wait is. `offer` is `voicemail` or empty, `then` (the waiting ends) `voicemail`, `end` or empty.
    """

    after: int
    priority: int | None = None
    queue: str | None = None
    say: tuple[str, ...] = ()
    offer: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Treatment:
    """What a call gets: a queue and a priority in it (higher is served first), or an end without one.

    `trust` is the least that it takes to get it, whatever led there: that of the treatment and of its queues.
    `greeting` None is the entry point's. `then` is voicemail or end, after `say`. `questions` is whether the caller may
    be asked anything first, `always_open` whether opening hours do not matter.
    """

    name: str
    queue: str | None = None
    priority: int = 0
    greeting: tuple[str, ...] | None = None
    music: str = ""
    steps: tuple[Step, ...] = ()
    say: tuple[str, ...] = ()
    then: str = ""
    mailbox: str = ""
    refuse: bool = False
    questions: bool = True
    always_open: bool = False
    trust: str = "none"

    @property
    def overflow(self) -> Step | None:
        """The first step into another queue."""
        return next((step for step in self.steps if step.queue), None)


@dataclass(frozen=True, slots=True)
class Segment:
    """A named condition. All of `enter` must hold, or all of `stay` for a customer who was in it last time.

    `trust` is the least that it takes to be treated as one of it, empty for what the policy says for all.
    """

    name: str
    enter: tuple[str, ...]
    stay: tuple[str, ...]
    trust: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What a rule changes without choosing the treatment; `priority` is added."""

    priority: int = 0
    self_service: str = ""
    greeting: tuple[str, ...] | None = None
    music: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """When all conditions hold: a treatment, which ends the search, or an adjustment, after which it goes on."""

    name: str
    when: tuple[str, ...]
    treatment: str | None = None
    adjust: Adjustment | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """One question whose answer, a key, becomes the intent."""

    say: tuple[str, ...]
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hours:
    """When an entry point is open: for each weekday periods in minutes since midnight, in the time zone `zone`.

    `holidays` are dates, as 2026-12-25 for one year or 12-25 for every year.
    """

    zone: str
    open: Mapping[str, tuple[tuple[int, int], ...]]
    holidays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """Numbers that customers dial, and what goes for whoever dials them. Without numbers: all that are no other's.

    `segment` is what dialling this number gives. `hours` and `menu` are names; `closed` is the treatment then.
    """

    name: str
    numbers: tuple[str, ...] = ()
    region: str = ""
    language: str = ""
    greeting: tuple[str, ...] = ()
    hours: str = ""
    closed: str = ""
    menu: str = ""
    identify: bool = False
    segment: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to believe: the caller ID of these `trunks`, and how much it takes for routing and for disclosure.

    `agent` is what it takes for the agent's phone to name the customer. After `wrong_pins` each further try of a
    customer's PIN has to wait, twice as long each time (store/pin_limits.py).
    """

    trunks: tuple[str, ...] = ()
    routing: str = "typed"
    disclosure: str = "pin"
    agent: str = "pin"
    wrong_pins: int = 3


@dataclass(frozen=True, slots=True)
class TestCalls:
    """What QA may call on a live system: from these numbers (E.164), to these, so many times a minute.

    `trunks` are those that tests come in on; without any, all that make a number believed.
    """

    __test__ = False  # no pytest class, whatever its name

    callers: tuple[str, ...]
    dialled: tuple[str, ...]
    per_minute: int
    trunks: tuple[str, ...] = ()


Promise = tuple[float | None, float | None]
"""Within how many seconds of waiting, and after how many giving up counts; None: nothing."""


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """What callers in a queue are promised: to be answered `within` so many seconds.

    Who gives up before `short_abandon` seconds is not counted. None: nothing is promised. `queues`
    has those that differ, in small letters: to Asterisk capitals are the same.
    """

    within: float | None = None
    short_abandon: float = 0
    queues: Mapping[str, float] = field(default_factory=dict)

    def promise(self, queue: str) -> Promise:
        """Return what is promised there."""
        within = self.queues.get(queue.casefold(), self.within)
        return (None, None) if within is None else (within, self.short_abandon)


@dataclass(frozen=True, slots=True)
class Policy:
    """How callers are treated. `version` is the hash of the files that it was read from.

    `score` says how much each score counts in the overall score; only the proportions matter. The first of `languages`
    is for whoever speaks none of them. The last entry point takes every number that is no other's.
    """

    region: str
    languages: tuple[str, ...]
    score: Mapping[str, float]
    trust: Trust
    menus: Mapping[str, Menu]
    hours: Mapping[str, Hours]
    entry_points: tuple[EntryPoint, ...]
    segments: tuple[Segment, ...]
    treatments: Mapping[str, Treatment]
    rules: tuple[Rule, ...]
    default: str
    version: str
    test: TestCalls | None = None
    service_level: ServiceLevel = field(default_factory=ServiceLevel)

    def entry_point(self, dialled: str) -> EntryPoint:
        """The one that a dialled number belongs to."""
        number = dialled.lstrip("+")
        for entry in self.entry_points:
            if not entry.numbers or any(number == other.lstrip("+") for other in entry.numbers):
                return entry
        return EntryPoint("other")

    def conditions(self) -> Iterator[str]:
        """Every condition, in the order in which they are asked."""
        for segment in self.segments:
            yield from (*segment.enter, *segment.stay)
        for rule in self.rules:
            yield from rule.when
