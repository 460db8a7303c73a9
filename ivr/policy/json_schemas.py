"""JSON Schemas of the admin's files, for editors and for programs that write such files."""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from ivr.policy.schema import IN_WORDS, AgentsFile, PolicyFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(*, agents: bool = False) -> str:
    """The JSON Schema (draft 2020-12) of policy.yaml, or of agents.yaml. It cannot say all that `check` says."""
    return of(AgentsFile, "agents.yaml") if agents else of(PolicyFile, "policy.yaml")


def of(model: type[BaseModel], title: str) -> str:
    """Return the JSON Schema of a file of the admin's."""
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


class Property(NamedTuple):
    """What a part of a file may say under one name. `default` is what counts without it."""

    name: str
    meaning: str
    values: str
    default: str


def parts(*, agents: bool = False) -> dict[str, tuple[str, tuple[Property, ...]]]:
    """Return what the parts of policy.yaml, or of agents.yaml, are for, and may say."""
    return parts_of(schema(agents=agents))


def parts_of(schema: str) -> dict[str, tuple[str, tuple[Property, ...]]]:
    """Return what the parts of a file are for, and what each may say; the file comes first."""
    made = json.loads(schema)
    defined = made.get("$defs", {})
    every = {made["title"]: made} | {_words(name): part for name, part in defined.items()}
    return {
        name: (
            "the file" if part is made else part["description"].partition("\n")[0],
            tuple(
                Property(
                    each, is_.get("description", ""), _values(is_), _default(is_, each in part.get("required", ()))
                )
                for each, is_ in part["properties"].items()
            ),
        )
        for name, part in every.items()
    }


def _default(is_: Mapping[str, Any], required: object) -> str:
    if required:
        return "must be there"
    return "" if is_.get("default") in (None, [], {}) else json.dumps(is_["default"]).strip('"')


def _values(is_: Mapping[str, Any]) -> str:
    """What may be written there, in words."""
    match is_:
        case {"$ref": name}:
            found = f"{_words(name.rpartition('/')[2])}, below"
        case {"anyOf": several} | {"oneOf": several}:
            found = ", or ".join(_values(each) for each in several if each.get("type") != "null")
        case {"enum": words}:
            found = " | ".join(words)
        case {"const": word}:
            found = word
        case {"type": "array"}:
            most = f" of at most {is_['maxItems']:,}" if "maxItems" in is_ else ""
            found = f"a list{most} ({_values(is_['items'])})"
        case {"type": "object"}:
            named = is_.get("patternProperties", {"": is_.get("additionalProperties")})
            ((pattern, value),) = named.items()
            most = f"at most {is_['maxProperties']:,} of " if "maxProperties" in is_ else ""
            found = f"{most}NAME: ({_values(value)}). NAME is {IN_WORDS.get(pattern, 'a name')}"
        case {"type": "boolean"}:
            found = "true | false"
        case {"minimum": least, "maximum": most}:
            found = f"{least} to {most}"
        case _:
            found = IN_WORDS.get(is_.get("pattern", ""), "a text")
    return found


def _words(title: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title.removesuffix("Schema")).lower()
