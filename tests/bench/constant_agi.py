"""The least that FastAGI can cost: a server that answers each session at once, with a constant.

`python -m tests.bench.constant_agi COMMAND` prints its port on 127.0.0.1, and serves until it is
ended.
"""

import asyncio
import sys

_END = b"\n\n"


class ConstantAnswer(asyncio.Protocol):
    """One session: the command goes out when the request is whole, and its result ends it."""

    def __init__(self, command: bytes) -> None:
        self._command, self._request = command, bytearray()
        self._is_answered = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """As asyncio says."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """As asyncio says."""
        if self._is_answered:
            self._transport.close()
            return
        self._request += data
        if self._request.endswith(_END):
            self._is_answered = True
            self._transport.write(self._command)


async def serve(command: bytes) -> None:
    """Serve until somebody ends the process."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: ConstantAnswer(command), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - for who started it
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1].encode() + b"\n"))
