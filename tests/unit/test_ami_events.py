"""What AMI events mean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.ami import events
from ivr.ami.events import HANDLERS, EventReader, event_of
from ivr.ami.message import Message
from ivr.domain.calls.events import (
    AgentConnected,
    AgentDidNotAnswer,
    AgentRang,
    CallCompleted,
    CallEnded,
    CallerAsked,
    CallEvent,
    CallHandled,
    CallRouted,
    PriorityGiven,
    QueueJoined,
    QueueLeft,
)
from ivr.domain.calls.told import CALL_ID

CALL, AT, NOW = "pbx-1700000000.7", 1700000001.25, 1700000099.0
AGENT = {"Queue": "premium-queue", "Interface": "PJSIP/101", "MemberName": "Ada"}
LEG = {"DestUniqueid": "pbx-1700000000.8"}
FORMS: dict[str, tuple[dict[str, str], CallEvent]] = {
    "QueueCallerJoin": (
        {"Queue": "premium-queue", "Position": "2", "Count": "2", "Priority": "31"},
        QueueJoined(CALL, AT, "premium-queue", 2),
    ),
    "QueueCallerAbandon": (
        {"Queue": "premium-queue", "Position": "1", "OriginalPosition": "2", "HoldTime": "9"},
        QueueLeft(CALL, AT, "premium-queue", "ABANDON"),
    ),
    "AgentCalled": (AGENT | LEG, AgentRang(CALL, AT, "premium-queue", "Ada", "PJSIP/101")),
    "AgentRingNoAnswer": (
        AGENT | LEG | {"RingTime": "12500"},
        AgentDidNotAnswer(CALL, AT, "premium-queue", "Ada", "PJSIP/101", 12.5),
    ),
    "AgentConnect": (
        AGENT | LEG | {"RingTime": "3", "HoldTime": "17"},
        AgentConnected(CALL, AT, "premium-queue", "Ada", "PJSIP/101", 17),
    ),
    "AgentComplete": (
        AGENT | LEG | {"HoldTime": "17", "TalkTime": "120", "Reason": "agent"},
        CallCompleted(CALL, AT, "premium-queue", "Ada", 120, "agent"),
    ),
    "Hangup": ({"Cause": "16", "Cause-txt": "Normal Clearing"}, CallEnded(CALL, AT, 16)),
    "UserEvent IvrAsked": ({"Ask": "self-service"}, CallerAsked(CALL, AT, "self-service")),
    "UserEvent IvrHandled": ({"What": "voicemail"}, CallHandled(CALL, AT, "voicemail")),
    "UserEvent IvrLeftQueue": (
        {"Queue": "premium-queue", "Status": "TIMEOUT"},
        QueueLeft(CALL, AT, "premium-queue", "TIMEOUT"),
    ),
    "UserEvent IvrForwards": (
        {"Uniqueid": "pbx-1700000000.8", "Call": CALL, "Queue": "premium-queue", "Interface": "PJSIP/101"},
        AgentDidNotAnswer(CALL, AT, "premium-queue", "PJSIP/101", "PJSIP/101", 0.0),
    ),
    "UserEvent IvrPriority": ({"Prio": "42"}, PriorityGiven(CALL, AT, 42)),
    "UserEvent IvrTalk": (
        {"Call": CALL, "Interface": "PJSIP/cleo"},
        AgentConnected(CALL, AT, "", "PJSIP/cleo", "PJSIP/cleo", 0),
    ),
    "UserEvent IvrRouted": (
        {
            "CallerIDNum": "+442079460001", "Linkedid": CALL, "Priority": "19", "DID": "1000", "Trunk": "carrier",
            "SipCallID": "1-9@10.0.0.1", "Rung": "live", "Segment": "premium", "Queue": "premium-queue",
            "Prio": "100", "Action": "queue", "Attestation": "A",
        },
        CallRouted(
            CALL, AT, linked_id=CALL, caller_number="+442079460001", dialled="1000", trunk="carrier",
            sip_call_id="1-9@10.0.0.1", tier="live", segment="premium", queue="premium-queue", priority=100,
            action="queue", attestation="A",
        ),
    ),
}  # fmt: skip


def event(name: str, **changed: str) -> Message:
    """An event as Asterisk sends it; a header changed to "-" is left out."""
    kind, _, own = name.partition(" ")
    stamp = {"Event": kind, "Timestamp": f"{AT:.6f}", "Uniqueid": CALL}
    headers = stamp | ({"UserEvent": own} if own else {}) | FORMS[name][0] | changed
    return Message({name: value for name, value in headers.items() if value != "-"})


def test_every_event_of_the_table_has_its_form_here() -> None:
    assert FORMS.keys() == HANDLERS.keys()


@pytest.mark.parametrize("name", FORMS)
def test_the_event_of(name: str) -> None:
    assert event_of(event(name), NOW) == FORMS[name][1]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("bad", ["-", "", "a b", "../x", "x" * 151, "1.1\n", "é"])
def test_no_fact_without_a_good_uniqueid(name: str, bad: str) -> None:
    assert event_of(event(name, Uniqueid=bad), NOW) is None


def test_no_fact_where_a_second_uniqueid_shows_that_one_is_forged() -> None:
    forged = "Event: Hangup\r\nExten: 1\r\nUniqueid: pbx-1.1\r\nx: y\r\nUniqueid: pbx-2.2\r\nCause: 16"
    message = Message.from_line(forged)
    assert message is not None
    assert event_of(message, NOW) is None


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("QueueCallerJoin", "Position"),
        ("AgentRingNoAnswer", "RingTime"),
        ("AgentConnect", "HoldTime"),
        ("AgentComplete", "TalkTime"),
        ("AgentComplete", "Reason"),
        ("Hangup", "Cause"),
        ("UserEvent IvrRouted", "Prio"),
        ("UserEvent IvrLeftQueue", "Status"),
    ],
)
@pytest.mark.parametrize("bad", ["nan", "-1", "1e9", "٣", "9" * 400, "1 2"])
def test_no_event_from_what_asterisk_would_not_write(name: str, header: str, bad: str) -> None:
    assert event_of(event(name, **{header: bad}), NOW) is None


@pytest.mark.parametrize("name", ["QueueCallerJoin", "QueueCallerAbandon", "AgentCalled", "UserEvent IvrLeftQueue"])
def test_no_fact_without_a_queue(name: str) -> None:
    assert event_of(event(name, Queue=""), NOW) is None


@pytest.mark.parametrize(("name", "header"), [("UserEvent IvrAsked", "Ask"), ("UserEvent IvrHandled", "What")])
@pytest.mark.parametrize("bad", ["-", "", "Menu", "a b", "1", "-x", "x" * 21, "menu\n", "é"])
def test_no_event_from_a_word_that_the_dialplan_would_not_say(name: str, header: str, bad: str) -> None:
    assert event_of(event(name, **{header: bad}), NOW) is None


@pytest.mark.parametrize("stamp", ["-", "", "nan", "inf", "-1.5", "1700000001", "9" * 400 + ".1"])
def test_now_where_asterisk_gives_no_time(stamp: str) -> None:
    found = event_of(event("Hangup", Timestamp=stamp), NOW)
    assert found is not None
    assert found.at == NOW


@pytest.mark.parametrize(
    "headers",
    [
        {"Event": "Newchannel"},
        {"Event": "UserEvent", "UserEvent": "Hangup"},
        {"Event": "IvrRouted"},
        {"Event": "QueueCallerLeave", "Queue": "q"},
        {"Response": "Success"},
    ],
)
def test_other_messages_are_no_events_of_calls(headers: dict[str, str]) -> None:
    assert event_of(Message({"Uniqueid": CALL, "Cause": "16"} | headers), NOW) is None


def test_a_withheld_number_is_empty_and_a_refused_call_needs_no_priority() -> None:
    found = event_of(event("UserEvent IvrRouted", CallerIDNum="<unknown>", Prio="", Action="refuse"), NOW)
    assert isinstance(found, CallRouted)
    assert (found.caller_number, found.priority, found.action) == ("", 0, "refuse")


def test_texts_are_kept_short_and_printable() -> None:
    found = event_of(event("AgentCalled", MemberName="Zoë\x1b[2J\n" + "x" * 500), NOW)
    assert isinstance(found, AgentRang)
    assert found.agent.startswith("Zoë[2Jx")
    assert len(found.agent) <= 200


@settings(max_examples=50)
@given(
    name=st.sampled_from(sorted(FORMS)),
    changed=st.dictionaries(
        st.sampled_from(sorted({"Uniqueid", "Timestamp"}.union(*(form for form, _ in FORMS.values())))),
        st.text(),
        max_size=4,
    ),
)
def test_no_content_raises(name: str, changed: dict[str, str]) -> None:
    found = event_of(event(name, **changed), NOW)
    assert found is None or CALL_ID.fullmatch(found.call_id)


def connected(reader: EventReader, call: str, channel: str, **changed: str) -> None:
    reader.event(event("AgentConnect", Uniqueid=call, DestUniqueid=channel, **changed), NOW)


def whose(reader: EventReader, **changed: str) -> str | None:
    """The call that an AgentComplete without its caller's channel is taken for."""
    found = reader.event(event("AgentComplete", Uniqueid="-", **changed), NOW)
    return found.call_id if found else None


