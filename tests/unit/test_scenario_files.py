"""Scenario files: those that are shipped are good, and every mistake is named with its line and how to mend it."""

import datetime as dt
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.errors import FileError, IvrError
from ivr.policy.yaml_file import Document
from ivr.qa.scenarios import files, form
from ivr.qa.scenarios.form import Scenario, SecondsSpan

SHIPPED = sorted((Path(__file__).parent.parent / "scenarios").rglob("*.yaml"))
CALL = 'scenario: x\ncall:\n  from: "+442079460001"\n'
CALLS = "scenario: x\ncalls:\n  ada: {}\n  ben: {}\n"
SCHEMA = json.loads(files.schema())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
in_a_folder = settings(
    max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=timedelta(seconds=2)
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.yaml"


def problem(path: Path, content: str | bytes) -> str:
    """What is wrong with a file, without its folder."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(FileError) as error:
        files.read(path)
    return str(error.value).removeprefix(f"{path.parent}/")


def read(path: Path, text: str) -> Scenario:
    path.write_text(text, encoding="utf-8")
    return files.read(path).scenario


def plain(path: Path) -> Any:
    """A file's content as an editor hands it to the schema."""
    return Document(path, path.read_text(encoding="utf-8")).data


# Those that are shipped ------------------------------------------------------------------------------


def test_there_are_many_scenarios_and_their_titles_differ() -> None:
    good, bad = files.collect([SHIPPED[0].parent])
    assert bad == []
    titles = [file.scenario.scenario for file in good]
    assert len(titles) >= 40
    assert len(set(titles)) == len(titles)
    assert len({file.name for file in good}) == len(good)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scenario_says_what_it_is_about_and_expects_something(file: Path) -> None:
    scenario = files.read(file).scenario
    assert scenario.about
    assert scenario.tags
    for call in scenario.callers().values():
        assert list(call.expect.given()) or call.expect.events or scenario.order


@pytest.mark.parametrize("file", SHIPPED, ids=lambda path: path.stem)
def test_the_schema_accepts_a_shipped_scenario(file: Path) -> None:
    VALIDATOR.validate(plain(file))


# Mistakes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (CALL + "expct: {}\n", 4, "expct: is not known here: check the spelling"),
        (CALL + "  form: x\n", 4, "call.form: is not known here: check the spelling"),
        (CALL + "expect:\n  does_not_hear: x\n", 5, "expect.does_not_hear: is not known here"),
        (CALL + "scenario: y\n", 4, "'scenario' stands here twice (first in line 1): remove one"),
        (CALL + "tags: quick\n", 4, "tags: write a list, with - or in [ ], not 'quick'"),
        (CALL + "tags: [Quick]\n", 4, "tags.0: 'Quick' does not fit: it must match "),
        (CALL + "expect: [a]\n", 4, "expect: write names with values, as NAME: VALUE, not ['a']"),
        (CALL + "expect:\n  wait: 3-1\n", 5, "expect.wait.fail: the range 3-1 has its larger number first: turn it"),
        (CALL + "expect:\n  wait: soon\n", 5, "expect.wait.fail: write a number, 0.2-3, at most 3, or at least 1"),
        (CALL + "expect:\n  wait: -1\n", 5, "expect.wait.fail: write a number, 0.2-3, at most 3, or at least 1"),
        (CALL + "expect:\n  wait: true\n", 5, "expect.wait.fail: write a number, 0.2-3, at most 3, or at least 1"),
        (CALL + "expect:\n  wait: 500 ms\n", 5, "expect.wait.fail: it is in seconds: write it without ms"),
        (CALL + "expect:\n  route ms: 1 s\n", 5, "expect.route ms.fail: it is in milliseconds: write it without s"),
        (CALL + "expect:\n  priority: 10 s\n", 5, "expect.priority.fail: it is a count: write it without s"),
        (CALL + "expect:\n  wait: {}\n", 5, "expect.wait: give a value, or warn, fail, or both"),
        (CALL + "expect:\n  segment: []\n", 5, "expect.segment.fail: is empty: write something there"),
        (CALL + "expect:\n  segment: true\n", 5, "expect.segment.fail: put true and false in quotes"),
        (CALL + "expect:\n  queue: x\n  segment:\n", 6, "expect: segment: nothing stands there: write a value, or "),
        (CALL + "expect:\n  wait: {warn: 1, fail: }\n", 5, "expect.wait: fail: nothing stands there: write a value"),
        (CALL + "expect:\n  events:\n    ring: 1\n", 6, "expect: events: 'ring' is no event (there are: routed, "),
        (CALL + "given:\n  agents:\n    anna: asleep\n", 6, "given.agents.anna.is: input should be 'in', 'paused', "),
        (CALL + "given:\n  agents:\n    anna: [in]\n", 6, "given.agents.anna: write one of: in, paused, busy, "),
        (
            CALL + "given:\n  agents:\n    anna: {hangs up after: 0}\n",
            6,
            "given.agents.anna.hangs up after: input should",
        ),
        (CALL + "given:\n  fault: earthquake\n", 5, "given.fault: input should be 'service down', "),
        (CALL + "given:\n  fault: service down\n  at: mon 9\n", 6, "given: at: write it as monday 09:30 or 2026-"),
        (CALL + "given:\n  tags: []\n  at: 2026-13-01 09:30\n", 5, "given.tags: is not known here"),
        (CALL + "given:\n  at: 2026-13-01 09:30\n", 5, "given: at: month must be in 1..12"),
        (CALL + "given:\n  at: monday 25:00\n", 5, "given: at: hour must be in 0..23"),
        (CALL + "given:\n  files: {../x.conf: a}\n", 5, "given.files.../x.conf: '../x.conf' does not fit"),
        (CALL + "given:\n  customers:\n    - {id: a}\n", 6, "given.customers.0.phone: is missing"),
        (CALL + "given:\n  customers:\n    - {id: a, phone: []}\n", 6, "given.customers.0.phone: is empty: write "),
        (CALL + 'given:\n  customers:\n    - {id: a, phone: "1", pin: 2580}\n', 6, "given.customers.0.pin: put it in "),
        (CALL + 'given:\n  customers:\n    - {id: a, phone: "1", value: 101}\n', 6, "given.customers.0.value: input "),
        (CALL + 'given:\n  customers:\n    - {id: a, phone: "1", value: true}\n', 6, "given.customers.0.value: input"),
        (CALL + "steps:\n  - {hear: x, press: 1}\n", 5, "steps.0: a step is one of: hear, press, wait, wait for, "),
        (CALL + "steps:\n  - hang up\n  - {within: 3}\n", 6, "steps.1: a step is one of: hear, press, "),
        (CALL + "steps:\n  - dance\n", 5, "steps.0: a step is one of: hear, press, "),
        (CALL + "steps:\n  - wait: 700\n", 5, "steps.0.wait: input should be less than or equal to 600, not 700"),
        (CALL + "steps:\n  - wait for: god\n", 5, "steps.0.wait for: input should be 'queue', 'agent' or 'end'"),
        (CALL + "order: [a before b]\n", 4, "order: write NAME before NAME, of these: caller; not 'a before b'"),
        (CALLS + "order:\n  - ada before ben\n  - ben before cleo\n", 7, "order: write NAME before NAME, of these: "),
        (CALLS + "order:\n  - ada after ben\n", 6, "order: write NAME before NAME, of these: ada, ben; not 'ada after"),
        (CALLS + "order:\n  - ada before ada\n", 6, "order: write NAME before NAME, of these: ada, ben; not 'ada be"),
        (CALLS + "given:\n  waiting: {ben: {}}\n", 1, "two callers are called 'ben': give each a name of their own"),
        (CALLS + "call: {}\n", 1, "write either `call:` for one caller or `calls:` for several, each with a name"),
        (CALLS + "expect: {queue: x}\n", 1, "with several callers, `steps` and `expect` belong to each of them"),
        ("scenario: x\n", 1, "write either `call:` for one caller or `calls:` for several, each with a name"),
        ("scenario: x\ncall:\n", 2, "call: nothing stands there: write a value, or remove the line"),
        (CALL + "  steps: [hang up]\nsteps: [hang up]\n", 2, "`steps` and `expect` stand in `call` and beside it"),
        (CALL + "  expect: {queue: x}\nexpect: {queue: y}\n", 2, "`steps` and `expect` stand in `call` and beside"),
        ("scenario: x\ncall:\n  from: +442079460001\n", 3, 'call.from: put the number in quotes, "+442079460001": '),
        ("scenario: x\ncall:\n  from: 442079460001\n", 3, "call.from: put the number in quotes"),
        (CALL + "  to: 0100\n", 4, "YAML reads '0100' as a whole number: put it in quotes"),
        (CALL + '  to: ""\n', 4, "call.to: is empty: write something there"),
        (CALL + "  withheld: 1\n", 4, "call.withheld: input should be a valid boolean, not 1"),
        ("call: {}\n", 1, "scenario: is missing"),
        ("scenario: [\n", 2, "not YAML: "),
        ("scenario: &a x\ncall: *a\n", 1, "anchors and aliases (& and *) are not used here"),
        ("- a\n", 1, "write names with values, as NAME: VALUE"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_mend(path: Path, text: str, line: int, says: str) -> None:
    said = re.sub(r"^(a\.yaml:\d+):\d+: ", r"\1: ", problem(path, text))  # the column is another test's
    assert said.startswith(f"a.yaml:{line}: {says}")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"# a remark\n", "the file is empty"),
        (CALL.encode("utf-16"), "1: not UTF-8: save the file as UTF-8"),
        (b"#" * 200_001, "larger than 200,000 bytes"),
    ],
)
def test_a_file_that_is_no_scenario_at_all(path: Path, content: bytes, says: str) -> None:
    assert problem(path, content) == f"a.yaml:{'' if says[0].isdigit() else ' '}{says}"


