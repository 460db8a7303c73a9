"""Versions of the policy: their names, each a hash of two files, and what put one in force.

The scoring is versioned in the same way: its two texts are scoring.yaml and the calibration.
"""

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
class ScoringTexts:
    """A version of the scoring: what stood in scoring.yaml, and the document of the calibration."""

    version: str
    scoring: str
    calibration: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A version was put in force over the files, or taken out of force (`withdraw`).

    `at` is Unix time in seconds.
    """

    id: int
    version: str
    at: float
    author: str
    message: str
    kind: Kind


def version_of(policy: str, agents: str) -> str:
    """Name the version that these texts are.

    They are policy.yaml and agents.yaml, or scoring.yaml and the calibration.
    """
    return hashlib.sha256("\0".join((policy, agents)).encode()).hexdigest()[:LENGTH]
