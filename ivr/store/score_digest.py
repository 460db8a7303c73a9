"""64 bits of what a run calculated for a customer: they say whether it changed."""

import hashlib
import math
import struct
from collections.abc import Iterable

from ivr.domain.customers import SCORES
from ivr.domain.scoring.attributes import stored
from ivr.domain.scoring.runs import CustomerScore
from ivr.errors import StoreError
from ivr.store import customer_rules

_NOTHING = -1e300  # stands for None: no score and no metric is it


class ScoreDigest:
    """Makes digests.

    Customers of one run have the same metrics, so what follows from the names is made once.
    """

    def __init__(self) -> None:
        self._learn(())

    def __call__(self, score: CustomerScore) -> int:
        """Give the digest, as a signed number. 3 is the same as 3.0.

        Raises StoreError for a score that is no number from 0 to 100, and for a metric that is no
        finite number.
        """
        if tuple(score.metrics) != self._names:
            self._learn(score.metrics)
        metrics = score.metrics
        numbers = [score.value, score.potential, score.need, *map(metrics.get, self._order)]
        known = [_NOTHING if each is None else each for each in numbers]
        try:
            packed = self._pack(*known)
            sound = math.isfinite(sum(known)) or all(map(math.isfinite, known))  # a sum is faster
            sound = sound and _is_score(score.value) and _is_score(score.potential)
            sound = sound and _is_score(score.need)
        except (struct.error, OverflowError, TypeError):
            sound, packed = False, b""
        if not sound:
            raise _refused(score)
        packed += (stored(score.attributes) or "").encode()
        made = hashlib.blake2b(packed, digest_size=8, salt=self._salt).digest()
        return int.from_bytes(made, "little", signed=True)

    def _learn(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._order = sorted(self._names)
        self._salt = hashlib.blake2b("\0".join(self._order).encode(), digest_size=16).digest()
        self._pack = struct.Struct(f"<{3 + len(self._order)}d").pack


def _is_score(given: float | None) -> bool:
    return given is None or 0 <= given <= 100


def _refused(score: CustomerScore) -> StoreError:
    """Say what is wrong with it."""
    who = f"customer {score.customer_id[:64]!r}"
    for name in SCORES:
        given = getattr(score, name)
        if given is not None and not (_is_number(given) and customer_rules.is_score(given)):
            return StoreError(f"{who}: {name} {given!r} is not a number from 0 to 100")
    bad = next(
        (name for name, each in score.metrics.items() if each is not None and not _is_number(each)),
        "",
    )
    return StoreError(f"{who}: the metric {bad!r} is not a finite number")


def _is_number(value: object) -> bool:
    try:
        return isinstance(value, int | float) and math.isfinite(value)
    except OverflowError:
        return False
