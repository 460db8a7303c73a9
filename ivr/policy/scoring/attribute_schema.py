"""The form of an attribute in scoring.yaml, as pydantic checks it."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from ivr.domain.scoring.attributes import AttributeType
from ivr.policy.part_schema import PartSchema
from ivr.policy.schema import MisfitError, Name, Title, YesNo
from ivr.policy.scoring.field_types import TWO_NUMBERS, Expression, LengthInDays, Limit


class AttributeSchema(PartSchema):
    """A fact about a customer, for conditions: customer.attribute["name"]."""

    about: Annotated[Title | None, Field(description="what it is, for people")] = None
    type: Annotated[
        AttributeType,
        Field(description="text, number, whole, yes-no, or texts (several, with ; between them)"),
    ]
    source: Annotated[Name | None, Field(description="one of `sources`; none with `when`")] = None
    of: Annotated[
        Expression | None,
        Field(description="the column: the newest row's counts"),
    ] = None
    where: Annotated[Expression | None, Field(description="which rows of the source")] = None
    when: Annotated[
        Expression | None,
        Field(description="of metrics: yes when this holds, such as orders >= 3 and tenure < 90"),
    ] = None
    values: Annotated[
        tuple[str | float, ...] | None,
        Field(min_length=1, max_length=200, description="what it may be; else it is not known"),
    ] = None
    range: Annotated[
        Annotated[tuple[Limit, Limit], Field(min_length=2, max_length=2)] | None,
        BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value),
        Field(description="of a number: what can be believed, as [lowest, highest]"),
        WithJsonSchema(TWO_NUMBERS),
    ] = None
    oldest: Annotated[
        LengthInDays | None,
        Field(description="a row that is older says nothing, like 400 days"),
    ] = None
    demographic: Annotated[
        YesNo,
        Field(description="whether it says who people are: off unless `demographics` names it"),
    ] = False

    @model_validator(mode="after")
    def _of_a_source_or_of_metrics(self) -> Self:
        if self.when is None:
            if self.source is None or self.of is None:
                raise ValueError("write `source` and `of`, or `when` for one made of metrics")
        elif self.type != "yes-no":
            raise MisfitError(("type",), "type: what `when` makes is yes or no: write yes-no")
        else:
            for name in ("source", "of", "where", "values", "range", "oldest"):
                if getattr(self, name) is not None:
                    raise MisfitError((name,), f"{name}: with `when` it has no use: remove it")
        return self

    @model_validator(mode="after")
    def _values_fit(self) -> Self:
        number = self.type in ("number", "whole")
        if self.range is not None and (not number or self.range[0] >= self.range[1]):
            problem = "write the lowest first, then the highest" if number else "it is no number"
            raise MisfitError(("range",), f"range: {problem}")
        for value in self.values or ():
            if self.type == "yes-no" or isinstance(value, str) is number:
                problem = f"values: {value!r} is not of the type {self.type}: write other ones"
                raise MisfitError(("values",), problem)
        return self
