"""Two sides that must say the same: the dialplan and the service, Asterisk's templates and the lab that fills them."""

import fnmatch
import re
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from ivr import shipped_files
from ivr.agi import variables
from ivr.agi.contract import CONTRACT, UNSAID, contract_of_dialplan
from ivr.agi.endpoints import PIN_COMMANDS
from ivr.agi.request import AgiError, call_of, contract_of
from ivr.agi.server import PATIENCE
from ivr.ami.call_tracker import TRANSFERS
from ivr.ami.events import HANDLERS, event_of
from ivr.ami.member_events import TOLD
from ivr.ami.message import Message
from ivr.application.doctor.sounds import played
from ivr.domain.calls import incoming_call
from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    CallerAsked,
    CallHandled,
    CallRouted,
    PriorityGiven,
    QueueLeft,
)
from ivr.domain.calls.history import CallHistory, fold
from ivr.domain.routing.trace import Tier
from ivr.lab import prompts
from ivr.lab.asterisk_install import AsteriskInstall
from ivr.lab.lab import Lab
from ivr.limits import ANSWER_SECONDS
from ivr.policy.loader import load
from ivr.service.doctor_adapters import PolicyFolder
from ivr.shipped_files import share

# Explained at the top of ivr.conf.
LIMITS = {f"IVR_{each}" for each in ("CALLS_PER_NUMBER", "CALLS_PER_TRUNK")}
LIMITS |= {f"IVR_MESSAGES_PER_{each}" for each in ("CALLER", "MAILBOX")}
GLOBALS = LIMITS | {"IVR_AGI", "IVR_REMEMBER", "IVR_REST", "IVR_OPERATOR"}
GLOBALS |= {"IVR_SKIP_UNTIL", "IVR_STIR_SHAKEN"}
CORE_SOUNDS = {"hello", "ss-noservice"}  # of Asterisk's core English sounds: look there before adding one
CHANNEL = {"Event", "UserEvent", "Timestamp", "Uniqueid", "Linkedid", "CallerIDNum"}  # Asterisk adds them itself
VARIABLE = re.compile(r"(?<![A-Z])IVR_[A-Z]+(?:_[A-Z]+)*")
PLACEHOLDER = re.compile(r"@([A-Z_]+)@")

REPOSITORY = Path(__file__).parents[2]
DIALPLAN = (share("dialplans") / "ivr.conf").read_text(encoding="utf-8")
BEFORE = REPOSITORY / "tests/data/0b694e5"  # of the contract before
WHERE_IT_WAS = ".".join(("ivr", "domain", "call"))  # what its reader of requests imports
BEFORE_DIALPLAN = (BEFORE / "ivr.conf").read_text(encoding="utf-8")
TEMPLATES = sorted(share("asterisk").glob("*/*.conf"))


def contexts(text: str) -> dict[str, list[str]]:
    """The sections of an Asterisk file, in the file's order, without remarks. A template's name keeps its (!)."""
    found: dict[str, list[str]] = {}
    for line in (line.split(";")[0].strip() for line in text.splitlines()):
        if head := re.match(r"\[([^]]+)\](\(!\))?", line):
            found[head[1] + (head[2] or "")] = []
        elif line and found:
            found[list(found)[-1]].append(line)
    return found


def code(dialplan: str = DIALPLAN) -> str:
    return "\n".join(line for lines in contexts(dialplan).values() for line in lines)


# The variables ---------------------------------------------------------------------------------------


def test_the_dialplan_uses_no_variable_that_nobody_sets() -> None:
    strangers = set(VARIABLE.findall(code())) - set(variables.VARIABLES) - GLOBALS
    assert not strangers, f"not in ivr.agi.variables.VARIABLES, and no documented global: {strangers}"


def test_the_dialplan_reads_no_variable_of_a_name_that_is_written_nowhere() -> None:
    """Its own begin with CALL_, and it sets each of them somewhere."""
    read = set(re.findall(r"\$\{([A-Z][A-Z0-9_]*)[}:]", code()))
    own = {name for name in read if name.startswith("CALL_")}
    known = {*variables.VARIABLES, *GLOBALS, *variables.OF_ASTERISK, *variables.OF_OTHERS}
    assert read - own - known == set(), "name it in ivr/agi/variables.py"
    assert {*variables.OF_ASTERISK, *variables.OF_OTHERS} <= read, "no longer read"
    assert [name for name in sorted(own) if not re.search(rf"[(,_]{name}[=,)]", code())] == []


