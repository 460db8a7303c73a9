"""Conditions in CEL, Google's Common Expression Language: type-checked when they are read, and bounded when they run.

What an admin can write is on https://cel.dev; which facts there are, in `ivr.domain.facts`.

CEL ends by itself, but that may take long, and the library bounds neither the memory of an evaluation nor the time
of a pattern (it does bound the rounds of loops: 10,000). So what could take long is refused here, when a condition is
read: what is let through takes some milliseconds at worst, always the same for the same facts.
"""

import difflib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, cast

from cel_expr_python import cel

from ivr.domain.facts import FACTS, Evaluate, Facts
from ivr.policy.tokens import Token, slow, tokens

LONGEST = 1000  # characters of a condition
_MOST_SLOW = 2  # loops and patterns in a condition
_PATTERN, _REPEATS = 100, 100  # characters of a pattern, and how often it may repeat something, counting {n,m}
_TYPES: Mapping[str, Any] = {
    "string": cel.Type.STRING, "bool": cel.Type.BOOL, "int": cel.Type.INT, "double": cel.Type.DOUBLE,
    "list": cel.Type.List(cel.Type.STRING), "map": cel.Type.Map(cel.Type.STRING, cel.Type.INT),
}  # fmt: skip
_TYPE_OF = {fact.name: fact.type for fact in FACTS}
_PROBLEM = re.compile(r"ERROR: <input>:([0-9]+):([0-9]+): (.*)")
_MISMATCH = re.compile(r"found no matching overload for '_?([^_']+)_?' applied to '\((.*)\)'")
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_CODE = re.compile(r"^[A-Z_]+: | \[[A-Z_]+\]\s*$")
_ARITHMETIC_COMPARISON = {">=", "<=", ">", "<", "==", "!="}


class ConditionError(ValueError):
    """A condition that cannot be used. `column` is where in it, 1 being its first character."""

    def __init__(self, problem: str, column: int = 1) -> None:
        self.column = column
        super().__init__(problem)


class Programs:
    """Conditions made ready to be evaluated: the Conditions of the domain."""

    def __init__(self, conditions: Iterable[str]) -> None:
        """Compile them; raises ConditionError for the first that is wrong."""
        self._early, self._late = _Group(), _Group()
        for condition in conditions:
            program = compiled(condition)
            used = _facts_used(program)
            (self._late if "segment" in used else self._early).add(condition, program, used)

    def __call__(self, facts: Facts) -> Evaluate:
        """Evaluates conditions on these facts; a text instead of true or false says why one cannot be.

        The segment comes last: `facts` are read again when the first condition that speaks of it is evaluated.
        """
        early, late = self._early.programs, self._late.programs
        activation = self._early.activation(facts)
        with_segment: cel.Activation | None = None
        known: dict[str, bool | str] = {}

        def holds(condition: str) -> bool | str:
            nonlocal with_segment
            held = known.get(condition)
            if held is not None:  # several rules ask the same
                return held
            try:
                if condition in early:
                    result = early[condition].eval(activation)
                else:
                    with_segment = with_segment or self._late.activation(facts)
                    result = late[condition].eval(with_segment)
                value = result.value()
            except RuntimeError as error:  # it took too many steps
                value = _plain(str(error))
            else:
                if value is not True and value is not False:
                    value = _plain(str(value)) if result.type() == cel.Type.ERROR else "it is neither true nor false"
            known[condition] = value
            return cast("bool | str", value)

        return holds


class _Group:
    """Conditions that are evaluated on the same facts."""

    def __init__(self) -> None:
        self.programs: dict[str, cel.Expression] = {}
        self._used = set[str]()

    def add(self, condition: str, program: cel.Expression, used: set[str]) -> None:
        self.programs[condition] = program
        self._used |= used

    def activation(self, facts: Facts) -> cel.Activation:
        """The facts as CEL has them. To hand them over takes time: only those that are asked about."""
        return _environment().Activation({name: facts[name] for name in self._used if name in facts})


def _facts_used(program: cel.Expression) -> set[str]:
    """At least the facts that it speaks of: their names stand as they are in the compiled form."""
    form = program.serialize()
    return {name for name in _TYPE_OF if name.encode() in form}


@lru_cache(maxsize=8192)
def compiled(condition: str) -> cel.Expression:
    """The condition, checked; raises ConditionError, which says what to write instead."""
    if len(condition) > LONGEST:
        raise ConditionError(f"the condition has more than {LONGEST} characters: make it several, or simpler")
    if not condition.isprintable():
        raise ConditionError("the condition has a character that cannot be seen: remove it")
    try:
        program = _environment().compile(condition)
    except RuntimeError as error:
        raise _explained(str(error), condition) from None
    if program.return_type() != cel.Type.BOOL:
        raise ConditionError(_not_boolean(program.return_type().name().lower(), condition))
    _refuse_slow(tokens(condition))
    return program


