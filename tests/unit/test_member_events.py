"""What AMI says of queue members, read; and the picture of its lists."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.ami.member_events import TOLD, member_told, picture_of
from ivr.ami.message import Message
from ivr.asterisk_files.queue_wrapups import wrapups
from ivr.domain.calls.member_events import (
    MemberState,
    MemberTold,
    TalkingCaller,
    WaitingCaller,
)

NOW = 1000.0
ANNA = "PJSIP/anna"
SAID = {
    "Event": "QueueMemberPause",
    "Timestamp": "999.5",
    "Queue": "premium",
    "MemberName": "Anna",
    "Interface": ANNA,
    "StateInterface": ANNA,
    "Membership": "dynamic",
    "Penalty": "0",
    "CallsTaken": "1",
    "LastCall": "1763900000",
    "LastPause": "0",
    "LoginTime": "0",
    "InCall": "1",
    "Status": "2",
    "Paused": "1",
    "PausedReason": "lunch",
    "Wrapuptime": "5",
}
STATE = MemberState("premium", ANNA, "Anna", "in use", "lunch", True, 1763900000.0, 5.0)


def test_a_member_as_asterisk_tells_it() -> None:
    assert member_told(Message(SAID), NOW) == MemberTold(999.5, "paused", STATE)
    for name, what in TOLD.items():
        told = member_told(Message({**SAID, "Event": name}), NOW)
        assert told is not None
        assert told.what == what
    assert member_told(Message({**SAID, "Event": "QueueMemberPenalty"}), NOW) is None


@pytest.mark.parametrize("name", ["Queue", "Interface", "Status"])
@pytest.mark.parametrize("value", ["", "\x07"])
def test_what_asterisk_would_not_write_says_nothing(name: str, value: str) -> None:
    assert member_told(Message({**SAID, name: value}), NOW) is None


@given(st.dictionaries(st.sampled_from(sorted(SAID)), st.text(max_size=30)))
def test_whatever_is_said_nothing_is_raised(said: dict[str, str]) -> None:
    told = member_told(Message({**SAID, **said}), NOW)
    assert told is None or (told.at >= 0 and told.member.interface)
    picture_of([Message({**SAID, **said})], [Message(said)], {"premium"}, NOW)


MEMBER = {**SAID, "Event": "QueueMember", "Name": "Anna", "Location": ANNA}
ENTRY = {
    "Event": "QueueEntry",
    "Queue": "premium",
    "Position": "2",
    "Uniqueid": "1.1",
    "CallerIDNum": "unknown",
    "Wait": "7",
    "Priority": "5",
}
CALLER = {
    "Event": "CoreShowChannel",
    "Channel": "PJSIP/carrier-00000001",
    "Uniqueid": "2.2",
    "CallerIDNum": "+4420",
    "Application": "Queue",
    "ApplicationData": "premium,tc",
    "BridgeId": "b1",
}
PHONE = {
    "Event": "CoreShowChannel",
    "Channel": f"{ANNA}-00000002",
    "Uniqueid": "2.3",
    "Application": "AppQueue",
    "BridgeId": "b1",
}


def test_a_picture_is_of_our_queues() -> None:
    theirs = {**MEMBER, "Queue": "sales", "Location": "PJSIP/eve"}
    entries = [ENTRY, {**ENTRY, "Queue": "sales", "Uniqueid": "9.9"}]
    status = [Message(each) for each in (MEMBER, theirs, *entries)]
    sold = {**CALLER, "Uniqueid": "3.3", "ApplicationData": "sales", "BridgeId": "b2"}
    alone = {**CALLER, "Uniqueid": "4.4", "BridgeId": ""}
    channels = [Message(each) for each in (CALLER, PHONE, sold, alone)]
    picture = picture_of(status, channels, {"premium"}, NOW)
    assert picture.members == (STATE,)
    assert picture.waiting == (WaitingCaller("1.1", "premium", 2, 993.0, "", 5),)
    assert picture.talking == {"2.2": TalkingCaller("2.2", "premium", ANNA, "+4420")}
    assert picture.alive == {"2.2", "2.3", "3.3", "4.4"}


def test_a_forged_second_id_makes_no_caller() -> None:
    forged = Message([*ENTRY.items(), ("Uniqueid", "6.6")])
    assert picture_of([forged], [], {"premium"}, NOW).waiting == ()


def test_wrap_up_times_are_those_of_queues_conf(tmp_path: Path) -> None:
    (tmp_path / "queues.conf").write_text(
        "[general]\nwrapuptime = 99\n[every](!)\nwrapuptime = 10 ; seconds\n[premium](every)\n"
        "[short](every)\nWrapUpTime => 3\n[none](every)\nwrapuptime = 0\n[odd]\nwrapuptime = ²\n"
        "[short](+)\nmusicclass = default\n"
    )
    found = wrapups(tmp_path)
    assert {name: found.get(name) for name in ("premium", "short", "none", "odd", "every")} == {
        "premium": 10.0,
        "short": 3.0,
        "none": None,
        "odd": None,
        "every": None,
    }
    assert wrapups(tmp_path / "nowhere") == {}
