"""The admin's files: what is good is read, and each mistake is one line with file, line and mend."""

import os
import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.domain.agent import Agent
from ivr.errors import FileError
from ivr.lab.configuration import share
from ivr.policy.files import Bundle, Files, load

POLICY = """\
region: GB
score: {value: 1}
segments:
  - name: premium
    when: {value: 80}
    treatment: premium
  - name: standard
    when: {}
    treatment: general
treatments:
  premium:
    queue: premium
    priority: 100
    overflow: {after_seconds: 45, queue: general-queue}
  general: {queue: general-queue, priority: 10}
  refused: {refuse: true}
default: general
blocked: refused
"""
AGENTS = """\
agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {general-queue: 3}
"""


NO_POLICY = "policy.yaml:1: write names with values, as NAME: VALUE, not "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, POLICY, AGENTS)
    return tmp_path


def write(folder: Path, policy: str | bytes | None = None, agents: str | bytes | None = None) -> None:
    for name, text in (("policy.yaml", policy), ("agents.yaml", agents)):
        if text is not None:
            (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)


def problem(folder: Path) -> str:
    """What is wrong with the files: one short line, without the folder's path."""
    with pytest.raises(FileError) as refused:
        load(folder)
    said = str(refused.value)
    assert said.isprintable()
    assert len(said) < len(str(folder)) + 400
    return said.removeprefix(f"{folder}/")


# Good files ------------------------------------------------------------------------------------------


def test_the_shipped_files_load_and_every_queue_has_agents() -> None:
    bundle = load(share("dialplans"))
    assert [segment.name for segment in bundle.policy.segments] == ["premium", "at-risk", "standard"]
    assert bundle.queues() == {"premium", "general-queue"}
    assert bundle.queues_without_agents() == []


def test_good_files_are_read_as_they_are_meant(folder: Path) -> None:
    bundle = load(folder)
    assert bundle.agents == (
        Agent("Anna Berg", "PJSIP/anna", {"premium": 5}, ("en", "de")),
        Agent("Ben Okafor", "PJSIP/ben", {"general-queue": 3}),
    )
    premium = bundle.policy.treatments["premium"]
    assert (premium.queue, premium.priority, premium.refuse) == ("premium", 100, False)
    assert premium.overflow
    assert (premium.overflow.after_seconds, premium.overflow.queue) == (45, "general-queue")
    assert (bundle.policy.region, bundle.policy.default, bundle.policy.blocked) == ("GB", "general", "refused")


def test_a_queue_of_an_overflow_needs_agents_too(folder: Path) -> None:
    write(
        folder,
        POLICY.replace("queue: general-queue, priority", "queue: other, priority"),
        AGENTS.partition("  - name: B")[0],
    )
    assert load(folder).queues_without_agents() == ["general-queue", "other"]