def test_an_end_without_its_callers_channel_is_the_agents_channels_call() -> None:
    """As a busy Asterisk sends it: the caller's channel has left app_queue's cache, the agent's has not."""
    reader = EventReader()
    connected(reader, "1.1", "1.2")
    connected(reader, "2.1", "2.2")
    assert reader.event(event("AgentComplete", Uniqueid="-", DestUniqueid="1.2"), NOW) == CallCompleted(
        "1.1", AT, "premium-queue", "Ada", 120, "agent"
    )
    assert whose(reader, DestUniqueid="1.2") is None, "a conversation ends once"
    assert whose(reader, DestUniqueid="9.9") is None


def test_an_end_without_any_channel_is_that_of_the_agents_caller_who_hung_up() -> None:
    reader = EventReader()
    connected(reader, "1.1", "1.2")
    connected(reader, "2.1", "2.2")
    connected(reader, "3.1", "3.2", Interface="PJSIP/102")
    reader.event(event("Hangup", Uniqueid="1.1"), NOW)
    assert whose(reader, DestUniqueid="-") == "1.1"
    assert whose(reader, DestUniqueid="-") == "2.1", "its Hangup comes after it"
    assert whose(reader, DestUniqueid="-") is None
    assert whose(reader, DestUniqueid="-", Interface="PJSIP/102", Queue="another") is None


def test_a_conversation_that_was_closed_unseen_takes_no_other_ones_end() -> None:
    reader = EventReader()
    connected(reader, "1.1", "1.2")
    reader.forget("1.1")
    assert whose(reader, DestUniqueid="-") is None


def test_only_so_many_conversations_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST_TALKS", 3)
    reader = EventReader()
    for number in range(5):
        connected(reader, f"{number}.1", f"{number}.2")
    assert [whose(reader, DestUniqueid=f"{number}.2") for number in range(5)] == [None, None, "2.1", "3.1", "4.1"]


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(FORMS)),
            st.dictionaries(
                st.sampled_from(["Uniqueid", "DestUniqueid", "Queue", "Interface"]),
                st.sampled_from(["-", "", "1.1", "1.2", "PJSIP/101", "a b"]) | st.text(max_size=5),
                max_size=4,
            ),
        ),
        max_size=12,
    )
)
def test_no_stream_of_events_raises(stream: list[tuple[str, dict[str, str]]]) -> None:
    reader = EventReader()
    for name, changed in stream:
        found = reader.event(event(name, **changed), NOW)
        assert found is None or CALL_ID.fullmatch(found.call_id)
