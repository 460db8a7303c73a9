"""The form of the admin's files: what policy.yaml and agents.yaml may say, as pydantic checks it.

Names are written with hyphens: the field `entry_points` is `entry-points:` in the file.
"""

from typing import Annotated, Any, Literal, Self

from phonenumbers import SUPPORTED_REGIONS
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)

from ivr.domain.agents import BEST_SKILL
from ivr.domain.showable import unshowable
from ivr.limits import HIGHEST_PRIORITY, LONGEST_CONDITION_CHARACTERS
from ivr.policy.part_schema import PartSchema
from ivr.policy.service_level import AnswerWithin, ServiceLevelSchema

Where = tuple[str | int, ...]
IN_WORDS: dict[str, str] = {}
"""By pattern: what is to be written where a text does not fit it."""


def like(pattern: str, words: str, max_length: int | None = None) -> StringConstraints:
    """Take a text of this pattern; `words` say to people what that is."""
    IN_WORDS[pattern] = words
    return StringConstraints(pattern=pattern, max_length=max_length)


_NAME = "small letters, digits and -, a letter first, 32 at most"
Name = Annotated[str, like(r"^[a-z][a-z0-9-]{0,31}$", _NAME)]


def _showable(text: str) -> str:
    """It comes to screens, phones, logs and queue_log."""
    if code := unshowable(text):
        raise ValueError(f"{text!r} has a character that cannot be shown ({code}): remove it")
    return text


Title = Annotated[str, like(r"^[^\x00-\x1f\x7f]{1,60}$", "1 to 60 characters in one line"), AfterValidator(_showable)]
QueueName = Annotated[str, like(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$", "a queue's name: letters, digits, _ . and -")]
_QUEUE = r"^[A-Za-z0-9][A-Za-z0-9_.-]*(\{language\}[A-Za-z0-9_.-]*)?$"
QueuePattern = Annotated[
    str, like(_QUEUE, "a queue's name: letters, digits, _ . and -, with {language} once at most", 64)
]
Score = Annotated[float, Field(ge=0, le=100, strict=True)]  # strict: `true` is no number
Weight = Annotated[float, Field(ge=0, le=1_000_000, strict=True)]
_INTERFACE = r"^(PJSIP|SIP|IAX2|Local|DAHDI|Agent)/[A-Za-z0-9_.@/-]{1,80}$"
Interface = Annotated[str, like(_INTERFACE, "the phone as Asterisk calls it, like PJSIP/anna")]
_DEVICE = r"^(hint:[A-Za-z0-9_.-]{1,40}@[A-Za-z0-9_-]{1,40}|(PJSIP/|Custom:)[A-Za-z0-9_.-]{1,60})$"
_DEVICE_WORDS = "a device as Asterisk calls it, like PJSIP/201 or hint:201@ext-local"
Device = Annotated[str, like(_DEVICE, _DEVICE_WORDS)]
E164 = Annotated[str, like(r"^\+[1-9][0-9]{6,14}$", "the number with + and country code, like +442079460001")]
Dialled = Annotated[str, like(r"^\+?[0-9]{1,15}$", "digits only, with a + in front if you like")]
Language = Annotated[str, like(r"^[a-z]{2}$", "a language as two small letters, like en")]
_AGENT = "1 to 60 characters without , ; | or a quotation mark"
AgentName = Annotated[
    str, like(r'^[^\x00-\x1f\x7f,;|"]{1,60}$', _AGENT), AfterValidator(_showable)
]  # goes into queue_log and AstDB, which are written with such signs between the parts


def _known_region(region: str) -> str:
    if region not in SUPPORTED_REGIONS:
        raise ValueError(f"there is no region {region}: write {'GB' if region == 'UK' else _COUNTRY}")
    return region


_COUNTRY = "a country's two capital letters, like GB"
Region = Annotated[str, like(r"^[A-Z]{2}$", _COUNTRY), AfterValidator(_known_region)]
_SOUND = r"^[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*){0,3}$"
Sound = Annotated[str, like(_SOUND, "a sound without .wav, like ivr/greeting", 60)]
MusicClass = Annotated[str, like(r"^[A-Za-z0-9_-]{1,40}$", "a class of musiconhold.conf: letters, digits, _ and -")]
Trunk = Annotated[str, like(r"^[A-Za-z0-9_.@/-]{1,80}$", "a trunk, as Asterisk calls its endpoint")]
Priority = Annotated[int, Field(ge=0, le=HIGHEST_PRIORITY, strict=True)]
YesNo = Annotated[bool, Field(strict=True)]
TrustLevel = Literal["none", "typed", "caller-id", "attested", "pin"]


def _one_or_more(value: Any) -> Any:
    """`hello`, or a list; `none` is an empty one."""
    if value == "none":
        return ()
    return value if isinstance(value, list) else [value]


def _as_written(least: int) -> WithJsonSchema:
    """For editors: one sound as a word, or a list of them."""
    sound = {"type": "string", "pattern": _SOUND, "maxLength": 60}
    return WithJsonSchema({"anyOf": [sound, {"type": "array", "items": sound, "minItems": least, "maxItems": 8}]})


Sounds = Annotated[tuple[Sound, ...], BeforeValidator(_one_or_more), Field(max_length=8), _as_written(0)]
Said = Annotated[tuple[Sound, ...], BeforeValidator(_one_or_more), Field(min_length=1, max_length=8), _as_written(1)]
Condition = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_CONDITION_CHARACTERS)]
Conditions = Annotated[tuple[Condition, ...], Field(max_length=50)]
Numbers = Annotated[
    Annotated[Literal["any"], Tag("[any]")] | Annotated[tuple[Dialled, ...], Field(min_length=1), Tag("[list]")],
    Discriminator(lambda value: "[any]" if value == "any" else "[list]"),
]


