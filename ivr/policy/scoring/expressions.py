"""An admin's expressions: SQL over the columns of one source, and nothing else.

Read by sqlglot, and let through node by node: what is not on the list is refused, so nothing can
read a file, call a function of the engine, or loop. What comes out has every name in quotes, and
means the same to every engine.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from ivr.domain.scoring.definition import NUMBER_DIGITS, ColumnType
from ivr.policy.suggestions import is_it, listed
from ivr.policy.yaml_file import shown

Kind = Literal["text", "number", "yes-no", "nothing"]
_KINDS: Mapping[ColumnType, Kind] = {
    "text": "text",
    "whole": "number",
    "number": "number",
    "money": "number",
    "yes-no": "yes-no",
}
Node = exp.Expr
_ORDERED = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between)
_DEEPEST = 100
_MOST_DIGITS = 9  # behind the point: of an amount of 12 digits, sums still fit what engines add up
_TOO_DEEP = "nested too deeply: write it in fewer brackets"
_CONTEXT = 100  # characters before a mistake that sqlglot repeats
_ALLOWED = "= <> < <= > >= and or not in between like is null + - * ( ) and coalesce()"


class ExpressionError(ValueError):
    """An expression cannot be used. `column` counts from 1, None where it is not known."""

    def __init__(self, problem: str, column: int | None = None) -> None:
        self.column = column
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Checked:
    """An expression in canonical SQL. `digits` are those behind the point of its numbers."""

    sql: str
    kind: Kind
    digits: int = 0
    columns: frozenset[str] = frozenset()


def condition(text: str, columns: Mapping[str, ColumnType]) -> Checked:
    """Return a filter, which is true or false of a row; raises ExpressionError."""
    made = _checked(text, columns)
    if made.kind != "yes-no":
        raise ExpressionError("it has to be true or false of a row: compare it with something", 1)
    return made


def amount(text: str, columns: Mapping[str, ColumnType], money_digits: int) -> Checked:
    """Return a number for each row; raises ExpressionError."""
    made = _checked(text, columns, money_digits)
    if made.kind != "number":
        raise ExpressionError("it has to be a number: name a column that has numbers", 1)
    if made.digits > _MOST_DIGITS:
        problem = f"it has {made.digits} digits behind the point, and may have {_MOST_DIGITS}"
        raise ExpressionError(f"{problem}: multiply by shorter numbers", 1)
    return made


def anything(text: str, columns: Mapping[str, ColumnType], money_digits: int) -> Checked:
    """Something for each row, to be told apart; raises ExpressionError."""
    return _checked(text, columns, money_digits)


def _checked(text: str, columns: Mapping[str, ColumnType], money_digits: int = 2) -> Checked:
    tree = _parsed(text)
    try:
        _refuse_others(tree)
        reading = _Reading(columns, money_digits)
        kind, digits = reading.of(tree)
    except RecursionError:
        raise ExpressionError(_TOO_DEEP, 1) from None
    sql = tree.sql("duckdb", identify=True, comments=False)
    return Checked(sql, kind, digits, frozenset(reading.used))


def _parsed(text: str) -> Node:
    try:
        tree: object = sqlglot.parse_one(text, read="duckdb")
    except ParseError as error:
        first = error.errors[0] if error.errors else {}
        before, at = str(first.get("start_context") or ""), str(first.get("highlight") or "")
        column = None if len(before) >= _CONTEXT else len(before) + 1
        where = f" at {shown(at)}" if at else ""
        problem = f"no SQL expression: something is wrong or missing{where}"
        raise ExpressionError(problem, column) from None
    except TokenError:
        column = max(text.rfind("'"), text.rfind('"')) + 1 or 1
        raise ExpressionError("a quotation mark is not closed", column) from None
    except RecursionError:
        raise ExpressionError(_TOO_DEEP, 1) from None
    if not isinstance(tree, Node):
        raise ExpressionError("it is empty: write a condition, or remove it", 1)
    return tree


Part = tuple[Kind, int]
"""What a node gives, and with how many digits behind the point."""


class _Reading:
    """One walk over an expression, whose nodes are all on the list."""

    def __init__(self, columns: Mapping[str, ColumnType], money_digits: int) -> None:
        self.columns, self.money_digits = columns, money_digits
        self.used = set[str]()
        self._by_small = {name.lower(): name for name in columns}

    def of(self, node: Node, depth: int = 0) -> Part:
        """Return what it gives; raises ExpressionError where its parts do not fit."""
        if depth > _DEEPEST:
            raise ExpressionError(_TOO_DEEP, _column(node))
        if isinstance(node, exp.Column):
            return self._named(node)
        if isinstance(node, exp.Literal):
            return ("text", 0) if node.is_string else ("number", _literal_digits(node))
        parts = [self.of(child, depth + 1) for child in _operands(node)]
        return _RULES[type(node)](node, parts)

    def _named(self, node: exp.Column) -> Part:
        if node.table or not isinstance(node.this, exp.Identifier):
            raise ExpressionError("name a column alone, without a point", _column(node))
        name = self._by_small.get(node.name.lower())
        if name is None:
            hint = is_it(node.name, self.columns) or f": there are {listed(self.columns)}"
            raise ExpressionError(f"there is no column {node.name!r} here{hint}", _column(node))
        type_ = self.columns[name]
        if type_ == "time":
            raise ExpressionError(f"{name} is a time: for that there is `window`", _column(node))
        node.this.set("this", name)
        self.used.add(name)
        digits = {"money": self.money_digits, "number": NUMBER_DIGITS}.get(type_, 0)
        return _KINDS[type_], digits


def _logic(node: Node, parts: Sequence[Part]) -> Part:
    if any(kind != "yes-no" for kind, _ in parts):
        problem = "and, or, not: each part has to be true or false: compare it with something"
        raise ExpressionError(problem, _column(node))
    return "yes-no", 0


def _comparison(node: Node, parts: Sequence[Part]) -> Part:
    if any(kind == "nothing" for kind, _ in parts):
        raise ExpressionError("nothing is equal to null: write is null", _column(node))
    kind = _alike(node, parts)
    if isinstance(node, _ORDERED) and kind != "number":
        raise ExpressionError("< and > are for numbers: write =, <> or in", _column(node))
    listed_ones = len(node.expressions) if isinstance(node, exp.In) else 1
    if not listed_ones or (isinstance(node, exp.In) and listed_ones < len(parts) - 1):
        raise ExpressionError("the list is empty: write what may be in it, in ( )", _column(node))
    return "yes-no", 0


def _alike(node: Node, parts: Sequence[Part]) -> Kind:
    found = {kind for kind, _ in parts if kind != "nothing"}
    if len(found) > 1:
        both = " with a ".join(sorted(found))
        mend = "texts are written in 'quotes', numbers without"
        raise ExpressionError(f"it compares a {both}: {mend}", _column(node))
    return found.pop() if found else "nothing"


def _pattern(node: Node, parts: Sequence[Part]) -> Part:
    pattern = node.expression
    if [kind for kind, _ in parts] != ["text", "text"] or not isinstance(pattern, exp.Literal):
        raise ExpressionError("like is for a text and a pattern in 'quotes'", _column(node))
    if "\\" in pattern.name:
        raise ExpressionError("a pattern must not have \\: engines differ", _column(node))
    return "yes-no", 0


def _sum(node: Node, parts: Sequence[Part]) -> Part:
    if any(kind != "number" for kind, _ in parts):
        raise ExpressionError("+, - and * are for numbers", _column(node))
    if isinstance(node, exp.Mul):
        if not any(isinstance(each, exp.Literal) for each in (node.this, node.expression)):
            raise ExpressionError("*: one of the two has to be a plain number", _column(node))
        return "number", sum(digits for _, digits in parts)
    return "number", max(digits for _, digits in parts)


_RULES: Mapping[type[Node], Callable[[Node, Sequence[Part]], Part]] = {
    exp.Boolean: lambda node, parts: ("yes-no", 0),
    exp.Null: lambda node, parts: ("nothing", 0),
    exp.Paren: lambda node, parts: parts[0],
    **dict.fromkeys((exp.And, exp.Or, exp.Not), _logic),
    **dict.fromkeys((exp.EQ, exp.NEQ, *_ORDERED, exp.In), _comparison),
    exp.Is: lambda node, parts: ("yes-no", 0),
    exp.Like: _pattern,
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul, exp.Neg), _sum),
    exp.Coalesce: lambda node, parts: (_alike(node, parts), max(digits for _, digits in parts)),
}
_LISTED = {exp.Column, exp.Identifier, exp.Literal, *_RULES}


def _refuse_others(tree: Node) -> None:
    """Raise for the first node that is not on the list, whatever stands in it."""
    for node in tree.walk():
        if type(node) in _LISTED and not (type(node) is exp.Is and not _is_of_null(node)):
            continue
        if isinstance(node, (exp.Query, exp.Subquery, exp.Exists)):
            problem = "no other rows can be asked for here"
        elif isinstance(node, exp.Func):
            problem = f"the function {_function(node)} is not allowed here"
        else:
            problem = f"{shown(node.sql('duckdb'))} is not allowed here"
        raise ExpressionError(f"{problem}: write columns and {_ALLOWED}", _column(node))


def _is_of_null(node: Node) -> bool:
    return isinstance(node.expression, (exp.Null, exp.Boolean))


def _operands(node: Node) -> list[Node]:
    """Return the parts whose values count, in their order."""
    return [part for part in node.iter_expressions() if not isinstance(part, exp.Identifier)]


def _literal_digits(node: exp.Literal) -> int:
    text = node.name
    if not text.replace(".", "", 1).isdigit() or len(text) > 18:
        raise ExpressionError(f"{text[:40]} is no plain number: write it as 12.50", _column(node))
    return len(text.partition(".")[2])


def _function(node: exp.Func) -> str:
    name = node.name if isinstance(node, exp.Anonymous) else node.sql_name()
    return f"{name.lower()}()"


def _column(node: Node) -> int | None:
    """Where it begins in the text, from 1, as far as sqlglot has kept that."""
    starts = [each.meta["start"] for each in node.walk() if "start" in each.meta]
    return min(starts) + 1 if starts else None