@pytest.mark.parametrize("name", variables.VARIABLES)
def test_every_variable_that_the_service_sets_is_read_by_the_dialplan(name: str) -> None:
    assert "${" + name + "}" in code()


@pytest.mark.parametrize("name", sorted(GLOBALS))
def test_every_global_is_explained_and_read(name: str) -> None:
    remarks = [line for line in DIALPLAN.splitlines() if line.startswith(";")]
    assert any(re.match(rf";\s+{name}\s+\S", line) for line in remarks)
    assert "${" + name + "}" in code()


def set_by(line: str) -> dict[str, str]:
    """What an MSet() sets."""
    inside = line[line.index("MSet(") + 5 : -1]
    return {name: value for name, _, value in (pair.partition("=") for pair in inside.split(","))}


def test_what_no_answer_may_set_is_cleared_when_a_call_begins() -> None:
    """A whole answer sets all, and so does the way without the service; one of the contract before knows fewer."""
    lines = contexts(DIALPLAN)["ivr"]
    cleared = {name: value for name, value in set_by(lines[0]).items() if name.startswith("IVR_")}
    since = set(variables.VARIABLES) - set(VARIABLE.findall(code(BEFORE_DIALPLAN)))
    assert cleared == dict.fromkeys({"IVR_RUNG", *since}, "")  # [ivr-crowd] looks whether the caller is remembered
    first, *_ = (line for line in lines if "Gosub(ivr-ask," in line)
    assert "Gosub(ivr-ask,s,first)" in first, "there is no answer from before"


def test_the_mark_and_the_question_are_cleared_before_each_request() -> None:
    """Or a service that is dead would be asked, and the caller, for ever."""
    lines = contexts(DIALPLAN)["ivr-ask"]
    asks = next(n for n, line in enumerate(lines) if re.search(r",AGI\(", line))
    cleared = next(n for n, line in enumerate(lines) if "MSet(IVR_DONE=,IVR_ASK=,CALL_WHOLE=" in line)
    assert cleared < asks
    assert not any("?" in line for line in lines[:cleared]), "nothing leads past it"
    assert lines[cleared].startswith("same => n(first),")


def test_an_answer_is_whole_by_its_mark_and_its_action() -> None:
    lines = contexts(DIALPLAN)["ivr-ask"]
    asks = next(n for n, line in enumerate(lines) if re.search(r",AGI\(", line))
    whole = re.search(r"CALL_WHOLE=\$\{IF\(\$\[(.*)\]\?1\)\}", lines[asks + 1])
    assert whole
    mark, rest = whole[1].split(" & ", 1)
    assert mark == '"${IVR_DONE}" = "${CALL_MARK}"'
    actions = " | ".join(f'"${{IVR_ACTION}}" = "{action}"' for action in ("queue", "refuse", "voicemail", "end"))
    better = '"${CALL_ASKED}" = "" | "${IVR_RUNG}" = "live" | "${IVR_RUNG}" = "snapshot"'
    assert rest == f"({actions}) & ({better})"


def test_the_answer_from_before_a_question_is_kept_whole() -> None:
    """Half an answer, or another call's, may have come: all of it is set back but what belongs to the question."""
    kept = next(line for line in contexts(DIALPLAN)["ivr-ask"] if "Set(CALL_ANSWER=" in line)
    pairs = kept.partition("CALL_ANSWER=")[2].removesuffix(")").split(",")
    names = [name for name in variables.VARIABLES if not name.startswith("IVR_ASK") and name != "IVR_DONE"]
    assert pairs == [f"{name}=${{{name}}}" for name in names]
    without = "\n".join(contexts(DIALPLAN)["ivr-without"])
    typed = 'CALL_TYPED=${IF($["${CALL_ASKED:-1}" = "n"]?:${CALL_TYPED})}'  # nobody has said that it is no PIN
    assert f"MSet(${{CALL_ANSWER}},IVR_ASK=,{typed})" in without


def test_the_way_without_the_service_sets_all_that_the_service_would() -> None:
    """A service that died in the middle may have set some: none of them may stay."""
    sets = [line for line in code().splitlines() if "IVR_RUNG=dialplan" in line]
    assert len(sets) == 1
    assert set(VARIABLE.findall(sets[0])) == set(variables.VARIABLES) - {"IVR_DONE"}


