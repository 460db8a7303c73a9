"""The form of the admin's files: what policy.yaml and agents.yaml may say, as pydantic checks it.

Names are written with hyphens: the field `entry_points` is `entry-points:` in the file.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from ivr.domain.agent import BEST_SKILL

Where = tuple[str | int, ...]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
Title = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,60}$")]
QueueName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
QueuePattern = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*(\{language\}[A-Za-z0-9_.-]*)?$", max_length=64)
]
Score = Annotated[float, Field(ge=0, le=100, strict=True)]  # strict: `true` is no number
Weight = Annotated[float, Field(ge=0, le=1_000_000, strict=True)]
Interface = Annotated[str, StringConstraints(pattern=r"^(PJSIP|SIP|IAX2|Local|DAHDI|Agent)/[A-Za-z0-9_.@/-]{1,80}$")]
E164 = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]
Dialled = Annotated[str, StringConstraints(pattern=r"^\+?[0-9]{1,15}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Region = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
AgentName = Annotated[str, StringConstraints(pattern=r'^[^\x00-\x1f\x7f,;|"]{1,60}$')]  # goes into queue_log
Sound = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*){0,3}$", max_length=60)
]
Priority = Annotated[int, Field(ge=0, le=1000, strict=True)]
YesNo = Annotated[bool, Field(strict=True)]
TrustLevel = Literal["none", "typed", "caller-id", "attested", "pin"]


def _one_or_more(value: Any) -> Any:
    """`hello`, or a list; `none` is an empty one."""
    if value == "none":
        return ()
    return value if isinstance(value, list) else [value]


Sounds = Annotated[tuple[Sound, ...], BeforeValidator(_one_or_more), Field(max_length=8)]
Said = Annotated[tuple[Sound, ...], BeforeValidator(_one_or_more), Field(min_length=1, max_length=8)]
Condition = Annotated[str, StringConstraints(min_length=1)]
Conditions = Annotated[tuple[Condition, ...], Field(max_length=50)]


class MisfitError(ValueError):
    """A value that does not fit the others; `where` is the path to it, within the part that says so."""

    def __init__(self, where: Where, problem: str) -> None:
        self.where = where
        super().__init__(problem)


class Part(BaseModel):
    """Base of all parts: frozen, and strict about what it does not know."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_").replace("_", "-")
    )


class Step(Part):
    """What changes when a caller has waited that long."""

    after: Annotated[int, Field(ge=1, le=3600, strict=True, description="seconds of waiting")]
    priority: Annotated[Priority | None, Field(description="from now on; higher is served first")] = None
    queue: Annotated[QueuePattern | None, Field(description="on to this queue")] = None
    say: Annotated[Said | None, Field(description="sounds; `position` and `wait` are spoken as they are then")] = None
    offer: Annotated[Literal["voicemail"] | None, Field(description="press 1 to leave a message")] = None
    then: Annotated[Literal["voicemail", "end"] | None, Field(description="the waiting ends here")] = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if all(getattr(self, name) is None for name in type(self).model_fields if name != "after"):
            raise ValueError("nothing changes at this step: give it a priority, queue, say, offer or then")
        return self


class Announce(Part):
    """What waiting callers are told again and again."""

    every: Annotated[int, Field(ge=15, le=600, strict=True, description="seconds")]
    say: Said


class Treatment(Part):
    """What a call gets."""

    queue: Annotated[QueuePattern | None, Field(description="{language} in it stands for the caller's language")] = None
    priority: Priority = 0
    greeting: Annotated[Sounds | None, Field(description="instead of the entry point's; none for none")] = None
    music: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")] | None = None
    announce: Announce | None = None
    steps: Annotated[tuple[Step, ...], Field(max_length=20)] = ()
    say: Said | None = None
    then: Literal["voicemail", "end"] | None = None
    mailbox: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,10}$")] = "100"
    refuse: YesNo = False
    questions: Annotated[YesNo, Field(description="whether menu, customer number and PIN may be asked first")] = True
    always_open: Annotated[YesNo, Field(description="whether opening hours do not matter")] = False

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.queue is not None) + self.refuse + (self.then is not None) != 1:
            raise ValueError("give a treatment one of: a queue, `then: voicemail`, `then: end`, `refuse: true`")
        if self.queue is None and (self.steps or self.announce):
            raise ValueError("steps and announcements are for callers who wait: give it a queue, or remove them")
        if self.queue is not None and self.say:
            raise ValueError("`say` is for a treatment without a queue: write it as `greeting`")
        if self.then == "end" and not self.say:
            raise ValueError("a call must not end without a word: give it a `say`")
        for i, (earlier, later) in enumerate(zip(self.steps, self.steps[1:], strict=False), 1):
            if later.after <= earlier.after:
                raise MisfitError(
                    ("steps", i, "after"),
                    f"after {later.after} stands behind after {earlier.after}: put the earlier first",
                )
            if earlier.then:
                raise MisfitError(("steps", i), "the step before ends the waiting: this one is never reached")
        return self


