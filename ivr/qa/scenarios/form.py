"""What a scenario file may say, as pydantic checks it; `ivr qa new` writes an example with every part explained.

Names are written as people write them: the field `does_not_hear` is `does not hear:` in the file.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic_core import CoreSchema

from ivr.policy.schema import MisfitError
from ivr.store import customer_rules

FAULTS = ("service down", "service frozen", "service dies", "service dies after deciding", "database missing",
          "database locked", "policy broken")  # fmt: skip
AGENT_STATES = ("in", "paused", "busy", "busy until all wait", "does not answer", "declines")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVENTS = (
    "routed", "asked", "joined", "rang", "no_answer", "connected", "completed", "left", "handled", "ended",
)  # fmt: skip
_ORDER = re.compile(r"(\S+) before (\S+)")
_AMOUNT = r"(\d{1,12}(?:\.\d+)?)"
_RANGE = re.compile(rf"(?:(at most|at least) )?{_AMOUNT}(?:\s*(?:-|–|to)\s*{_AMOUNT})?(?: ?(m?s))?", re.ASCII)  # noqa: RUF001
_LONGEST_UNQUOTED = 99_999  # of numbers to call
_AT = re.compile(r"(?:(\d{4}-\d\d-\d\d)|([a-z]+)) (\d\d):(\d\d)")


class ScenarioPart(BaseModel):
    """Base of all parts: strict about what it does not know, with spaces in its names."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_").replace("_", " ")
    )

    @model_validator(mode="before")
    @classmethod
    def _nothing_left_empty(cls, value: Any) -> Any:
        """`segment:` with nothing behind it would be no expectation at all."""
        for name, each in value.items() if isinstance(value, dict) else ():
            if each is None:
                shown = name if str(name).isprintable() else repr(name)
                raise MisfitError((name,), f"{shown}: nothing stands there: write a value, or remove the line")
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        made = handler(core)
        for each in handler.resolve_ref_schema(made).get("properties", {}).values():
            if "anyOf" in each:
                each["anyOf"] = [option for option in each["anyOf"] if option != {"type": "null"}]
            if each.get("default", ...) is None:
                del each["default"]
            if "patternProperties" in each:
                each["additionalProperties"] = False
        return made


def _quoted(value: object) -> object:
    """A number to call: short ones may stand without quotes."""
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > _LONGEST_UNQUOTED:
            raise ValueError('put the number in quotes, "+442079460001": YAML would drop its + or its zeros')
        return str(value)
    return value


def _digits(value: object) -> object:
    """A number that is no quantity: its zeros count."""
    if not isinstance(value, str):
        raise ValueError('put it in quotes, "0427": YAML would drop its zeros')  # noqa: TRY004 - what pydantic wants
    return value


def _listed(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("put true and false in quotes")  # noqa: TRY004 - what pydantic wants
    if isinstance(value, str | int | float):
        return [str(value)]
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError("a text, or a list of texts")
    return value


class SecondsSpan(BaseModel):
    """From `least` to `most`, both included; None where there is no limit."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    least: float | None = None
    most: float | None = None

    def holds(self, value: float) -> bool:
        """Whether `value` is within."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def __str__(self) -> str:
        if self.least is None or self.most is None:
            return f"at most {self.most:g}" if self.least is None else f"at least {self.least:g}"
        return f"{self.least:g}" if self.least == self.most else f"{self.least:g}-{self.most:g}"


def _span(value: object, unit: str = "", *, alone_is_most: bool = False) -> object:
    """`0.2-3`, `at most 3`, `at least 1`, or a number; in `unit`, and in no other."""
    if value == "none":
        return SecondsSpan(least=0, most=0)
    text = f"{value:.6f}" if isinstance(value, float) else str(value)
    found = _RANGE.fullmatch(text.strip()) if isinstance(value, str | int | float) else None
    if not found or isinstance(value, bool) or (found[1] and found[3]):
        raise ValueError("write a number, 0.2-3, at most 3, or at least 1")
    if found[4] and found[4] != unit:
        meant = {"": "it is a count", "s": "it is in seconds", "ms": "it is in milliseconds"}[unit]
        raise ValueError(f"{meant}: write it without {found[4]}")
    low, high = float(found[2]), float(found[3] or found[2])
    if low > high:
        raise ValueError(f"the range {value} has its larger number first: turn it round")
    open_below = found[1] == "at most" or (alone_is_most and not found[1] and not found[3])
    return SecondsSpan(least=None if open_below else low, most=None if found[1] == "at least" else high)


def _seconds(value: object) -> object:
    """As `_span`, but a number alone is the most that it may be: nobody expects a wait of exactly 3 s."""
    return _span(value, "s", alone_is_most=True)


def _milliseconds(value: object) -> object:
    return _span(value, "ms", alone_is_most=True)


def _one_or_more(value: object) -> object:
    return value if isinstance(value, list) else [value]


class _AsWritten:
    """What editors are told that may stand there, where the file may say it in more ways than one."""

    def __init__(self, *options: dict[str, Any]) -> None:
        self._options = options

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [dict(option) for option in self._options]}