def test_a_file_that_is_not_there_or_is_a_folder(path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read: no such file or directory"):
        files.read(path)
    path.mkdir()
    with pytest.raises(FileError, match="cannot be read: is a directory"):
        files.read(path)
    with pytest.raises(IvrError, match="missing does not exist: name a scenario file, or a folder of them"):
        files.collect([path / "missing"])


def test_a_folder_is_read_whole_whatever_is_wrong_with_some(path: Path) -> None:
    path.write_text(CALL)
    (path.parent / "deep").mkdir()
    (path.parent / "deep/b.yaml").write_text("nothing")
    (path.parent / "notes.txt").write_text("nothing")
    good, bad = files.collect([path.parent, path, path.parent / "deep"])
    assert [file.path for file in good] == [path]
    assert [error.path for error in bad] == [path.parent / "deep/b.yaml"]


# What is meant ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("wait: 3", None, 3), ("wait: 0.25", None, 0.25), ('wait: "3"', None, 3), ("wait: 3 s", None, 3),
        ("wait: 0.2-3", 0.2, 3), ("wait: 0.2 to 3 s", 0.2, 3), ("wait: at most 3", None, 3), ("wait: 0", None, 0),
        ("wait: at least 1", 1, None), ("wait: none", 0, 0), ("route ms: 50 ms", None, 50), ("to queue: 1-1", 1, 1),
        ("priority: 10", 10, 10), ("priority: 10-20", 10, 20), ("position: at least 2", 2, None),
        ("priority: none", 0, 0),
    ],
)  # fmt: skip
def test_ranges_mean_what_they_say(path: Path, text: str, least: float | None, most: float | None) -> None:
    ((_, expected),) = read(path, f"{CALL}expect:\n  {text}\n").expect.given()
    assert expected.fail == SecondsSpan(least=least, most=most)
    assert expected.warn is None