class MisfitError(ValueError):
    """A value that does not fit the others; `where` is the path to it, within the part that says so."""

    def __init__(self, where: Where, problem: str) -> None:
        self.where = where
        super().__init__(problem)


class StepSchema(PartSchema):
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
        if self.then and (self.queue or self.offer or self.priority is not None):
            raise ValueError("the waiting ends at this step: remove its priority, queue and offer, or `then`")
        return self


class Announce(PartSchema):
    """What waiting callers are told again and again, ten times at most; not when a step says or offers something."""

    every: Annotated[int, Field(ge=15, le=600, strict=True, description="seconds")]
    say: Annotated[Said, Field(description="sounds; `position` and `wait` are spoken as they are then")]


class TreatmentSchema(PartSchema):
    """What a call gets."""

    queue: Annotated[QueuePattern | None, Field(description="{language} in it stands for the caller's language")] = None
    priority: Annotated[Priority, Field(description="in the queue: the higher is served first")] = 0
    greeting: Annotated[Sounds | None, Field(description="instead of the entry point's; none for none")] = None
    music: Annotated[MusicClass | None, Field(description="a class of musiconhold.conf; else the queue's")] = None
    announce: Annotated[Announce | None, Field(description="what who waits is told again and again")] = None
    steps: Annotated[tuple[StepSchema, ...], Field(max_length=20, description="what changes while the call waits")] = ()
    say: Annotated[Said | None, Field(description="sounds, before `then` or `refuse`")] = None
    then: Annotated[Literal["voicemail", "end"] | None, Field(description="instead of a queue")] = None
    mailbox: Annotated[
        str, like(r"^[0-9]{1,10}$", "1 to 10 digits"), Field(description="for voicemail, digits in quotes")
    ] = "100"
    refuse: Annotated[YesNo, Field(description="whether the call is refused")] = False
    questions: Annotated[YesNo, Field(description="whether menu, customer number and PIN may be asked first")] = True
    always_open: Annotated[YesNo, Field(description="whether opening hours do not matter")] = False
    trust: Annotated[
        TrustLevel | None, Field(description="what it takes to get it, whatever leads there; see `queues`, too")
    ] = None

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
                problem = f"after {later.after} stands behind after {earlier.after}: put the earlier first"
                if later.after == earlier.after:
                    problem = f"there are two steps after {later.after}: make them one"
                raise MisfitError(("steps", i, "after"), problem)
            if earlier.then:
                raise MisfitError(("steps", i), "the step before ends the waiting: this one is never reached")
        return self


class SegmentSchema(PartSchema):
    """A named condition over scores and facts."""

    name: Annotated[Name, Field(description="what rules and reports call it")]
    enter: Annotated[Conditions, Field(description="all must hold; without any, only an entry point gives it")] = ()
    stay: Annotated[
        Annotated[Conditions, Field(min_length=1)] | None, Field(description="enough for who was in it last time")
    ] = None
    trust: Annotated[TrustLevel | None, Field(description="if it takes more than trust.routing")] = None