def _not_boolean(kind: str, condition: str) -> str:
    if kind == "double":
        return "it gives a double and has to be true or false: compare it with something, as in >= 80.0"
    if kind == "dyn":
        return "dyn() hides what it gives: a condition has to be true or false"
    example = next((fact.example for fact in FACTS if fact.name == condition.strip()), "")
    return f"it gives a {kind} and has to be true or false: compare it with something" + (
        f", as in {example}" if example else ""
    )


def _refuse_slow(words: Sequence[Token]) -> None:
    """Refuse what could take long on the lists and texts that there are."""
    found = list(slow(words))
    for token, in_loop in found:
        if in_loop:
            raise ConditionError(
                f"{token.word}() within another loop, or on what one made, may take too long: make it two conditions",
                token.at + 1,
            )
        if token.word == "matches":
            _refuse_slow_pattern(words[words.index(token) + 2 :], token)
    if len(found) > _MOST_SLOW:
        problem = f"more than {_MOST_SLOW} loops or patterns in a condition may take too long: make it several"
        raise ConditionError(problem, found[_MOST_SLOW][0].at + 1)


def _refuse_slow_pattern(words: Sequence[Token], matches: Token) -> None:
    pattern = words[0]
    if pattern.kind != "text" or words[1].word != ")":
        raise ConditionError('write the pattern out, as in call.number.matches("^[+]44")', matches.at + 1)
    if re.search(r"\\[pP]", pattern.word):  # hundreds of letters each time it is compiled
        raise ConditionError("write the letters out, as [a-z], instead of \\p", pattern.at + 1)
    times = [int(most or least) for least, most in re.findall(r"\{([0-9]{1,4})(?:,([0-9]{0,4}))?\}", pattern.word)]
    if len(pattern.word) > _PATTERN or math.prod(max(1, each) for each in times) > _REPEATS:
        problem = f"a pattern has at most {_PATTERN} characters and {_REPEATS} repetitions: make it simpler"
        raise ConditionError(problem, pattern.at + 1)


@cache
def _environment() -> cel.Env:
    return cel.NewEnv(variables={fact.name: _TYPES[fact.type] for fact in FACTS})


def _explained(told: str, condition: str) -> ConditionError:
    """CEL's message in the admin's words."""
    found = _PROBLEM.search(told)
    if not found:
        if "recursion" in told:
            return ConditionError("too many brackets or operators in one condition: make it several")
        return ConditionError(_plain(told))
    column, problem = int(found[2]), _CODE.sub("", found[3]).strip()
    if undeclared := _UNDECLARED.search(problem):
        name = _name_at(condition, column) or undeclared[1]
        begin = condition.find(name)
        close = difflib.get_close_matches(name.rpartition(".")[2], _ENDINGS, 1)
        meant = f"is {_ENDINGS[close[0]]} meant?" if close else "`ivr policy facts` lists those that there are"
        return ConditionError(f"there is no fact {name}: {meant}", begin + 1 if begin >= 0 else column)
    if mismatch := _MISMATCH.search(problem):
        return ConditionError(_mismatch(mismatch[1].strip(), mismatch[2]), column)
    if problem.startswith("Syntax error"):
        return ConditionError(f"not CEL: {problem.removeprefix('Syntax error: ').split(' expecting')[0]}", column)
    return ConditionError(problem, column)


_ENDINGS = {name.rpartition(".")[2]: name for name in _TYPE_OF}


def _name_at(condition: str, column: int) -> str:
    """The dotted name that stands around this column."""
    for each in re.finditer(r"[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*", condition):
        if each.start() < column <= each.end() + 1:
            return each[0]
    return ""


def _mismatch(operator: str, types: str) -> str:
    given = [kind.strip() for kind in types.split(", ")]
    if operator in _ARITHMETIC_COMPARISON and set(given) == {"double", "int"}:
        return "a score or a number of days is compared with a decimal: write 80.0, not 80"
    if operator in _ARITHMETIC_COMPARISON and len(given) == 2:
        return f"a {given[0]} cannot be compared with a {given[1]}: texts stand in quotes, numbers and true without"
    if operator in ("&&", "||", "!"):
        return f"{operator} joins what is true or false, not {' and '.join(given)}"
    return f"{operator} does not go with {' and '.join(given)}"


def _plain(told: str) -> str:
    """CEL's message without its codes."""
    return _CODE.sub("", told.strip().splitlines()[0] if told.strip() else "it cannot be evaluated").strip()
