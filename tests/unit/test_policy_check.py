"""`ivr policy check`: everything that is wrong or surely not meant, each with its place, and nothing else."""

import json
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ivr.cli import app
from ivr.policy import texts
from ivr.policy.lint import asterisk_inventory
from ivr.policy.lint.asterisk_inventory import AsteriskConfig
from ivr.policy.lint.check import Finding, check
from ivr.policy.texts import Texts
from ivr.shipped_files import share
from tests.unit.policy_samples import AGENTS, POLICY, QUEUES, write

NO_BOOLEAN = "'customer.score': it gives a double and has to be true or false: compare it with something, as in >= 80.0"
ASTERISK = AsteriskConfig(
    queues=frozenset({"premium", "general-queue", "general-en", "general-de"}),
    music=frozenset({"default", "jazz"}),
    sounds=frozenset({"hello", "ivr/closed", "ivr/menu-service"}),
    self_services=frozenset({"account"}),
    queues_from="queues.conf",
    music_from="musiconhold.conf",
    sounds_from="sounds/en",
)


def findings(policy: str = POLICY, agents: str = AGENTS, asterisk: AsteriskConfig = ASTERISK) -> list[Finding]:
    return list(check(Texts(policy, agents), Path(), asterisk))


def said(policy: str = POLICY, agents: str = AGENTS, asterisk: AsteriskConfig = ASTERISK) -> list[str]:
    return [str(finding) for finding in findings(policy, agents, asterisk)]


# Warnings: the text that is changed, into what, and what is said, with line and column in policy.yaml -----------------