def test_short_numbers_need_no_quotes_and_one_phone_no_list(path: Path) -> None:
    scenario = read(
        path,
        "scenario: x\ncall: {from: 112, to: 1000, steps: [press: 1, press: '*9']}\n"
        'given: {customers: [{id: a, phone: "+442079460001"}, {id: b, phone: ["1", "2"]}]}\n',
    )
    call = scenario.callers()["caller"]
    assert (call.from_, call.to, [step.press for step in call.steps]) == ("112", "1000", ["1", "*9"])
    assert [customer.phone for customer in scenario.given.customers] == [("+442079460001",), ("1", "2")]


def test_windows_line_ends_and_byte_order_mark_do_no_harm(path: Path) -> None:
    assert read(path, "\ufeff" + CALL) == read(path, CALL.replace("\n", "\r\n")) == read(path, CALL)


def test_words_choose_by_name_title_and_tag_whatever_the_case(path: Path) -> None:
    path.write_text("scenario: A Caller\ntags: [quick]\ncall: {}\n")
    file = files.read(path)
    assert file.fits([])
    assert file.fits(["a", "CALLER", "Quick"])
    assert not file.fits(["caller", "slow"])


NOW = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)  # a wednesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("monday 09:30", "2026-11-30T09:30"),
        ("wednesday 12:01", "2026-11-25T12:01"),
        ("wednesday 12:00", "2026-12-02T12:00"),
        ("tuesday 23:59", "2026-12-01T23:59"),
        ("2026-12-25 09:30", "2026-12-25T09:30"),
        ("2024-02-29 00:00", "2024-02-29T00:00"),
    ],
)
def test_a_weekday_is_the_next_one(text: str, day: str) -> None:
    assert form.moment(text, NOW) == dt.datetime.fromisoformat(f"{day}+00:00")


