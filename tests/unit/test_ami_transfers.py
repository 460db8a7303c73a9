"""What AMI says of transfers, and what the tracker makes of it."""

from ivr.ami.call_tracker import CallTracker
from ivr.ami.message import Message
from ivr.domain.calls.event_details import EventDetails
from ivr.domain.calls.events import (
    AgentConnected,
    AgentLeft,
    CallEvent,
    PartOf,
    PassedOn,
    QueueJoined,
    QueueLeft,
)

CALLER, SECOND, COLLEAGUE = "pbx-1.1", "pbx-1.5", "pbx-1.6"


class Notes:
    """An EventJournal that keeps what it is told."""

    def __init__(self) -> None:
        self.events: list[CallEvent] = []

    def happened(self, event: CallEvent) -> None:
        self.events.append(event)

    def changed(self, event: object) -> None:
        raise AssertionError(event)


class Stage:
    """A tracker that knows a caller who talks with Anna."""

    def __init__(self) -> None:
        self.notes = Notes()
        names = {"PJSIP/cleo": "Cleo Marsh"}
        details = EventDetails(lambda: names)
        own = {"premium", "general"}
        details, own = EventDetails(lambda: names), {"premium", "general"}
        self.tracker = CallTracker(
            self.notes,
            list,
            lambda: own,
            details=details,
            clock=lambda: 9.0,
        )
        self.says("QueueCallerJoin", CALLER, Queue="premium", Position="1")
        agent = {"Queue": "premium", "MemberName": "Anna", "Interface": "PJSIP/anna"}
        self.says("AgentConnect", CALLER, **agent, DestUniqueid="pbx-1.2", HoldTime="1")
        self.notes.events.clear()

    def says(self, event: str, call: str = "", **headers: str) -> None:
        """Asterisk says this."""
        usual = {"Event": event, "Uniqueid": call, "Timestamp": "5.5"}
        self.tracker.event(Message({**usual, **headers}))

    def attended(self, **headers: str) -> None:
        """Anna passes the caller on to whom she has asked."""
        usual = {
            "Result": "Success",
            "TransfereeUniqueid": CALLER,
            "OrigTransfererUniqueid": "pbx-1.2",
            "SecondTransfererUniqueid": SECOND,
            "DestType": "Bridge",
        }
        self.says("AttendedTransfer", **{**usual, **headers})


def test_a_blind_transfer_says_where_to() -> None:
    stage = Stage()
    stage.says("BlindTransfer", Result="Success", TransfereeUniqueid=CALLER, Extension="1003")
    assert stage.notes.events == [PassedOn(CALLER, 5.5, "blind", "1003")]


def test_one_that_fails_or_is_of_others_is_none() -> None:
    stage = Stage()
    stage.says("BlindTransfer", Result="Fail", TransfereeUniqueid=CALLER, Extension="1003")
    stage.says("BlindTransfer", Result="Success", TransfereeUniqueid="pbx-7.7", Extension="1003")
    stage.attended(Result="Invalid")
    assert stage.notes.events == []


def test_a_colleague_takes_over_and_the_talk_ends_with_their_phone() -> None:
    stage = Stage()
    channel = "PJSIP/cleo-0000002a"
    stage.attended(TransferTargetChannel=channel, TransferTargetUniqueid=COLLEAGUE)
    stage.says("Hangup", COLLEAGUE, Cause="16")
    assert stage.notes.events == [
        PassedOn(CALLER, 5.5, "attended", "PJSIP/cleo"),
        AgentConnected(CALLER, 5.5, "", "Cleo Marsh", "PJSIP/cleo", 0),
        AgentLeft(CALLER, 5.5, "PJSIP/cleo"),
    ]


def test_a_caller_takes_the_agents_place_in_a_queue_and_what_comes_of_it_is_theirs() -> None:
    """Anna waits in another queue for them, and puts them through before anybody answers."""
    stage = Stage()
    stage.says("QueueCallerJoin", SECOND, Queue="general", Position="1")
    stage.attended(DestType="App", DestApp="Queue")
    agent = {"Queue": "general", "MemberName": "Ben", "Interface": "PJSIP/ben"}
    stage.says("AgentConnect", SECOND, **agent, DestUniqueid="pbx-1.8", HoldTime="4")
    stage.says("Hangup", SECOND, Cause="16")
    assert [type(event) for event in stage.notes.events[1:-1]] == [
        PassedOn,
        PartOf,
        QueueLeft,
        QueueJoined,
        AgentConnected,
    ]
    part, left, joined, connected = stage.notes.events[2:6]
    assert part == PartOf(SECOND, 5.5, CALLER)
    assert (left.call_id, joined.call_id, connected.call_id) == (SECOND, CALLER, CALLER)
    assert stage.notes.events[-1].call_id == SECOND
