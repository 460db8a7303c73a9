"""Warnings about order: what can never be reached, because something before it takes all of its callers."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ivr.policy import schema
from ivr.policy.conditions.cel import readable
from ivr.policy.conditions.constraints import FOUND, Atom, atoms
from ivr.policy.references import MOST_CONDITIONS, conditions
from ivr.policy.schema import Where

_MOST_ASKED = 200  # in one segment or rule: of one that asks more nothing is said, for comparing them takes long
_MOST_OF_FACT, _MOST_ATOMS = 1000, 5000  # of all segments, or rules
Doubt = tuple[Where, str, int | None]
"""Where, what is doubtful, and in which column of the text that stands there (1 is its first)."""


def doubts(file: schema.PolicyFile) -> Iterator[Doubt]:
    """Segments and rules that are never reached, conditions that never hold, steps that take priority away."""
    if len(list(conditions(file))) > MOST_CONDITIONS:
        return
    yield from _segments(file)
    yield from _rules(file)
    yield from _steps(file)


def _segments(file: schema.PolicyFile) -> Iterator[Doubt]:
    given = {entry.segment for entry in file.entry_points.values()}
    before = _Before()
    for i, segment in enumerate(file.segments):
        where: Where = ("segments", i)
        if segment.stay is not None and not segment.enter:
            problem = f"segments: {segment.name} has `stay` and nothing to `enter` it by: it has no effect, remove it"
            yield (*where, "stay"), problem, None
        if not segment.enter or not readable(segment.enter):
            continue
        asked = atoms(segment.enter)
        if len(asked) > _MOST_ASKED:
            continue
        yield from _never(asked, (*where, "enter"), f"segment {segment.name}")
        if segment.stay is not None and readable(segment.stay):
            yield from _stricter(asked, segment, i)
        hides = before.that_takes(asked)
        if hides and segment.name not in given:
            problem = f"segment {segment.name} is never reached: whoever fits it fits {hides} before it"
            yield (*where, "name"), f"{problem}: put it before {hides}, or narrow that one", None
        before.add(segment.name, asked)


def _stricter(enter: tuple[Atom, ...], segment: schema.SegmentSchema, i: int) -> Iterator[Doubt]:
    """`stay` is for who would not get in now: it has to ask less than `enter`."""
    for j, condition in enumerate(segment.stay or ()):
        for asked in atoms((condition,))[:_MOST_ASKED]:
            if any(asked.implies(other) and not other.implies(asked) for other in enter):
                problem = f"segment {segment.name} asks more to stay than to enter: let `stay` ask less, or remove it"
                yield ("segments", i, "stay", j), problem, None


def _rules(file: schema.PolicyFile) -> Iterator[Doubt]:
    before = _Before()
    for i, rule in enumerate(file.rules):
        if not readable(rule.when):
            continue
        asked = atoms(rule.when)
        if len(asked) > _MOST_ASKED:
            continue
        yield from _never(asked, ("rules", i, "when"), f"rule {rule.name!r}")
        if hides := before.that_takes(asked):
            problem = f"rule {rule.name!r} is never reached: whoever fits it fits {hides!r} before it"
            yield ("rules", i, "name"), f"{problem}: put it before {hides!r}, or narrow that one", None
        elif rule.treatment is not None:
            before.add(rule.name, asked)


class _Before:
    """The segments or rules so far, to find one that takes all callers of a later one.

    What implies what is found once for each thing that is asked, not for each rule: a policy may have hundreds.
    """

    def __init__(self) -> None:
        self._earlier: list[tuple[str, frozenset[Atom]]] = []
        self._of_fact: dict[str, list[Atom]] = {}
        self._implied: dict[Atom, set[Atom]] = {}

    def add(self, name: str, asked: tuple[Atom, ...]) -> None:
        for atom in asked:
            self._implies(atom)
        self._earlier.append((name, frozenset(asked)))

    def that_takes(self, asked: tuple[Atom, ...]) -> str:
        """The name of the first one that does, or nothing."""
        implied = set[Atom]().union(*(self._implies(atom) for atom in asked))
        return next((name for name, wider in self._earlier if wider <= implied), "")

    def _implies(self, atom: Atom) -> set[Atom]:
        """What holds where this does, of all that has been asked so far."""
        if atom not in self._implied:
            self._implied[atom] = {atom, FOUND} if atom.implies(FOUND) else {atom}
            others = self._of_fact.setdefault(atom.fact, []) if atom.fact else []
            if len(others) >= _MOST_OF_FACT or len(self._implied) > _MOST_ATOMS:
                return self._implied[atom]
            for other in others:
                if atom.unlike(other):
                    continue
                if atom.implies(other):
                    self._implied[atom].add(other)
                if other.implies(atom):
                    self._implied[other].add(atom)
            others.append(atom)
        return self._implied[atom]


def _never(asked: tuple[Atom, ...], where: Where, what: str) -> Iterator[Doubt]:
    for one, other in combinations(asked, 2):
        if one.excludes(other):
            problem = f"{what} never holds: what it asks of {one.fact} cannot be all at once: remove one"
            yield where, problem, None
            return


@dataclass(slots=True)
class _Waiting:
    """How a caller waits, on the way through the steps."""

    queue: str | None
    priority: int


def _steps(file: schema.PolicyFile) -> Iterator[Doubt]:
    for name, treatment in file.treatments.items():
        now = _Waiting(treatment.queue, treatment.priority)
        for i, step in enumerate(treatment.steps):
            where: Where = ("treatments", name, "steps", i)
            if step.priority is not None:
                if step.priority < now.priority:
                    problem = f"after {step.after} seconds the priority goes down, from {now.priority}"
                    yield (*where, "priority"), f"{problem} to {step.priority}: who waits longer should not lose", None
                elif step.priority == now.priority and step.queue is None:
                    yield (*where, "priority"), f"the priority is {now.priority} already: remove it", None
                now.priority = step.priority
            if step.queue is not None:
                if step.queue == now.queue:
                    yield (*where, "queue"), f"the caller waits in {now.queue} already: remove it", None
                now.queue = step.queue