ORDER = [
    ("enter: [customer.value >= 60.0]", "enter: [customer.value >= 90.0]",
     ["25:5: segment silver is never reached: whoever fits it fits premium before it: put it before"]),
    ("enter: [customer.value >= 60.0]", "enter: [customer.value > 80.0, customer.lapsed]",
     ["25:5: segment silver is never reached: whoever fits it fits premium before it: put it before"]),
    ("enter: [customer.value >= 80.0]", "enter: [customer.found]",
     ["24:12: segment premium asks more to stay than to enter: let `stay` ask less, or remove it",
      "25:5: segment silver is never reached: whoever fits it fits premium before it: put it before"]),
    ("stay: [customer.value >= 75.0]", "stay: [customer.value >= 85.0]",
     ["24:12: segment premium asks more to stay than to enter: let `stay` ask less, or remove it"]),
    ('  - name: given\n', '  - name: given\n    stay: [customer.found]\n',
     ["28:5: segments: given has `stay` and nothing to `enter` it by: it has no effect, remove it"]),
    ("when: [customer.blocked]", "when: []",
     ["44:5: rule 'trouble' is never reached: whoever fits it fits 'blocked' before it: put it before",
      "47:5: rule 'premium' is never reached: whoever fits it fits 'blocked' before it: put it before",
      "50:5: rule 'silver' is never reached: whoever fits it fits 'blocked' before it: put it before",
      "53:5: rule 'another language' is never reached: whoever fits it fits 'blocked' before it: put it"]),
    ('when: [\'call.language != "en"\']', 'when: [customer.found, \'segment == "premium"\']',
     ["53:5: rule 'another language' is never reached: whoever fits it fits 'premium' before it: put it"]),
    ('when: [\'call.intent == "trouble"\']', "when: [customer.value >= 90.0, customer.value < 80.0]",
     ["13:3: the menu service is asked in vain: no rule speaks of buy or trouble: add one with call.intent",
      "45:5: rule 'trouble' never holds: what it asks of customer.value cannot be all at once: remove one"]),
    ('when: [\'segment == "premium"\']', 'when: [\'segment == "premium" && segment == "silver"\']',
     ["48:5: rule 'premium' never holds: what it asks of segment cannot be all at once: remove one"]),
    ("- {after: 90, priority: 120}", "- {after: 90, priority: 20}",
     ["35:21: after 90 seconds the priority goes down, from 100 to 20: who waits longer should not lose"]),
    ("- {after: 90, priority: 120}", "- {after: 90, priority: 100}",
     ["35:21: the priority is 100 already: remove it"]),
    ("- {after: 90, priority: 120}", "- {after: 90, queue: general-queue}",
     ["35:21: the caller waits in general-queue already: remove it"]),
]  # fmt: skip
VALUES = [
    ('\'segment == "premium"\'', '\'segment == "premum"\'',
     ['22:5: no rule speaks of the segment premium: add one with segment == "premium"',
      "48:24: there is no segment 'premum': is premium meant?"]),
    ('\'segment == "premium"\'', '\'"premum" == segment || segment == "premium"\'',
     ["48:13: there is no segment 'premum': is premium meant?"]),
    ('["silver", "given"]', '["silver", "give"]',
     ['27:5: no rule speaks of the segment given: add one with segment == "given"',
      "51:35: there is no segment 'give': is given meant?"]),
    ('call.intent == "trouble"', 'call.intent == "trubble"',
     ["13:3: the menu service is asked in vain: no rule speaks of buy or trouble: add one with call.intent",
      "45:28: there is no intent in a menu 'trubble': is trouble meant?"]),
    ('call.language != "en"', 'call.language != "eng"',
     ["54:30: there is no language in `languages` 'eng': is en meant?"]),
    ('call.language != "en"', 'call.entry == "invoices"',
     ["54:27: there is no entry point 'invoices': there are main, service, other"]),
    ('call.language != "en"', 'call.weekday == "funday"',
     ["54:29: there is no day 'funday': is sunday meant?"]),
    ('call.language != "en"', 'call.weekday == "Sunday"',
     ["54:29: there is no day 'Sunday': is sunday meant?"]),
    ('call.language != "en"', 'call.trust == "callerid"',
     ["54:27: there is no trust 'callerid': is caller-id meant?"]),
    ('call.language != "en"', 'call.attestation in ["A", "D"]',
     ["54:39: there is no attestation 'D': there are A, B, C, failed"]),
    ('call.language != "en"', 'customer.lookup == "none"',
     ["54:32: there is no outcome of a lookup 'none': there are found, ambiguous, unknown, unavailable,"]),
    ('call.language != "en"', 'customer.previous_segment == "golden"',
     ["54:42: there is no segment 'golden': there are premium, silver, given"]),
    ('call.language != "en"', 'queues.waiting["premum"] > 3',
     ["54:28: there is no queue 'premum': is premium meant?"]),
    ('call.language != "en"', '"premum" in queues.agents_free',
     ["54:13: there is no queue 'premum': is premium meant?"]),
    ('call.language != "en"', "queues.waiting.premum > 3",
     ["54:28: there is no queue 'premum': is premium meant?"]),
    ('call.language != "en"', 'call.trust >= "caller-id"',
     ["54:13: call.trust would be compared letter by letter: list what fits, as call.trust in "]),
    ('call.language != "en"', '"B" >= call.attestation',
     ["54:20: call.attestation would be compared letter by letter: list what fits, as call.attestation in "]),
    ("  other: {numbers: any", '  other: {numbers: ["1009"]',
     ["11:3: entry point other: numbers that are nobody's are called so, too: give it another name, or"]),
    ('call.language != "en"', 'call.number == "0207"',
     ["54:28: call.number is never '0207': write it as +442079460001"]),
    ('call.language != "en"', 'call.date == "24.12."',
     ["54:26: call.date is never '24.12.': write it as 2026-12-24"]),
    ('call.language != "en"', 'customer.language == "german"',
     ["54:34: customer.language is never 'german': it is two letters, as en"]),
    ('call.language != "en"', 'call.did == "main"',
     ["54:25: call.did is never 'main': it is digits, as the carrier sends them"]),
    ('call.language != "en"', "call.hour >= 24",
     ["54:26: call.hour is never >= 24: it goes from 0 to 23"]),
    ('call.language != "en"', "customer.value > 100.0",
     ["54:30: customer.value is never > 100: it goes from 0 to 100"]),
    ('when: [\'call.language != "en"\']', "when: [customer.value < 20.0]",
     ["54:12: 'customer.value < 20.0' holds also without a score (-1.0), as for unknown callers: add"]),
]  # fmt: skip
NEEDLESS = [
    ('when: [customer.blocked]\n    treatment: refused', 'when: [customer.blocked]\n    treatment: closed',
     ["39:3: treatments.refused is not used: no rule names it: use it, or remove it"]),
    (", menu: service,", ",",
     ["13:3: menus.service is not used: no entry point names it: use it, or remove it"]),
    ('    hours: office\n    closed: closed\n', "",
     ["13:3: hours.office is not used: no entry point names it: use it, or remove it",
      "36:3: treatments.closed is not used: no rule names it: use it, or remove it"]),
    ('\n    closed: closed', "",
     ["8:5: entry point main has hours, and nothing happens when it is closed: say `closed`, or let a rule",
      "37:3: treatments.closed is not used: no rule names it: use it, or remove it"]),
    (", segment: given}", "}",
     ["27:5: nobody comes into the segment given: give it conditions (`enter`), or let an entry point give"]),
    ('segment in ["silver", "given"]', 'segment == "silver"',
     ['27:5: no rule speaks of the segment given: add one with segment == "given"']),
    ('  - name: given\n', '  - name: given\n    trust: none\n',
     ["28:5: segment given: trust none is less than trust.routing (typed), which customers need anyway:"]),
    ('call.intent == "trouble"', "customer.abandoned_last",
     ["13:3: the menu service is asked in vain: no rule speaks of buy or trouble: add one with call.intent"]),
    ('    open:\n      monday-friday: ["09:00-17:00"]\n      saturday: ["10:00-13:00"]', "    open: {}",
     ["17:5: hours.office never opens: give it a period"]),
    ("then: voicemail}", "then: voicemail, always-open: true}",
     ["38:46: treatments.closed: opening hours matter for queues only: remove always-open"]),
]  # fmt: skip
THERE = [
    ('queue: premium\n', 'queue: premum\n',
     ["30:5: Asterisk has no queue premum: is premium meant? (queues.conf has general-de, general-en,",
      "agents.yaml:4:14: warning: no treatment leads to the queue premium: remove the skill"]),
    ('"general-{language}"', '"desk-{language}"',
     ["37:12: Asterisk has no queue desk-de (queues.conf has general-de, general-en, general-queue,"]),
    ("music: jazz", "music: jaz",
     ["32:5: Asterisk has no music class jaz: is jazz meant? (musiconhold.conf has default, jazz)"]),
    ("greeting: hello", "greeting: helo",
     ["36:49: there is no sound helo: is hello meant? (sounds/en)"]),
    ("say: ivr/closed,", "say: ivr/close,",
     ["38:12: there is no sound ivr/close: is ivr/closed meant? (sounds/en)"]),
    ("say: [position, wait]", "say: [position, weight]",
     ["34:59: there is no sound weight (sounds/en)"]),
    ("greeting: hello", "greeting: position",
     ["36:49: there is no sound position (sounds/en)"]),
    ("self-service: account", "self-service: acount",
     ["46:28: the dialplan has no self-service acount: is account meant? (context ivr-self-service)"]),
    ("queue: general-queue, priority: 10, greeting", "queue: general-en, priority: 10, greeting",
     ["36:13: nobody serves general-en, and no step leads elsewhere: give an agent the skill in"]),
    ("steps: [{after: 60, queue: general-queue}]", "steps: [{after: 60, priority: 5}]",
     ["37:12: nobody serves general-de, and no step leads elsewhere: give an agent the skill in"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [*ORDER, *VALUES, *NEEDLESS, *THERE],
    ids=[m[1].strip()[:50] for m in (*ORDER, *VALUES, *NEEDLESS, *THERE)],
)
def test_what_is_surely_not_meant(good: str, bad: str, says: list[str]) -> None:
    assert good in POLICY
    found = findings(POLICY.replace(good, bad, 1))
    assert [finding.grade for finding in found] == ["warning"] * len(says)
    for finding, expected in zip(found, says, strict=True):
        line = str(finding).replace("warning: ", "", 1).removeprefix("policy.yaml:")
        assert line.startswith(expected.replace("warning: ", "", 1))


def test_skills_that_nobody_needs_or_asterisk_has_no_queue_for() -> None:
    assert said(agents=AGENTS.replace("premium: 5", "premum: 5")) == [
        "agents.yaml:4:14: warning: no treatment leads to the queue premum: is premium meant?"
    ]
    elsewhere = AsteriskConfig(queues=frozenset({"general-queue", "general-en", "general-de"}), queues_from="live")
    assert "agents.yaml:4:14: warning: Asterisk has no queue premium (live)" in said(asterisk=elsewhere)


def test_agents_speak_the_language_of_their_queue() -> None:
    speaks = AGENTS.replace("skills: {premium: 5}", "skills: {premium: 5, general-de: 3}")
    assert said(agents=speaks) == []
    assert said(agents=speaks.replace("    languages: [en, de]\n", "")) == [], "nobody knows"
    mend = "callers in general-de speak de, and Anna Berg does not: remove the skill, or add to `languages`"
    assert said(agents=speaks.replace("[en, de]", "[en]")) == [f"agents.yaml:4:26: warning: {mend}"]


def test_good_files_say_nothing_also_when_nothing_is_known_of_asterisk() -> None:
    assert said() == []
    assert said(asterisk=AsteriskConfig()) == []


def test_the_shipped_files_say_nothing() -> None:
    ours = share("asterisk")
    asterisk = asterisk_inventory.read(
        share("dialplans"), [ours / "pbx/musiconhold.conf"], [ours / "nowhere"], [ours / "sounds/en"]
    )
    assert asterisk.queues
    assert asterisk.own_sounds
    assert check(texts.read(share("dialplans")), share("dialplans"), asterisk) == ()


# What is fine, although it looks a little like a mistake --------------------------------------------------------------


@pytest.mark.parametrize(
    ("good", "fine"),
    [
        ("when: ['call.language != \"en\"']", "when: []"),  # the default is never reached: that is no harm
        ("enter: [customer.value >= 60.0]", "enter: [customer.value >= 60.0, customer.lapsed]"),
        ("enter: [customer.value >= 60.0]", "enter: [customer.potential >= 90.0]"),
        ("enter: [customer.value >= 60.0]", "enter: ['customer.value >= 90.0 || customer.lapsed']"),
        ("when: [customer.blocked]", "when: [customer.blocked, call.closed]"),
        ('call.language != "en"', 'call.entry == ""'),
        ('call.language != "en"', 'call.did.startsWith("100") && call.did != "\\"premum\\""'),
        ("when: ['call.language != \"en\"']", "when: [customer.value < 20.0, customer.value >= 0.0]"),
        ("when: ['call.language != \"en\"']", "when: [customer.value == -1.0]"),
        ("when: ['call.language != \"en\"']", "when: [customer.contacts_7d < 2]"),
        ("when: ['call.language != \"en\"']", "when: ['call.hour < 9 || call.hour >= 17']"),
        ("- {after: 90, priority: 120}", "- {after: 90, priority: 100, queue: premium}"),
        ('call.language != "en"', 'call.date >= "2026-12-24"'),
        ('call.language != "en"', "queues.waiting.premium > 3 && queues.waiting.size() > 0"),
        ('segment == "premium"', 'segment.startsWith("prem")'),
    ],
)
def test_what_is_fine(good: str, fine: str) -> None:
    assert good in POLICY
    assert said(POLICY.replace(good, fine, 1)) == []


def test_a_given_segment_may_stand_behind_one_that_hides_it() -> None:
    policy = POLICY.replace("  - name: given\n", "  - name: given\n    enter: [customer.value >= 90.0]\n")
    assert said(policy) == []


def test_what_is_in_brackets_or_the_other_way_round_is_seen_too() -> None:
    policy = POLICY.replace("customer.value >= 60.0", "'((90.0 <= customer.value) && (true))'")
    assert said(policy)[0].startswith("policy.yaml:25:5: warning: segment silver is never reached")


# Everything at once ---------------------------------------------------------------------------------------------------


def test_every_mistake_is_said_not_only_the_first() -> None:
    policy = (
        POLICY.replace("region: GB", "region: NO")
        .replace("priority: 100", "priority: 012")
        .replace("default: general", "defualt: general")
        .replace("customer.blocked", "customer.blokced")
        .replace("refuse: true", "refuse: yes, refuse: yes")
    )
    agents = AGENTS.replace("{premium: 5}", "{premium: 6}").replace("PJSIP/ben", "ben")
    assert [f"{f.path}:{f.line}:{f.column}" for f in findings(policy, agents)] == [
        "policy.yaml:1:9", "policy.yaml:31:15", "policy.yaml:39:21", "policy.yaml:39:26", "policy.yaml:42:12",
        "policy.yaml:56:1", "agents.yaml:4:14", "agents.yaml:7:5",
    ]  # fmt: skip


def test_errors_do_not_hide_warnings() -> None:
    found = findings(POLICY.replace("default: general", "default: genral").replace("greeting: hello", "greeting: helo"))
    assert [(finding.grade, finding.line) for finding in found] == [
        ("warning", 36), ("warning", 36), ("error", 56),
    ]  # fmt: skip


def test_several_mistakes_in_conditions_are_each_said() -> None:
    policy = POLICY.replace("customer.value >= 60.0", "customer.valu >= 60, customer.value >= 60").replace(
        "'call.language != \"en\"'", "customer.score"
    )
    assert [(f.line, f.column, f.problem.partition(":")[0]) for f in findings(policy) if f.grade == "error"] == [
        (26, 13, "'customer.valu >= 60'"),
        (26, 49, "'customer.value >= 60'"),
        (54, 12, "'customer.score'"),
    ]


# What Asterisk has, from its files ------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, POLICY, AGENTS)
    (tmp_path / "queues.conf").write_text(QUEUES)
    (tmp_path / "musiconhold.conf").write_text("[general]\n[default]\nmode=files\n[jazz]\nmode=files\n")
    (tmp_path / "ivr.conf").write_text("[x]\nexten => no,1,NoOp()\n[ivr-self-service]\nexten => account,1,NoOp()\n")
    for name in ("asterisk/hello.gsm", "asterisk/digits/1.gsm", "ours/ivr/closed.gsm", "ours/ivr/menu-service.gsm"):
        (tmp_path / "sounds" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "sounds" / name).touch()
    return tmp_path


def config(folder: Path) -> AsteriskConfig:
    sounds = folder / "sounds"
    return asterisk_inventory.read(
        folder,
        [folder / "musiconhold.conf"],
        [sounds / "asterisk"],
        [sounds / "ours"],
        folder,
    )


def test_what_asterisks_files_say(folder: Path) -> None:
    read = config(folder)
    assert (read.queues, read.music, read.self_services) == (ASTERISK.queues, ASTERISK.music, frozenset({"account"}))
    assert read.sounds == frozenset({"hello", "digits/1", "ivr/closed", "ivr/menu-service"})
    assert read.not_known == ()


def test_what_is_not_there_is_not_known_and_nothing_is_held_against_anybody(folder: Path) -> None:
    (folder / "queues.conf").unlink()
    read = asterisk_inventory.read(folder, [], [folder / "nowhere"], [])
    assert (read.queues, read.music, read.sounds) == (None, None, None)
    assert len(read.not_known) == 3
    assert said(asterisk=read) == []


def test_our_own_sounds_are_checked_also_where_there_is_no_asterisk(folder: Path) -> None:
    read = asterisk_inventory.read(folder, [folder / "musiconhold.conf"], [], [folder / "sounds/ours"])
    policy = POLICY.replace("ivr/closed", "ivr/closd").replace("greeting: hello", "greeting: unheard-of")
    assert [line[:20] for line in said(policy, asterisk=read)] == ["policy.yaml:38:12: w"]


@pytest.mark.parametrize(
    ("line", "queues", "problems"),
    [
        ('#include "more.conf"', {"one", "two"}, []),
        ("#include queues.conf", {"one"}, ["queues.conf:2: #include queues.conf: the file includes"]),
        ("#include missing.conf", None, ["queues.conf:2: #include missing.conf: there is no such"]),
        ("#exec make-queues", None, []),
    ],
)
def test_what_asterisks_files_include_counts(
    folder: Path, line: str, queues: set[str] | None, problems: list[str]
) -> None:
    (folder / "queues.conf").write_text(f"[one]\n{line}\n")
    (folder / "more.conf").write_text("[two]\n[template](!)\n;[three]\n;-- [four] --;\n")
    read = config(folder)
    assert read.queues == queues
    said = [str(each).removeprefix(f"{folder}/") for each in read.problems]
    assert [each[: len(problem)] for each, problem in zip(said, problems, strict=True)] == problems
    assert any("queues.conf" in why for why in read.not_known) == (queues is None)
    found = [str(each) for each in check(texts.read(folder), folder, read) if "#include" in each.problem]
    assert len(found) == len(problems)
    assert all(str(folder / "queues.conf:2: warning: ") in each for each in found)


# The command ----------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IVR_SOUNDS_DIR", str(tmp_path / "sounds/asterisk"))
    monkeypatch.setenv("IVR_POLICY_DIR", str(tmp_path))
    monkeypatch.setenv("IVR_LAB_DIR", str(tmp_path / "no-lab"))
    (tmp_path / "sounds/asterisk/ivr").mkdir(parents=True)
    for name in ("closed", "menu-service"):
        (tmp_path / f"sounds/asterisk/ivr/{name}.gsm").touch()


def run(*words: str) -> tuple[int, str, str]:
    told = CliRunner().invoke(app, ["policy", "check", *words])
    return told.exit_code, told.stdout, told.stderr


@pytest.mark.parametrize("named", ["", "policy.yaml", ".", "agents.yaml"])
def test_the_command_says_that_all_is_well(folder: Path, named: str) -> None:
    code, out, err = run(*([str(folder / named)] if named else []))
    assert (code, out) == (0, "")
    assert err.startswith(f"nothing wrong with {folder}")


def test_the_command_prints_each_finding_on_a_line(folder: Path) -> None:
    write(folder, POLICY.replace("region: GB", "region: gb").replace("customer.blocked", "customer.score"))
    code, out, _ = run()
    assert code == 1
    assert out.splitlines() == [
        f"{folder}/policy.yaml:1:1: region: 'gb' does not fit: write a country's two capital letters, like GB",
        f"{folder}/policy.yaml:42:12: {NO_BOOLEAN}",
    ]


def test_a_draft_may_have_any_name(folder: Path) -> None:
    (folder / "draft.yaml").write_text(POLICY.replace("greeting: hello", "greeting: helo"))
    code, out, _ = run(str(folder / "draft.yaml"))
    assert code == 1
    assert out.startswith(f"{folder}/draft.yaml:36:49: warning: there is no sound helo: is hello meant? (")


def test_for_programs_there_is_json(folder: Path) -> None:
    write(folder, POLICY.replace("region: GB", "region: no"))
    code, out, _ = run("--json")
    assert code == 1
    assert json.loads(out)["findings"] == [
        {"grade": "error", "path": f"{folder}/policy.yaml", "line": 1, "column": 9,
         "problem": "YAML reads 'no' as false: put it in quotes if it is a text, else write true or false"}
    ]  # fmt: skip


@pytest.mark.parametrize("missing", ["policy.yaml", "agents.yaml"])
def test_what_cannot_be_read_is_exit_code_two(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    code, out, err = run(str(folder))
    assert (code, out) == (2, "")
    assert err == f"ivr: {folder}/{missing}: cannot be read: no such file or directory\n"


def test_a_menu_may_be_asked_about_in_a_segment() -> None:
    policy = POLICY.replace('call.intent == "trouble"', "customer.need >= 90.0", 1)
    assert said(policy.replace("enter: [customer.value >= 60.0]", "enter: ['call.intent == \"trouble\"']", 1)) == []


def test_conditions_with_very_many_comparisons_are_checked_soon() -> None:
    conditions = ["&&".join(f"call.hour>={55 * n + m}" for m in range(55)) for n in range(50)]
    when = "".join(f"      - '{condition}'\n" for condition in conditions)
    rules = "".join(f"  - name: rule {n}\n    when:\n{when}    treatment: general\n" for n in range(2))
    began = time.process_time()
    findings(POLICY.replace("rules:\n", f"rules:\n{rules}", 1))
    assert time.process_time() - began < 10


def test_a_large_policy_is_checked_soon() -> None:
    rules = "".join(
        f"  - name: rule {n}\n    when: [customer.value >= {n % 100}.0, 'call.did != \"{n}\"', customer.need >= 3.0]\n"
        "    treatment: general\n"
        for n in range(990)
    )
    began = time.process_time()
    found = findings(POLICY.replace("rules:\n", f"rules:\n{rules}"))
    assert time.process_time() - began < 10
    assert all(finding.grade == "warning" for finding in found)
