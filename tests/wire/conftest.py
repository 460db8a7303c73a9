"""What tests of the FastAGI server have in common."""

from collections.abc import AsyncIterator

import pytest

from tests.wire.test_agi_server import Running


@pytest.fixture
async def running() -> AsyncIterator[Running]:
    """A server on a free port."""
    made = Running()
    await made.server.start()
    yield made
    await made.server.stop()
