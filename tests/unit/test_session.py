"""What we are willing to send as one AGI command, and what we take for Asterisk's answer."""

import asyncio
from unittest.mock import Mock

import pytest

from ivr.agi.request import COMMAND_LIMIT, ENVIRONMENT_LIMIT, AgiError
from ivr.agi.session import Session


def connected(*, closing: bool = False) -> tuple[Session, Mock]:
    """Return a session, and what it is connected by."""
    session, transport = Session(), Mock(spec=asyncio.Transport)
    transport.is_closing.return_value = closing
    session.connection_made(transport)
    return session, transport


@pytest.mark.parametrize(
    "command",
    [
        "NOOP\nHANGUP",
        "NOOP\rHANGUP",
        "NOOP\0",
        "x" * COMMAND_LIMIT,
        "é" * (COMMAND_LIMIT // 2 + 1),
    ],
)
async def test_a_command_that_asterisk_would_read_as_two_is_never_sent(command: str) -> None:
    session, transport = connected()
    for way in (session.finish, session.ask):
        with pytest.raises(ValueError, match="not one AGI line"):
            await way(command)
    with pytest.raises(ValueError, match="not one AGI line"):
        session.send_last(command)
    transport.write.assert_not_called()
    transport.write_eof.assert_not_called()


async def test_the_last_command_is_sent_in_the_same_turn_and_our_side_closed_behind_it() -> None:
    session, transport = connected()
    session.send_last("NOOP")
    assert [call[0] for call in transport.method_calls][-2:] == ["write", "write_eof"]
    transport.write.assert_called_once_with(b"NOOP\n")


async def test_nothing_is_sent_on_a_connection_that_is_lost() -> None:
    session, transport = connected(closing=True)
    session.connection_lost(ConnectionResetError("reset"))
    for way in (session.finish, session.ask):
        with pytest.raises(AgiError, match="connection lost"):
            await way("NOOP")
    transport.write.assert_not_called()


def answered(answer: bytes) -> Session:
    """Return a session on which Asterisk has said this, and no more is to come."""
    session, _ = connected()
    session.data_received(b"agi_network_script: route\n\n" + answer)
    assert session.environment == {"agi_network_script": "route"}
    session.eof_received()
    return session


@pytest.mark.parametrize(
    "answer",
    [
        b"200 result=0\n",
        b"200 result=1\n",
        b"200 result=-12\n",
        b"200 result= (timeout)\n",
        b"100 result=0 Trying...\n200 result=0\n",
        b"200 result=0\n510 Invalid\n",
    ],
)
async def test_a_200_is_a_command_carried_out(answer: bytes) -> None:
    await answered(answer).finish("NOOP")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\n",
        b"HANGUP\n",
        b"200 result=-1\n",
        b"200 result=0 (hangup)\n",
        b"200 result=0",  # cut
        b"2000\n",
        b"510 Invalid or unknown command\n",
        b"520-Invalid command syntax.\n520 End of proper usage.\n",
        b"100 result=0 Trying...\n",
        b"200 result=0 \xff\n",
        b"200 " + b"x" * ENVIRONMENT_LIMIT + b"\n",
        b"x" * (ENVIRONMENT_LIMIT + 1),
    ],
)
async def test_anything_else_is_none(answer: bytes) -> None:
    with pytest.raises(AgiError):
        await answered(answer).finish("NOOP")


async def test_what_nobody_has_asked_for_waits_with_the_peer() -> None:
    """Nothing unbounded is kept, and what was said before the flood still counts."""
    session, transport = connected()
    session.data_received(b"a: b\n\n200 result=0\n")
    for _ in range(9):
        session.data_received(b"x" * 10_000 + b"\n")
    transport.pause_reading.assert_called_once_with()
    assert await session.ask("NOOP") == "result=0"
    transport.resume_reading.assert_not_called()
    for _ in range(8):
        session.data_received(b"")
        with pytest.raises(AgiError):
            await session.ask("NOOP")
    transport.resume_reading.assert_called_once_with()
