"""A policy with a few changes: what a scenario gives in `given: policy:`, put into the shipped one."""

from collections.abc import Mapping
from typing import Any

import yaml


def patched(text: str, changes: Mapping[str, Any]) -> str:
    """The YAML `text` with the changes in it; its comments are gone.

    Names with values are changed one by one; what is given as nothing is taken out. A list is replaced, or has
    something put before or behind it: `{first: [...], last: [...]}`.
    """
    return yaml.safe_dump(_merged(yaml.safe_load(text), changes), sort_keys=False, allow_unicode=True)


def _merged(base: Any, change: Any) -> Any:
    if isinstance(base, list) and isinstance(change, Mapping) and change.keys() <= {"first", "last"}:
        return [*change.get("first", ()), *base, *change.get("last", ())]
    if not isinstance(base, Mapping) or not isinstance(change, Mapping):
        return change
    merged = {**base, **{name: _merged(base.get(name), value) for name, value in change.items()}}
    return {name: value for name, value in merged.items() if value is not None}
