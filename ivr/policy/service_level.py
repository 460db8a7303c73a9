"""The form of what callers are promised."""

from typing import Annotated

from pydantic import Field

from ivr.policy.part_schema import PartSchema

AnswerWithin = Annotated[int, Field(ge=1, le=3600, strict=True)]


class ServiceLevelSchema(PartSchema):
    """How soon callers are to be answered.

    The service level is the share of the stays in a queue in which that was kept.
    """

    answer_within: Annotated[AnswerWithin, Field(description="seconds of waiting")]
    short_abandon: Annotated[
        int,
        Field(ge=0, le=300, strict=True, description="giving up in fewer seconds is not counted"),
    ] = 5
