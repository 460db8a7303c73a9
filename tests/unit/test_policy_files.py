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

from ivr.domain.agents import Agent
from ivr.domain.policy import Step
from ivr.errors import FileError
from ivr.policy.loader import Bundle, Files, load
from ivr.shipped_files import share
from tests.unit.policy_samples import AGENTS, POLICY, write

NO_POLICY = "policy.yaml:1:1: write names with values, as NAME: VALUE"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, POLICY, AGENTS)
    return tmp_path


def problem(folder: Path) -> str:
    """What is wrong with the files: one short line, without the folder's path."""
    with pytest.raises(FileError) as refused:
        load(folder)
    said = str(refused.value)
    assert said.isprintable()
    assert len(said) < len(str(folder)) + 400
    return said.removeprefix(f"{folder}/")


# Good files ------------------------------------------------------------------------------------------


def test_the_shipped_files_load_and_every_queue_that_is_the_last_has_agents() -> None:
    bundle = load(share("dialplans"))
    names = [segment.name for segment in bundle.policy.segments]
    assert names == ["premium", "at-risk", "won-back", "frequent", "standard"]
    assert {"premium", "general-queue"} <= set(bundle.queues())
    assert not {"premium", "general-queue"} & set(bundle.queues_without_agents())


def test_good_files_are_read_as_they_are_meant(folder: Path) -> None:
    bundle = load(folder)
    assert bundle.agents == (
        Agent("Anna Berg", "PJSIP/anna", {"premium": 5}, ("en", "de")),
        Agent("Ben Okafor", "PJSIP/ben", {"general-queue": 3}),
    )
    policy = bundle.policy
    premium = policy.treatments["premium"]
    assert (premium.queue, premium.priority, premium.refuse, premium.music) == ("premium", 100, False, "jazz")
    assert premium.steps == (
        Step(45, queue="general-queue", say=("position", "wait")),
        Step(90, priority=120),
    )
    assert (policy.region, policy.default, policy.languages) == ("GB", "general", ("en", "de"))
    assert [(segment.name, segment.enter, segment.stay) for segment in policy.segments] == [
        ("premium", ("customer.value >= 80.0",), ("customer.value >= 75.0",)),
        ("silver", ("customer.value >= 60.0",), ("customer.value >= 60.0",)),
        ("given", (), ()),
    ]
    assert policy.entry_point("442079461000").name == "main"
    assert policy.entry_point("9999").name == "other"
    assert policy.menus["service"].keys == {"1": "buy", "2": "trouble"}


def test_announcements_come_between_the_steps_and_with_those_at_which_nothing_is_said(folder: Path) -> None:
    own = "{after: 90, priority: 8}, {after: 120, priority: 9}, {after: 180, say: hi}, {after: 240, offer: voicemail}"
    announced = f"general: {{queue: general-queue, announce: {{every: 60, say: wait}}, steps: [{own}],"
    write(folder, POLICY.replace("general: {queue: general-queue,", announced))
    steps = load(folder).policy.treatments["general"].steps
    assert steps[:6] == (
        Step(60, say=("wait",)), Step(90, priority=8), Step(120, priority=9, say=("wait",)), Step(180, say=("hi",)),
        Step(240, offer="voicemail"), Step(300, say=("wait",)),
    )  # fmt: skip


def test_a_queue_of_a_step_needs_agents_too(folder: Path) -> None:
    write(folder, agents=AGENTS.partition("  - name: B")[0])
    assert "general-queue" in load(folder).queues_without_agents()


