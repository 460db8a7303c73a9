"""The form of the admin's files: what policy.yaml and agents.yaml may say, as pydantic checks it."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from ivr.domain.agent import BEST_SKILL
from ivr.domain.policy import Policy

Where = tuple[str | int, ...]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
QueueName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Score = Annotated[float, Field(ge=0, le=100, strict=True)]  # strict: `true` is no number
Weight = Annotated[float, Field(ge=0, le=1_000_000, strict=True)]
ScoreName = Literal["value", "potential", "need", "score"]
Interface = Annotated[str, StringConstraints(pattern=r"^(PJSIP|SIP|IAX2|Local|DAHDI|Agent)/[A-Za-z0-9_.@/-]{1,80}$")]
E164 = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]
Dialled = Annotated[str, StringConstraints(pattern=r"^\+?[0-9]{1,15}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
AgentName = Annotated[str, StringConstraints(pattern=r'^[^\x00-\x1f\x7f,;|"]{1,60}$')]  # goes into queue_log


class MisfitError(ValueError):
    """A value that does not fit the others; `where` is the path to it, within the part that says so."""

    def __init__(self, where: Where, problem: str) -> None:
        self.where = where
        super().__init__(problem)


class _Part(BaseModel):
    """Base of all parts: frozen, and strict about what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Overflow(_Part):
    after_seconds: Annotated[int, Field(ge=1, le=3600, strict=True)]
    queue: QueueName


class _Treatment(_Part):
    queue: QueueName | None = None
    priority: Annotated[int, Field(ge=0, le=1000, strict=True)] = 0
    overflow: _Overflow | None = None
    refuse: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if self.refuse == (self.queue is not None):
            raise ValueError("give a treatment either a queue or `refuse: true`")
        return self


class _Segment(_Part):
    name: Name
    when: dict[ScoreName, Score]
    treatment: Name


class _Weights(_Part):
    value: Weight = 0
    potential: Weight = 0
    need: Weight = 0

    @model_validator(mode="after")
    def _something_counts(self) -> Self:
        if not (self.value or self.potential or self.need):
            raise ValueError("at least one weight must be above 0")
        return self


class _TestCalls(_Part):
    callers: Annotated[tuple[E164, ...], Field(min_length=1)]
    dialled: Annotated[tuple[Dialled, ...], Field(min_length=1)]
    per_minute: Annotated[int, Field(ge=1, le=600, strict=True)] = 6


class PolicyFile(_Part):
    """policy.yaml; `domain.policy` says what it means."""

    region: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    score: _Weights
    segments: Annotated[tuple[_Segment, ...], Field(min_length=1)]
    treatments: dict[Name, _Treatment]
    default: Name
    blocked: Name
    test: _TestCalls | None = None

    def policy(self, version: str) -> Policy:
        """What the file says, as the value that decisions are taken by."""
        return Policy.from_plain({**self.model_dump(), "version": version})

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        places: list[Where] = [("segments", i, "treatment") for i in range(len(self.segments))]
        named = [(f"segment {s.name}", s.treatment) for s in self.segments]
        named += [("default", self.default), ("blocked", self.blocked)]
        for where, (who, treatment) in zip([*places, ("default",), ("blocked",)], named, strict=True):
            if treatment not in self.treatments:
                known = ", ".join(self.treatments)
                raise MisfitError(
                    where, f"{who} names the treatment {treatment!r}, which does not exist (there are: {known})"
                )
        seen = set[str]()
        for i, segment in enumerate(self.segments):
            if segment.name in seen:
                raise MisfitError(("segments", i, "name"), f"segment {segment.name!r} stands here twice: remove one")
            seen.add(segment.name)
        if self.treatments[self.default].refuse:
            raise MisfitError(("default",), "the default treatment must not refuse callers: name one with a queue")
        return self


class AgentEntry(_Part):
    """One agent of agents.yaml."""

    name: AgentName
    interface: Interface
    skills: dict[QueueName, Annotated[int, Field(ge=1, le=BEST_SKILL, strict=True)]]
    languages: tuple[Language, ...] = ()


class AgentsFile(_Part):
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
