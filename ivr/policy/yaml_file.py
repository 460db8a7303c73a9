"""YAML as an admin means it: every value with its line, and YAML's traps refused instead of guessed at."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ivr.errors import FileError

_MAX_BYTES = 1_000_000
_LOOKS_BOOLEAN = {"yes", "no", "on", "off", "y", "n"}
_PREFIX = "tag:yaml.org,2002:"
Where = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


class Document:
    """A YAML file as plain data, with the line of every key and item."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self._lines = path, dict[Where, int]()
        try:
            # CSafeLoader's compose() gives nodes with positions; no tag of the file's choosing is ever constructed.
            root = yaml.compose(text, Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, RecursionError) as error:
            raise self._yaml_error(error) from None
        if root is None:
            raise FileError(path, None, "the file is empty")
        self._anchored = set[int]()
        self.data = self._plain(root, ())

    @classmethod
    def read(cls, path: Path) -> "Document":
        """The document in the file at `path`; raises FileError."""
        return cls(path, read_text(path))

    def line(self, where: Where) -> int | None:
        """The line of the value at `where`, or of the nearest enclosing one."""
        for depth in range(len(where), -1, -1):
            if where[:depth] in self._lines:
                return self._lines[where[:depth]]
        return None

    def _plain(self, node: yaml.Node, where: Where) -> Any:
        line = node.start_mark.line + 1
        self._lines.setdefault(where, line)
        if id(node) in self._anchored:
            raise FileError(
                self.path, line, "anchors and aliases (& and *) are not used here: write the value out"
            )
        self._anchored.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*where, i)) for i, item in enumerate(node.value)]
        return self._scalar(node, line)

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key, str) or key_node.tag not in (_PREFIX + "str", _PREFIX + "int"):
                raise FileError(
                    self.path, line, f"the key {key!r} has another meaning in YAML: put it in quotes"
                )
            if key in data:
                first = self._lines[(*where, key)]
                raise FileError(
                    self.path, line, f"{key!r} stands here twice (first in line {first}): remove one"
                )
            self._lines[(*where, key)] = line
            data[key] = self._plain(value_node, (*where, key))
        return data

    def _scalar(self, node: yaml.Node, line: int) -> Any:
        text, tag = str(node.value), node.tag.removeprefix(_PREFIX)
        match tag:
            case "str":
                return text
            case "null":
                return None
            case "bool" if text.lower() not in _LOOKS_BOOLEAN:
                return text.lower() == "true"
            case "int" if text.lstrip("+-").isdigit() and (
                text.lstrip("+-") == "0" or text.lstrip("+-")[0] != "0"
            ):
                return int(text)
            case "float" if text.replace(".", "", 1).lstrip("+-").isdigit():
                return float(text)
        raise FileError(
            self.path, line, f"YAML reads {text!r} as a {tag}: put it in quotes, or write it plainly"
        )

    def _yaml_error(self, error: Exception) -> FileError:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "nested too deeply"
        return FileError(self.path, mark.line + 1 if mark else None, f"not YAML: {problem}")


def read_text(path: Path) -> str:
    """The file's text; raises FileError when it is missing, unreadable, too large or not UTF-8."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise FileError(path, None, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    if len(raw) > _MAX_BYTES:
        raise FileError(path, None, f"larger than {_MAX_BYTES:,} bytes")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileError(path, line, "not UTF-8: save the file as UTF-8") from None


def validated(document: Document, model: type[M]) -> M:
    """The document as a `model`; raises FileError for the first thing that is wrong with it."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise _first_problem(document, error) from None


def _first_problem(document: Document, error: ValidationError) -> FileError:
    detail = error.errors()[0]
    where = tuple(part for part in detail["loc"] if part != "[key]")
    name = ".".join(str(part) for part in where)
    message = detail["msg"].removeprefix("Value error, ")
    match detail["type"]:
        case "extra_forbidden":
            message = "is not known here: check the spelling"
        case "missing":
            message = "is missing"
        case "string_pattern_mismatch":
            message = f"{detail['input']!r} does not fit: it must match {detail['ctx']['pattern']}"
        case kind if kind != "value_error":
            message = f"{message[0].lower()}{message[1:]}, not {detail['input']!r}"
    return FileError(document.path, document.line(where), f"{name}: {message}" if name else message)
