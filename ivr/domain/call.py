"""A call as it arrives, before anybody knows who is calling."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """What Asterisk tells us about a call.

    `call_id` is the channel's Uniqueid, `linked_id` its Linkedid. `caller_number` is what the carrier sent,
    digits and `+` only, empty when there is none; `withheld` says that the caller asked not to be identified.
    `dialled` is the DID. `sip_call_id` (empty for other technologies) finds the call in a SIP trace.
    `arrived_at` is Unix time in seconds. `attestation` is how much the carrier vouches for the number (STIR/SHAKEN),
    as the PBX verified it: A, B or C; `failed` when the signature is not good for this number; empty when the number
    is not signed, or nobody verifies.

    What the caller was asked so far: `asked` has a letter for each question (m menu, n customer number, p PIN, as in
    `mnn`), `intent` is the key pressed in the menu, `typed` the customer number typed; empty when there is none.
    """

    call_id: str
    linked_id: str
    caller_number: str
    dialled: str
    withheld: bool
    trunk: str
    sip_call_id: str
    arrived_at: float
    attestation: str = ""  # the defaults are for older records, which have none
    asked: str = ""
    intent: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who claims to call: an E.164 number, or None with the reason in words."""

    number: str | None
    why_not: str = ""