def test_the_version_is_that_of_both_files_and_of_nothing_else(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    version = load(folder).policy.version
    elsewhere = tmp_path_factory.mktemp("same")
    write(elsewhere, POLICY, AGENTS)
    assert load(elsewhere).policy.version == version
    write(elsewhere, agents=AGENTS.replace("3}", "4}"))
    after_agents = load(elsewhere).policy.version
    write(elsewhere, POLICY.replace("100", "99"), AGENTS)
    assert len({version, after_agents, load(elsewhere).policy.version}) == 3


def test_windows_line_ends_and_byte_order_mark_do_no_harm(folder: Path) -> None:
    before = load(folder)
    write(folder, b"\xef\xbb\xbf" + POLICY.replace("\n", "\r\n").encode())
    assert load(folder).policy.treatments == before.policy.treatments


# Mistakes: the text that is changed, into what, and the message that follows --------------------------

POLICY_MISTAKES = [
    # words that are not known, or not there
    ("region: GB", "regoin: GB", 1, "regoin: is not known here: check the spelling"),
    ("when: {value: 80}", "wehn: {value: 80}", 5, "segments.0.wehn: is not known here: check the spelling"),
    ("    queue: premium\n", "    queues: premium\n", 12, "treatments.premium.queues: is not known here"),
    ("when: {value: 80}", "when: {age: 80}", 5, "segments.0.when.age: input should be 'value'"),
    ("default: general\n", "", 1, "default: is missing"),
    ("    treatment: premium\n", "", 4, "segments.0.treatment: is missing"),
    ("region: GB", "region: GB\nregion: DE", 2, "'region' stands here twice (first in line 1): remove one"),
    ("    priority: 100", "    queue: other", 13, "'queue' stands here twice (first in line 12): remove one"),
    ("{value: 80}", "{value: 80, value: 90}", 5, "'value' stands here twice (first in line 5): remove one"),
    # YAML's surprises
    ("region: GB", "region: NO", 1, "YAML reads 'NO' as a bool: put it in quotes, or write it plainly"),
    ("name: premium", "name: on", 4, "YAML reads 'on' as a bool: put it in quotes"),
    ("refuse: true", "refuse: yes", 16, "YAML reads 'yes' as a bool: put it in quotes"),
    ("priority: 100", "priority: 012", 13, "YAML reads '012' as a int: put it in quotes"),
    ("priority: 100", "priority: 0x1F", 13, "YAML reads '0x1F' as a int: put it in quotes"),
    ("priority: 100", "priority: 1_000", 13, "YAML reads '1_000' as a int: put it in quotes"),
    ("after_seconds: 45", "after_seconds: 1:30", 14, "YAML reads '1:30' as a int: put it in quotes"),
    ("priority: 100", "priority: 2024-01-01", 13, "YAML reads '2024-01-01' as a timestamp: put it in quotes"),
    ("score: {value: 1}", "score: {value: .inf}", 2, "YAML reads '.inf' as a float: put it in quotes"),
    ("priority: 100", f"priority: {'9' * 5000}", 13, "YAML reads '9999"),
    ("  refused: {", "  off: {", 16, "the key 'off' has another meaning in YAML: put it in quotes"),
    ("region: GB", "<<: {region: GB}", 1, "the key '<<' has another meaning in YAML: put it in quotes"),
    ("region: GB", "? [region]\n: GB", 1, "a key has to be one word"),
    ("when: {}", "when: &all {}", 8, "anchors and aliases (& and *) are not used here: write the value out"),
    ("region: GB", "region: *gb", 1, "anchors and aliases (& and *) are not used here: write the value out"),
    ("priority: 100", "priority: !!int '100'", 13, "tags (!) are not used here"),
    ("score: {", "score: !!python/object:os.system {", 2, "tags (!) are not used here"),
    # not YAML
    ("    queue: premium", "\tqueue: premium", 12, "not YAML: found character that cannot start any token"),
    ("when: {}", "when: {", 10,
     "not YAML: did not find expected ',' or '}' (while parsing a flow mapping, begun in line 8)"),
    ("region: GB", "region: G\x07B", 1, "not YAML: control characters are not allowed: remove U+0007"),
    ("region: GB", "# é\nregion: G\x80B", 2, "not YAML: control characters are not allowed: remove U+0080"),
    ("blocked: refused", "blocked: refused\n---\na: 1", 19, "not YAML: but found another document"),
    # values that do not fit
    ("treatment: premium", "treatment: golden", 6,
     "segment premium names the treatment 'golden', which does not exist (there are: premium, general, refused)"),
    ("default: general", "default: nobody", 17, "default names the treatment 'nobody', which does not exist"),
    ("blocked: refused", "blocked: nobody", 18, "blocked names the treatment 'nobody', which does not exist"),
    ("name: standard", "name: premium", 7, "segment 'premium' stands here twice: remove one"),
    ("default: general", "default: refused", 17,
     "the default treatment must not refuse callers: name one with a queue"),
    ("priority: 100", "priority: 1001", 13, "treatments.premium.priority: input should be less than or equal to 1000"),
    ("priority: 100", "priority: -1", 13, "treatments.premium.priority: input should be greater than or equal to 0"),
    ("priority: 100", "priority: true", 13, "treatments.premium.priority: input should be a valid integer, not True"),
    ("priority: 100", "priority: '100'", 13, "treatments.premium.priority: input should be a valid integer, not '100'"),
    ("priority: 100", "priority: 1.5", 13, "treatments.premium.priority: input should be a valid integer"),
    ("after_seconds: 45", "after_seconds: 0", 14, "treatments.premium.overflow.after_seconds: input should be greater"),
    ("{value: 80}", "{value: 101}", 5, "segments.0.when.value: input should be less than or equal to 100, not 101"),
    ("{value: 80}", "{value: true}", 5, "segments.0.when.value: input should be a valid number, not True"),
    ("score: {value: 1}", "score: {value: 0}", 2, "score: at least one weight must be above 0"),
    ("score: {value: 1}", "score: {value: 1e400}", 2, "score.value: input should be a valid number, not '1e400'"),
    ("{refuse: true}", "{refuse: 1}", 16, "treatments.refused.refuse: input should be a valid boolean, not 1"),
    ("{refuse: true}", "{}", 16, "treatments.refused: give a treatment either a queue or `refuse: true`"),
    ("{refuse: true}", "{refuse: true, queue: q}", 16, "treatments.refused: give a treatment either a queue or"),
    ("queue: premium\n", "queue: 'a,b'\n", 12,
     "treatments.premium.queue: 'a,b' does not fit: it must match ^[A-Za-z0-9]"),
    ("queue: premium\n", 'queue: "a\\nb"\n', 12, r"treatments.premium.queue: 'a\nb' does not fit: it must match"),
    ("region: GB", "region: gb", 1, "region: 'gb' does not fit: it must match ^[A-Z]{2}$"),
    ("name: premium", "name: Premium", 4, "segments.0.name: 'Premium' does not fit: it must match"),
    ("region: GB", 'region: GB\n"re\\ngion": GB', 2, r"'re\ngion': is not known here"),
    ("region: GB", f"region: GB\n{'x' * 900}: 1", 2, "'xxxxx"),
    ("region: GB", f"region: '{'x' * 9000}'", 1, "region: 'xxxxx"),
]  # fmt: skip
AGENT_MISTAKES = [
    ("interface: PJSIP/anna", "interface: anna", 3, "agents.0.interface: 'anna' does not fit: it must match ^(PJSIP|"),
    ("PJSIP/anna", "PJSIP/anna,PJSIP/x", 3, "agents.0.interface: 'PJSIP/anna,PJSIP/x' does not fit: it must match"),
    ("{premium: 5}", "{premium: 6}", 4, "agents.0.skills.premium: input should be less than or equal to 5, not 6"),
    ("{premium: 5}", "{premium: 0}", 4, "agents.0.skills.premium: input should be greater than or equal to 1, not 0"),
    ("{premium: 5}", "{premium: true}", 4, "agents.0.skills.premium: input should be a valid integer, not True"),
    ("{premium: 5}", "{'p;x': 5}", 4, "agents.0.skills.p;x: 'p;x' does not fit: it must match"),
    ("name: Ben Okafor", "name: Anna Berg", 6, "two agents have the name 'Anna Berg': each agent needs their own"),
    ("PJSIP/ben", "PJSIP/anna", 7, "two agents have the interface 'PJSIP/anna': each agent needs their own"),
    ("name: Anna Berg", "name: Anna|Berg", 2, "agents.0.name: 'Anna|Berg' does not fit: it must match"),
    ("[en, de]", "[english]", 5, "agents.0.languages.0: 'english' does not fit: it must match ^[a-z]{2}$"),
    ("[en, de]", "[no]", 5, "YAML reads 'no' as a bool: put it in quotes"),
    ("interface: PJSIP/ben", "phone: PJSIP/ben", 7, "agents.1.phone: is not known here: check the spelling"),
    ("    interface: PJSIP/ben\n", "", 6, "agents.1.interface: is missing"),
    ("    skills: {general-queue: 3}", "    skill: {general-queue: 3}", 8, "agents.1.skill: is not known here"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("good", "bad", "line", "says"), POLICY_MISTAKES, ids=[m[1].strip()[:40] for m in POLICY_MISTAKES]
)
def test_a_mistake_in_the_policy(folder: Path, good: str, bad: str, line: int, says: str) -> None:
    assert POLICY.count(good) >= 1
    write(folder, POLICY.replace(good, bad, 1))
    assert problem(folder).startswith(f"policy.yaml:{line}: {says}")


@pytest.mark.parametrize(
    ("good", "bad", "line", "says"), AGENT_MISTAKES, ids=[m[1].strip()[:40] for m in AGENT_MISTAKES]
)
def test_a_mistake_in_the_agents(folder: Path, good: str, bad: str, line: int, says: str) -> None:
    assert AGENTS.count(good) >= 1
    write(folder, agents=AGENTS.replace(good, bad, 1))
    assert problem(folder).startswith(f"agents.yaml:{line}: {says}")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "policy.yaml: the file is empty"),
        (b"# only a remark\n", "policy.yaml: the file is empty"),
        (b"region: GB\nname: Z\xfcrich\n", "policy.yaml:2: not UTF-8: save the file as UTF-8"),
        (POLICY.encode("utf-16"), "policy.yaml:1: not UTF-8: save the file as UTF-8"),
        (b"#" * 1_000_001, "policy.yaml: larger than 1,000,000 bytes"),
        (b"just words", f"{NO_POLICY}'just words'"),
        (b"- a\n- b\n", f"{NO_POLICY}['a', 'b']"),
    ],
)
def test_a_file_that_is_no_policy_at_all(folder: Path, content: bytes, says: str) -> None:
    write(folder, content)
    assert problem(folder) == says