def test_the_example_is_a_scenario(path: Path) -> None:
    text = files.EXAMPLE.format(path=path, faults=", ".join(form.FAULTS))
    scenario = read(path, text)
    assert scenario.expect.wait is not None
    VALIDATOR.validate(plain(path))
    assert all(word in text for word in (*form.AGENT_STATES, *form.FAULTS))


def test_the_example_with_every_remark_taken_away_is_a_scenario_too(path: Path) -> None:
    text = files.EXAMPLE.format(path=path, faults=", ".join(form.FAULTS)).partition("# Several callers")[0]
    lines = text.splitlines()[3:]
    shown = "\n".join(line.replace("# ", "", 1) if line.lstrip().startswith("# ") else line for line in lines)
    scenario = read(path, shown)
    assert scenario.given.fault == "service down"
    assert scenario.given.waiting
    assert scenario.call is not None
    assert scenario.call.shown == "Ada"
    VALIDATOR.validate(plain(path))


def test_a_new_file_never_replaces_one(path: Path) -> None:
    files.write_new(path, CALL)
    with pytest.raises(FileError, match="exists already: choose another name"):
        files.write_new(path, "other")
    assert path.read_text() == CALL
    with pytest.raises(FileError, match="cannot be written: "):
        files.write_new(path / "below.yaml", CALL)


# The schema ------------------------------------------------------------------------------------------


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "to: 1000", 'to: "1000"', "from: 112", "steps: [hang up]", "steps: [be transferred, {press: 1}]",
        "steps: [{wait for: agent, within: 3}]", "expect: {wait: 3}", "expect: {wait: 0.2-3}",
        "expect: {wait: {warn: 1, fail: at most 3}}", "expect: {segment: [a, b]}", "expect: {rule: {warn: a}}",
        "expect: {events: {rang: none}}", "expect: {does not hear: hello}", "attestation: other number",
        'headers: ["Privacy: user;id", "X-Empty:"]',
    ],
)  # fmt: skip
def test_schema_and_reader_both_accept(path: Path, text: str) -> None:
    read(path, f"scenario: x\ncall: {{{text}}}\n")
    VALIDATOR.validate(plain(path))


