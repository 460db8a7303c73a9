"""Makes chunks of what a run calculated, and compares them: see score_layout.py."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ivr.domain.customers import SCORES
from ivr.domain.scoring.attributes import AttributeColumn, stored
from ivr.domain.scoring.runs import ScoredCustomers
from ivr.errors import StoreError
from ivr.store.score_layout import (
    ATTRIBUTES_DIGITS,
    ENTRY,
    OF_SCORES,
    PLACES,
    SCORE_DIGITS,
    TENTH,
    UNKNOWN_STATE,
    attributes_of,
    entry_at,
)

_Whole = NDArray[np.int64]
_NOBODY = -1
_BLANK, _ZERO = ord(" "), ord("0")
_POWERS = 10 ** np.arange(SCORE_DIGITS)[::-1]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a run has of the places of one chunk, as it is kept. `states` are of its columns."""

    number: int
    scores: str
    attributes: str
    states: bytes

    @property
    def is_somebody(self) -> NDArray[np.bool_]:
        """At which places the run knows anything."""
        written = (self.entries != _BLANK).any(axis=1)
        known: NDArray[np.bool_] = written | (self.matrix != UNKNOWN_STATE).any(axis=0)
        return known

    @property
    def entries(self) -> NDArray[np.uint8]:
        """The entries, a row for each place."""
        return np.frombuffer(self.scores.encode(), np.uint8).reshape(PLACES, ENTRY)

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The states, a row for each column."""
        return np.frombuffer(self.states, "<f8").reshape(-1, PLACES)

    @property
    def tenths(self) -> NDArray[np.float64]:
        """The scores in tenths, a row for each; NaN for none."""
        of_scores = self.entries[:, :OF_SCORES].reshape(PLACES, len(SCORES), SCORE_DIGITS)
        digits = of_scores.astype(np.int64) - _ZERO
        tenths = digits @ _POWERS
        known = (digits >= 0).all(axis=2) & (tenths <= 100 * TENTH)
        return np.where(known, tenths, np.nan).T

    def attributes_at(self, place: int) -> str:
        """Return the attributes of one customer, as JSON; empty for none."""
        return attributes_of(entry_at(self.scores, place), self.attributes) or ""


def empty(number: int, columns: Sequence[str]) -> Chunk:
    """Make a chunk of which nothing is known."""
    states = np.full((len(columns), PLACES), UNKNOWN_STATE, dtype="<f8")
    return Chunk(number, " " * PLACES * ENTRY, "", states.tobytes())


class Chunks:
    """What a run calculated, to be made chunks of.

    `places` has one for each customer, -1 for none.
    """

    def __init__(self, scored: ScoredCustomers, places: _Whole) -> None:
        self._scored = scored
        count = int(places.max(initial=_NOBODY)) // PLACES + 1
        self._whose = np.full(count * PLACES, _NOBODY)  # at each place, a customer's number
        there = np.flatnonzero(places >= 0)
        self._whose[places[there]] = there
        self._sets, self._texts = _sets(scored.attributes, len(places))
        self._lengths = np.array([len(text) for text in self._texts])

    def __len__(self) -> int:
        """Count them, from 0 to the last one with somebody in it."""
        return len(self._whose) // PLACES

    def made(self, numbers: range) -> Iterator[Chunk]:
        """Make those of these numbers, which follow each other."""
        end = min(numbers.stop, len(self))
        if numbers.start >= end:
            return
        whose = self._whose[numbers.start * PLACES : end * PLACES]
        entries = self._scores(whose)
        states = self._states(whose)
        attributes = self._attributes(whose, entries)
        for n, number in enumerate(range(numbers.start, end)):
            those = slice(n * PLACES, (n + 1) * PLACES)
            if (whose[those] == _NOBODY).all():
                continue
            text = entries[those].tobytes().decode()
            yield Chunk(number, text, attributes[n], states[:, those].tobytes())

    def count(self, chunk: int) -> int:
        """Count the customers in a chunk."""
        return int((self._whose[chunk * PLACES : (chunk + 1) * PLACES] >= 0).sum())

    def _scores(self, whose: _Whole) -> NDArray[np.uint8]:
        entries = np.full((len(whose), ENTRY), _BLANK, dtype=np.uint8)
        for n, name in enumerate(SCORES):
            values = self._scored.scores.get(name)
            if values is not None:
                known = (whose >= 0) & ~np.isnan(values[whose])
                tenths = np.rint(np.where(known, values[whose], 0) * TENTH).astype(np.int64)
                into = entries[:, n * SCORE_DIGITS : (n + 1) * SCORE_DIGITS]
                _write(into, np.where(known, tenths, _NOBODY))
        return entries

    def _states(self, whose: _Whole) -> NDArray[np.float64]:
        states = np.full((len(self._scored.metrics), len(whose)), UNKNOWN_STATE, dtype="<f8")
        for row, (name, values) in zip(states, self._scored.metrics.items(), strict=True):
            known = whose >= 0
            blank = self._scored.unknown.get(name)
            if blank is not None:
                known &= ~blank[whose].astype(bool)
            row[known] = values[whose[known]]
        return states

    def _attributes(self, whose: _Whole, entries: NDArray[np.uint8]) -> list[str]:
        """Write where everybody's attributes are; returns them, for each chunk, each once."""
        sets = np.where(whose < 0, 0, self._sets[whose])
        begins, texts = np.empty_like(sets), []
        for first in range(0, len(whose), PLACES):
            of_chunk = slice(first, first + PLACES)
            those, which = np.unique(sets[of_chunk], return_inverse=True)
            ends = np.cumsum(self._lengths[those])
            begins[of_chunk] = (ends - self._lengths[those])[which]
            texts.append("".join([self._texts[each] for each in those.tolist()]))
        lengths, middle = self._lengths[sets], OF_SCORES + ATTRIBUTES_DIGITS
        _write(entries[:, OF_SCORES:middle], np.where(lengths > 0, begins, _NOBODY))
        _write(entries[:, middle:], np.where(lengths > 0, lengths, _NOBODY))
        return texts