@pytest.mark.parametrize("name", ["policy.yaml", "agents.yaml"])
def test_a_file_that_is_missing_or_is_none(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert problem(folder) == f"{name}: cannot be read: no such file or directory"
    (folder / name).mkdir()
    assert problem(folder) == f"{name}: cannot be read: is a directory"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "[" * 400 + "]" * 400,
        "{a: " * 10_000,
        "a: " + "[" * 900_000,
        "- " * 400_000 + "x",  # reading this carelessly overflows the C stack, which ends the process
        "? " * 400_000,
        "".join(f"{' ' * n}a:\n" for n in range(1200)),
    ],
    ids=["lists", "closed", "maps", "megabyte", "dashes", "keys", "indented"],
)
def test_deep_nesting_is_refused_at_once(folder: Path, text: str) -> None:
    write(folder, text)
    began = time.monotonic()
    assert "nested too deeply: is a bracket not closed?" in problem(folder)
    assert time.monotonic() - began < 2


# Changes while the service runs ----------------------------------------------------------------------


def test_a_change_is_taken_up_once(folder: Path) -> None:
    files = Files(folder)
    before = files.policy().version
    assert files.refresh() is False
    write(folder, POLICY.replace("priority: 100", "priority: 90"))
    assert files.refresh() is True
    assert files.policy().treatments["premium"].priority == 90
    assert files.policy().version != before
    assert files.refresh() is False


