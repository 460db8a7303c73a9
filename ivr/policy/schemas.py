"""JSON Schemas of the admin's files, for editors and for programs that write such files."""

import json
from typing import Any

from ivr.policy.form import AgentsFile, PolicyFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(*, agents: bool = False) -> str:
    """The JSON Schema (draft 2020-12) of policy.yaml, or of agents.yaml. It cannot say all that `check` says."""
    model, title = (AgentsFile, "agents.yaml") if agents else (PolicyFile, "policy.yaml")
    made: dict[str, Any] = {"$schema": _DIALECT, **model.model_json_schema(by_alias=True), "title": title}
    _close(made)
    return json.dumps(made, indent=2)


def _close(part: Any) -> None:
    """Names that do not fit the pattern of names are not allowed; pydantic leaves that out."""
    if isinstance(part, dict):
        if "patternProperties" in part:
            part.setdefault("additionalProperties", False)
        for each in part.values():
            _close(each)
    elif isinstance(part, list):
        for each in part:
            _close(each)
