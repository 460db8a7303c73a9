"""The policy: which segments there are, and how each is treated. A validated value; files are read elsewhere."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Where = tuple[str | int, ...]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
QueueName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Score = Annotated[float, Field(ge=0, le=100, strict=True)]  # strict: `true` is no number
Weight = Annotated[float, Field(ge=0, le=1_000_000, strict=True)]
ScoreName = Literal["value", "potential", "need", "score"]


class MisfitError(ValueError):
    """A value that does not fit the others; `where` is the path to it, within the model that says so."""

    def __init__(self, where: Where, problem: str) -> None:
        self.where = where
        super().__init__(problem)


class PolicyModel(BaseModel):
    """Base of the policy's parts: frozen, and strict about what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Overflow(PolicyModel):
    """After so many seconds in the first queue, the caller moves on to another."""

    after_seconds: Annotated[int, Field(ge=1, le=3600, strict=True)]
    queue: QueueName


class Treatment(PolicyModel):
    """What a call gets: a queue and a priority in it (higher is served first), or a refusal."""

    queue: QueueName | None = None
    priority: Annotated[int, Field(ge=0, le=1000, strict=True)] = 0
    overflow: Overflow | None = None
    refuse: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if self.refuse == (self.queue is not None):
            raise ValueError("give a treatment either a queue or `refuse: true`")
        return self


class Segment(PolicyModel):
    """A named condition: every score named in `when` must be at least as high as it says."""

    name: Name
    when: dict[ScoreName, Score]
    treatment: Name


class Weights(PolicyModel):
    """How much each score counts in the overall score; only their proportions matter."""

    value: Weight = 0
    potential: Weight = 0
    need: Weight = 0

    @model_validator(mode="after")
    def _something_counts(self) -> Self:
        if not (self.value or self.potential or self.need):
            raise ValueError("at least one weight must be above 0")
        return self


class Policy(PolicyModel):
    """How callers are treated. `version` is the hash of the files that it was read from."""

    region: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    score: Weights
    segments: Annotated[tuple[Segment, ...], Field(min_length=1)]
    treatments: dict[Name, Treatment]
    default: Name
    blocked: Name
    version: str = Field(default="", exclude=True)

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
