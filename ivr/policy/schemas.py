"""JSON Schemas of the admin's files, for editors and for programs that write such files."""

import json
from typing import Any

from ivr.policy.form import AgentsFile, PolicyFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(*, agents: bool = False) -> str:
    """The JSON Schema (draft 2020-12) of policy.yaml, or of agents.yaml. It cannot say all that `check` says."""
    model, title = (AgentsFile, "agents.yaml") if agents else (PolicyFile, "policy.yaml")
    made: dict[str, Any] = {"$schema": _DIALECT, **model.model_json_schema(by_alias=True), "title": title}
    return json.dumps(made, indent=2)