def differ(
    new: Chunk,
    columns: Sequence[str],
    old: Chunk,
    old_columns: Sequence[str],
) -> NDArray[np.bool_]:
    """Say at which places two chunks differ; their states are of these columns."""
    one, other = new.entries, old.entries
    found: NDArray[np.bool_] = (one[:, :OF_SCORES] != other[:, :OF_SCORES]).any(axis=1)
    if new.attributes != old.attributes or (one[:, OF_SCORES:] != other[:, OF_SCORES:]).any():
        told = [new.attributes_at(n) != old.attributes_at(n) for n in range(PLACES)]
        found |= np.array(told)
    if columns == old_columns:
        return found | _differ(new.matrix, old.matrix).any(axis=0)
    nothing = np.full(PLACES, UNKNOWN_STATE)
    states = dict(zip(columns, new.matrix, strict=True))
    before = dict(zip(old_columns, old.matrix, strict=True))
    for name in {**states, **before}:
        found |= _differ(states.get(name, nothing), before.get(name, nothing))
    return found


def _differ(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = (one == other) | (np.isnan(one) & np.isnan(other))
    return ~same


def _write(into: NDArray[np.uint8], numbers: _Whole) -> None:
    """Write whole numbers as digits, right to left; less than 0 is left blank.

    Raises StoreError for one that has more digits.
    """
    if numbers.max(initial=0) >= 10 ** into.shape[1]:
        raise StoreError(
            f"the attributes of {PLACES} customers are longer than {10 ** into.shape[1]:,} letters "
            "together: declare fewer of them, or shorter ones"
        )
    known, rest = numbers >= 0, numbers
    for column in reversed(range(into.shape[1])):
        rest, digit = np.divmod(rest, 10)
        into[known, column] = digit[known] + _ZERO


def _sets(
    attributes: Mapping[str, AttributeColumn],
    count: int,
) -> tuple[_Whole, Sequence[str]]:
    """Return which attributes each customer has together, by number, and each as JSON.

    The first of them is none. They are in the order of the texts: the same makes the same chunk.
    """
    numbers = np.zeros(count, dtype=np.int64)
    samples = np.zeros(min(count, 1), dtype=np.int64)  # somebody who has each
    for column in attributes.values():
        codes = np.where(np.isnan(column.places), -1, column.places).astype(np.int64) + 1
        both = numbers * (len(column.values) + 1) + codes
        _, samples, numbers = np.unique(both, return_index=True, return_inverse=True)
    texts = [_text(attributes, n) for n in samples.tolist()]
    told = ["", *sorted({*texts} - {""})]
    order = {text: n for n, text in enumerate(told)}
    return np.array([order[text] for text in texts], dtype=np.int64)[numbers], told


def _text(attributes: Mapping[str, AttributeColumn], customer: int) -> str:
    found = {}
    for name, column in attributes.items():
        place = column.places[customer]
        if not np.isnan(place):
            found[name] = column.values[int(place)]
    return stored(found) or ""