class _AsOneOrMore:
    """For editors: an item alone, or a list of them."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        made = handler(core) | {"minItems": 1}
        return {"anyOf": [*made["items"]["anyOf"], made]}


_NUMBER, _TEXT = {"type": "number"}, {"type": "string"}
_SHORT_NUMBER = {"type": "integer", "minimum": -_LONGEST_UNQUOTED, "maximum": _LONGEST_UNQUOTED}
_TEXTS = {"type": "array", "items": _TEXT, "minItems": 1}
Number = Annotated[
    str, BeforeValidator(_quoted), StringConstraints(min_length=1, max_length=400),
    _AsWritten(_TEXT | {"minLength": 1, "maxLength": 400}, _SHORT_NUMBER),
]  # fmt: skip
CallerNumber = Annotated[
    str, BeforeValidator(_quoted), StringConstraints(max_length=2000),
    _AsWritten(_TEXT | {"maxLength": 2000}, _SHORT_NUMBER),
]  # fmt: skip
_KEYS = r"^[0-9*#A-D]{1,40}$"
Keys = Annotated[
    str, BeforeValidator(_quoted), StringConstraints(pattern=_KEYS),
    _AsWritten(_TEXT | {"pattern": _KEYS}, _SHORT_NUMBER | {"minimum": 0}),
]  # fmt: skip
Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]{0,39}$")]
Phone = Annotated[
    str,
    BeforeValidator(_quoted),
    StringConstraints(pattern=(_PHONE := r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")),
    _AsWritten(_TEXT | {"pattern": _PHONE}, _SHORT_NUMBER | {"minimum": 0}),
]
"""An agent's phone: the interface without its PJSIP/."""
Seconds = Annotated[float, Field(ge=0, le=600, strict=True)]  # strict: `true` is no number
YesNo = Annotated[bool, Field(strict=True)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1), _AsWritten(_TEXT, _NUMBER, _TEXTS)]
Exactly = Annotated[SecondsSpan, BeforeValidator(_span), _AsWritten(_TEXT, _NUMBER)]
AtMostSeconds = Annotated[SecondsSpan, BeforeValidator(_seconds), _AsWritten(_TEXT, _NUMBER)]
AtMostMilliseconds = Annotated[SecondsSpan, BeforeValidator(_milliseconds), _AsWritten(_TEXT, _NUMBER)]
Score = Annotated[float, Field(ge=0, le=100, strict=True)]
Csv = Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
"""Rows of a source of scoring.yaml; a cell may say `3 days ago`."""
_HEADER = r"^[A-Za-z0-9-]{1,40} ?:[^\r\n\x00]{0,2000}$"  # a line of SIP: a second one in it would be another header
Headers = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=_HEADER)], ...], Field(max_length=20),
    _AsWritten({"type": "array", "items": _TEXT | {"pattern": _HEADER}, "maxItems": 20}),
]  # fmt: skip
Attestation = Literal["none", "A", "B", "C", "expired", "forged", "other number"]


class Contact(ScenarioPart):
    """An earlier call of a customer."""

    ago: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4} (minute|hour|day)s?$")]
    outcome: Literal["answered", "abandoned"] = "answered"
    queue: str = "general-queue"
    segment: Word | None = None

    @property
    def seconds(self) -> float:
        """How long ago."""
        count, unit = self.ago.split()
        return int(count) * {"m": 60.0, "h": 3600.0, "d": 86400.0}[unit[0]]


