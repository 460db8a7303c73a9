"""What lines of queue_log mean."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.asterisk_files.queue_log_events import HANDLERS, QueueLine, events_of, parse
from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentLeft,
    CallCompleted,
    CallEnded,
    CallerAsked,
    CallEvent,
    CallHandled,
    CallRouted,
    CallStarted,
    PartOf,
    PassedOn,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.history import CallHistory, fold

CALL, AT = "pbx-1700000000.7", 1700000001.0
ADA = "PJSIP/101"
ROUTED = CallRouted(
    CALL,
    AT,
    linked_id="",
    caller_number="",
    dialled="5000",
    trunk="",
    sip_call_id="",
    tier="live",
    segment="premium",
    queue="sales",
    priority=31,
    action="queue",
)
DONE = CallCompleted(CALL, AT, "sales", "Ada", 120, "transfer")
LINES: list[tuple[str, tuple[CallEvent, ...]]] = [
    ("sales|NONE|ENTERQUEUE||+44123|2", (QueueJoined(CALL, AT, "sales", 2),)),
    ("sales|NONE|ENTERQUEUE|||1", (QueueJoined(CALL, AT, "sales", 1),)),
    ("sales|NONE|ENTERQUEUE|http://a|+44123|2|Ann", (QueueJoined(CALL, AT, "sales", 2),)),
    ("sales|NONE|ENTERQUEUE||+44123|2|7", (QueueJoined(CALL, AT, "sales", 2),)),
    ("sales|NONE|ENTERQUEUE||1|x|y|4", (QueueJoined(CALL, AT, "sales", 4),)),
    ("sales|NONE|ENTERQUEUE||1|9|8|7|4", (QueueJoined(CALL, AT, "sales", 4),)),
    ("sales|Ada|CONNECT|17|pbx-1.8|3", (AgentConnected(CALL, AT, "sales", "Ada", ADA, 17),)),
    ("sales|Bob|CONNECT|17|pbx-1.8|3", (AgentConnected(CALL, AT, "sales", "Bob", "", 17),)),
    ("sales|Ada|RINGNOANSWER|12500", (AgentDidNotAnswer(CALL, AT, "sales", "Ada", ADA, 12.5),)),
    ("sales|Ada|COMPLETECALLER|17|120|2", (replace(DONE, hung_up_by="caller"),)),
    ("sales|Ada|COMPLETEAGENT|17|120|2", (replace(DONE, hung_up_by="agent"),)),
    ("sales|Ada|BLINDTRANSFER|205|phones|17|120|2", (DONE, PassedOn(CALL, AT, "blind", "205"))),
    ("sales|Ada|BLINDTRANSFER|2|5|phones|17|120|2", (DONE, PassedOn(CALL, AT, "blind", "2|5"))),
    (
        "sales|Ada|ATTENDEDTRANSFER|BRIDGE|b2e1-44|17|120|2",
        (DONE, PassedOn(CALL, AT, "attended", "")),
    ),
    (
        "sales|Ada|ATTENDEDTRANSFER|APP|VoiceMail|17|120|2",
        (DONE, PassedOn(CALL, AT, "attended", "VoiceMail")),
    ),
    (
        "sales|Ada|ATTENDEDTRANSFER|LINK|Local/1@a-1;1|Local/1@a-1;2|17|120|2",
        (DONE, PassedOn(CALL, AT, "attended", "")),
    ),
    ("sales|NONE|ABANDON|1|2|30", (QueueLeft(CALL, AT, "sales", "ABANDON"),)),
    ("sales|Ada|ABANDON|1|2|30", (QueueLeft(CALL, AT, "sales", "ABANDON"),)),
    ("sales|NONE|EXITWITHTIMEOUT|1|2|30", (QueueLeft(CALL, AT, "sales", "TIMEOUT"),)),
    ("sales|NONE|EXITEMPTY|1|2|30", (QueueLeft(CALL, AT, "sales", "LEAVEEMPTY"),)),
    ("sales|NONE|EXITWITHKEY|1|1|2|30", (QueueLeft(CALL, AT, "sales", "KEY"),)),
    ("sales|NONE|WITHDRAW|1|2|30|why|not", (QueueLeft(CALL, AT, "sales", "WITHDRAW"),)),
    ("NONE|NONE|IVRSTART|+44123|5000|isp", (CallStarted(CALL, AT, "+44123", "5000", "isp"),)),
    ("sales|NONE|IVRROUTED|live|premium|31|5000|", (ROUTED,)),
    ("sales|NONE|IVRROUTED|live|premium|31|5000||queue", (ROUTED,)),
    (
        "NONE|NONE|IVRROUTED|live|premium||5000|1|voicemail",
        (replace(ROUTED, queue="", priority=0, action="voicemail", test=True),),
    ),
    ("NONE|NONE|IVRASKED|self-service", (CallerAsked(CALL, AT, "self-service"),)),
    ("NONE|NONE|IVRHANDLED|voicemail", (CallHandled(CALL, AT, "voicemail"),)),
    ("sales|NONE|IVRLEFT|JOINEMPTY", (QueueLeft(CALL, AT, "sales", "JOINEMPTY"),)),
    ("sales|PJSIP/101|IVRFORWARDS|", (AgentDidNotAnswer(CALL, AT, "sales", ADA, ADA, 0.0),)),
    ("NONE|NONE|IVRPRIORITY|40", (PriorityGiven(CALL, AT, 40),)),
    ("NONE|PJSIP/205|IVRTALK|", (AgentConnected(CALL, AT, "", "PJSIP/205", "PJSIP/205", 0),)),
    ("NONE|PJSIP/205|IVRTALKED|", (AgentLeft(CALL, AT, "PJSIP/205"),)),
    (f"NONE|NONE|IVREND|16|{CALL}", (CallEnded(CALL, AT, 16),)),
    ("NONE|NONE|IVREND||", (CallEnded(CALL, AT, 0),)),
    ("NONE|NONE|IVREND|16|pbx-1.2", (PartOf(CALL, AT, "pbx-1.2"), CallEnded(CALL, AT, 16))),
    (f"NONE|NONE|IVREND|16|{'x' * 151}", (CallEnded(CALL, AT, 16),)),
]
OTHERS = [
    "1700000001|NONE|NONE|NONE|QUEUESTART|",
    "1700000001|NONE|NONE|NONE|CONFIGRELOAD|",
    "1700000001|MANAGER|sales|PJSIP/101|ADDMEMBER|PAUSED",
    "1700000001|pbx-1.1|sales|PJSIP/101|REMOVEMEMBER|",
    "1700000001|NONE|sales|Ada|PAUSE|lunch",
    "1700000001|NONE|NONE|Ada|UNPAUSEALL|",
    "1700000001|pbx-1.1|sales|Ada|RINGCANCELED|3000",
    "1700000001|pbx-1.1|sales|Ada|IVRSURVEY|4",
    "1700000001|NONE|sales|PJSIP/101|IVRFORWARDS|",  # its call is not known
    "1700000001|MANAGER|sales|NONE|ABANDON|1|2|30",
]
BAD = [
    "sales|NONE|ENTERQUEUE||+44123|",
    "sales|NONE|ENTERQUEUE||+44123",
    "NONE|NONE|ENTERQUEUE||+44123|2",
    "|NONE|ENTERQUEUE||+44123|2",
    "sales|NONE|CONNECT|17|pbx-1700000000.8|3",
    "sales|Ada|CONNECT|-1|pbx-1700000000.8|3",
    "sales|Ada|RINGNOANSWER|12.5",
    "sales|Ada|RINGNOANSWER|1234567890",
    "sales|Ada|COMPLETECALLER|17",
    "sales|Ada|BLINDTRANSFER|phones|17|120",
    "sales|Ada|BLINDTRANSFER|205|phones|17|x|2",
    "sales|Ada|ATTENDEDTRANSFER|BRIDGE|x|y|17|120|2",
    "sales|Ada|ATTENDEDTRANSFER|",
    "NONE|NONE|IVRSTART|+44123|5000",
    "NONE|NONE|IVRSTART|+44123|5000|carrier|more",
    "NONE|NONE|IVRROUTED|live|premium|31|5000",
    "NONE|NONE|IVRROUTED|live|premium|x|5000|",
    "NONE|NONE|IVRROUTED|live|premium|31|5000||queue|more",
    "NONE|NONE|IVRASKED|Self Service",
    "NONE|NONE|IVRHANDLED|",
    "NONE|NONE|IVRLEFT|TIMEOUT",
    "sales|NONE|IVRLEFT|time out",
    "sales|NONE|IVRFORWARDS|",
    "NONE|NONE|IVRPRIORITY|",
    "NONE|NONE|IVRPRIORITY|٣",
    "NONE|NONE|IVRTALK|",
    "NONE|NONE|IVREND|x|pbx-1.2",
    "NONE|NONE|IVREND|16",
]
RUBBISH = [
    "",
    "\0" * 4096,
    "x",
    f"17000000x1|{CALL}|sales|NONE|ABANDON|1|2|30",
    f"-5|{CALL}|sales|NONE|ABANDON|1|2|30",
    f"170000000100|{CALL}|sales|NONE|ABANDON|1|2|30",
    "1700000001||sales|NONE|ABANDON|1|2|30",
    "1700000001|pbx 1|sales|NONE|ABANDON|1|2|30",
    f"1700000001|{'9' * 151}|sales|NONE|ABANDON|1|2|30",
    f"1700000001|{CALL}|sales|NONE|abandon|1|2|30",
    f"1700000001|{CALL}|sales|NONE|ABANDON",
    f"1700000001|{CALL}|sales|NONE|ABANDON|1|2|30{'|x' * 50_000}",
    f"1700000001|{CALL}|sales|NONE|WITHDRAW|1|2|30|{'é' * 4100}",
]


def interface_of(name: str) -> str:
    return {"Ada": ADA}.get(name, "")


def told(text: str) -> tuple[CallEvent, ...]:
    line = parse(text)
    return events_of(line, interface_of) if line else ()


@pytest.mark.parametrize(("text", "events"), LINES)
def test_what_a_line_means(text: str, events: tuple[CallEvent, ...]) -> None:
    expected = tuple(replace(event, source="queue_log") for event in events)
    assert told(f"1700000001|{CALL}|{text}") == expected


def test_every_line_that_is_understood_is_here() -> None:
    assert {text.split("|")[2] for text, _ in LINES} == HANDLERS.keys()


@pytest.mark.parametrize("text", OTHERS)
def test_lines_of_no_call_are_lines_all_the_same(text: str) -> None:
    line = parse(text)
    assert line is not None
    columns = text.split("|")
    assert (line.call_id, line.queue, line.agent, line.event) == tuple(columns[1:5])
    assert line.fields == tuple(columns[5:])
    assert events_of(line, interface_of) == ()


def test_the_columns_of_a_line() -> None:
    line = QueueLine(AT, "NONE", "sales", "Ada", "PAUSE", ("lunch",))
    assert parse("1700000001|NONE|sales|Ada|PAUSE|lunch") == line


@pytest.mark.parametrize("text", BAD)
def test_a_value_that_asterisk_would_not_write_says_nothing(text: str) -> None:
    assert parse(f"1700000001|{CALL}|{text}") is not None
    assert told(f"1700000001|{CALL}|{text}") == ()


@pytest.mark.parametrize("text", RUBBISH)
def test_what_is_no_line(text: str) -> None:
    assert parse(text) is None


def test_texts_are_cut_and_can_be_shown() -> None:
    line = parse(f"1700000001|{CALL}|sa\x1b[2Jles|A\u202eda|PAUSE|{'x' * 500}|\x07")
    assert line == QueueLine(AT, CALL, "sa[2Jles", "Ada", "PAUSE", ("x" * 200, ""))
    event = told(f"1700000001|{CALL}|sales|Ada|BLINDTRANSFER|{'1|' * 300}5|c|1|2|3")[1]
    assert isinstance(event, PassedOn)
    assert len(event.to) == 200


WORDS = "| || \n pbx-1.1 ABANDON IVREND NONE 1 1700000002 sales é \0"
PIECES = st.sampled_from([*WORDS.split(" "), " "])
TEXT = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=20).map("".join))


@given(st.sampled_from(sorted(HANDLERS)), st.lists(TEXT, max_size=9))
def test_no_text_makes_an_event_of_another_call(event: str, texts: list[str]) -> None:
    """Nor a traceback, whatever a caller sends."""
    text = f"1700000001|{CALL}|sales|NONE|{event}|{'|'.join(texts)}"
    for found in told(text.replace("\n", "")):
        assert (found.call_id, found.at, found.source) == (CALL, AT, "queue_log")


@given(st.text())
def test_nothing_that_stands_there_is_a_traceback(text: str) -> None:
    told(text)


@given(st.lists(TEXT, max_size=9).map("|".join))
def test_nor_are_columns(text: str) -> None:
    told(f"1700000001|{text}")


@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        (["EXITWITHTIMEOUT|1|2|30", "IVRLEFT|TIMEOUT"], ["ABANDON", "TIMEOUT"]),
        (["EXITEMPTY|1|2|30", "IVRLEFT|LEAVEEMPTY"], ["ABANDON", "LEAVEEMPTY"]),
        (["WITHDRAW|1|2|30|", "IVRLEFT|WITHDRAW"], ["ABANDON", "WITHDRAW"]),
        (["IVRLEFT|JOINEMPTY"], ["JOINEMPTY"]),
        (["ABANDON|1|2|30"], ["ABANDON"]),
    ],
)
@pytest.mark.parametrize("ended", [False, True])
def test_both_lead_to_one_history(lines: list[str], seen: list[str], *, ended: bool) -> None:
    """AMI calls every leaving an abandon at first; the dialplan says then what it was."""
    joined, end = QueueJoined(CALL, AT, "sales", 1), CallEnded(CALL, AT, 16)
    from_log = [event for text in lines for event in told(f"1700000001|{CALL}|sales|NONE|{text}")]
    from_ami = [QueueLeft(CALL, AT, "sales", status) for status in seen]
    histories = []
    for events in (from_log, from_ami):
        history = CallHistory(CALL)
        for event in [joined, *events, *([end] if ended else [])]:
            history = fold(history, event)
        histories.append(history)
    assert histories[0] == histories[1]