def test_the_service_gives_up_before_the_dialplan_does() -> None:
    limits = re.findall(r"TIMEOUT\(absolute\)=(\d+)", "\n".join(contexts(DIALPLAN)["ivr-ask"]))
    assert limits[0] == "1"
    assert float(limits[0]) > ANSWER_SECONDS
    assert set(limits[1:]) == {"0"}  # taken back after the answer, and in T


def test_only_live_decisions_are_remembered_under_a_name_that_the_service_says() -> None:
    assert "live" in get_args(Tier)
    assert '"${IVR_RUNG}" != "live"' in contexts(DIALPLAN)["ivr-remember"][0]


def test_what_is_remembered_is_recalled_from_the_same_place() -> None:
    """A record of another form has no form's name, or another one: it is as good as none."""
    names = ["IVR_SEGMENT", "IVR_QUEUE", "IVR_PRIORITY", "IVR_STEPS", "IVR_MUSIC", "IVR_LANGUAGE"]
    written = next(line for line in contexts(DIALPLAN)["ivr-remember"] if "Set(DB(" in line)
    expiry, form, *fields = written.partition("})=")[2].removesuffix(")").split("|")
    assert "${EPOCH}" in expiry
    assert fields == ["${CALL_TRUNK}", "${FILTER(A,${CALL_ATTESTATION})}", *("${" + name + "}" for name in names)]
    assert f'"${{CUT(CALL_MEMORY,|,2)}}" != "{form}"' in "\n".join(contexts(DIALPLAN)["ivr-recall"])
    recalls = next(line for line in contexts(DIALPLAN)["ivr-recall"] if "MSet(" in line)
    places = re.findall(r"[(,](IVR_[A-Z_]+)=\$\{CUT\(CALL_MEMORY,\|,(\d+)\)\}", recalls)
    assert places == [(name, str(place)) for place, name in enumerate(names, 5)]


def test_a_number_is_recalled_as_it_came() -> None:
    recalls = "\n".join(contexts(DIALPLAN)["ivr-recall"])
    assert '"${CALL_ATTESTATION}" = "failed" | "${CALL_ASSERTED}" != ""]?done)' in recalls
    assert '"${CUT(CALL_MEMORY,|,3)}" != "${CALL_TRUNK}"]?done)' in recalls
    assert '"${CUT(CALL_MEMORY,|,4)}" != "${CALL_ATTESTATION}"]?done)' in recalls


def test_the_language_is_set_before_the_caller_hears_anything() -> None:
    lines = contexts(DIALPLAN)["ivr"]
    recalls, sets, *hears = (
        next(n for n, line in enumerate(lines) if word in line)
        for word in ("ivr-fall-back", "(ivr-decided", "ivr-question", "Answer()", "-refused", "-greeting")
    )
    assert recalls < sets < min(hears)
    assert "Set(CHANNEL(language)=${IVR_LANGUAGE})" in "\n".join(contexts(DIALPLAN)["ivr-decided"])


def test_the_arguments_of_the_question_are_those_that_the_service_reads() -> None:
    names = "IVR_AGI CALL_MARK CALL_DID CALL_WITHHELD CALL_TRUNK CALL_SIP_ID CALL_ATTESTATION"
    names += f" CALL_ASKED CALL_INTENT CALL_TYPED {CONTRACT} CALL_ASSERTED CALL_FROM"
    assert [argument.strip("${}") for argument in asked(DIALPLAN)] == names.split()
    values = "1-2 1000 1 carrier a@b B mn * 10023 2 02079460001 0"
    arguments = {f"agi_arg_{n}": value for n, value in enumerate(values.split(), 1)}
    call = call_of({"agi_uniqueid": "pbx-1.1", "agi_callerid": "unknown", **arguments}, 0.0)
    assert (call.dialled, call.withheld, call.trunk, call.sip_call_id) == ("1000", True, "carrier", "a@b")
    assert (call.attestation, call.asked, call.intent, call.typed) == ("B", "mn", "*", "10023")
    assert (call.asserted, call.from_number) == ("02079460001", "0")


def asked(dialplan: str) -> list[str]:
    """What is given to AGI() by [ivr-ask], the address first."""
    line = next(line for line in contexts(dialplan)["ivr-ask"] if re.search(r",AGI\(", line))
    return line.partition("AGI(")[2].removesuffix(")").split(",")


