"""What we are willing to send as one AGI command."""

import asyncio
from unittest.mock import Mock

import pytest

from ivr.agi.request import COMMAND_LIMIT
from ivr.agi.session import Session


@pytest.mark.parametrize(
    "command", ["NOOP\nHANGUP", "NOOP\rHANGUP", "NOOP\0", "x" * COMMAND_LIMIT, "é" * (COMMAND_LIMIT // 2 + 1)]
)
async def test_a_command_that_asterisk_would_read_as_two_is_never_sent(command: str) -> None:
    writer = Mock()
    with pytest.raises(ValueError, match="not one AGI line"):
        await Session({}, asyncio.StreamReader(), writer).finish(command)
    writer.write.assert_not_called()
