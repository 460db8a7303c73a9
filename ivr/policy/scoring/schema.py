"""The form of scoring.yaml, as pydantic checks it. Names are written with hyphens."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from ivr.domain.scoring.definition import ColumnType, Origin
from ivr.domain.scoring.metrics import STATES, Form
from ivr.policy.part_schema import PartSchema
from ivr.policy.schema import Date, MisfitError, Name, Title, YesNo, like
from ivr.policy.scoring import own_calls
from ivr.policy.scoring.attribute_schema import AttributeSchema
from ivr.policy.scoring.field_types import (
    TWO_NUMBERS,
    ColumnName,
    Currency,
    Expression,
    LengthInDays,
    Limit,
    MetricWeight,
    Points,
    Price,
    ValueKey,
    Zone,
)


class ServingSchema(PartSchema):
    """Which columns say what serving cost; `costs` has the prices."""

    channel: Annotated[ColumnName | None, Field(description="text: a price of `contact`")] = None
    agent_minutes: Annotated[ColumnName | None, Field(description="minutes of an agent")] = None
    line_minutes: Annotated[ColumnName | None, Field(description="minutes on the line")] = None

    @model_validator(mode="after")
    def _something_costs(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("nothing costs anything: give a channel, or agent-minutes")
        return self


class SourceSchema(PartSchema):
    """Rows about customers. Where they lie is a setting: IVR_SCORE_SOURCES_ and the name."""

    model_config = ConfigDict(json_schema_extra=own_calls.need_no_customer)

    owner: Annotated[Title | None, Field(description="who answers for the data")] = None
    customer: Annotated[
        ColumnName,
        Field(description="the column with the customer_id; `calls` needs none"),
    ]
    time: Annotated[
        ColumnName | None,
        Field(description="the column that says when; without, rows are always true"),
    ] = None
    zone: Annotated[Zone | None, Field(description="of times that do not say theirs")] = None
    currency: Annotated[
        ColumnName | None,
        Field(description="the column that says what money is in; without, all is in `currency`"),
    ] = None
    oldest: Annotated[
        LengthInDays | None,
        Field(description="how old the newest row may be, like 2 days"),
    ] = None
    columns: Annotated[
        dict[ColumnName, ColumnType],
        Field(max_length=200, description="the columns that metrics use, and what is in them"),
    ] = Field(default_factory=dict)
    serving: Annotated[
        ServingSchema | None,
        Field(description="which columns say what serving cost"),
    ] = None


class RatioSchema(PartSchema):
    """One metric divided by another."""

    of: Annotated[Name, Field(description="this metric")]
    to: Annotated[Name, Field(description="divided by this one")]


class MetricSchema(PartSchema):
    """A number about a customer."""

    about: Annotated[Title | None, Field(description="what it is, for people")] = None
    source: Annotated[Name | None, Field(description="one of `sources`; none for a ratio")] = None
    form: Annotated[Form, Field(description="what is made of the rows")]
    of: Annotated[
        Expression | None,
        Field(description="the column, or a sum such as amount - cost; or cost-to-serve"),
    ] = None
    where: Annotated[
        Expression | None,
        Field(description="which rows, such as status <> 'cancelled'"),
    ] = None
    window: Annotated[
        LengthInDays | None,
        Field(description="how far back, like 365 days; else all"),
    ] = None
    half_life: Annotated[
        LengthInDays | None,
        Field(description="of a decayed sum: after so long, a row counts half"),
    ] = None
    ratio: Annotated[RatioSchema | None, Field(description="of a ratio: which metrics")] = None
    direction: Annotated[
        Literal["more", "less"] | None,
        Field(description="what raises a score: more of it (without, this), or less"),
    ] = None
    range: Annotated[
        Annotated[tuple[Limit, Limit], Field(min_length=2, max_length=2)] | None,
        BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value),
        Field(description="what can be believed, as [lowest, highest]; else it is not known"),
        WithJsonSchema(TWO_NUMBERS),
    ] = None
    missing: Annotated[
        Limit | None,
        Field(description="what counts where there is no row; without, it is not known"),
    ] = None
    scale: Annotated[
        Literal["rank", "points"] | None,
        Field(description="the rank among the customers (without, this), or `points`"),
    ] = None
    points: Annotated[
        dict[ValueKey, Points] | None,
        Field(
            min_length=2,
            max_length=50,
            description='points for values, as {"0": 0, "3": 80}; linear between them',
        ),
    ] = None
    report_only: Annotated[
        YesNo,
        Field(description="whether it is shown, and counts in no score"),
    ] = False

    @model_validator(mode="after")
    def _scale_and_points(self) -> Self:
        if (self.scale == "points") != (self.points is not None):
            raise ValueError("`scale: points` and `points` belong together: write both or neither")
        if self.points is not None and self.direction is not None:
            problem = "direction: the points say what raises a score: remove it"
            raise MisfitError(("direction",), problem)
        if self.range is not None and self.range[0] >= self.range[1]:
            raise MisfitError(("range",), "range: write the lowest first, then the highest")
        if self.range is not None and self.missing is not None:
            low, high = self.range
            if not low <= self.missing <= high:
                problem = f"missing: {self.missing:,.15g} is out of its range, and would not count"
                raise MisfitError(("missing",), f"{problem}: write one that can be believed")
        return self

    @model_validator(mode="after")
    def _fits_its_form(self) -> Self:
        for name, forms in _BELONGS.items():
            given = getattr(self, name) is not None
            if given and self.form not in forms:
                written = name.replace("_", "-")
                raise MisfitError((written,), f"{written}: {_NOT_FOR.format(form=self.form)}")
            if not given and self.form in _NEEDS.get(name, ()):
                written = name.replace("_", "-")
                raise ValueError(f"the form {self.form} needs `{written}`: write it")
        return self


_NOT_FOR = "the form {form} has no use for it: remove it"
_OF_ROWS = tuple(form for form in STATES if form != "ratio")
_BELONGS: dict[str, tuple[str, ...]] = {
    "source": _OF_ROWS,
    "of": ("sum", "mean", "last", "distinct", "decayed-sum", "trend"),
    "where": _OF_ROWS,
    "window": _OF_ROWS,
    "half_life": ("decayed-sum",),
    "ratio": ("ratio",),
}
_NEEDS: dict[str, tuple[str, ...]] = {
    "source": _OF_ROWS,
    "of": ("sum", "mean", "last", "distinct"),
    "where": ("share",),
    "window": ("trend",),
    "half_life": ("decayed-sum",),
    "ratio": ("ratio",),
}


class CostsSchema(PartSchema):
    """What serving costs, from a day on."""

    since: Annotated[Date, Field(description='the first day, as "2026-01-01"')]
    contact: Annotated[
        dict[Name, Price],
        Field(max_length=50, description="each contact, by its channel; `other` for all others"),
    ] = Field(default_factory=dict)
    agent_minute: Annotated[Price, Field(description="a minute of an agent")] = "0"
    line_minute: Annotated[Price, Field(description="a minute on the line")] = "0"


class OriginsSchema(PartSchema):
    """Which score stands: what a run made, or what was imported."""

    value: Annotated[Origin, Field(description="what the customer brings")] = "given"
    potential: Annotated[Origin, Field(description="what they are predicted to bring")] = "given"
    need: Annotated[Origin, Field(description="how much is going wrong for them now")] = "given"


_HOURS = r"^([1-9]|[1-3][0-9]|4[0-8]) hours?$"


class ScheduleSchema(PartSchema):
    """When the service calculates the scores."""

    cron: Annotated[
        str,
        Field(
            min_length=1,
            max_length=200,
            description='minute, hour, day, month and day of the week, like "30 3 * * *"',
        ),
    ]
    zone: Annotated[Zone, Field(description="the time zone that this is in")]
    catch_up: Annotated[
        str,
        BeforeValidator(lambda value: repr(value) if type(value) is int else value),
        like(_HOURS, "1 hour to 48 hours, like 6 hours"),
        Field(description="how late a run may begin that was missed"),
    ] = "6 hours"


_Weights = Annotated[dict[Name, MetricWeight], Field(max_length=100)]


_NONE: Any = Field(default_factory=dict)


class WeightsSchema(PartSchema):
    """How much each metric counts in a score; only the proportions matter."""

    value: Annotated[_Weights, Field(description="what the customer brings")] = _NONE
    potential: Annotated[_Weights, Field(description="what they are predicted to bring")] = _NONE
    need: Annotated[_Weights, Field(description="how much is going wrong for them now")] = _NONE


class ReportSchema(PartSchema):
    """Which metrics `ivr score report` adds up for each segment."""

    revenue: Annotated[Name | None, Field(description="this metric is what they pay")] = None
    cost_to_serve: Annotated[Name | None, Field(description="and this what serving costs")] = None
    agent_minutes: Annotated[Name | None, Field(description="and this agents' minutes")] = None


class ScoringFile(PartSchema):
    """scoring.yaml; `domain.scoring` says what it means."""

    currency: Annotated[Currency, Field(description="what money is counted in, like GBP")]
    rates: Annotated[
        dict[Currency, Price],
        Field(max_length=50, description="what one of another currency is worth, as {EUR: 0.85}"),
    ] = Field(default_factory=dict)
    scores: Annotated[OriginsSchema, Field(description="which score stands: run or given")]
    sources: Annotated[
        dict[Name, SourceSchema],
        BeforeValidator(own_calls.filled_in),
        Field(max_length=50, description="rows about customers; where they lie is a setting"),
    ]
    costs: Annotated[
        tuple[CostsSchema, ...],
        Field(max_length=50, description="what serving costs; the earliest first"),
    ] = ()
    metrics: Annotated[
        dict[Name, MetricSchema],
        Field(min_length=1, max_length=100, description="numbers about a customer"),
    ]
    attributes: Annotated[
        dict[Name, AttributeSchema],
        Field(max_length=50, description="facts about a customer, for conditions"),
    ] = Field(default_factory=dict)
    demographics: Annotated[
        tuple[Name, ...],
        Field(max_length=50, description="which demographic attributes are on"),
    ] = ()
    weights: Annotated[WeightsSchema, Field(description="how much each counts in which score")]
    report: Annotated[
        ReportSchema | None,
        Field(description="which metrics the report for a manager adds up"),
    ] = None
    schedule: Annotated[
        ScheduleSchema | None,
        Field(description="when the service calculates the scores; without, nobody does"),
    ] = None