def test_dialplan_and_service_are_of_one_contract() -> None:
    assert asked(DIALPLAN)[10] == str(CONTRACT)
    assert contract_of_dialplan(",".join(asked(DIALPLAN))) == CONTRACT
    arguments = {f"agi_arg_{n}": argument for n, argument in enumerate(asked(DIALPLAN)[1:], 1)}
    assert contract_of(arguments) == CONTRACT


def test_a_dialplan_that_says_no_number_is_of_the_first_contract() -> None:
    assert contract_of_dialplan(",".join(asked(BEFORE_DIALPLAN))) == UNSAID == 1
    assert contract_of({}) == UNSAID
    assert contract_of({"agi_arg_10": ""}) == UNSAID


def test_a_dialplan_of_a_later_contract_has_its_number_in_the_same_place() -> None:
    assert contract_of_dialplan(",".join([*asked(DIALPLAN)[:10], "17", "${CALL_MORE}"])) == 17


@pytest.mark.parametrize("value", ["x", "2x", "-1", "2.0", "1234567", "\u0662"])
def test_what_is_no_contract_is_not_taken_for_one(value: str) -> None:
    with pytest.raises(AgiError, match="argument 10"):
        contract_of({"agi_arg_10": value})
    assert contract_of_dialplan(",".join([*asked(BEFORE_DIALPLAN), value])) == UNSAID


def test_arguments_are_only_added_at_the_end() -> None:
    """Where a service of the contract before does not look."""
    before = asked(BEFORE_DIALPLAN)
    assert asked(DIALPLAN)[: len(before)] == before


