"""Small policies for tests, made as an admin's file is: through its form."""

from pathlib import Path
from typing import Any

import yaml

from ivr.policy.loader import Bundle, parse
from ivr.policy.texts import Texts

PREMIUM = {"name": "premium", "enter": ["customer.value >= 80.0"]}
AT_RISK = {"name": "at-risk", "enter": ["customer.need >= 75.0"]}
STANDARD = {"name": "standard", "enter": ["customer.found"]}
BLOCKED = {"name": "blocked", "when": ["customer.blocked"], "treatment": "refused"}
TREATMENT_OF = {"premium": "premium", "at-risk": "rescue", "standard": "general"}


def policy(*segments: dict[str, Any], **changes: Any) -> Bundle:
    """A policy of these segments (without any: premium, at-risk, standard); `changes` replace parts of the file."""
    of: tuple[dict[str, Any], ...] = segments or (PREMIUM, AT_RISK, STANDARD)
    by_segment = [
        {"name": s["name"], "when": [f'segment == "{s["name"]}"'], "treatment": TREATMENT_OF.get(s["name"], "premium")}
        for s in of
    ]
    file = {
        "region": "GB",
        "languages": ["en", "de"],
        "score": {"value": 0.6, "potential": 0.2, "need": 0.2},
        "trust": {"trunks": ["carrier"], "agent": "caller-id"},
        "entry-points": {"main": {"numbers": "any"}},
        "segments": list(of),
        "treatments": {
            "premium": {"queue": "premium", "priority": 100, "steps": [{"after": 45, "queue": "general-queue"}]},
            "rescue": {"queue": "general-queue", "priority": 50},
            "general": {"queue": "general-queue", "priority": 10},
            "refused": {"refuse": True},
        },
        "rules": [BLOCKED, *by_segment],
        "default": "general",
    }
    return parse(Texts(yaml.safe_dump({**file, **changes}, sort_keys=False), "agents: []"), Path())