def test_the_version_is_that_of_both_files_and_of_nothing_else(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    version = load(folder).policy.version
    elsewhere = tmp_path_factory.mktemp("same")
    write(elsewhere, POLICY, AGENTS)
    assert load(elsewhere).policy.version == version
    write(elsewhere, agents=AGENTS.replace("3}", "4}"))
    after_agents = load(elsewhere).policy.version
    write(elsewhere, POLICY.replace("priority: 100", "priority: 99"), AGENTS)
    assert len({version, after_agents, load(elsewhere).policy.version}) == 3


def test_windows_line_ends_and_byte_order_mark_do_no_harm(folder: Path) -> None:
    before = load(folder)
    write(folder, b"\xef\xbb\xbf" + POLICY.replace("\n", "\r\n").encode())
    assert load(folder).policy.treatments == before.policy.treatments


# Mistakes: the text that is changed, into what, and the message that follows --------------------------

POLICY_MISTAKES = [
    # words that are not known, or not there
    ("region: GB", "regoin: GB", "1:1", "regoin: is not known here: check the spelling"),
    ("    enter: [customer.value >= 60.0]", "    entre: [x]", "26:5", "segments.1.entre: is not known here"),
    ("    queue: premium\n", "    queues: premium\n", "30:5", "treatments.premium.queues: is not known here"),
    ("default: general\n", "", "1:1", "default: is missing"),
    ("{after: 60, queue", "{queue", "37:49", "treatments.spoken.steps.0.after: is missing"),
    ("region: GB", "region: GB\nregion: DE", "2:1", "'region' stands here twice (first in line 1): remove one"),
    ("    priority: 100", "    queue: other", "31:5", "'queue' stands here twice (first in line 30): remove one"),
    ("{value: 1.0}", "{value: 1, value: 2}", "3:19", "'value' stands here twice (first in line 3): remove one"),
    # YAML's surprises
    ("region: GB", "region: NO", "1:9", "YAML reads 'NO' as false: put it in quotes if it is a text, else"),
    ("[en, de]", "[en, no]", "2:17", "YAML reads 'no' as false: put it in quotes"),
    ("name: silver", "name: on", "25:11", "YAML reads 'on' as true: put it in quotes"),
    ("refuse: true", "refuse: yes", "39:21", "YAML reads 'yes' as true: put it in quotes"),
    ("priority: 100", "priority: 012", "31:15", "YAML reads '012' as a whole number: put it in quotes"),
    ("priority: 100", "priority: 0x1F", "31:15", "YAML reads '0x1F' as a whole number: put it in quotes"),
    ("priority: 100", "priority: 1_000", "31:15", "YAML reads '1_000' as a whole number: put it in quotes"),
    ("after: 45", "after: 1:30", "34:17", "YAML reads '1:30' as a whole number: put it in quotes"),
    ('["12-25"]', "[2026-12-25]", "20:16", "YAML reads '2026-12-25' as a date: put it in quotes"),
    ("{value: 1.0}", "{value: .inf}", "3:16", "YAML reads '.inf' as a decimal number: put it in quotes"),
    ("priority: 100", f"priority: {'9' * 5000}", "31:15", "YAML reads '9999"),
    ("  refused: {", "  off: {", "39:3", "the key 'off' has another meaning in YAML: put it in quotes"),
    ("region: GB", "<<: {region: GB}", "1:1", "the key '<<' has another meaning in YAML: put it in quotes"),
    ("region: GB", "? [region]\n: GB", "1:3", "a key has to be one word"),
    ("holidays: [", "holidays: &all [", "20", "anchors and aliases (& and *) are not used here: write the value out"),
    ("region: GB", "region: *gb", "1", "anchors and aliases (& and *) are not used here: write the value out"),
    ("priority: 100", "priority: !!int '100'", "31", "tags (!) are not used here"),
    ("score: {", "score: !!python/object:os.system {", "3", "tags (!) are not used here"),
    # not YAML
    ("    queue: premium", "\tqueue: premium", "30:1", "not YAML: a tab: write spaces"),
    ("say: ivr/closed, then: voicemail}", "say: ivr/closed", "39:10", "not YAML: "),
    ("region: GB", "region: G\x07B", "1", "not YAML: control characters are not allowed: remove U+0007"),
    ("region: GB", "# é\nregion: G\x80B", "2", "not YAML: control characters are not allowed: remove U+0080"),
    ("default: general", "default: general\n---\na: 1", "57:1", "not YAML: "),
    # names of what is not there
    ("treatment: spoken", "treatment: spokn", "55:5",
     "rules.4.treatment: there is no treatment 'spokn': is spoken meant?"),
    ("default: general", "default: nobody", "56:1",
     "default: there is no treatment 'nobody': there are premium, general, spoken, closed, refused"),
    ("menu: service,", "menu: servce,", "10:32",
     "entry-points.service.menu: there is no menu 'servce': is service meant?"),
    ("hours: office", "hours: offic", "8:5",
     "entry-points.main.hours: there is no opening hours 'offic': is office meant?"),
    ("closed: closed", "closed: close", "9:5",
     "entry-points.main.closed: there is no treatment 'close': is closed meant?"),
    ("segment: given", "segment: gven", "10:47", "entry-points.service.segment: there is no segment 'gven': is given"),
    ('["1003"]', '["1003"], language: fr', "10:32",
     "entry-points.service.language: there is no language 'fr': there are en, de"),
    ("name: silver", "name: premium", "25:5", "segments: 'premium' stands here twice: give each its own name"),
    ("name: trouble", "name: blocked", "44:5", "rules: 'blocked' stands here twice: give each its own name"),
    ("[en, de]", "[en, en]", "2:17", "languages: en stands here twice: remove one"),
    ('["1003"]', '["1000"]', "10:23", "entry-points.service.numbers: 1000 is already that of main: remove it from one"),
    ('["1003"]', '["442079461000"]', "10:23", "entry-points.service.numbers: 442079461000 is already that of main"),
    ('["1003"]', "any", "11:11", "entry-points.other.numbers: any is already that of service: remove it from one"),
    ("default: general", "default: refused", "56:1",
     "default: the default treatment must let callers reach somebody: name one with a queue"),
    ("closed: closed", "closed: refused", "9:5",
     "entry-points.main.closed: callers must not be refused for calling late"),
    ("    hours: office\n", "", "8:5",
     "entry-points.main: closed: it never closes: give it `hours`, or remove `closed`"),
    # hours
    ("zone: Europe/London", "zone: Europe/Londn", "16:5", "hours.office.zone: there is no time zone Europe/Londn"),
    ('"09:00-17:00"', '"17:00-09:00"', "18:23",
     "hours.office.open: 17:00-09:00 ends before it begins: for a night write"),
    ('"09:00-17:00"', '"09:00-17:00", "16:30-18:00"', "18:7", "hours.office.open: periods overlap on monday"),
    ("saturday: [", "friday-saturday: [", "19:7",
     "hours.office.open: periods overlap on friday: let one end where the"),
    ('"09:00-17:00"', '"9-17"', "18:23",
     "hours.office.open.monday-friday.0: '9-17' does not fit: write two times with four digits each, like "),
    ("saturday: [", "caturday: [", "19:7", "hours.office.open.caturday: 'caturday' does not fit: write a day or days"),
    ('"12-25"', '"02-30"', "20:16", "hours.office.holidays: 02-30 is no date: mend the day"),
    ('"12-25"', '"25.12."', "20:16", "hours.office.holidays.0: '25.12.' does not fit"),
    # conditions
    ("customer.blocked", "customer.blokced", "42:12",
     "'customer.blokced': there is no fact customer.blokced: is customer.blocked meant?"),
    ("customer.blocked", "customer.zzzzzzzz", "42:12",
     "'customer.zzzzzzzz': there is no fact customer.zzzzzzzz: `ivr policy facts` lists those that there are"),
    ("customer.value >= 60.0", "value >= 60.0", "26:13",
     "'value >= 60.0': there is no fact value: is customer.value meant?"),
    ("customer.value >= 60.0", "customer.value >= 60", "26:28",
     "'customer.value >= 60': a score or a number of days is compared with a decimal: write 80.0, not 80"),
    ("customer.value >= 60.0", "customer.value", "26:13",
     "'customer.value': it gives a double and has to be true or false: compare it with something, as in >= 80.0"),
    ("customer.blocked", "customer.id", "42:12",
     "'customer.id': it gives a string and has to be true or false: compare it with something, as in customer.id =="),
    ("customer.blocked", "customer.id == 1", "42:24",
     "'customer.id == 1': a string cannot be compared with a int: texts stand in quotes"),
    ("customer.blocked", "customer.id && true", "42:24",
     "'customer.id && true': && joins what is true or false, not string and bool"),
    ("customer.blocked", "customer.blocked &&", "42:31", "'customer.blocked &&': not CEL: mismatched input '<EOF>'"),
    ("stay: [customer.value >= 75.0]", "stay: []", "24:5", "segments.0.stay: is empty: write something there"),
    ("{after: 45, queue", "{after: 45, then: end, queue", "34:9", "treatments.premium.steps.0: the waiting ends"),
    ("customer.blocked", 'customer.id = "C1"', "42:24", "'customer.id = \"C1\"': not CEL: write == to compare"),
    ("customer.blocked", "dyn(customer.id)", "42:12", "'dyn(customer.id)': dyn() hides what it gives"),
    ("customer.value >= 60.0", "'segment == \"premium\"'", "26:13",
     "'segment == \"premium\"': `segment` is not known before the segments are: use it in rules"),
    ("customer.blocked", f"'{'(' * 40}true{')' * 40}'", "42:13", "'(((((((((((((((((((((((((((((((((((((((("),
    ("customer.blocked", f"'call.did != \"{'x' * 1000}\"'", "42:12", "rules.0.when.0: string should have at most 1000"),
    # values that do not fit
    ("priority: 100", "priority: 1001", "31:5",
     "treatments.premium.priority: input should be less than or equal to 1000"),
    ("priority: 100", "priority: -1", "31:5",
     "treatments.premium.priority: input should be greater than or equal to 0"),
    ("priority: 100", "priority: true", "31:5",
     "treatments.premium.priority: input should be a valid integer, not True"),
    ("priority: 100", "priority: '100'", "31:5",
     "treatments.premium.priority: input should be a valid integer, not '100'"),
    ("priority: 100", "priority: 1.5", "31:5", "treatments.premium.priority: input should be a valid integer"),
    ("after: 45", "after: 0", "34:10", "treatments.premium.steps.0.after: input should be greater"),
    ("after: 90", "after: 45", "35:10", "treatments.premium: there are two steps after 45: make them one"),
    ("queue: general-queue, say: [position, wait]", "then: end", "35:9",
     "treatments.premium: the step before ends the waiting: this one is never reached"),
    ("{after: 90, priority: 120}", "{after: 90}", "35:9", "treatments.premium.steps.1: nothing changes at this step"),
    ("{value: 1.0}", "{value: 0}", "3:1", "score: at least one weight must be above 0"),
    ("{value: 1.0}", "{value: 1e400}", "3:9", "score.value: input should be a valid number, not '1e400'"),
    ("{refuse: true}", "{refuse: 1}", "39:13", "treatments.refused.refuse: input should be a valid boolean, not 1"),
    ("{refuse: true}", "{}", "39:3", "treatments.refused: give a treatment one of: a queue, `then: voicemail`"),
    ("{refuse: true}", "{refuse: true, queue: q}", "39:3", "treatments.refused: give a treatment one of"),
    ("say: ivr/closed, then: voicemail", "then: end", "38:3", "treatments.closed: a call must not end without a word"),
    ("    treatment: refused\n", "", "41:5", "rules.0: give a rule either a treatment or `adjust`"),
    ("adjust: {priority: 10, self-service: account}", "adjust: {}", "46:5", "rules.1.adjust: nothing is adjusted"),
    ("queue: premium\n", "queue: 'a,b'\n", "30:5",
     "treatments.premium.queue: 'a,b' does not fit: write a queue's name: letters, digits"),
    ("queue: premium\n", 'queue: "a\\nb"\n', "30:5", r"treatments.premium.queue: 'a\nb' does not fit: write a queue"),
    ("numbers: any", "numbers: all", "11:11", "entry-points.other.numbers: write a list, with - or in [ ], not 'all'"),
    ('["1003"]', "[1003]", "10:23", "entry-points.service.numbers.0: write 1003 in quotes"),
    ('["1003"]', "[]", "10:13", "entry-points.service.numbers: is empty: write something there"),
    ('"1": buy', '"12": buy', "13:43", "menus.service.keys.12: '12' does not fit: write one key: 0 to 9, or *"),
    ("region: GB", "region: UK", "1:1", "region: there is no region UK: write GB"),
    ("region: GB", "region: XX", "1:1", "region: there is no region XX: write a country's two capital letters"),
    ("region: GB", "region: gb", "1:1", "region: 'gb' does not fit: write a country's two capital letters, like GB"),
    ("name: silver", "name: Silver", "25:5", "segments.1.name: 'Silver' does not fit: write small letters"),
    ("region: GB", 'region: GB\n"re\\ngion": GB', "2:1", r"'re\ngion': is not known here"),
    ("region: GB", f"region: GB\n{'x' * 900}: 1", "2:1", "'xxxxx"),
    ("region: GB", f"region: '{'x' * 9000}'", "1:1", "region: 'xxxxx"),
]  # fmt: skip
AGENT_MISTAKES = [
    ("interface: PJSIP/anna", "interface: anna", "3:5",
     "agents.0.interface: 'anna' does not fit: write the phone as Asterisk calls it, like PJSIP/anna"),
    ("PJSIP/anna", "PJSIP/anna,PJSIP/x", "3:5", "agents.0.interface: 'PJSIP/anna,PJSIP/x' does not fit: write the"),
    ("{premium: 5}", "{premium: 6}", "4:14", "agents.0.skills.premium: input should be less than or equal to 5, not 6"),
    ("{premium: 5}", "{premium: 0}", "4:14",
     "agents.0.skills.premium: input should be greater than or equal to 1, not 0"),
    ("{premium: 5}", "{premium: true}", "4:14", "agents.0.skills.premium: input should be a valid integer, not True"),
    ("{premium: 5}", "{'p;x': 5}", "4:14", "agents.0.skills.p;x: 'p;x' does not fit: write a queue's name"),
    ("name: Ben Okafor", "name: Anna Berg", "6:5", "two agents have the name 'Anna Berg': each agent needs their own"),
    ("PJSIP/ben", "PJSIP/anna", "7:5", "two agents have the interface 'PJSIP/anna': each agent needs their own"),
    ("name: Anna Berg", "name: Anna|Berg", "2:5", "agents.0.name: 'Anna|Berg' does not fit: write 1 to 60 characters"),
    ("[en, de]", "[english]", "5:17", "agents.0.languages.0: 'english' does not fit: write a language as two small"),
    ("[en, de]", "[no]", "5:17", "YAML reads 'no' as false: put it in quotes"),
    ("interface: PJSIP/ben", "phone: PJSIP/ben", "7:5", "agents.1.phone: is not known here: check the spelling"),
    ("    interface: PJSIP/ben\n", "", "6:5", "agents.1.interface: is missing"),
    ("    skills: {general-queue: 3}", "    skill: {general-queue: 3}", "8:5", "agents.1.skill: is not known here"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("good", "bad", "place", "says"), POLICY_MISTAKES, ids=[m[1].strip()[:40] for m in POLICY_MISTAKES]
)
def test_a_mistake_in_the_policy(folder: Path, good: str, bad: str, place: str, says: str) -> None:
    assert POLICY.count(good) >= 1
    write(folder, POLICY.replace(good, bad, 1))
    assert problem(folder).startswith(f"policy.yaml:{place}: {says}")


def test_where_an_open_bracket_was_opened_is_said(folder: Path) -> None:
    write(folder, POLICY.replace("say: ivr/closed, then: voicemail}", "say: ivr/closed", 1))
    assert problem(folder).endswith(", begun in line 38)")


@pytest.mark.parametrize(
    ("good", "bad", "place", "says"), AGENT_MISTAKES, ids=[m[1].strip()[:40] for m in AGENT_MISTAKES]
)
def test_a_mistake_in_the_agents(folder: Path, good: str, bad: str, place: str, says: str) -> None:
    assert AGENTS.count(good) >= 1
    write(folder, agents=AGENTS.replace(good, bad, 1))
    assert problem(folder).startswith(f"agents.yaml:{place}: {says}")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "policy.yaml: the file is empty"),
        (b"# only a remark\n", "policy.yaml: the file is empty"),
        (b"region: GB\nname: Z\xfcrich\n", "policy.yaml:2: not UTF-8: save the file as UTF-8"),
        (POLICY.encode("utf-16"), "policy.yaml:1: not UTF-8: save the file as UTF-8"),
        (b"#" * 1_000_001, "policy.yaml: larger than 1,000,000 bytes"),
        (b"just words", NO_POLICY),
        (b"- a\n- b\n", NO_POLICY),
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
    assert problem(folder) == f"{name}: cannot be read: is a directory: put a plain file there"


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
    [
        (_broken, "policy.yaml:1:9: YAML reads 'no'"),
        (_empty, "agents.yaml: the file is"),
        (_gone, "policy.yaml: cannot"),
    ],
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
