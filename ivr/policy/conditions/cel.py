"""Conditions in CEL, Google's Common Expression Language: type-checked when they are read, and bounded when they run.

What an admin can write is on https://cel.dev; which facts there are, in `ivr.domain.routing.facts`.

CEL ends by itself, but that may take long, and the library bounds neither the memory of an evaluation nor the time
of a pattern (it does bound the rounds of loops: 10,000). So what could take long is refused here, when a condition is
read: what is let through takes some milliseconds at worst, always the same for the same facts.
"""

import difflib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from cel_expr_python import cel

from ivr.domain.routing.condition_tokens import Token, slow, tokens
from ivr.domain.routing.facts import FACTS, Evaluate, Facts
from ivr.limits import LONGEST_CONDITION_CHARACTERS
from ivr.policy.conditions.comparison import Comparison, comparison

_DEEP = 24  # brackets in each other, or operators: the fewest that may be too many for CEL
_MOST_SLOW = 2  # loops and patterns in a condition
_PATTERN, _REPEATS = 100, 100  # characters of a pattern, and how often it may repeat something, counting {n,m}
_TYPES: Mapping[str, Any] = {
    "string": cel.Type.STRING, "bool": cel.Type.BOOL, "int": cel.Type.INT, "double": cel.Type.DOUBLE,
    "list": cel.Type.List(cel.Type.STRING), "map": cel.Type.Map(cel.Type.STRING, cel.Type.INT),
    "attributes": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
}  # fmt: skip
_TYPE_OF = {fact.name: fact.type for fact in FACTS}
_PROBLEM = re.compile(r"ERROR: <input>:([0-9]+):([0-9]+): (.*)")
_MISMATCH = re.compile(r"found no matching overload for '_?([^_']+)_?' applied to '\((.*)\)'")
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_ONE_EQUALS = re.compile(r"[^=!<>]=[^=]")
_ATTRIBUTE = "customer.attribute"
_NO_KEY = re.compile(r'Key not found in map : "(.*)"')
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
        self._all = {condition: _Program(compiled(condition), comparison(condition)) for condition in conditions}

    def __call__(self, facts: Facts) -> Evaluate:
        """Evaluates conditions on these facts, as they are by then: the segment comes last.

        A text instead of true or false says why a condition cannot be evaluated.
        """
        every = self._all
        known: dict[str, bool | str] = {}  # several rules ask the same

        def holds(condition: str) -> bool | str:
            program = every[condition]
            plain = program.plain
            if plain is not None:
                value = facts.get(plain.fact)
                if type(value) is plain.type:
                    return plain.compare(value, plain.value)
            if condition not in known:
                known[condition] = program.evaluate(facts)
            return known[condition]

        return holds


class _Program:
    """One condition."""

    __slots__ = ("_cel", "_used", "plain")

    def __init__(self, program: cel.Expression, plain: Comparison | None) -> None:
        self._cel, self.plain = program, plain
        self._used = _facts_used(program)

    def evaluate(self, facts: Facts) -> bool | str:
        """What CEL makes of it. To hand facts over takes time: it gets those that are asked about."""
        try:
            result = self._cel.eval(data={name: facts[name] for name in self._used if name in facts})
            value = result.value()
        except RuntimeError as error:  # it took too many steps
            return _plain(str(error))
        if value is True or value is False:
            return bool(value)
        problem = _plain(str(value))
        if _ATTRIBUTE in self._used and _is_not_known(problem, facts):
            return False
        return problem if result.type() == cel.Type.ERROR else "it is neither true nor false"


def _is_not_known(problem: str, facts: Facts) -> bool:
    """Whether all that went wrong is that an attribute of the customer is not known."""
    missing = _NO_KEY.fullmatch(problem)
    return missing is not None and missing[1] not in facts.get(_ATTRIBUTE, ())


def _facts_used(program: cel.Expression) -> set[str]:
    """At least the facts that it speaks of: their names stand as they are in the compiled form."""
    form = program.serialize()
    return {name for name in _TYPE_OF if name.encode() in form}


@lru_cache(maxsize=8192)
def compiled(condition: str) -> cel.Expression:
    """The condition, checked; raises ConditionError, which says what to write instead."""
    if len(condition) > LONGEST_CONDITION_CHARACTERS:
        raise ConditionError(
            f"the condition has more than {LONGEST_CONDITION_CHARACTERS} characters: make it several, or simpler"
        )
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


def readable(conditions: Iterable[str]) -> bool:
    """Whether all of these conditions are CEL: of others nothing can be said."""
    try:
        for condition in conditions:
            compiled(condition)
    except ConditionError:
        return False
    return True


def _not_boolean(kind: str, condition: str) -> str:
    if kind == "double":
        return "it gives a double and has to be true or false: compare it with something, as in >= 80.0"
    if kind == "dyn" and condition.strip().startswith(_ATTRIBUTE):
        return f"an attribute has to be compared: write {condition.strip()} == true"
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
        if _is_large(condition):  # CEL goes 32 levels deep, and says no place where it gives up
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
        problem = problem.removeprefix("Syntax error: ").split(" expecting")[0]
        problem = f"not CEL: {'write == to compare' if _ONE_EQUALS.search(condition) else problem}"
    return ConditionError(problem, column)


def _is_large(condition: str) -> bool:
    depth = deepest = signs = 0
    for token in tokens(condition):
        if token.kind == "sign":
            depth += (token.word in "([{") - (token.word in ")]}")
            deepest, signs = max(deepest, depth), signs + 1
    return deepest > _DEEP or signs - 2 * deepest > _DEEP


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
