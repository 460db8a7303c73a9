"""What Asterisk sends when a call asks, over FastAGI or to a program of its own: read, checked and bounded."""

import re
from collections.abc import Mapping

from ivr.agi.contract import UNSAID
from ivr.domain.calls.incoming_call import UNCLEAR, IncomingCall
from ivr.limits import MOST_DIGITS

ENVIRONMENT_LIMIT = 16 * 1024  # bytes; Asterisk's own is about 1 KiB
COMMAND_LIMIT = 8191  # bytes; Asterisk cuts a longer line and runs its tail as a command
_FORBIDDEN = re.compile(r"[\r\n\0]")
_CALL_ID = re.compile(r"[A-Za-z0-9._-]{1,150}", re.ASCII)
_NUMBER = re.compile(rf"[0-9+]{{0,{MOST_DIGITS}}}", re.ASCII)
_ASSERTED = re.compile(rf"[0-9+]{{0,{MOST_DIGITS}}}|{UNCLEAR}", re.ASCII)
_ATTESTATION = re.compile(r"[ABC]|failed|", re.ASCII)
_ASKED = re.compile(r"[mnp]{0,8}", re.ASCII)
_KEY = re.compile(r"[0-9*#]?", re.ASCII)
# x: a digit that the dialplan was told to forget
_TYPED = re.compile(rf"[0-9]{{0,{MOST_DIGITS}}}|x{{1,{MOST_DIGITS}}}", re.ASCII)
_CONTRACT = re.compile(r"[0-9]{0,6}", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9_.@/-]{0,128}", re.ASCII)


class AgiError(Exception):
    """The peer does not speak AGI as it should, or went away. Nothing that an admin can mend."""


def parse_environment(block: bytes) -> dict[str, str]:
    """The `agi_*` values of an environment, which are whatever a caller made of them.

    Of a key that comes twice the first counts: a later one can only have been smuggled in by a caller.
    """
    environment: dict[str, str] = {}
    for line in block.decode("utf-8", "replace").split("\n"):
        key, colon, value = line.partition(":")
        if colon:
            environment.setdefault(key.strip(), value.strip())
    return environment


def one_line(command: str) -> str:
    """The command, if Asterisk reads it as one; raises ValueError when it would be cut or read as two."""
    if _FORBIDDEN.search(command) or len(command.encode()) >= COMMAND_LIMIT:
        raise ValueError(f"not one AGI line: {command[:80]!r}")
    return command


def call_of(environment: Mapping[str, str], now: float) -> IncomingCall:
    """The call that an environment speaks of; raises AgiError for values that our dialplan cannot have sent."""
    call_id = call_id_of(environment)
    number = environment.get("agi_callerid", "")
    withheld = argument(environment, 3, re.compile("[01]")) == "1"
    return IncomingCall(
        call_id=call_id,
        linked_id=call_id,
        caller_number="" if withheld or number == "unknown" else _checked("agi_callerid", number, _NUMBER),
        dialled=argument(environment, 2, _NUMBER),
        withheld=withheld,
        trunk=argument(environment, 4, _WORD),
        sip_call_id=argument(environment, 5, _WORD),
        arrived_at=now,
        attestation=argument(environment, 6, _ATTESTATION),
        asked=argument(environment, 7, _ASKED),
        intent=argument(environment, 8, _KEY),
        typed=_typed(environment),
        asserted=argument(environment, 11, _ASSERTED),
        from_number=argument(environment, 12, _NUMBER),
    )


def contract_of(environment: Mapping[str, str]) -> int:
    """The contract of the dialplan that asks; raises AgiError when what stands in its place is no number."""
    return int(argument(environment, 10, _CONTRACT) or UNSAID)


def call_id_of(environment: Mapping[str, str]) -> str:
    """Which call an environment speaks of; raises AgiError when our Asterisk would not name one so."""
    call_id = environment.get("agi_uniqueid", "")
    if not _CALL_ID.fullmatch(call_id):
        raise AgiError(f"agi_uniqueid {call_id[:80]!r} is none")
    return call_id


def argument(environment: Mapping[str, str], number: int, pattern: re.Pattern[str]) -> str:
    """What the dialplan gave to AGI() as an argument, 1 being the first; raises AgiError when it does not fit."""
    return _checked(f"argument {number}", environment.get(f"agi_arg_{number}", ""), pattern)


def _typed(environment: Mapping[str, str]) -> str:
    """What the caller typed, which may be a PIN: so it is not repeated when it does not fit."""
    typed = environment.get("agi_arg_9", "")
    if not _TYPED.fullmatch(typed):
        raise AgiError("argument 9 is no number that a caller can type: is the dialplan ours (dialplans/ivr.conf)?")
    return typed


def _checked(name: str, value: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(value):
        raise AgiError(f"{name} is {value[:80]!r}: is the dialplan ours (dialplans/ivr.conf)?")
    return value
