"""One FastAGI conversation: Asterisk's environment block, then our commands and its answers.

It is a plain protocol of asyncio's: with streams, and what they do for each read and write, a
session without its decision would take a quarter more of a processor.
"""

import asyncio
import re
from collections.abc import Mapping
from typing import cast

from ivr.agi.request import ENVIRONMENT_LIMIT, AgiError, one_line, parse_environment

_END = b"\n\n"
_TAKEN = b"200 result=0\n"
_CODE = re.compile(r"\d*")
_NOT_TAKEN = re.compile(r"\bresult=-1(?!\S)|\(hangup\)")
_UNREAD_LIMIT = 2 * ENVIRONMENT_LIMIT  # bytes that we keep, until the peer has to wait


class Session(asyncio.Protocol):
    """A connection, and what is said on it.

    There is `environment` to look at, `finish` and `ask` to command. Who serves sessions makes a
    class of its own of it, whose `asked` begins when the environment is there, and `unasked` when
    there will be none.
    """

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.environment: Mapping[str, str] = {}
        self._heard = bytearray()  # and not yet used
        self._is_asked = self._is_ended = self._is_paused = False
        self._waits: asyncio.Future[None] | None = None  # for more of it
        self._sent = ""
        self._lost = ""  # why, if not because the peer closed the connection

    def asked(self) -> None:
        """Go on: the environment is read."""

    def unasked(self, error: AgiError) -> None:
        """End it: there is no environment, and there will be none. May be told more than once."""

    async def finish(self, command: str) -> None:
        """Send the last command and wait until Asterisk has carried it out.

        Raises what `send_last` and `carried_out` raise, which it is made of.
        """
        self.send_last(command)
        await self.carried_out()

    def send_last(self, command: str) -> None:
        """Send the last command, and close our side of the connection behind it.

        So the call goes on at once: with the connection open, Asterisk would wait until we have
        read its answer and closed. Raises ValueError for a command that would be cut or would be
        read as two, and AgiError when nothing can be sent, for the connection is lost.
        """
        self._send(command)
        self.transport.write_eof()

    async def carried_out(self) -> None:
        """Wait until Asterisk has carried the last command out; raises AgiError when it did not."""
        unsaid = "the call did not wait for the answer"
        while (answer := await self._answer(unsaid)) != _TAKEN:
            try:
                said = answer.decode()
                code = int(_CODE.match(said)[0])  # type: ignore[index]  # it matches anything
            except ValueError:  # an answer without a code
                raise AgiError(unsaid) from None
            if code == 200 and not _NOT_TAKEN.search(said):
                return
            if code != 100:  # "Trying...": another one follows
                raise AgiError(f"{self._sent!r} failed: {said[:80].rstrip()}")

    async def ask(self, *commands: str) -> str:
        """Send commands, each when Asterisk has carried out the one before.

        Returns its answer to the last, behind 200. Not all at once, and our side stays open: GET
        DATA takes whatever is to be read from us, the end of the connection included, for a new
        command, and breaks off. Raises AgiError when a command is not carried out, and ValueError
        for one that would be cut or would be read as two. What a caller typed may be in an answer:
        no exception has any of it.
        """
        answer = b""
        for command in commands:
            self._send(command)
            answer = await self._answer(f"{self._sent!r} failed: no answer")
            if not answer.startswith(b"200 "):
                code = answer[:3].decode() if answer[:3].isdigit() else "no answer"
                raise AgiError(f"{self._sent!r} failed: {code}")
        return answer.decode("utf-8", "replace")[4:].rstrip("\n")

    def _send(self, command: str) -> None:
        line = one_line(command)
        if self.transport.is_closing():
            raise AgiError(f"connection lost{self._lost}")
        self._sent = command[:20]
        self.transport.write(f"{line}\n".encode())

    async def _answer(self, unsaid: str) -> bytes:
        """Wait for a line. Raises AgiError: `unsaid` when there is none, or it never ends."""
        while (end := self._heard.find(b"\n")) < 0:
            if len(self._heard) > ENVIRONMENT_LIMIT:
                raise AgiError(unsaid)
            if self._is_ended:
                raise AgiError(f"connection lost{self._lost}" if self._lost else unsaid)
            self._waits = asyncio.get_running_loop().create_future()
            await self._waits
        if end > ENVIRONMENT_LIMIT:
            raise AgiError(unsaid)
        line = bytes(self._heard[: end + 1])
        del self._heard[: end + 1]
        if self._is_paused and len(self._heard) <= ENVIRONMENT_LIMIT:
            self._is_paused = False
            self.transport.resume_reading()
        return line

    def _wake(self) -> None:
        if self._waits is not None and not self._waits.done():
            self._waits.set_result(None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """As asyncio says."""
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """As asyncio says."""
        before = len(self._heard)
        self._heard += data
        if not self._is_asked:
            self._look_for_environment(before)
        else:
            self._wake()
        if self._is_asked and len(self._heard) > _UNREAD_LIMIT and not self._is_paused:
            self._is_paused = True
            self.transport.pause_reading()

    def _look_for_environment(self, begin: int) -> None:
        """Begin when it is whole, or can never be; `begin` is what has been looked through."""
        end = self._heard.find(_END, max(0, begin - 1))
        if (end if end >= 0 else len(self._heard) - 1) > ENVIRONMENT_LIMIT:
            self.unasked(AgiError(f"environment longer than {ENVIRONMENT_LIMIT} bytes"))
        elif end >= 0:
            self._is_asked = True
            self.environment = parse_environment(bytes(self._heard[:end]))
            del self._heard[: end + len(_END)]
            self.asked()

    def eof_received(self) -> bool:
        """As asyncio says. Who says no more may still listen."""
        self._end(f"closed after {len(self._heard)} bytes of the environment")
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """As asyncio says."""
        if exc is not None:
            self._lost = f": {exc}"
            self._end(f"connection lost: {exc}")
        else:
            self._end(f"closed after {len(self._heard)} bytes of the environment")

    def _end(self, why: str) -> None:
        self._is_ended = True
        if self._is_asked:
            self._wake()
        else:
            self.unasked(AgiError(why))
