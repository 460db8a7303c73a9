"""A run as JUnit XML: one test suite for each file of scenarios, one test case for each scenario."""

import math
import re
from itertools import groupby
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from ivr.qa.scenarios import wording
from ivr.qa.scenarios.result import RunResult, ScenarioResult

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
Counts = dict[str, str]


def xml(run: RunResult) -> str:
    """The whole file."""
    root = ET.Element("testsuites", {"name": "segment-ivr scenarios"} | _counts(run.scenarios, run.seconds))
    in_order = sorted(run.scenarios, key=lambda result: result.file)
    for file, results in groupby(in_order, key=lambda result: result.file):
        _suite(root, run, file, list(results))
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, run: RunResult, file: str, results: list[ScenarioResult]) -> None:
    attributes = {"name": _clean(file)} | _counts(results, sum(_finite(result.seconds) for result in results))
    if at := wording.moment(run.started_at):
        attributes["timestamp"] = at.strftime("%Y-%m-%dT%H:%M:%S")
    suite = ET.SubElement(root, "testsuite", attributes)
    _properties(suite, {
        "target": run.target, "workers": str(run.workers), "interrupted": str(run.interrupted).lower(),
        **{f"version of {name}": version for name, version in run.versions.items()},
    })  # fmt: skip
    for result in results:
        _case(suite, result)


def _case(suite: ET.Element, result: ScenarioResult) -> None:
    case = ET.SubElement(suite, "testcase", {
        "name": _clean(result.name), "classname": _classname(result.file), "time": _time(result.seconds),
        "file": _clean(result.file), "line": str(result.line),
    })  # fmt: skip
    told = {"verdict": result.verdict, "tags": " ".join(result.tags), "folder": result.folder}
    _properties(case, {name: value for name, value in told.items() if value})
    says = _clean(wording.why(result))
    lines = [wording.missed(caller, check) for caller, check in wording.misses(result)]
    if result.why and result.why not in lines:
        lines.insert(0, result.why)
    if result.verdict == "failed":
        # `error`: it broke before there was anything to expect.
        broke = not any(check.verdict == "failed" for _, check in result.all_checks())
        found = ET.SubElement(case, "error" if broke else "failure", {"message": says or "failed"})
        found.text = _clean("\n".join([*lines, *_evidence(result)]))
    elif result.verdict == "skipped":
        ET.SubElement(case, "skipped", {"message": says})
    elif result.verdict == "warned":
        ET.SubElement(case, "system-out").text = _clean("\n".join(["warned:", *lines, *_evidence(result)]))


def _evidence(result: ScenarioResult) -> list[str]:
    return [f"{title}: {result.folder}/{file}" for title, file in result.evidence.items()]


def _properties(parent: ET.Element, values: dict[str, str]) -> None:
    found = ET.SubElement(parent, "properties")
    for name, value in values.items():
        ET.SubElement(found, "property", {"name": _clean(name), "value": _clean(value)})


def _counts(results: list[ScenarioResult], seconds: float) -> Counts:
    failed = [result for result in results if result.verdict == "failed"]
    errors = sum(not any(check.verdict == "failed" for _, check in result.all_checks()) for result in failed)
    return {
        "tests": str(len(results)), "failures": str(len(failed) - errors), "errors": str(errors),
        "skipped": str(sum(result.verdict == "skipped" for result in results)), "time": _time(seconds),
    }  # fmt: skip


def _classname(file: str) -> str:
    """As CI systems group by: the file's path with dots, without its suffix."""
    return _clean(".".join(PurePosixPath(file).with_suffix("").parts)) if PurePosixPath(file).name else "scenarios"


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0


def _time(seconds: float) -> str:
    return f"{_finite(seconds):.3f}"


def _clean(text: str) -> str:
    """Without what XML forbids: control characters, lone surrogates, and what is no character."""
    return _FORBIDDEN.sub("", text)