def test_the_service_before_reads_what_the_dialplan_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own reader of requests, as it was."""
    monkeypatch.setitem(sys.modules, WHERE_IT_WAS, incoming_call)
    reader = runpy.run_path(str(BEFORE / "request.py.txt"))
    values = {"CALL_DID": "1000", "CALL_WITHHELD": "0", "CALL_TYPED": "10023", "CALL_ASKED": "mn"}
    arguments = {
        f"agi_arg_{n}": values.get(argument.strip("${}"), "") if argument.startswith("${") else argument
        for n, argument in enumerate(asked(DIALPLAN)[1:], 1)
    }
    assert arguments["agi_arg_10"] == str(CONTRACT)
    call = reader["call_of"]({"agi_uniqueid": "pbx-1.1", "agi_callerid": "+442079460001", **arguments}, 0.0)
    assert (call.caller_number, call.dialled, call.typed, call.asked) == ("+442079460001", "1000", "10023", "mn")


def test_the_dialplan_before_finds_all_that_it_reads() -> None:
    missing = set(VARIABLE.findall(code(BEFORE_DIALPLAN))) - set(variables.VARIABLES) - GLOBALS
    assert not missing, f"the service no longer sets {missing}: dialplans of the contract before read them"


def test_the_events_of_the_dialplan_before_are_understood() -> None:
    kinds = dict(EVENTS)
    for name, fields in user_events(BEFORE_DIALPLAN):
        values = {field: {"Status": "TIMEOUT", "Ask": "menu", "What": "voicemail"}.get(field, "1") for field in fields}
        headers = {"Event": "UserEvent", "UserEvent": name, "Uniqueid": "pbx-1.1", "Linkedid": "pbx-1.1", **values}
        assert isinstance(event_of(Message(headers), 0.0), kinds[name])


def test_a_withheld_caller_stays_so_when_the_number_comes_later() -> None:
    """A trunk may let the carrier say later who calls; then the queue would be joined with that number."""
    lines = contexts(DIALPLAN)["ivr-wait"]
    queues = next(n for n, line in enumerate(lines) if "Goto(queue,1)" in line)
    back = next(n for n, line in enumerate(lines) if '"${CALL_WITHHELD}" = "1" & ${LEN(${CALLERID(num)})} > 0' in line)
    assert "Gosub" in lines[back]
    assert "ivr-label,s,1" in lines[back]
    assert back < queues
    assert not any("Queue(" in line or "label" in line for line in lines[back + 1 : queues])
    assert "MSet(CALLERID(num)=,CALLERID(ani)=," in "\n".join(contexts(DIALPLAN)["ivr-label"])


def test_each_question_adds_its_letter() -> None:
    """The service knows by them what was asked, in which order, and how often."""
    added = re.findall(r"CALL_ASKED=\$\{CALL_ASKED\}(\w)", code())
    assert sorted(added) == ["m", "n", "p"]
    limit = re.search(r"LEN\(\$\{CALL_ASKED\}\)\} >= (\d)", code())
    assert limit
    most = "p" * (int(limit[1]) + 1)  # self-service may ask once more
    asked = {"agi_uniqueid": "pbx-1.1", "agi_arg_3": "0", "agi_arg_7": most}
    assert call_of(asked, 0.0).asked == most


def test_the_dialplan_asks_what_the_service_can_ask_for() -> None:
    extensions = re.findall(r"exten => (\w+),1,", "\n".join(contexts(DIALPLAN)["ivr-question"]))
    assert set(extensions) - {"s"} == {"menu", "number", "pin"}


def test_a_pin_is_no_argument_and_in_no_variable() -> None:
    lines = contexts(DIALPLAN)["ivr-pin"]
    asks = next(line for line in lines if ",AGI(" in line)
    assert re.findall(r"\$\{(\w+)", asks) == ["IVR_AGI", "CALL_MARK"]
    assert not any(word in line for line in lines for word in ("Read(", "GET DATA", "DTMF"))


def test_a_caller_has_as_long_for_a_pin_as_the_service_waits_for_it() -> None:
    limit = re.search(r"TIMEOUT\(absolute\)=(\d+)", PIN_COMMANDS[0])
    assert limit
    assert float(limit[1]) < PATIENCE["pin"]
    assert len(PIN_COMMANDS) == 2
    limits = re.findall(r"TIMEOUT\(absolute\)=(\d+)", "\n".join(contexts(DIALPLAN)["ivr-pin"]))
    assert limits == ["1", "0", "0"]


def test_nothing_is_remembered_that_the_service_does_not_say() -> None:
    lines = contexts(DIALPLAN)["ivr-remember"]
    assert '"${IVR_MEMORY}" = "drop"]?forget)' in lines[1]
    assert '"${IVR_MEMORY}" != "keep"]?done)' in lines[2]


@pytest.mark.abuse
def test_what_is_no_customer_number_is_forgotten_by_the_dialplan_too() -> None:
    """A PIN typed at the wrong question: no variable of the channel keeps it, and no later request has it."""
    reads = "\n".join(contexts(DIALPLAN)["ivr-question"])
    assert re.search(r"MSet\(CALL_TYPED=\$\{FILTER\(0-9,\$\{CALL_KEY\}\)\},CALL_KEY=\)", reads)
    lines = contexts(DIALPLAN)["ivr-ask"]
    asks = next(n for n, line in enumerate(lines) if ",AGI(" in line)
    forgets = (
        '"${IVR_DONE}" != "${CALL_MARK}" | "${IVR_TYPED}" = ""',
        "${CALL_TYPED}",
        "${FILTER(x,${IVR_TYPED})}",
    )
    typed = "CALL_TYPED=${{IF($[{}]?{}:{})}}".format(*forgets)
    assert typed in lines[asks + 1], "a whole answer, and nothing else, makes it forget"
    call = call_of({"agi_uniqueid": "pbx-1.1", "agi_arg_3": "0", "agi_arg_9": "xxxx"}, 0.0)
    assert call.typed == "xxxx"


@pytest.mark.abuse
@pytest.mark.parametrize("typed", ["8526*", "85xx", "8526 7", "x" * 21])
def test_what_does_not_fit_as_a_number_typed_is_not_repeated(typed: str) -> None:
    with pytest.raises(AgiError, match="argument 9") as caught:
        call_of({"agi_uniqueid": "pbx-1.1", "agi_arg_3": "0", "agi_arg_9": typed}, 0.0)
    assert typed not in str(caught.value)


@pytest.mark.parametrize("value", ["A", "B", "C", "failed", ""])
def test_the_dialplans_attestation_is_read(value: str) -> None:
    assert call_of({"agi_uniqueid": "pbx-1.1", "agi_arg_3": "0", "agi_arg_6": value}, 0.0).attestation == value


@pytest.mark.parametrize("value", ["D", "a", "AB", "success", "A\n", " "])
def test_no_other_attestation_is_believed(value: str) -> None:
    with pytest.raises(AgiError, match="argument 6"):
        call_of({"agi_uniqueid": "pbx-1.1", "agi_arg_3": "0", "agi_arg_6": value}, 0.0)


def test_the_result_of_a_verification_is_asked_for_last() -> None:
    """Asked for the result of a call without an attestation, Asterisk 22.10.1 may crash."""
    lines = contexts(DIALPLAN)["ivr-attestation"]
    asks = [n for n, line in enumerate(lines) if "verify_result" in line]
    leaves = [
        n for n, line in enumerate(lines) if "CALL_LEVEL" in line and "GotoIf" in line and line.endswith("?done)")
    ]
    believes = [n for n, line in enumerate(lines) if "Set(CALL_ATTESTATION=${CALL_LEVEL})" in line]
    assert [*leaves, *asks, *believes] == [leaves[0], leaves[0] + 1, leaves[0] + 2]


def test_the_dialplans_mark_is_one_that_the_service_accepts() -> None:
    mark = next(line for line in contexts(DIALPLAN)["ivr-ask"] if "CALL_MARK=$" in line)
    made = mark.split("CALL_MARK=")[1].removesuffix(")")
    made = made.replace("${EPOCH}", "1700000000").replace("${RAND(100000000,999999999)}", "999999999")
    assert variables.MARK.fullmatch(made)


# The events ------------------------------------------------------------------------------------------


class Listening(Message):
    """A message that notes which of its headers are read."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__(headers)
        self.read: set[str] = set()

    def header(self, name: str) -> str:
        self.read.add(name)
        return super().header(name)


