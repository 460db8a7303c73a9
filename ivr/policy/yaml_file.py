"""YAML as an admin means it: every value with its line, and YAML's traps refused instead of guessed at."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ivr.errors import FileError
from ivr.policy.schema import IN_WORDS, MisfitError, Where

_DEEPEST = 20  # levels; our files need four, and compose() overflows the C stack at some thousands
_TOO_DEEP = "nested too deeply: is a bracket not closed?"
_FEW = 5  # of the names that a file may have, in a message
_SHOWN = 60  # characters of a wrong value that a message repeats
_WHOLE = re.compile(r"[+-]?(0|[1-9][0-9]{0,17})", re.ASCII)
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}\.[0-9]{0,18}", re.ASCII)
_PREFIX = "tag:yaml.org,2002:"
M = TypeVar("M", bound=BaseModel)


class Document:
    """A YAML file as plain data, with the place of every key and item.

    Raises FileError for the first thing that is wrong. With `collect`, that is only what makes it no YAML; traps that
    there are in good YAML go into `mistakes`, and the data has the text of what is trapped.

    `names` are those that may stand at its top. A file that has none of them is another file than is meant, whose
    words may be secrets: messages do not repeat them.
    """

    def __init__(self, path: Path, text: str, *, collect: bool = False, names: Collection[str] = ()) -> None:
        self.path, self._places, self._texts = path, dict[Where, tuple[int, int]](), dict[Where, tuple[int, int]]()
        self.mistakes: list[FileError] = []
        self.with_odd_keys = set[Where]()  # the parts that have keys which cannot be read
        self._collect, self._trapped = collect, set[Where]()
        try:
            self._refuse_traps(text)
            # CSafeLoader's compose() gives nodes with positions; no tag of the file's choosing is ever constructed.
            root = yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            self._refuse_depth(error, text)
            raise self._yaml_error(error, text) from None
        if root is None:
            raise FileError(path, None, "the file is empty")
        if not isinstance(root, yaml.MappingNode):
            mark = root.start_mark
            raise FileError(path, mark.line + 1, "write names with values, as NAME: VALUE", mark.column + 1)
        if names and not any(key.value in names for key, _ in root.value if isinstance(key, yaml.ScalarNode)):
            problem = f"none of the names that belong here is there ({_some(names)}): is it the right file?"
            raise FileError(path, root.start_mark.line + 1, problem)
        self.data = self._plain(root, ())

    def line(self, where: Where) -> int | None:
        """The line of the value at `where`, or of the nearest enclosing one."""
        return self.place(where)[0]

    def place(self, where: Where) -> tuple[int | None, int | None]:
        """Line and column of the value at `where`, or of the nearest enclosing one; of a named value, of its name."""
        for depth in range(len(where), -1, -1):
            if where[:depth] in self._places:
                return self._places[where[:depth]]
        return None, None

    def error(self, where: Where, problem: str, column: int | None = None) -> FileError:
        """What is wrong with the value at `where`; with `column`, with that character of a text on one line."""
        line, begin = self.place(where)
        if column is not None and where in self._texts:
            line, begin = self._texts[where][0], self._texts[where][1] + column - 1
        return FileError(self.path, line, problem, begin)

    def is_trapped(self, where: Where) -> bool:
        """Whether the value at `where` is one of those that `mistakes` speak of, or within one."""
        return any(where[:depth] in self._trapped for depth in range(len(where) + 1))

    def _mistake(self, line: int, problem: str, column: int, trapped: Where | None = None) -> None:
        """Note it or raise it. What is `trapped` cannot be read as it is meant, so no more is said of it."""
        error = FileError(self.path, line, problem, column)
        if not self._collect:
            raise error
        self.mistakes.append(error)
        if trapped is not None:
            self._trapped.add(trapped)

    def _refuse_traps(self, text: str) -> None:
        """Refuse what compose() must not see. Reading events keeps no stack, however deep the file goes."""
        depth = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            line = event.start_mark.line + 1 if event.start_mark else None
            if getattr(event, "anchor", None) is not None:
                raise FileError(self.path, line, "anchors and aliases (& and *) are not used here: write the value out")
            if getattr(event, "tag", None) is not None:
                raise FileError(self.path, line, "tags (!) are not used here: put a text that begins with ! in quotes")
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST:
                raise FileError(self.path, line, _TOO_DEEP)

    def _refuse_depth(self, error: yaml.YAMLError, text: str) -> None:
        """Refuse what stands too deep before the place where the reader gave up.

        It reads ahead of the events that it gives, and has a limit of its own: with "[[[[…" it ends before we see one.
        """
        mark = getattr(error, "problem_mark", None)
        depth = 0
        try:
            for event in yaml.parse(text[: mark.index] if mark else "", Loader=yaml.CSafeLoader):
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > _DEEPEST:
                    raise FileError(self.path, event.start_mark.line + 1 if event.start_mark else None, _TOO_DEEP)
        except yaml.YAMLError:
            return

    def _plain(self, node: yaml.Node, where: Where) -> Any:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self._places.setdefault(where, (line, column))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*where, i)) for i, item in enumerate(node.value)]
        if node.start_mark.line == node.end_mark.line:  # else nobody can count its columns
            self._texts[where] = (line, column + (getattr(node, "style", None) in ("'", '"')))
        return self._scalar(node, where)

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            if not isinstance(key_node, yaml.ScalarNode):
                problem = "a key has to be one word: is there a bracket or ? too many?"
                self._mistake(line, problem, column)
                self.with_odd_keys.add(where)
                continue
            key = key_node.value
            if key_node.tag not in (_PREFIX + "str", _PREFIX + "int"):
                problem = f"the key {shown(key)} has another meaning in YAML: put it in quotes"
                self._mistake(line, problem, column, trapped=(*where, key))
            if key in data:
                first, _ = self._places[(*where, key)]
                problem = f"{shown(key)} stands here twice (first in line {first}): remove one"
                self._mistake(line, problem, column)
                continue
            self._places[(*where, key)] = line, column
            data[key] = self._plain(value_node, (*where, key))
        return data

    def _scalar(self, node: yaml.Node, where: Where) -> Any:
        text, tag = str(node.value), node.tag.removeprefix(_PREFIX)
        match tag:
            case "str":
                return text
            case "null":
                return None
            case "bool" if text.lower() in ("true", "false"):
                return text.lower() == "true"
            case "int" if _WHOLE.fullmatch(text):
                return int(text)
            case "float" if _DECIMAL.fullmatch(text):
                return float(text)
        mend = _MENDS.get(tag, "put it in quotes, or write it plainly")
        problem = f"YAML reads {shown(text)} as {_read_as(tag, text)}: {mend}"
        self._mistake(node.start_mark.line + 1, problem, node.start_mark.column + 1, trapped=where)
        return text

    def _yaml_error(self, error: yaml.YAMLError, text: str) -> FileError:
        if isinstance(error, yaml.reader.ReaderError):  # `position` counts bytes
            line = text.encode()[: error.position].count(b"\n") + 1
            mend = f"not YAML: control characters are not allowed: remove U+{error.character:04X}"
            return FileError(self.path, line, mend)
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        lines = text.splitlines()
        if mark and mark.line < len(lines) and lines[mark.line][mark.column :][:1] == "\t":  # no token begins with one
            problem = "a tab: write spaces"
        begun = getattr(error, "context_mark", None)
        if mark and begun and begun.line < mark.line:
            problem = f"{problem} ({getattr(error, 'context', '')}, begun in line {begun.line + 1})"
        return FileError(
            self.path, mark.line + 1 if mark else None, f"not YAML: {problem}", mark.column + 1 if mark else None
        )


def names_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The names that may stand in a part."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _some(names: Collection[str]) -> str:
    few = list(names)[:_FEW]
    return ", ".join(few) + (", …" if len(names) > len(few) else "")


def shown(value: object) -> str:
    """A wrong value for a message: in quotes, on one line, and short."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def validated(document: Document, model: type[M]) -> M:
    """The document as a `model`; raises FileError for the first thing that is wrong with it."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise problems(document, error)[0] from None


def problems(document: Document, error: ValidationError) -> list[FileError]:
    """Everything that is wrong, what comes first in the file at the beginning."""
    details = error.errors()
    unknown = {_where(detail)[:-1] for detail in details if detail["type"] == "extra_forbidden"}
    unknown |= document.with_odd_keys
    around = {_where(detail)[:depth] for detail in details for depth in range(len(_where(detail)))}
    found = []
    for detail in details:
        where, kind = _where(detail), detail["type"]
        if kind == "missing" and where[:-1] in unknown:  # it is often there, misspelt
            continue
        if kind == "too_short" and where in around:  # pydantic counts good items only
            continue
        if kind != "extra_forbidden" and document.is_trapped(where):  # that is said already
            continue
        found.append(_problem(document, detail))
    return sorted(found, key=lambda problem: (problem.line or 0, problem.column or 0))


def _where(detail: ErrorDetails) -> Where:
    """The path to the value; pydantic adds words of its own, with brackets."""
    return tuple(part for part in detail["loc"] if "[" not in str(part))


def _problem(document: Document, detail: ErrorDetails) -> FileError:
    where = _where(detail)
    name = ".".join(
        shown(part) if len(str(part)) > _SHOWN or not str(part).isprintable() else str(part) for part in where
    )
    if isinstance(misfit := detail.get("ctx", {}).get("error"), MisfitError):
        where += misfit.where
    message = _message(detail)
    return document.error(where, f"{name}: {message}" if name else message)


def _message(detail: ErrorDetails) -> str:
    """What pydantic says, in the admin's words."""
    given, kind = shown(detail["input"]), detail["type"]
    context = {name: _round(value) for name, value in detail.get("ctx", {}).items()}
    if kind == "value_error":
        return detail["msg"].removeprefix("Value error, ")
    if kind == "string_type" and isinstance(detail["input"], int | float):
        return f"write {given} in quotes"
    if kind == "string_pattern_mismatch" and context["pattern"] in IN_WORDS:
        return f"{given} does not fit: write {IN_WORDS[context['pattern']]}"
    if kind == "too_short" and detail["input"]:
        return f"has {context['actual_length']}: there have to be {context['min_length']} at least"
    if kind in _MESSAGES:
        return _MESSAGES[kind].format(given=given, **context)
    return f"{detail['msg'][0].lower()}{detail['msg'][1:]}, not {given}"