class Adjust(PartSchema):
    """What a rule changes in whatever treatment follows, if that has a queue; one without stays as it is."""

    priority: Annotated[
        int,
        Field(
            ge=-HIGHEST_PRIORITY,
            le=HIGHEST_PRIORITY,
            strict=True,
            description="is added to the treatment's, and to each step's",
        ),
    ] = 0
    self_service: Annotated[Name | None, Field(description="offered before the caller waits")] = None
    greeting: Annotated[Sounds | None, Field(description="instead of the treatment's; none for none")] = None
    music: Annotated[MusicClass | None, Field(description="a class of musiconhold.conf")] = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("nothing is adjusted: give a priority, self-service, greeting or music")
        return self


class RuleSchema(PartSchema):
    """When all conditions hold: a treatment, or an adjustment of the one that a later rule gives."""

    name: Annotated[Title, Field(description="what explanations and reports call it")]
    when: Annotated[Conditions, Field(description="all must hold; without any, the rule is for everybody")] = ()
    treatment: Annotated[Name | None, Field(description="the call gets it, and no later rule is tried")] = None
    adjust: Annotated[Adjust | None, Field(description="changed in whatever treatment with a queue follows")] = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if (self.treatment is None) == (self.adjust is None):
            raise ValueError("give a rule either a treatment or `adjust`")
        return self


class Weights(PartSchema):
    """How much each score counts in the overall score."""

    value: Annotated[Weight, Field(description="what the customer brings, cost of serving counted")] = 0
    potential: Annotated[Weight, Field(description="what they are predicted to bring")] = 0
    need: Annotated[Weight, Field(description="how much is going wrong for them now")] = 0

    @model_validator(mode="after")
    def _something_counts(self) -> Self:
        if not (self.value or self.potential or self.need):
            raise ValueError("at least one weight must be above 0")
        return self


class TrustSchema(PartSchema):
    """Whom to believe, and how much it takes."""

    trunks: Annotated[tuple[Trunk, ...], Field(min_length=1, description="whose caller ID is believed")]
    routing: Annotated[TrustLevel, Field(description="what it takes to be treated as the customer")] = "typed"
    disclosure: Annotated[TrustLevel, Field(description="what it takes to hear of the account")] = "pin"
    agent: Annotated[
        TrustLevel | None, Field(description="what it takes for the agent to see the name; default: disclosure")
    ] = None
    wrong_pins: Annotated[
        int,
        Field(ge=1, le=20, strict=True, description="that are checked at once; each further one waits twice as long"),
    ] = 3


class Queue(PartSchema):
    """What goes for a queue, whatever leads there."""

    trust: Annotated[TrustLevel, Field(description="what it takes to come to it")] = "none"
    answer_within: Annotated[
        AnswerWithin | None, Field(description="seconds that are promised; default: as in general")
    ] = None


class MenuSchema(PartSchema):
    """A question whose answer becomes the intent."""

    say: Annotated[Said, Field(description="the question")]
    keys: Annotated[
        dict[Annotated[str, like(r"^[0-9*]$", "one key: 0 to 9, or *")], Name],
        Field(min_length=1, max_length=11, description="the intent that each key stands for, which rules ask about"),
    ]


_PERIOD = r"^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"
Period = Annotated[str, like(_PERIOD, 'two times with four digits each, like "08:00-18:00"')]
_DAYS = r"^(mon|tues|wednes|thurs|fri|satur|sun)day(-(mon|tues|wednes|thurs|fri|satur|sun)day)?$"
Days = Annotated[str, like(_DAYS, "a day or days in full, like monday or monday-friday")]
_DATE = r"^([0-9]{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
Date = Annotated[str, like(_DATE, 'a date like "2026-12-24", or "12-24" for each year')]


class HoursSchema(PartSchema):
    """Opening hours."""

    zone: Annotated[
        str,
        like(r"^[A-Za-z][A-Za-z0-9_+/-]{0,60}$", "a time zone, like Europe/London"),
        Field(description="where it is"),
    ]
    open: Annotated[
        dict[Days, Annotated[tuple[Period, ...], Field(max_length=20)]],
        Field(description='for days, as monday-friday, periods as "09:00-17:00", the last one until 24:00'),
    ]
    holidays: Annotated[
        tuple[Date, ...], Field(max_length=500, description='closed all day: "2026-12-24", or "12-24" each year')
    ] = ()


