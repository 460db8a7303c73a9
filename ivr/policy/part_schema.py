"""The base of all parts of the admin's files."""

from pydantic import BaseModel, ConfigDict


class PartSchema(BaseModel):
    """Base of all parts: frozen, and strict about what it does not know."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_").replace("_", "-")
    )
