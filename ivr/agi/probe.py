"""A client that plays Asterisk: asks a FastAGI server the way a call would."""

import asyncio
import contextlib
import itertools
import re

from ivr.agi.request import AgiError

_COMMAND_LIMIT = 64 * 1024
_NUMBERS = itertools.count(1)  # of the calls that it plays: each is another one


class NobodyListensError(AgiError):
    """The connection was refused."""


async def ask(
    host: str,
    port: int,
    script: str,
    *,
    arguments: tuple[str, ...] = (),
    caller: str = "unknown",
    call_id: str = "",
    secret: str = "",
    patience: float = 2.0,
) -> list[str]:
    """The commands that the server sends for one request to `agi://host:port/script`, each answered with success.

    Without any, it did not let us ask. Raises AgiError when nobody listens, nothing comes within `patience` seconds,
    or the connection breaks.
    """
    script = f"{secret}/{script}" if secret else script
    environment = {
        "agi_network": "yes",
        "agi_network_script": script,
        "agi_request": f"agi://{host}:{port}/{script}",
        "agi_channel": "Probe/1",
        "agi_uniqueid": call_id or f"probe.{next(_NUMBERS)}",
        "agi_callerid": caller,
        **{f"agi_arg_{number}": value for number, value in enumerate(arguments, 1)},
    }
    block = "".join(f"{name}: {value}\n" for name, value in environment.items()) + "\n"
    commands = []
    try:
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_connection(host, port, limit=_COMMAND_LIMIT)
            with contextlib.closing(writer):
                writer.write(block.encode())
                while line := await reader.readline():
                    commands.append(line.decode("utf-8", "replace").rstrip("\n"))
                    writer.write(b"200 result=0\n")
    except TimeoutError:
        raise AgiError(f"no answer within {patience:g} s") from None
    except ConnectionRefusedError:
        raise NobodyListensError("nobody listens there") from None
    except ConnectionResetError:  # so it looks when what we said was not read
        if commands:
            raise AgiError("the connection broke") from None
    except (OSError, ValueError) as error:
        raise AgiError(str(error)) from None
    return commands


class NotLetError(AgiError):
    """The server closed the connection without a word."""


async def check(host: str, port: int, secret: str = "") -> dict[str, str] | None:
    """What the service says of itself; None when it is not our service that answers. Raises AgiError, NotLetError."""
    commands = await ask(host, port, "check", secret=secret)
    if not commands:
        raise NotLetError("it lets only root, the service's own user and those of IVR_AGI_USERS ask")
    return verdict(commands)


def verdict(commands: list[str]) -> dict[str, str] | None:
    """What the endpoint `check` said of itself, as words; None when it did not say that it is well."""
    for command in commands:
        if said := re.fullmatch(r'VERBOSE "ivr ok ([^"]*)" \d', command):
            words = dict(word.partition("=")[::2] for word in said[1].split())
            return words if {"database", "policy"} <= words.keys() else None
    return None
