"""What AMI says of queue members, and the whole picture of its lists.

Nothing in a message is trusted: one with a value that Asterisk would not write says nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from ivr.ami.events import happened_at
from ivr.ami.message import Message
from ivr.domain.calls.member_events import (
    Device,
    MemberState,
    MemberTold,
    QueuePicture,
    TalkingCaller,
    WaitingCaller,
)
from ivr.domain.calls.told import CALL_ID, kept

_DEVICES: Mapping[str, Device] = {
    "0": "not known",
    "1": "free",
    "2": "in use",
    "3": "in use",  # busy
    "4": "unreachable",  # there is no such device
    "5": "unreachable",
    "6": "in use",  # rings
    "7": "in use",  # in use, and rings
    "8": "in use",  # on hold
}
_NOBODY = ("unknown", "<unknown>")


TOLD: Mapping[str, Literal["added", "removed", "paused", "status"]] = {
    "QueueMemberAdded": "added",  # perhaps paused
    "QueueMemberRemoved": "removed",  # a call that rings or talks goes on
    "QueueMemberPause": "paused",  # or no more, or for another reason; one for each queue
    "QueueMemberStatus": "status",  # of the phone; one for each queue that its owner is in
}
"""What each event says of a member, who is in it as they are from then on."""


def member_told(message: Message, now: float) -> MemberTold | None:
    """Read what was told of a member; None for other events, and for what cannot be understood.

    `now` (Unix seconds) is taken where Asterisk gives no time.
    """
    what = TOLD.get(message.header("Event"))
    member = _state(message, "MemberName", "Interface") if what else None
    if what is None or member is None:
        return None
    return MemberTold(happened_at(message, now), what, member)


def picture_of(
    status: Iterable[Message],
    channels: Iterable[Message],
    own: Collection[str],
    now: float,
) -> QueuePicture:
    """Put together the lists of QueueStatus and CoreShowChannels, as far as our queues go."""
    status, channels = list(status), list(channels)
    ours = [event for event in status if event.header("Queue") in own]
    entries = [event for event in ours if event.header("Event") == "QueueEntry"]
    listed = [event for event in ours if event.header("Event") == "QueueMember"]
    members = [member for event in listed if (member := _state(event, "Name", "Location"))]
    waiting = [caller for event in entries if (caller := _waiting(event, now))]
    talking = _talking(channels, own, {member.interface for member in members})
    alive = frozenset(event.header("Uniqueid") for event in channels)
    return QueuePicture(now, tuple(members), tuple(waiting), talking, alive)


def _state(message: Message, name: str, interface: str) -> MemberState | None:
    queue, who = _text(message, "Queue"), _text(message, interface)
    device = _DEVICES.get(message.header("Status"))
    if not queue or not who or device is None:
        return None
    return MemberState(
        queue,
        who,
        _text(message, name),
        device,
        _text(message, "PausedReason") if message.header("Paused") == "1" else None,
        message.header("InCall") == "1",
        float(_seconds(message, "LastCall")),
        float(message.number("Wrapuptime") or 0),
    )


def _waiting(message: Message, now: float) -> WaitingCaller | None:
    """Read an entry of a queue. `Wait` is whole seconds."""
    call, wait, position = _call_id(message), message.number("Wait"), message.number("Position")
    if not call or wait is None or position is None:
        return None
    number, priority = _number(message), message.number("Priority")
    return WaitingCaller(call, message.header("Queue"), position, now - wait, number, priority)


def _talking(
    channels: Iterable[Message], own: Collection[str], interfaces: Collection[str]
) -> dict[str, TalkingCaller]:
    """Find who is in one bridge with a member of our queues, and came there by such a queue."""
    callers: list[tuple[str, TalkingCaller]] = []
    phones: dict[str, str] = {}  # by bridge
    for channel in channels:
        bridge, device = channel.header("BridgeId"), channel.header("Channel").rpartition("-")[0]
        queue = channel.header("ApplicationData").partition(",")[0]
        if not bridge:
            continue
        if device in interfaces:
            phones[bridge] = device
        elif channel.header("Application") == "Queue" and queue in own and _call_id(channel):
            talk = TalkingCaller(_call_id(channel), queue, "", _number(channel))
            callers.append((bridge, talk))
    return {
        each.call_id: TalkingCaller(each.call_id, each.queue, phones[bridge], each.number)
        for bridge, each in callers
        if bridge in phones
    }


def _call_id(message: Message) -> str:
    """Give the only Uniqueid; nothing where there are two, for one of them is forged."""
    ids = message.all("Uniqueid")
    return ids[0] if len(ids) == 1 and CALL_ID.fullmatch(ids[0]) else ""


def _number(message: Message) -> str:
    number = _text(message, "CallerIDNum")
    return "" if number in _NOBODY else number


def _text(message: Message, name: str) -> str:
    return kept(message.header(name))


def _seconds(message: Message, name: str) -> int:
    """Give a Unix time; 0 for none. (They have ten digits, one more than `number` takes.)"""
    value = message.header(name)
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 10 else 0