def _round(value: Any) -> Any:
    """A limit as it is written: 100, where the limit of a decimal is 100.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _read_as(tag: str, text: str) -> str:
    """What YAML takes a text for, in words."""
    if tag == "bool":
        return "true" if text.lower() in _TRUE else "false"
    return _READ_AS.get(tag, f"something else ({tag})")


_READ_AS = {"int": "a whole number", "float": "a decimal number", "timestamp": "a date"}
_TRUE = ("yes", "on", "y", "true")
_MENDS = {
    "bool": "put it in quotes if it is a text, else write true or false",
    "timestamp": "put it in quotes",
}

_MESSAGES = {
    "extra_forbidden": "is not known here: check the spelling",
    "missing": "is missing",
    "too_short": "is empty: write something there",
    "string_too_short": "is empty: write something there",
    "too_long": "has more than {max_length:,}, the most that there may be: remove some",
    "tuple_type": "write a list, with - or in [ ], not {given}",
    "less_than": "input should be less than {lt}, not {given}",
    "less_than_equal": "input should be less than or equal to {le}, not {given}",
    "greater_than": "input should be greater than {gt}, not {given}",
    "greater_than_equal": "input should be greater than or equal to {ge}, not {given}",
    "finite_number": "input should be a finite number, not {given}",
    "literal_error": "input should be {expected}, not {given}",
    "string_type": "input should be a text, not {given}",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "input should be a valid integer, not {given}"),
    **dict.fromkeys(("float_type", "float_parsing"), "input should be a valid number, not {given}"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "input should be a valid boolean, not {given}"),
    "string_pattern_mismatch": "{given} does not fit: it must match {pattern}",
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "dict_type"), "write names with values, as NAME: VALUE, not {given}"
    ),
}