class EntryPointSchema(PartSchema):
    """Numbers that customers dial."""

    numbers: Annotated[Numbers, Field(description="as they are dialled, in quotes; `any` for all that are no other's")]
    region: Annotated[Region | None, Field(description="how to read callers' numbers; else the policy's")] = None
    language: Annotated[Language | None, Field(description="for who has none of ours")] = None
    greeting: Annotated[Sounds, Field(description="sounds, first of all")] = ()
    hours: Annotated[Name | None, Field(description="one of `hours`; without, it is always open")] = None
    closed: Annotated[Name | None, Field(description="the treatment out of hours")] = None
    menu: Annotated[Name | None, Field(description="one of `menus`, asked first")] = None
    identify: Annotated[YesNo, Field(description="whether unknown callers are asked for their customer number")] = False
    segment: Annotated[Name | None, Field(description="whoever dials the number is in it")] = None

    @model_validator(mode="after")
    def _hours_and_closed(self) -> Self:
        if self.closed and not self.hours:
            raise MisfitError(("closed",), "closed: it never closes: give it `hours`, or remove `closed`")
        return self


class TestCallsSchema(PartSchema):
    """Test calls on a live system."""

    __test__ = False  # no pytest class, whatever its name

    callers: Annotated[tuple[E164, ...], Field(min_length=1, description="numbers of our own that no customer has")]
    dialled: Annotated[tuple[Dialled, ...], Field(min_length=1, description="what a test may call")]
    per_minute: Annotated[int, Field(ge=1, le=600, strict=True, description="calls at most")] = 6
    trunks: Annotated[
        tuple[Trunk, ...],
        Field(description="that tests come in on, and nothing else makes a call a test; without, those of `trust`"),
    ] = ()


class PolicyFile(PartSchema):
    """policy.yaml; `domain.policy` says what it means."""

    region: Annotated[Region, Field(description="how to read numbers without a country code, as GB")]
    languages: Annotated[
        tuple[Language, ...],
        Field(min_length=1, max_length=50, description="that callers are served in; the first is for everybody else"),
    ]
    score: Annotated[Weights, Field(description="how much each score counts in the overall score")]
    trust: Annotated[TrustSchema, Field(description="how sure it has to be who calls")]
    menus: Annotated[dict[Name, MenuSchema], Field(max_length=200, description="questions that a key answers")] = Field(
        default_factory=dict
    )
    hours: Annotated[dict[Name, HoursSchema], Field(max_length=200, description="opening hours")] = Field(
        default_factory=dict
    )
    entry_points: Annotated[
        dict[Name, EntryPointSchema], Field(min_length=1, max_length=500, description="numbers that customers dial")
    ]
    segments: Annotated[
        tuple[SegmentSchema, ...],
        Field(max_length=200, description="the first whose conditions hold is the customer's"),
    ]
    queues: Annotated[dict[QueuePattern, Queue], Field(max_length=200, description="what goes for a queue")] = Field(
        default_factory=dict
    )
    service_level: Annotated[
        ServiceLevelSchema | None, Field(description="what callers are promised; default: nothing")
    ] = None
    treatments: Annotated[
        dict[Name, TreatmentSchema], Field(min_length=1, max_length=500, description="what a call may get")
    ]
    rules: Annotated[
        tuple[RuleSchema, ...],
        Field(max_length=1000, description="tried from top to bottom, until one gives a treatment"),
    ]
    default: Annotated[Name, Field(description="the treatment that is left when no rule gives one")]
    test: Annotated[
        TestCallsSchema | None, Field(description="test calls on a live system; without, none are made")
    ] = None


class AgentEntry(PartSchema):
    """One agent of agents.yaml."""

    name: Annotated[AgentName, Field(description="as reports name them")]
    interface: Annotated[Interface, Field(description="the phone, as PJSIP/anna")]
    state: Annotated[
        Device | None,
        Field(description="the device whose state says whether they are free; else the interface"),
    ] = None
    skills: Annotated[
        dict[QueueName, Annotated[int, Field(ge=1, le=BEST_SKILL, strict=True)]],
        Field(description=f"by queue, 1 to {BEST_SKILL}: the best is rung first"),
    ]
    languages: Annotated[
        tuple[Language, ...], Field(description="that they speak; `ivr policy check` looks at it")
    ] = ()


class AgentsFile(PartSchema):
    """agents.yaml."""

    agents: Annotated[tuple[AgentEntry, ...], Field(description="who answers calls")]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for what in ("name", "interface"):
            seen = set[str]()
            for i, value in enumerate(getattr(agent, what) for agent in self.agents):
                if value.casefold() in seen:  # Asterisk takes PJSIP/anna and PJSIP/Anna for the same member
                    problem = f"two agents have the {what} {value!r}: each agent needs their own"
                    raise MisfitError(("agents", i, what), problem)
                seen.add(value.casefold())
        return self