_CUSTOMER_NUMBER, _PIN = (f"^{rule.pattern}$" for rule in (customer_rules.CUSTOMER_NUMBER, customer_rules.PIN))
_CustomerNumber = Annotated[
    str, BeforeValidator(_digits), StringConstraints(pattern=_CUSTOMER_NUMBER),
    _AsWritten(_TEXT | {"pattern": _CUSTOMER_NUMBER}),
]  # fmt: skip
_Pin = Annotated[str, BeforeValidator(_digits), StringConstraints(pattern=_PIN), _AsWritten(_TEXT | {"pattern": _PIN})]
_Phones = Annotated[tuple[Number, ...], BeforeValidator(_one_or_more), Field(min_length=1), _AsOneOrMore()]


_AttributeName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,40}$")]


class GivenCustomer(ScenarioPart):
    """A customer in the database. Without scores nothing is known of them but who they are.

    `pin` is the PIN itself: the database gets its hash, as always.
    `attributes` are what a run would know.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
    name: str = ""
    phone: _Phones
    value: Score | None = None
    potential: Score | None = None
    need: Score | None = None
    language: Annotated[str, StringConstraints(pattern=r"^([a-z]{2})?$")] = ""
    tags: tuple[str, ...] = ()
    preferred_agent: str = ""
    blocked: YesNo = False
    products: tuple[str, ...] = ()
    contract: str = ""
    open_case: YesNo = False
    lapsed: YesNo = False
    prefers_self_service: YesNo = False
    customer_number: _CustomerNumber | None = None
    pin: _Pin | None = None
    attributes: dict[_AttributeName, str | bool | float | list[str]] = Field(default_factory=dict)
    history: tuple[Contact, ...] = ()


class _Short(ScenarioPart):
    """A part that may also be written shorter, without its names."""

    @classmethod
    def shorter(cls) -> list[dict[str, Any]]:
        """What the short forms are, for editors."""
        return []

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [*cls.shorter(), super().__get_pydantic_json_schema__(core, handler)]}


_FORWARDS = r"^[A-Za-z0-9+*._/%-]{1,80}$"


class AgentState(_Short):
    """What an agent does. Written as one word, or with more: `{answers after: 3, hangs up after: 2}`.

    A phone that `forwards to` a number or a colleague answers with SIP 302, and with that as the new destination.
    """

    is_: Literal[AGENT_STATES] = "in"  # type: ignore[valid-type]  # they are known when this file is read
    answers_after: Seconds | None = None
    hangs_up_after: Annotated[float, Field(gt=0, le=600, strict=True)] | None = None
    passes_on_to: Phone | None = None
    forwards_to: Annotated[str, BeforeValidator(_quoted), StringConstraints(pattern=_FORWARDS)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_word(cls, value: Any) -> Any:
        if not isinstance(value, str | dict):
            raise ValueError(f"write one of: {', '.join(AGENT_STATES)}; or more, as {{answers after: 3}}")  # noqa: TRY004
        return {"is": value} if isinstance(value, str) else value

    @classmethod
    def shorter(cls) -> list[dict[str, Any]]:
        """One word."""
        return [{"enum": list(AGENT_STATES)}]


_ONE_WORD_STEPS = ("hang up", "be transferred")
_A_STEP = "a step is one of: hear, press, wait, wait for, talk, be transferred, hang up; begin a new one with -"


class ScenarioStep(_Short):
    """One thing that a caller does; `within` limits how long they wait for it."""

    hear: str | None = None
    press: Keys | None = None
    wait: Seconds | None = None
    wait_for: Literal["queue", "agent", "end"] | None = None
    talk: Seconds | None = None
    be_transferred: Literal[True] | None = None
    hang_up: Literal[True] | None = None
    within: Seconds = 20.0

    @model_validator(mode="before")
    @classmethod
    def _words(cls, value: Any) -> Any:
        if isinstance(value, str) and value in _ONE_WORD_STEPS:
            return {value: True}
        if not isinstance(value, dict):
            raise ValueError(_A_STEP)  # noqa: TRY004 - what pydantic wants
        return value

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum(getattr(self, name) is not None for name in type(self).model_fields if name != "within") != 1:
            raise ValueError(_A_STEP)
        return self

    @classmethod
    def shorter(cls) -> list[dict[str, Any]]:
        """One word."""
        return [{"enum": list(_ONE_WORD_STEPS)}]

    def __str__(self) -> str:
        done = {name: value for name in type(self).model_fields if (value := getattr(self, name)) is not None}
        name, value = next(iter(done.items()))
        return name.replace("_", " ") + ("" if value is True else f" {value}")


class _Limits(_Short):
    """`warn` is worth a look when it does not hold, `fail` is an error. What is not said in two parts is an error."""

    @model_validator(mode="before")
    @classmethod
    def _two_parts(cls, value: Any) -> Any:
        return value if isinstance(value, dict) else {"fail": value}

    @model_validator(mode="after")
    def _something(self) -> Self:
        if all(getattr(self, name) is None for name in ("warn", "fail")):
            raise ValueError("give a value, or warn, fail, or both")
        return self


class Text(_Limits):
    """A text, or a list of which it must be one."""

    warn: Texts | None = None
    fail: Texts | None = None

    @classmethod
    def shorter(cls) -> list[dict[str, Any]]:
        """Without warn and fail."""
        return [_TEXT, _NUMBER, _TEXTS]


class _Amount(_Limits):
    @classmethod
    def shorter(cls) -> list[dict[str, Any]]:
        """Without warn and fail."""
        return [_TEXT, _NUMBER]


class Time(_Amount):
    """Seconds: a number is the most that it may be, 0.2-3 a range."""

    warn: AtMostSeconds | None = None
    fail: AtMostSeconds | None = None


class Millis(_Amount):
    """Milliseconds: a number is the most that it may be, 2-30 a range."""

    warn: AtMostMilliseconds | None = None
    fail: AtMostMilliseconds | None = None


class Count(_Amount):
    """A number, a range, or `none`."""

    warn: Exactly | None = None
    fail: Exactly | None = None


class Heard(Text):
    """Sounds, in the order in which they are heard."""


class Expect(ScenarioPart):
    """What must be true of a call. A list means: one of these. `*` stands for any text, `none` for nothing at all."""

    outcome: Text | None = None
    segment: Text | None = None
    customer: Text | None = None
    rule: Text | None = None
    reason: Text | None = None
    rung: Text | None = None
    treatment: Text | None = None
    adjustments: Text | None = None
    trust: Text | None = None
    entry: Text | None = None
    intent: Text | None = None
    queue: Text | None = None
    priority: Count | None = None
    position: Count | None = None
    agent: Text | None = None
    phone_shows: Text | None = None
    phone_number: Text | None = None
    phone_customer: Text | None = None
    phone_segment: Text | None = None
    transferred_to: Text | None = None
    language: Text | None = None
    attestation: Text | None = None
    decided_at: Text | None = None
    hears: Heard | None = None
    does_not_hear: Heard | None = None
    wait: Time | None = None
    to_queue: Time | None = None
    route_ms: Millis | None = None
    hung_up_by: Text | None = None
    left: Text | None = None
    events: dict[str, Count] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known_events(self) -> Self:
        for name in self.events:
            if name not in EVENTS:
                raise MisfitError(("events", name), f"events: {name!r} is no event (there are: {', '.join(EVENTS)})")
        return self

    def given(self) -> Iterator[tuple[str, Any]]:
        """Each expectation that is there, by the name of its field."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if value is not None and name != "events":
                yield name, value


