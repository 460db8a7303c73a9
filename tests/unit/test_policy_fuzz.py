"""Whatever is in the admin's files, `check` says something about it, soon, and nothing falls over."""

import copy
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.domain.routing.facts import FACTS
from ivr.errors import FileError
from ivr.policy import loader
from ivr.policy.lint.asterisk_inventory import AsteriskConfig
from ivr.policy.lint.check import check
from ivr.policy.texts import Texts
from tests.unit.policy_samples import AGENTS, POLICY

pytestmark = pytest.mark.thorough

ASTERISK = AsteriskConfig(
    queues=frozenset({"premium", "general-queue"}), music=frozenset({"default"}), sounds=frozenset({"hello"}),
    self_services=frozenset({"account"}),
)  # fmt: skip
GOOD: dict[str, Any] = yaml.safe_load(POLICY)
FOLDER = Path("dialplans")


def checked(policy: str, agents: str = AGENTS) -> None:
    """Each thing that is said is one short line with its place, and errors are those of the service."""
    found = check(Texts(policy, agents), FOLDER, ASTERISK)
    for finding in found:
        line = str(finding)
        assert line.isprintable()
        assert line.startswith("dialplans/")
        assert len(line) < 1500
    errors = [(each.line, each.problem) for each in found if each.grade == "error"]
    if errors:
        with pytest.raises(FileError) as refused:
            loader.parse(Texts(policy, agents), FOLDER)
        assert (refused.value.line, refused.value.problem) in errors
    else:
        loader.parse(Texts(policy, agents), FOLDER)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a tree of plain data."""
    inner: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))]


PLACES = [place for place in places(GOOD) if place]
NAMES = sorted({str(key) for place in PLACES for key in place} | {"premium", "general", "given", "nobody"})
CONDITIONS = st.sampled_from([fact.example for fact in FACTS]) | st.sampled_from(
    ["customer.value >= 80.0", "customer.value < 20", "true", "!customer.found", "segment in ['premium', 'x']",
     "customer.tags.all(a, a in customer.products)", "call.did.matches('^1')", "(((", "''", "1 / 0 == 1", "x.y"]
)  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-10, 4000), st.floats(allow_nan=True), st.text(max_size=12),
    st.sampled_from(NAMES), CONDITIONS, st.sampled_from(["any", "none", "09:00-17:00", "17:00-09:00", "monday-friday"]),
)  # fmt: skip
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@st.composite
def policies(draw: st.DrawFn) -> str:
    """The good policy with some of its values changed, removed, or moved elsewhere."""
    tree = copy.deepcopy(GOOD)
    for _ in range(draw(st.integers(1, 5))):
        *path, last = draw(st.sampled_from(PLACES))
        inner: Any = tree
        try:
            for key in path:
                inner = inner[key]
            match draw(st.sampled_from(["change", "remove", "twice", "elsewhere"])):
                case "change":
                    inner[last] = draw(VALUES)
                case "remove":
                    del inner[last]
                case "twice" if isinstance(inner, list):
                    inner.insert(draw(st.integers(0, len(inner))), copy.deepcopy(inner[last]))
                case "elsewhere":
                    inner[last] = copy.deepcopy(tree[draw(st.sampled_from(sorted(GOOD)))])
        except (KeyError, IndexError, TypeError):  # what it stood in is gone
            continue
    return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True)


@settings(max_examples=300, deadline=3000, suppress_health_check=[HealthCheck.too_slow])
@given(policies())
def test_any_tree_of_values_is_checked(policy: str) -> None:
    checked(policy)


@settings(max_examples=200, deadline=3000)
@given(st.text(max_size=200) | st.lists(st.sampled_from(POLICY.split(" ")), max_size=60).map(" ".join), st.booleans())
def test_any_text_is_checked(text: str, in_policy: bool) -> None:
    checked(text if in_policy else POLICY, AGENTS if in_policy else text)


@settings(max_examples=200, deadline=3000)
@given(st.lists(st.tuples(st.integers(0, len(POLICY)), st.integers(0, 9), st.text(max_size=5)), min_size=1, max_size=4))
def test_any_slip_of_the_keyboard_is_checked(slips: list[tuple[int, int, str]]) -> None:
    text = POLICY
    for at, length, instead in slips:
        text = text[:at] + instead + text[at + length :]
    checked(text)


def many(count: int, line: str, after: str = "rules:") -> str:
    """The good policy with this line so many times; # is its number."""
    return POLICY.replace(
        f"{after}\n", f"{after}\n" + "".join(line.replace("#", str(n)) + "\n" for n in range(count)), 1
    )


def rules(count: int, when: str) -> str:
    return many(count, f"  - {{name: r#, when: [{when}], treatment: spoken}}")


LARGE = {
    "rules": rules(18_000, ""),
    "conditions": rules(150, ", ".join(["'call.did == \"#\"'"] * 45)),
    "conditions that cannot be read": rules(900, "'(((((((', x#"),
    "loops": rules(900, "'customer.tags.all(a, a != \"#\")'"),
    "different values": rules(900, "'segment != \"premi#\"'"),
    "thresholds": rules(900, "customer.value >= #.5, call.hour > 3"),
    "segments": many(190, "  - {name: s#, enter: [customer.value >= 90.#]}", "segments:"),
    "treatments": many(490, "  t#: {queue: q#, greeting: [s#, t#, u#, v#, w#, x#]}", "treatments:"),
    "numbers": POLICY.replace('["1003"]', "[" + ", ".join(f'"{n}"' for n in range(10_000, 90_000)) + "]"),
    "a long condition": POLICY.replace("customer.blocked", "'" + '"' * 900_000 + "'"),
    "a long name": POLICY.replace("name: silver", f"name: {'x' * 400_000}"),
    "a million of nothing": POLICY.replace("languages: [en, de]", "languages: [" + "," * 900_000 + "]"),
    "keys": POLICY + "".join(f"k{n}: 1\n" for n in range(60_000)),
    "twice": POLICY + "region: GB\n" * 60_000,
    "traps": POLICY.replace("[en, de]", "[" + "no, " * 200_000 + "]"),
}


@pytest.mark.parametrize("kind", LARGE)
def test_large_files_are_checked_soon(kind: str) -> None:
    """A megabyte at most: read() refuses more. The limit is loose, and of our own time: the machine may be busy."""
    assert len(LARGE[kind]) < 1_000_001
    began = time.process_time()
    check(Texts(LARGE[kind], AGENTS), FOLDER, ASTERISK)
    assert time.process_time() - began < 30


def test_bytes_of_any_kind_end_with_a_line_and_an_exit_code(tmp_path: Path) -> None:
    for content in (b"\xff\xfe", b"\0", b"a: \xc3", POLICY.encode("utf-16"), b"#" * 1_000_001, b"[" * 100_000):
        (tmp_path / "policy.yaml").write_bytes(content)
        (tmp_path / "agents.yaml").write_text(AGENTS)
        told = subprocess.run(
            [sys.executable, "-m", "ivr", "policy", "check", str(tmp_path)],
            check=False, capture_output=True, text=True, timeout=60, cwd=tmp_path,
        )  # fmt: skip
        assert told.returncode in (1, 2)
        assert "Traceback" not in told.stderr
        assert "policy.yaml" in told.stdout + told.stderr