def user_events(dialplan: str = DIALPLAN) -> Iterator[tuple[str, list[str]]]:
    """Name and fields of each UserEvent() of a dialplan."""
    for inside in re.findall(r"UserEvent\((.*)\)$", code(dialplan), re.MULTILINE):
        name, *fields = inside.split(",")
        yield name, [field.split(":")[0] for field in fields]


EVENTS = [
    ("IvrRouted", CallRouted), ("IvrAsked", CallerAsked), ("IvrHandled", CallHandled), ("IvrLeftQueue", QueueLeft),
    ("IvrForwards", AgentDidNotAnswer), ("IvrPriority", PriorityGiven), ("IvrTalk", AgentConnected),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), EVENTS)
def test_the_dialplans_events_have_the_fields_that_are_read(name: str, kind: type) -> None:
    sent = [fields for other, fields in user_events() if other == name]
    assert sent
    assert all(fields == sent[0] for fields in sent)
    values = {field: {"Status": "TIMEOUT", "Ask": "menu", "What": "voicemail"}.get(field, "1") for field in sent[0]}
    message = Listening(
        {"Event": "UserEvent", "UserEvent": name, "Uniqueid": "pbx-1.1", "Linkedid": "pbx-1.1", **values}
    )
    assert isinstance(event_of(message, 0.0), kind)
    assert message.read - CHANNEL == set(sent[0])


def test_the_dialplan_sends_no_event_that_nobody_knows() -> None:
    assert {name for name, _ in user_events()} == {name for name, _ in EVENTS}


def test_each_event_has_its_line_in_the_queue_log() -> None:
    """Which is written whether or not anybody is connected."""
    lines = [line for lines in contexts(DIALPLAN).values() for line in lines]
    for number, line in enumerate(lines):
        if event := re.search(r"UserEvent\(Ivr(\w+)", line):
            kind = {"LeftQueue": "IVRLEFT"}.get(event[1], f"IVR{event[1].upper()}")
            assert f",{kind}," in lines[number + 1]


def test_what_the_caller_got_is_what_a_history_knows() -> None:
    said = set(re.findall(r"ivr-handled,s,1\(([\w-]+)\)", code()))
    assert said == {"voicemail", "message", "ended", "self-service", "busy", "no-room"}
    outcomes = {fold(CallHistory("1"), CallHandled("1", 0.0, what)).outcome for what in said}
    assert outcomes == {"voicemail", "told", "self-service", "refused"}


# Sounds, queues --------------------------------------------------------------------------------------


def test_every_sound_is_one_that_asterisk_or_we_have() -> None:
    named = {sound for sound, _ in played(PolicyFolder(share("dialplans")))}
    have = CORE_SOUNDS | {f"ivr/{name}" for name in prompts.read().texts}
    assert named
    assert [sound for sound in sorted(named) if not fnmatch.filter(have, sound)] == []


def test_no_sound_of_the_services_is_played_as_it_comes() -> None:
    """What is played is filtered: a comma or a bracket would be another argument."""
    for name in ("IVR_GREETING", "IVR_SAY"):
        assert not [line for line in code().splitlines() if name in line and "Playback" in line]
    decoded = [line for line in code().splitlines() if "URIDECODE(" in line and "IVR_LABEL" not in line]
    assert decoded
    assert all("FILTER(" in line for line in decoded)


