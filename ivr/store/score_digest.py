"""64 bits of what a run knows of each customer beside the scores: they say whether it changed."""

import hashlib
import json

import numpy as np
from numpy.typing import NDArray

from ivr.domain.scoring.attributes import AttributeColumn
from ivr.domain.scoring.runs import ScoredCustomers

Digests = NDArray[np.int64]
NOTHING = 0
"""The digest of a customer of whom nothing is known."""
_Words = NDArray[np.uint64]
_NO_ROW = 0x7FF8_0000_0000_0000  # any NaN


def digests(scored: ScoredCustomers) -> Digests:
    """Return the customers' digests. What is not known adds nothing, in whichever order it comes.

    They are sums of words, one of each column, which are mixed as in splitmix64: Steele, Lea and
    Flood, Fast Splittable Pseudorandom Number Generators, 2014.
    """
    made = np.zeros(len(scored.customers), dtype=np.uint64)
    for name, values in scored.metrics.items():
        words = _mixed(_bits(values) ^ _word(f"metric {name}"))
        unknown = scored.unknown.get(name)
        made += words if unknown is None else np.where(unknown, np.uint64(0), words)
    for name, column in scored.attributes.items():
        made += _attribute(name, column)
    return made.view(np.int64)


def _bits(values: NDArray[np.float64]) -> _Words:
    """Return numbers as words: 0 and -0 are the same, and so is all that is no number."""
    bits = (values + 0.0).view(np.uint64)
    return np.where(np.isnan(values), np.uint64(_NO_ROW), bits)


def _attribute(name: str, column: AttributeColumn) -> _Words:
    texts = [json.dumps([name, value]) for value in column.values]
    return _taken(np.array([*map(_word, texts), 0], dtype=np.uint64), column.places)


def _taken(words: _Words, places: NDArray[np.float64]) -> _Words:
    """Return the words at these places; the last one for NaN."""
    found: _Words = words[np.where(np.isnan(places), len(words) - 1, places).astype(np.int64)]
    return found


def _word(text: str) -> np.uint64:
    made = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(made, "little"))


def _mixed(words: _Words) -> _Words:
    made = words + np.uint64(0x9E37_79B9_7F4A_7C15)
    for shift, factor in ((30, 0xBF58_476D_1CE4_E5B9), (27, 0x94D0_49BB_1331_11EB)):
        made = (made ^ (made >> np.uint64(shift))) * np.uint64(factor)
    return made ^ (made >> np.uint64(31))