@pytest.mark.parametrize(
    "text",
    [
        "scenari: y", "tags: quick", "tags: [Quick]", "call: {form: x}", "call: {to: 442079460001}", "call: ",
        'call: {to: ""}', "expect: {segmnt: x}", "expect: {segment: []}", "expect: {segment: }",
        "expect: {wait: [1]}", "expect: {wait: {least: 1}}", "expect: {wait: true}", "expect: {does_not_hear: x}",
        "given: {agents: {anna: asleep}}", "given: {agents: {anna: 3}}", "given: {agents: {anna: {is: asleep}}}",
        "given: {fault: earthquake}", "given: {customers: [{id: a}]}", "given: {customers: [{id: a, phone: []}]}",
        'given: {customers: [{id: a, phone: "1", value: 101}]}', "given: {files: {../x.conf: a}}",
        'given: {customers: [{id: a, phone: "1", value: "9"}]}', 'given: {customers: [{id: a, phone: "1", pin: 2580}]}',
        'given: {customers: [{id: a, phone: "1", pin: "12"}]}', 'given: {customers: [{id: a, phone: "1", lapsed: 1}]}',
        'given: {customers: [{id: a, phone: "1", customer number: "4 2"}]}',
        'given: {customers: [{id: a, phone: "1", history: [{ago: 2 days, segment: A B}]}]}',
        "steps: [dance]", "steps: hang up", "steps: [{hear: x, dance: 1}]", "steps: [{wait: 700}]",
        "steps: [{wait for: god}]", "steps: [[hang up]]", "steps: [{press: x}]", "call: {withheld: 1}",
        "call: {attestation: D}", "calls: {Ada: {}}", "order: ada before ben",
        'call: {headers: "Privacy: id"}', "call: {headers: [Privacy]}", 'call: {headers: ["A: 1\\r\\nB: 2"]}',
    ],
)  # fmt: skip
def test_schema_and_reader_both_refuse(path: Path, text: str) -> None:
    begin = "scenario: x\n" if text.startswith(("call:", "calls:")) else "scenario: x\ncall: {}\n"
    assert problem(path, f"{begin}{text}\n")
    assert not VALIDATOR.is_valid(plain(path))


def test_what_the_schema_offers_the_reader_knows() -> None:
    definitions = SCHEMA["$defs"]
    told = set(definitions["Expect"]["properties"])
    assert told == {name.rstrip("_").replace("_", " ") for name in form.Expect.model_fields}
    assert '"null"' not in json.dumps(SCHEMA)


# Anything at all -------------------------------------------------------------------------------------

YAMLISH = st.text(alphabet="ab10.-+:,[]{}&*!?|>'\"%@`#~ \n\t_<=é\x85\u2028\ufeff")


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A good file after some cuts and pastes."""
    text = draw(st.sampled_from(SHIPPED)).read_text(encoding="utf-8")
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(YAMLISH | st.sampled_from(text.split() or [""])) + text[end:]
    return text


ANYTHING = st.binary() | st.one_of(st.text(), YAMLISH, mutated()).map(lambda text: text.encode("utf-8", "replace"))
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
    | st.sampled_from(["none", "1-2", "at most 1", "hang up", "in", "monday 09:30", "9999-12-31 23:59", "a before b"])
)  # fmt: skip
NAMES = st.sampled_from(
    ["scenario", "call", "calls", "given", "steps", "expect", "order", "tags", "customers", "agents", "at", "files",
     "wait", "segment", "events", "warn", "fail", "hear", "press", "from", "to", "phone", "id", "value", "waiting"]
) | st.text(max_size=5)  # fmt: skip
STRUCTURES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5), max_leaves=25
)


@in_a_folder
@given(ANYTHING)
def test_whatever_is_in_a_file_it_is_a_scenario_or_a_file_error_and_soon(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.yaml"
    path.write_bytes(content)
    try:
        assert isinstance(files.read(path).scenario, Scenario)
    except FileError as error:
        said = str(error)
    else:
        return
    assert said.startswith(str(path))
    assert said.isprintable()


@in_a_folder
@given(STRUCTURES, st.booleans())
def test_whatever_structure_a_file_has_it_is_a_scenario_or_a_file_error(
    tmp_path: Path, value: Any, begin: bool
) -> None:
    path = tmp_path / "any.yaml"
    whole = {"scenario": "x", "call": {}, **value} if begin and isinstance(value, dict) else value
    path.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8", errors="replace")
    try:
        assert isinstance(files.read(path).scenario, Scenario)
    except FileError as error:
        said = str(error)
    else:
        return
    assert said.isprintable()


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "- " * 99_000 + "x", "{a: " * 40_000, "order:\n" + "- a before b\n" * 10_000,
     "expect: {wait: '" + "1" * 150_000 + "'}", "expect: {wait: '" + " " * 150_000 + "x'}"],
    ids=["lists", "dashes", "maps", "order", "digits", "spaces"],
)  # fmt: skip
def test_a_large_file_is_answered_soon(path: Path, text: str) -> None:
    began = dt.datetime.now(dt.UTC)
    assert problem(path, (CALL + text)[:200_000])
    assert dt.datetime.now(dt.UTC) - began < timedelta(seconds=5)
