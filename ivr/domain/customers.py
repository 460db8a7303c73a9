"""Customers, their scores, and what looking one up can come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SCORES = ("value", "potential", "need")


@dataclass(frozen=True, slots=True)
class Scores:
    """A customer's scores, each 0-100, or None where the data says nothing.

    `value`: what the customer brings, cost of serving counted. `potential`: what they are predicted to bring.
    `need`: how much is going wrong for them now.
    """

    value: float | None = None
    potential: float | None = None
    need: float | None = None

    def get(self, name: str) -> float | None:
        """The score called `name` (one of SCORES)."""
        score: float | None = getattr(self, name)
        return score

    def overall(self, weights: Mapping[str, float]) -> float | None:
        """The weighted mean of the scores that are known, 0-100; None when none of the weighted ones is.

        A missing score neither helps nor harms: its weight is left out, and the others count for more.
        """
        known = [(weight, score) for name, weight in weights.items() if (score := self.get(name)) is not None]
        total = sum(weight for weight, _ in known)
        return round(sum(weight * score for weight, score in known) / total, 1) if total else None


@dataclass(frozen=True, slots=True)
class Contacts:
    """A customer's earlier calls; test calls are none. Times are Unix time in seconds.

    A call that reached nobody is none for an hour, in which calling again is going on with it; and
    one that was given up within 20 seconds is none at all.

    `last_at` is the newest, None when there is none; `times` are those of the last 30 days, newest first, at most 50.
    `abandoned_last`: the newest ended while the caller waited. `previous_segment` is that of the
    newest call which had one, contact or not, else empty.
    """

    last_at: float | None = None
    times: tuple[float, ...] = ()
    abandoned_last: bool = False
    previous_segment: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer as the routing sees it. `language` is a two-letter code or empty.

    `contract` is a word or empty; `customer_number` digits or empty. `scored_at` is the Unix time at which the scores
    came in, None when it is not known. `scores_run` is the run that one or more of the scores are
    from, and `scored_at` then that run's time; 0 when all are given ones. `scoring_version` is what
    that run calculated with, empty when there is none, or it does not say. `attributes` are those
    that the run in force knows of the customer: texts, numbers, yes or no, lists.
    """

    customer_id: str
    name: str
    scores: Scores
    language: str = ""
    tags: tuple[str, ...] = ()
    preferred_agent: str = ""
    blocked: bool = False
    products: tuple[str, ...] = ()
    contract: str = ""
    open_case: bool = False
    lapsed: bool = False
    prefers_self_service: bool = False
    customer_number: str = ""
    has_pin: bool = False
    scored_at: float | None = None
    contacts: Contacts = Contacts()
    scores_run: int = 0
    scoring_version: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """Exactly one customer has this number.

    `age_seconds` is None for what the database says now; else it is from a snapshot of that age, because the
    database could not be asked (`why` in words).
    """

    customer: Customer
    age_seconds: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several customers share this number: none of them is meant for certain."""

    customer_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody has this number, or there is no number to look for; `why` in words."""

    why: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The customers could not be asked in time; `why` in words."""

    why: str


Lookup = Found | Ambiguous | Unknown | Unavailable
