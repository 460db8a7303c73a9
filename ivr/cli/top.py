"""`ivr top`."""

import getpass
import json
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

import typer
from rich.live import Live

from ivr.cli import common
from ivr.cli.live_board import board
from ivr.errors import IvrError
from ivr.store.sqlite_file import live_socket_path

_ANSWER_SECONDS = 3.0  # for the first state
_DRAW_SECONDS = 0.5  # between two pictures, for ages grow whether anything is told or not
_AGAIN_SECONDS = 1.0  # between two tries to reach a service that is away
_LONGEST_BYTES = 64 << 20  # of a line


class Order(StrEnum):
    """What callers are sorted by."""

    priority = "priority"
    wait = "wait"
    segment = "segment"
    queue = "queue"


def top(
    sort: Annotated[
        Order,
        typer.Option(
            "--sort",
            metavar="priority|wait|segment|queue",
            help="what callers are sorted by",
        ),
    ] = Order.priority,
    once: Annotated[bool, typer.Option("--once", help="print one picture, and end")] = False,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="print JSON, for programs: one line a second"),
    ] = False,
) -> None:
    """Show who waits and who talks, and what agents do, as the running service knows it.

    Each part says how old it is; what is older than 3 seconds is marked, and after 10 there are no
    figures any more. The service's user, root and members of the socket's group may look. Ctrl-C
    ends it.

    Example:  ivr top --sort wait
    """
    settings = common.settings()
    path = settings.live_socket or live_socket_path(settings.database_url)
    with suppress(KeyboardInterrupt), _LiveFeed(path) as feed:
        if as_json:
            for state in [feed.whole()] if once else feed.states():
                common.out.print(json.dumps(state), markup=False)
        elif once or not common.out.is_terminal:
            common.out.print(board(feed.whole(), sort.value))
        else:
            _show(feed, sort)


def _show(feed: "_LiveFeed", sort: Order) -> None:
    state: Mapping[str, Any] = next(feed.states())
    with Live(console=common.out, auto_refresh=False, screen=True) as live:
        while True:
            live.update(board(state, sort.value), refresh=True)
            try:
                state = feed.newest(_DRAW_SECONDS) or state
            except IvrError:  # away: what was known grows old, until it is there again
                time.sleep(_AGAIN_SECONDS)
                with suppress(IvrError):
                    feed.open()


class _LiveFeed:
    """A connection to the service. Raises IvrError, which says what to do."""

    def __init__(self, path: Path) -> None:
        self._path, self._buffer = path, bytearray()
        self._end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.close()

    def open(self) -> None:
        """Connect, perhaps again."""
        self._end.close()
        self._end, self._buffer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM), bytearray()
        self._end.settimeout(_ANSWER_SECONDS)
        try:
            self._end.connect(str(self._path))
        except OSError as error:
            self._end.close()
            raise IvrError(self._unreachable(error)) from None

    def states(self) -> Iterator[dict[str, Any]]:
        """Give one state after the other."""
        while True:
            if state := self.newest(_ANSWER_SECONDS):
                yield state
            else:
                raise IvrError(f"the service says nothing on {self._path}: does it hang?")

    def whole(self) -> dict[str, Any]:
        """Give the first state; the second where that lacks reasons: now they are looked up."""
        states = self.states()
        state = next(states)
        rows = state["callers"]["rows"]
        return state if all(row.get("reason") for row in rows) else next(states)

    def newest(self, patience: float) -> dict[str, Any] | None:
        """Wait for a state; None when there is none in time."""
        deadline = time.monotonic() + patience
        found = None
        while found is None:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            try:
                self._end.settimeout(left)
                came = self._end.recv(1 << 16)
            except TimeoutError:
                return None
            except OSError as error:
                raise IvrError(f"the service let go of us: {error}") from None
            if not came:
                raise IvrError(f"the service has closed {self._path}: is it being restarted?")
            self._buffer += came
            found = self._taken()
        return found

    def _taken(self) -> dict[str, Any] | None:
        """Give the last whole state of what has come."""
        if len(self._buffer) > _LONGEST_BYTES:
            raise IvrError(f"what is said on {self._path} is not of our service")
        whole, newline, rest = self._buffer.rpartition(b"\n")
        if not newline:
            return None
        self._buffer = bytearray(rest)
        last = None
        for line in bytes(whole).split(b"\n"):
            try:
                said = json.loads(line)
            except (ValueError, RecursionError):
                said = None
            if not _is_ours(said):
                raise IvrError(f"what is said on {self._path} is not of our service")
            if said.get("type") == "refused":
                why = said.get("why")
                raise IvrError(f"{why}: {self._forbidden()}" if "user" in str(why) else f"{why}")
            if said.get("type") == "state":
                last = said
        return last

    def _unreachable(self, error: OSError) -> str:
        if isinstance(error, PermissionError):
            return self._forbidden()
        why = os.strerror(error.errno).lower() if error.errno else str(error)
        return (
            f"no service tells anything on {self._path} ({why}): start it with `ivr serve`, "
            "or set IVR_LIVE_SOCKET as it has it"
        )

    def _forbidden(self) -> str:
        who = str(os.geteuid())
        with suppress(KeyError, OSError):
            who = getpass.getuser()
        return (
            f"{who} may not read {self._path}: do it as the service's user or root, or as a "
            "member of the group that the socket has (and that may enter its folder)"
        )


def _is_ours(said: object) -> bool:
    """Whether a line is what our service says, as far as its form goes."""
    if not isinstance(said, dict) or said.get("type") != "state":
        return isinstance(said, dict)
    parts = [said.get(name) for name in ("queues", "callers", "agents")]
    return all(
        isinstance(part, dict)
        and isinstance(part.get("rows"), list)
        and all(isinstance(row, dict) for row in part["rows"])
        for part in parts
    )