class Segment(Part):
    """A named condition over scores and facts."""

    name: Name
    enter: Annotated[Conditions, Field(description="all must hold; without any, only an entry point gives it")] = ()
    stay: Annotated[Conditions | None, Field(description="enough for who was in it last time")] = None
    trust: Annotated[TrustLevel | None, Field(description="if it takes more than trust.routing")] = None


class Adjust(Part):
    """What a rule changes in whatever treatment follows."""

    priority: Annotated[int, Field(ge=-1000, le=1000, strict=True, description="is added")] = 0
    self_service: Name | None = None
    greeting: Sounds | None = None
    music: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")] | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("nothing is adjusted: give a priority, self-service, greeting or music")
        return self


class Rule(Part):
    """When all conditions hold: a treatment, or an adjustment of the one that a later rule gives."""

    name: Title
    when: Conditions = ()
    treatment: Name | None = None
    adjust: Adjust | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if (self.treatment is None) == (self.adjust is None):
            raise ValueError("give a rule either a treatment or `adjust`")
        return self


class Weights(Part):
    """How much each score counts in the overall score."""

    value: Weight = 0
    potential: Weight = 0
    need: Weight = 0

    @model_validator(mode="after")
    def _something_counts(self) -> Self:
        if not (self.value or self.potential or self.need):
            raise ValueError("at least one weight must be above 0")
        return self


class Trust(Part):
    """Whom to believe, and how much it takes."""

    trunks: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.@/-]{1,80}$")], ...],
        Field(min_length=1, description="whose caller ID is believed"),
    ]
    routing: TrustLevel = "typed"
    disclosure: TrustLevel = "pin"
    wrong_pins: Annotated[int, Field(ge=1, le=20, strict=True)] = 3


class Menu(Part):
    """A question whose answer becomes the intent."""

    say: Said
    keys: Annotated[
        dict[Annotated[str, StringConstraints(pattern=r"^[0-9*]$")], Name], Field(min_length=1, max_length=11)
    ]


Period = Annotated[
    str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")
]
Days = Annotated[
    str,
    StringConstraints(
        pattern=r"^(mon|tues|wednes|thurs|fri|satur|sun)day(-(mon|tues|wednes|thurs|fri|satur|sun)day)?$"
    ),
]
Date = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class Hours(Part):
    """Opening hours."""

    zone: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_+/-]{0,60}$")]
    open: dict[Days, tuple[Period, ...]]
    holidays: tuple[Date, ...] = ()


class EntryPoint(Part):
    """Numbers that customers dial."""

    numbers: Literal["any"] | Annotated[tuple[Dialled, ...], Field(min_length=1)]
    region: Region | None = None
    language: Language | None = None
    greeting: Sounds = ()
    hours: Name | None = None
    closed: Name | None = None
    menu: Name | None = None
    identify: YesNo = False
    segment: Name | None = None

    @model_validator(mode="after")
    def _hours_and_closed(self) -> Self:
        if self.closed and not self.hours:
            raise MisfitError(("closed",), "closed: it never closes: give it `hours`, or remove `closed`")
        return self


class TestCalls(Part):
    """Test calls on a live system."""

    __test__ = False  # no pytest class, whatever its name

    callers: Annotated[tuple[E164, ...], Field(min_length=1)]
    dialled: Annotated[tuple[Dialled, ...], Field(min_length=1)]
    per_minute: Annotated[int, Field(ge=1, le=600, strict=True)] = 6


class PolicyFile(Part):
    """policy.yaml; `domain.policy` says what it means."""

    region: Region
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    score: Weights
    trust: Trust
    menus: dict[Name, Menu] = Field(default_factory=dict)
    hours: dict[Name, Hours] = Field(default_factory=dict)
    entry_points: Annotated[dict[Name, EntryPoint], Field(min_length=1)]
    segments: tuple[Segment, ...]
    treatments: Annotated[dict[Name, Treatment], Field(min_length=1)]
    rules: tuple[Rule, ...]
    default: Name
    test: TestCalls | None = None


class AgentEntry(Part):
    """One agent of agents.yaml."""

    name: AgentName
    interface: Interface
    skills: dict[QueueName, Annotated[int, Field(ge=1, le=BEST_SKILL, strict=True)]]
    languages: tuple[Language, ...] = ()


class AgentsFile(Part):
    """agents.yaml."""

    agents: tuple[AgentEntry, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for what in ("name", "interface"):
            seen = set[str]()
            for i, value in enumerate(getattr(agent, what) for agent in self.agents):
                if value in seen:
                    problem = f"two agents have the {what} {value!r}: each agent needs their own"
                    raise MisfitError(("agents", i, what), problem)
                seen.add(value)
        return self
