"""A call as it arrives, before anybody knows who is calling."""

from dataclasses import dataclass

UNCLEAR = "unclear"  # as IncomingCall.asserted


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """What Asterisk tells us about a call.

    `call_id` is the channel's Uniqueid, `linked_id` its Linkedid. `caller_number` is what the carrier sent,
    digits and `+` only, empty when there is none; `withheld` says that the caller asked not to be identified.
    `dialled` is the DID. `sip_call_id` (empty for other technologies) finds the call in a SIP trace.
    `arrived_at` is Unix time in seconds. `attestation` is how much the carrier vouches for the number (STIR/SHAKEN),
    as the PBX verified it: A, B or C; `failed` when the signature is not good for this number; empty when the number
    is not signed, or nobody verifies. `asserted` is a number that the trunk asserts beside
    `caller_number` (P-Asserted-Identity, RFC 3325), or UNCLEAR where no number can be read from
    what it asserts. `from_number` is what From says where something else is asserted: the caller
    may have chosen it, so nobody is looked up by it.
    """

    call_id: str
    linked_id: str
    caller_number: str
    dialled: str
    withheld: bool
    trunk: str
    sip_call_id: str
    arrived_at: float
    attestation: str = ""  # the default is for older records, which have none
    asked: str = ""  # what was asked in this call so far, a letter each: m menu, n customer number, p PIN
    intent: str = ""  # the key pressed in the menu
    typed: str = ""  # the customer number typed; what is none, only as so many x
    asserted: str = ""
    from_number: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who claims to call: an E.164 number, or None with the reason in words.

    `typed`: they are identified by the customer number typed, not by the number called from.
    `doubt` says what else the number could be, or what was left out of it; `other` is that number.
    """

    number: str | None
    why_not: str = ""
    typed: bool = False
    doubt: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class PinCaller:
    """Who types a PIN, as far as the limits of tries have to know.

    `number` is the number called from where it is believed; empty, all callers of the trunk whose number is not are
    one. `own`: it is believed, and is the number of the customer whose PIN it is to be.
    """

    trunk: str
    number: str = ""
    own: bool = False


def hidden(typed: str) -> str:
    """What was typed and is no customer number, as it may be kept: it could be a PIN, so only its length stays."""
    return "x" * len(typed)


def is_hidden(typed: str) -> bool:
    """Whether only the length of what was typed is known."""
    return typed.startswith("x")
