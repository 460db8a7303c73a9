"""Versions of the policy: what one is called, a hash of the two files that it is made of; and what put it in force."""

import hashlib
from dataclasses import dataclass
from typing import Literal

LENGTH = 12  # characters
Kind = Literal["publish", "rollback", "withdraw"]


@dataclass(frozen=True, slots=True)
class VersionTexts:
    """A version, and what stood in policy.yaml and agents.yaml."""

    version: str
    policy: str
    agents: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A version was put in force over the files, or taken out of force (`withdraw`). `at` is Unix time in seconds."""

    id: int
    version: str
    at: float
    author: str
    message: str
    kind: Kind


def version_of(policy: str, agents: str) -> str:
    """The name of the version that these texts of policy.yaml and agents.yaml are."""
    return hashlib.sha256("\0".join((policy, agents)).encode()).hexdigest()[:LENGTH]
