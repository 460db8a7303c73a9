"""Classic AGI: one call's dialogue with Asterisk over a pair of pipes.

The dialogue is pyst2's AGI; guards are put around what it does not look at itself.
"""

import io
from typing import BinaryIO, TextIO

from asterisk.agi import AGI, AGIException

from ivr.agi.request import ENVIRONMENT_LIMIT, AgiError, one_line, parse_environment


class Dialogue(AGI):  # type: ignore[misc]  # pyst2 ships no types
    """Reads the environment when it is made: `env` to look at, `command` to command. Both raise AgiError."""

    def __init__(self, requests: BinaryIO, answers: TextIO) -> None:
        super().__init__(_Bounded(requests), answers, _Nowhere())

    def command(self, command: str) -> None:
        """Send one command and wait until Asterisk has carried it out; raises AgiError when it did not.

        Raises ValueError for a command that would be cut or would be read as two.
        """
        line = one_line(command)
        try:
            code = self.execute(line)["result"][0]
        except (AGIException, OSError, ValueError) as error:  # a hang-up, a broken pipe, an answer without a code
            raise AgiError(f"the call did not take the answer ({error!r})") from None
        if code != "0":
            raise AgiError(f"{command[:20]!r} failed: {code[:20]!r}")

    def _get_agi_env(self) -> None:
        """What pyst2 does, but it keeps the last of a repeated key, which only a caller can have put there."""
        self.env = parse_environment(b"".join(iter(self.stdin.readline, b"\n")))


class _Bounded:
    """What Asterisk says, and no more than it would say. At its end pyst2 would read on for ever, or fail."""

    def __init__(self, requests: BinaryIO) -> None:
        self._requests, self._left = requests, ENVIRONMENT_LIMIT

    def readline(self) -> bytes:
        line = self._requests.readline(self._left + 1)
        self._left -= len(line)
        if self._left < 0:
            raise AgiError(f"Asterisk sent more than {ENVIRONMENT_LIMIT} bytes")
        if not line.endswith(b"\n"):
            raise AgiError("the call did not wait for the answer")
        return line.decode("utf-8", "replace").encode()


class _Nowhere(io.TextIOBase):
    """Where pyst2 writes all that it reads and sends: customers' names and numbers."""

    def write(self, text: str) -> int:
        return len(text)