def test_changed_agents_are_a_new_version_too(folder: Path) -> None:
    files = Files(folder)
    write(folder, agents=AGENTS.replace("premium: 5}", "premium: 4, general-queue: 1}"))
    assert files.refresh() is True
    assert files.bundle.agents[0].skills == {"premium": 4, "general-queue": 1}


def test_a_file_that_is_only_touched_is_no_new_version(folder: Path) -> None:
    files = Files(folder)
    os.utime(folder / "policy.yaml", (0, 0))
    assert files.refresh() is False
    assert files.problem is None


def _broken(folder: Path) -> None:
    write(folder, POLICY.replace("region: GB", "region: no"))


def _empty(folder: Path) -> None:
    write(folder, agents=b"")


def _gone(folder: Path) -> None:
    (folder / "policy.yaml").unlink()


@pytest.mark.parametrize(
    ("breaks", "says"),
    [(_broken, "policy.yaml:1: YAML reads 'no'"), (_empty, "agents.yaml: the file is"), (_gone, "policy.yaml: cannot")],
)
def test_a_broken_file_changes_nothing_and_says_why_until_it_is_mended(
    folder: Path, breaks: Callable[[Path], None], says: str
) -> None:
    files = Files(folder)
    good = files.bundle
    breaks(folder)
    assert files.refresh() is False
    assert files.bundle is good
    assert says in str(files.problem)
    why = files.problem
    assert files.refresh() is False
    assert files.problem is why  # said once, kept until it changes
    write(folder, POLICY, AGENTS)
    assert files.refresh() is False  # the version in force is the same
    assert files.problem is None
    write(folder, POLICY.replace("GB", "DE"))
    assert files.refresh() is True
    assert files.policy().region == "DE"


