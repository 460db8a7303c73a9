"""Attributes of scoring.yaml: do they fit together, and what a run works with."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from ivr import regular_files
from ivr.domain.scoring.attributes import SIGNS, Attribute, MetricTest
from ivr.domain.scoring.definition import ColumnType
from ivr.errors import FileError
from ivr.limits import LARGEST_TEXT_BYTES
from ivr.policy import suggestions
from ivr.policy.lint.attributes import Attributes, Declared
from ivr.policy.schema import Where
from ivr.policy.scoring import expressions
from ivr.policy.scoring.attribute_schema import AttributeSchema
from ivr.policy.scoring.currencies import digits
from ivr.policy.scoring.expressions import Checked, ExpressionError
from ivr.policy.scoring.references import checked_where, columns
from ivr.policy.scoring.schema import ScoringFile, SourceSchema
from ivr.policy.yaml_file import Document, names_of, shown

_NAME = r"[a-z][a-z0-9-]*"
_JOINED = re.compile(r"\s+(and|or)\s+")
_TEST = re.compile(r"\s*([a-z][a-z0-9-]*)\s*(<>|[<>]=|[<>=])\s*(-?[0-9]{1,15}(?:\.[0-9]{1,6})?)\s*")
_WRITE = "write a metric, one of {} and a number, as risk-of-lapsing >= 6".format(" ".join(SIGNS))


class When(NamedTuple):
    """What `when` says."""

    tests: tuple[MetricTest, ...]
    every: bool


def when(text: str, metrics: Collection[str]) -> When:
    """Read comparisons of metrics with numbers, joined by `and` or by `or`.

    Raises ExpressionError.
    """
    parts = _JOINED.split(text)
    words, tests, at = set(parts[1::2]), list[MetricTest](), 0
    for i, part in enumerate(parts):
        column = text.find(part, at) + 1
        at = column - 1 + len(part)
        if i % 2:
            continue
        found = _TEST.fullmatch(part)
        if found is None:
            raise ExpressionError(f"{shown(part)} is no comparison: {_WRITE}", column)
        name, sign, number = found.groups()
        if name not in metrics:
            hint = suggestions.is_it(name, metrics)
            hint = hint or f": there are {suggestions.listed(metrics)}"
            column += len(part) - len(part.lstrip())
            raise ExpressionError(f"there is no metric {name!r}{hint}", column)
        tests.append(MetricTest(name, sign, float(number)))
    if len(words) > 1:
        column = next(_JOINED.finditer(text)).start(1) + 1
        problem = "and beside or can be read in two ways: make it two attributes"
        raise ExpressionError(problem, column)
    return When(tuple(tests), words != {"or"})


def misfits(file: ScoringFile, document: Document) -> Iterator[FileError]:
    """Everything for which the attributes cannot be used, in no order."""
    for name, attribute in file.attributes.items():
        for where, problem, column in _wrong(file, name, attribute):
            yield document.error(where, f"{'.'.join(map(str, where))}: {problem}", column)
    demographic = [name for name, each in file.attributes.items() if each.demographic]
    for i, name in enumerate(file.demographics):
        if name not in demographic:
            hint = suggestions.is_it(name, demographic)
            hint = hint or f": there are {suggestions.listed(demographic)}"
            problem = f"there is no demographic attribute {shown(name)}{hint}"
            yield document.error(("demographics", i), f"demographics: {problem}")


def _wrong(
    file: ScoringFile,
    name: str,
    attribute: AttributeSchema,
) -> Iterator[tuple[Where, str, int | None]]:
    where: Where = ("attributes", name)
    if attribute.when is not None:
        try:
            when(attribute.when, file.metrics)
        except ExpressionError as error:
            yield (*where, "when"), f"{shown(attribute.when)}: {error}", error.column
        return
    source = file.sources.get(attribute.source or "")
    if source is None:
        hint = suggestions.is_it(attribute.source or "", file.sources)
        hint = hint or f": there are {suggestions.listed(file.sources)}"
        yield (*where, "source"), f"there is no source {shown(attribute.source)}{hint}", None
        return
    if attribute.oldest is not None and source.time is None:
        problem = f"the source {attribute.source} has no `time`: name the column that says when"
        yield (*where, "oldest"), problem, None
    try:
        checked_of(attribute, source, digits(file.currency))
    except ExpressionError as error:
        yield (*where, "of"), f"{shown(attribute.of)}: {error}", error.column
    try:
        checked_where(attribute.where, source)
    except ExpressionError as error:
        yield (*where, "where"), f"{shown(attribute.where)}: {error}", error.column


def checked_of(attribute: AttributeSchema, source: SourceSchema, money_digits: int) -> Checked:
    """Return what a row says, in canonical SQL. Raises ExpressionError."""
    text = attribute.of or ""
    if attribute.type in ("number", "whole"):
        made = expressions.amount(text, columns(source), money_digits)
        if attribute.type == "whole" and made.digits:
            raise ExpressionError("it has digits behind the point: write `type: number`", 1)
        return made
    kind = "yes-no" if attribute.type == "yes-no" else "text"
    made = expressions.anything(text, columns(source), money_digits)
    if made.kind != kind:
        raise ExpressionError(f"it is a {made.kind}, and has to be a {kind}: see `type`", 1)
    return made


def is_on(file: ScoringFile, name: str) -> bool:
    """Whether an attribute is made: a demographic one only where it is switched on."""
    return not file.attributes[name].demographic or name in file.demographics


def metrics_of(file: ScoringFile) -> set[str]:
    """Return the metrics that attributes are made of, as far as that can be read."""
    texts = [each.when for each in file.attributes.values() if each.when]
    return {name for name in file.metrics for text in texts if name in re.findall(_NAME, text)}


def made(file: ScoringFile) -> dict[str, Attribute]:
    """Return those that a run makes, of a file that fits together."""
    return {name: _made(file, name) for name in file.attributes if is_on(file, name)}


def declared(folder: Path) -> Attributes:
    """Return the attributes that the scoring file in a folder declares, or why there are none."""
    path = folder / "scoring.yaml"
    if not path.exists():
        return "there is no scoring.yaml beside the policy, to declare attributes: write it"
    try:
        text = regular_files.text(path, LARGEST_TEXT_BYTES, folder)
        document = Document(path, text, collect=True, names=names_of(ScoringFile))
        file = ScoringFile.model_validate(document.data)
    except (FileError, ValidationError):
        return "scoring.yaml, which declares attributes, cannot be used: see `ivr score check`"
    found = file.attributes.items()
    return {n: Declared(each.type, tuple(each.values or ()), is_on(file, n)) for n, each in found}


def columns_of(file: ScoringFile, source: str, source_columns: dict[str, ColumnType]) -> set[str]:
    """Return the columns of a source that nobody may read: those of demographic ones that are off.

    One that something else uses as well is not among them.
    """
    off, others = set[str](), set[str]()
    schema = file.sources[source]
    for name, attribute in file.attributes.items():
        if attribute.source == source:
            (others if is_on(file, name) else off).update(_used(attribute, schema))
    if not off:
        return off
    serving = schema.serving
    if serving is not None:
        others.update(filter(None, dict(serving).values()))
    for metric in file.metrics.values():
        if metric.source == source:
            for text in (metric.of, metric.where):
                others.update(name for name in source_columns if text and _names(text, name))
    return off - others


def _names(text: str, column: str) -> bool:
    return re.search(rf"(?i)\b{column}\b", text) is not None


def _used(attribute: AttributeSchema, source: SourceSchema) -> set[str]:
    texts = [text for text in (attribute.of, attribute.where) if text]
    return {name for name in source.columns for text in texts if _names(text, name)}


def _made(file: ScoringFile, name: str) -> Attribute:
    given = file.attributes[name]
    if given.when is not None:
        tests, every = when(given.when, file.metrics)
        return Attribute(
            name,
            given.type,
            tests=tests,
            every=every,
            demographic=given.demographic,
            about=given.about or "",
        )
    source = file.sources[given.source or ""]
    of = checked_of(given, source, digits(file.currency))
    where = checked_where(given.where, source)
    low, high = given.range or (None, None)
    return Attribute(
        name,
        given.type,
        given.source or "",
        of.sql,
        where.sql if where else "",
        of.digits,
        values=tuple(given.values or ()),
        low=low,
        high=high,
        oldest=int(given.oldest.partition(" ")[0]) if given.oldest else None,
        demographic=given.demographic,
        about=given.about or "",
    )