def test_every_queue_that_is_named_exists() -> None:
    bundle = load(share("dialplans"))
    named = bundle.queues() | {queue for agent in bundle.agents for queue in agent.skills}
    named |= set(re.findall(r"Queue\(([a-z][\w-]*)", code())) | set(re.findall(r"IVR_QUEUE=([a-z][\w-]*)", code()))
    queues = contexts((share("dialplans") / "queues.conf").read_text(encoding="utf-8"))
    assert named <= queues.keys() - {"general"}, "see dialplans/queues.conf"
    assert "general-queue" in named


def test_no_queue_is_called_general() -> None:
    """In queues.conf [general] holds Asterisk's own settings: a queue of that name would never exist."""
    queues = contexts((share("dialplans") / "queues.conf").read_text(encoding="utf-8"))
    options = {line.split("=")[0].strip() for line in queues["general"]}
    of_a_queue = {line.split("=")[0].strip() for line in (*queues["every-queue(!)"], *queues["premium"])}
    assert not options & of_a_queue
    bundle = load(share("dialplans"))
    assert "general" not in bundle.queues() | {queue for agent in bundle.agents for queue in agent.skills}
    assert not re.search(r"Queue\(general[,)]|IVR_QUEUE=general[,)]", code())


# Asterisk's templates --------------------------------------------------------------------------------


def used_placeholders() -> set[str]:
    return {name for path in TEMPLATES for name in PLACEHOLDER.findall(path.read_text(encoding="utf-8"))}


def test_the_lab_fills_every_placeholder(tmp_path: Path) -> None:
    for folder in ("data", "sounds"):
        (tmp_path / folder).mkdir()
    install = AsteriskInstall("22.10.1", (), tmp_path, tmp_path, tmp_path / "data", tmp_path / "sounds", None)
    lab = Lab(tmp_path / "lab", install, stay=False, all_events=False)
    lab.prepare()  # raises LabError for a placeholder that it does not know
    lab.down()  # other labs wait until this one has let its addresses go
    for path in TEMPLATES:
        written = tmp_path / "lab" / path.parent.name / "etc" / path.name
        assert not PLACEHOLDER.search(written.read_text(encoding="utf-8")), written


def test_the_readme_names_every_placeholder() -> None:
    readme = (share("asterisk") / "README.md").read_text(encoding="utf-8")
    named = set(PLACEHOLDER.findall(readme))
    folders = PLACEHOLDER.findall((share("asterisk") / "pbx/asterisk.conf").read_text(encoding="utf-8"))
    for first, last in re.findall(r"`@([A-Z_]+)@` … `@([A-Z_]+)@`", readme):  # a range, in the order of asterisk.conf
        named |= set(folders[folders.index(first) : folders.index(last) + 1])
    assert used_placeholders() - named == set()
    assert named - used_placeholders() == set()


def test_the_container_fills_every_placeholder() -> None:
    script = (share("asterisk") / "bin/run-asterisk").read_text(encoding="utf-8")
    assert used_placeholders() - set(PLACEHOLDER.findall(script)) == set()


@pytest.mark.parametrize("folder", ["asterisk", "tests/asterisk"])
def test_nothing_of_ours_is_imported_as_asterisk(folder: str) -> None:
    """The AGI library pyst2 has that name."""
    assert not list((REPOSITORY / folder).rglob("__init__.py"))


def test_the_agi_library_is_not_taken_for_our_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("asterisk", "ivr/share/asterisk"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(shipped_files, "__file__", str(tmp_path / "ivr/shipped_files.py"))
    assert share("asterisk") == tmp_path / "ivr/share/asterisk"


@pytest.mark.parametrize("file", ["asterisk/pbx/manager.conf", "docs/operate/install.md"])
def test_asterisk_sends_every_event_that_the_service_uses(file: str) -> None:
    """A filter that forgets one would leave it out of every call's history."""
    text = (REPOSITORY / file).read_text(encoding="utf-8")
    sent = set(re.findall(r"eventfilter\(name\((\w+)\),method\(none\)\) =", text))
    # At Shutdown panoramisk ends the connection; who adds a queue member is looked at.
    assert sent == {name.split()[0] for name in HANDLERS} | {*TRANSFERS, *TOLD, "Shutdown"}
