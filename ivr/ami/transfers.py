"""What AMI says of callers who are passed on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ivr.ami.events import happened_at, interface_of
from ivr.ami.message import Message
from ivr.domain.calls.events import CallEvent, PartOf, PassedOn
from ivr.domain.calls.told import CALL_ID, kept


@dataclass(frozen=True, slots=True)
class Takeover:
    """Who took over: the caller of `call_id` talks with whoever is on this channel from `at` on.

    `through` is the call by which the agent had reached them, if it is one of ours.
    """

    call_id: str
    at: float
    interface: str
    channel: str
    through: str


def transfer(
    message: Message, now: float, is_ours: Callable[[str], bool]
) -> tuple[tuple[CallEvent, ...], Takeover | None]:
    """Read a BlindTransfer or an AttendedTransfer: what happened, and who took over.

    A blind one leads to an extension of the dialplan, which tells what comes of it. In an attended
    one the agent had reached somebody by a second call; then the caller takes the agent's place
    in it. If that call is one of ours (it waits in a queue, or was answered there), it is part of
    the caller's from now on.
    """
    at = happened_at(message, now)
    caller = _id(message, "TransfereeUniqueid")
    if message.header("Result") != "Success" or not caller or not is_ours(caller):
        return (), None
    if message.header("Event") == "BlindTransfer":
        to = kept(message.header("Extension"))
        return (PassedOn(caller, at, "blind", to),), None
    through = _second_call(message, is_ours)
    interface = interface_of(message.header("TransferTargetChannel"))
    told: list[CallEvent] = [PassedOn(caller, at, "attended", interface or _application(message))]
    if through:
        told.append(PartOf(through, at, caller))
    channel = _id(message, "TransferTargetUniqueid")
    return tuple(told), Takeover(caller, at, interface, channel, through)


def _second_call(message: Message, is_ours: Callable[[str], bool]) -> str:
    """Return the agent's other call, if it is one of ours."""
    return next((call for call in _agents_calls(message) if is_ours(call)), "")


def _agents_calls(message: Message) -> Iterator[str]:
    for name in ("SecondTransfererUniqueid", "OrigTransfererUniqueid"):
        if call := _id(message, name):
            yield call


def _id(message: Message, name: str) -> str:
    value = message.header(name)
    return value if len(message.all(name)) == 1 and CALL_ID.fullmatch(value) else ""


def _application(message: Message) -> str:
    return kept(message.header("DestApp"))