class Call(ScenarioPart):
    """A caller. Characters in `from`, `to` and `shown` that no telephone sends make SIPp send them as they are.

    So do `headers`: lines of SIP that the carrier adds, as "Privacy: id". `keys` are sent as the
    carrier offers it: as events in RTP (RFC 4733), or as sound alone.
    """

    from_: CallerNumber = ""
    to: Number = "1000"
    withheld: YesNo = False
    shown: Annotated[str, StringConstraints(max_length=2000)] = ""
    headers: Headers = ()
    attestation: Attestation = "none"
    keys: Literal["telephone-event", "inband"] = "telephone-event"
    after: Seconds = 0.0
    patience: Seconds = 30.0
    steps: tuple[ScenarioStep, ...] = ()
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _one_trunk(self) -> Self:
        if self.keys == "inband" and self.attestation != "none":
            problem = "keys: this carrier signs no numbers: keep one of the two"
            raise MisfitError(("keys",), problem)
        return self


class Given(ScenarioPart):
    """The state of things before the first call."""

    customers: tuple[GivenCustomer, ...] = ()
    data: dict[Word, Csv] = Field(default_factory=dict)
    agents: dict[Phone, AgentState] = Field(default_factory=dict)
    at: str | None = None
    earlier: dict[Word, Call] = Field(default_factory=dict)
    fault: Literal[FAULTS] | None = None  # type: ignore[valid-type]  # they are known when this file is read
    waiting: dict[Word, Call] = Field(default_factory=dict)
    files: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*\.(conf|yaml)$")], str] = Field(
        default_factory=dict
    )
    policy: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_policy(self) -> Self:
        if self.policy and "policy.yaml" in self.files:
            raise MisfitError(("policy",), "policy: the whole policy.yaml is given in `files`: keep one of the two")
        return self

    @model_validator(mode="after")
    def _a_moment(self) -> Self:
        if self.at is not None:
            try:
                moment(self.at, dt.datetime.now().astimezone())
            except (ValueError, OverflowError) as error:
                raise MisfitError(("at",), f"at: {error}") from None
        return self


