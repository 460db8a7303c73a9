"""One FastAGI conversation: Asterisk's environment block, then our commands and its answers.

The dialogue is panoramisk's Request; reading the environment is ours, because panoramisk's own reader never ends
on a closed connection and knows no limits.
"""

import asyncio
from collections.abc import Mapping

from panoramisk.fast_agi import Request

from ivr.agi.request import ENVIRONMENT_LIMIT, AgiError, one_line, parse_environment


async def read_environment(reader: asyncio.StreamReader) -> dict[str, str]:
    """The `agi_*` values that Asterisk sends first, up to the empty line.

    `reader` must have been made with `limit=ENVIRONMENT_LIMIT`. Raises AgiError.
    """
    try:
        block = await reader.readuntil(b"\n\n")
    except asyncio.IncompleteReadError as error:
        raise AgiError(f"closed after {len(error.partial)} bytes of the environment") from None
    except asyncio.LimitOverrunError:
        raise AgiError(f"environment longer than {ENVIRONMENT_LIMIT} bytes") from None
    except OSError as error:
        raise AgiError(f"connection lost: {error}") from None
    return parse_environment(block)


class Session:
    """A session whose environment has been read: `environment` to look at, `execute` to command."""

    def __init__(
        self, environment: Mapping[str, str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.environment = environment
        self._reader, self._writer = reader, writer
        self._request = Request(None, environment, reader, _LastWords(writer))

    def send_last(self, command: str) -> None:
        """Send the last command."""
        self._last = asyncio.ensure_future(self._request.send_command(one_line(command)))

    async def carried_out(self) -> None:
        """Wait for it."""
        try:
            result = await self._last
        except ValueError:
            raise AgiError("the call did not wait for the answer") from None
        except OSError as error:
            raise AgiError(f"connection lost: {error}") from None
        if "error" in result or result.get("status_code") != 200:
            raise AgiError(f"failed: {result.get('error')} {result.get('msg', '')}".strip())

    async def finish(self, command: str) -> None:
        """Send the last command and wait until Asterisk has carried it out; raises AgiError when it did not.

        Our side of the connection is closed behind it, so the call goes on at once: with the connection open,
        Asterisk would wait until we have read its answer and closed. Raises ValueError for a command that would be
        cut or would be read as two.
        """
        line = one_line(command)
        try:
            result = await self._request.send_command(line)
        except ValueError:  # an answer without a code, or none: the connection is closed
            raise AgiError("the call did not wait for the answer") from None
        except OSError as error:
            raise AgiError(f"connection lost: {error}") from None
        if "error" in result or result.get("status_code") != 200:
            raise AgiError(f"{command[:20]!r} failed: {result.get('error')} {result.get('msg', '')}".strip())

    async def ask(self, *commands: str) -> str:
        """Send commands, each when Asterisk has carried out the one before; returns its answer to the last, behind 200.

        Not all at once, and our side stays open: GET DATA takes whatever is to be read from us, the end of the
        connection included, for a new command, and breaks off. Raises AgiError when a command is not carried out,
        and ValueError for one that would be cut or would be read as two. What a caller typed may be in an answer:
        no exception has any of it.
        """
        answer = b""
        for command in commands:
            line = one_line(command)
            try:
                self._writer.write(f"{line}\n".encode())
                answer = await self._reader.readline()
            except ValueError:  # beyond the reader's limit
                raise AgiError(f"{command[:20]!r} failed: no answer") from None
            except OSError as error:
                raise AgiError(f"connection lost: {type(error).__name__}") from None
            if not answer.startswith(b"200 ") or not answer.endswith(b"\n"):
                code = answer[:3].decode() if answer[:3].isdigit() else "no answer"
                raise AgiError(f"{command[:20]!r} failed: {code}")
        return answer.decode("utf-8", "replace")[4:].rstrip("\n")


class _LastWords:
    """What panoramisk writes a command to: it drains behind the command, and then there is no more to say."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.write = writer.write

    async def drain(self) -> None:
        if self._writer.can_write_eof():
            self._writer.write_eof()
        await self._writer.drain()
