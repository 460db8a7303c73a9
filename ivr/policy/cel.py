"""Conditions in CEL, Google's Common Expression Language: type-checked when they are read, and bounded when they run.

What an admin can write is on https://cel.dev; which facts there are, in `ivr.domain.facts`.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from cel_expr_python import cel

from ivr.domain.facts import FACTS, Evaluate, Facts
from ivr.domain.wording import facts_in

LONGEST = 1000  # characters of a condition
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
        self._programs = {condition: compiled(condition) for condition in conditions}
        used = {name for condition in self._programs for name in facts_in(condition)}
        self._used = tuple(used)

    def __call__(self, facts: Facts) -> Evaluate:
        """Evaluates conditions on these facts; a text instead of true or false says why one cannot be."""
        activation = _environment().Activation({name: facts[name] for name in self._used if name in facts})
        programs = self._programs

        def holds(condition: str) -> bool | str:
            try:
                result = programs[condition].eval(activation)
                if result.type() is not cel.Type.BOOL and result.type() != cel.Type.BOOL:
                    return _plain(str(result.value()))
                return result.value() is True
            except RuntimeError as error:  # it took too many steps
                return _plain(str(error))

        return holds


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
        kind = program.return_type().name().lower()
        raise ConditionError(f"it gives a {kind} and has to be true or false: compare it with something, as in >= 80.0")
    return program


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
        close = difflib.get_close_matches(name, _TYPE_OF, 1) or difflib.get_close_matches(name, _ENDINGS, 1)
        meant = (
            f"is {_ENDINGS.get(close[0], close[0])} meant?"
            if close
            else "`ivr policy facts` lists those that there are"
        )
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