class Scenario(ScenarioPart):
    """One scenario: what is given, who calls, and what must come of it."""

    scenario: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    about: str = ""
    tags: tuple[Word, ...] = ()
    given: Given = Given()
    call: Call | None = None
    steps: tuple[ScenarioStep, ...] = ()
    expect: Expect = Expect()
    calls: dict[Word, Call] = Field(default_factory=dict)
    order: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_or_several(self) -> Self:
        if (self.call is None) == (not self.calls):
            raise ValueError("write either `call:` for one caller or `calls:` for several, each with a name")
        if self.calls and (self.steps or self.expect != Expect()):
            raise ValueError("with several callers, `steps` and `expect` belong to each of them: move them there")
        if self.call and ((self.call.steps and self.steps) or Expect() not in (self.call.expect, self.expect)):
            raise MisfitError(("call",), "`steps` and `expect` stand in `call` and beside it: keep one of the two")
        self._names_differ()
        self._known_order()
        return self

    def _names_differ(self) -> None:
        taken: set[str] = set()
        for names in (self.given.earlier, self.given.waiting, self.callers()):
            if twice := taken.intersection(names):
                raise ValueError(f"two callers are called {min(twice)!r}: give each a name of their own")
            taken.update(names)

    def _known_order(self) -> None:
        names = {*self.callers(), *self.given.waiting}
        for number, text in enumerate(self.order):
            found = _ORDER.fullmatch(text)
            if not found or found[1] == found[2] or not {found[1], found[2]} <= names:
                known = ", ".join(sorted(names))
                problem = f"order: write NAME before NAME, of these: {known}; not {text!r}"
                raise MisfitError(("order", number), problem)

    def callers(self) -> dict[str, Call]:
        """Those who call, by name; a single one is called `caller`."""
        if self.call is None:
            return dict(self.calls)
        own = self.call.model_copy(
            update={
                "steps": self.call.steps or self.steps,
                "expect": self.expect if self.call.expect == Expect() else self.call.expect,
            }
        )
        return {"caller": own}

    def in_order(self) -> list[tuple[str, str]]:
        """Pairs of names: the first must be served before the second."""
        return [(found[1], found[2]) for text in self.order if (found := _ORDER.fullmatch(text))]


def moment(text: str, now: dt.datetime) -> dt.datetime:
    """`monday 09:30` is the next such moment after `now`; `2026-12-25 09:30` is that one. Raises ValueError."""
    found = _AT.fullmatch(text)
    if not found or (found[2] and found[2] not in WEEKDAYS):
        raise ValueError(f"write it as monday 09:30 or 2026-12-25 09:30, not {text!r}")
    day = dt.date.fromisoformat(found[1]) if found[1] else now.date()
    made = dt.datetime.combine(day, dt.time(int(found[3]), int(found[4])), now.tzinfo)
    if found[2]:
        made += dt.timedelta(days=(WEEKDAYS.index(found[2]) - made.weekday()) % 7)
        made += dt.timedelta(days=7 if made <= now else 0)
    return made
