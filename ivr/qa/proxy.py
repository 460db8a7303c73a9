"""A TCP proxy that can be cut, made mute, or slow."""

import asyncio


class Proxy:
    """Passes bytes between its own port on `host` and `port` there. `delay` is in seconds."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self.mute, self.delay = False, 0.0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def open(self) -> int:
        """Listen; returns the port."""
        self._server = await asyncio.start_server(self._serve, self._host, 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def cut(self) -> None:
        """Break every connection."""
        for writer in list(self._writers):
            writer.transport.abort()

    def close(self) -> None:
        """Listen no more, and break every connection."""
        if self._server is not None:
            self._server.close()
        self.cut()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.close()
            return
        self._writers |= {writer, far_writer}
        try:
            await asyncio.gather(self._pass(reader, far_writer), self._pass(far_reader, writer))
        except asyncio.CancelledError:  # the loop ends: nobody waits for us
            pass
        finally:
            for one in (writer, far_writer):
                self._writers.discard(one)
                one.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                if self.delay:
                    await asyncio.sleep(self.delay)
                if not self.mute:
                    writer.write(data)
                    await writer.drain()
        except OSError:
            pass
        writer.close()