def test_a_change_that_keeps_size_and_time_of_the_file_is_seen(folder: Path) -> None:
    """`cp -p` and `rsync --inplace --times` do that."""
    path = folder / "policy.yaml"
    before = path.stat()
    files = Files(folder)
    deadline = time.monotonic() + 5
    while path.stat().st_ctime_ns == before.st_ctime_ns and time.monotonic() < deadline:  # its clock ticks in ms
        path.write_text(POLICY.replace("GB", "DE"), encoding="utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_mtime_ns, after.st_size, after.st_ino) == (before.st_mtime_ns, before.st_size, before.st_ino)
    assert files.refresh() is True
    assert files.policy().region == "DE"


def test_without_good_files_there_is_no_start(folder: Path) -> None:
    _gone(folder)
    with pytest.raises(FileError, match="cannot be read"):
        Files(folder)


# Anything at all -------------------------------------------------------------------------------------

YAMLISH = st.text(alphabet="ab10.-+:,[]{}&*!?|>'\"%@`#~ \n\t_<=é\x85\u2028\ufeff")


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A good file after some cuts and pastes."""
    text = draw(st.sampled_from([POLICY, AGENTS]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(YAMLISH | st.sampled_from(text.split())) + text[end:]
    return text


ANYTHING = st.binary() | st.one_of(st.text(), YAMLISH, mutated()).map(lambda text: text.encode("utf-8", "replace"))


@settings(deadline=timedelta(seconds=2), max_examples=300)
@given(ANYTHING, st.booleans())
def test_whatever_is_in_a_file_it_is_good_or_a_file_error_and_soon(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, in_policy: bool
) -> None:
    folder = tmp_path_factory.getbasetemp() / "anything"
    folder.mkdir(exist_ok=True)
    write(folder, content if in_policy else POLICY, AGENTS if in_policy else content)
    try:
        assert isinstance(load(folder), Bundle)
    except FileError as error:
        said = str(error)
    else:
        return
    assert said.startswith(str(folder))
    assert said.isprintable()


def test_a_large_file_is_read_soon(folder: Path) -> None:
    dice = random.Random(1)
    people = range(5000)
    write(
        folder,
        agents="agents:\n"
        + "".join(f"  - {{name: A{n}, interface: PJSIP/a{n}, skills: {{q: {dice.randint(1, 5)}}}}}\n" for n in people),
    )
    began = time.monotonic()
    assert len(load(folder).agents) == 5000
    assert time.monotonic() - began < 10
