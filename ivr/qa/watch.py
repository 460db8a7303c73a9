"""What the PBX did with calls, seen on its event stream; what that missed is taken from its queue_log."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from ivr.ami.client import AmiClient
from ivr.ami.events import event_of
from ivr.ami.message import Message
from ivr.domain.calls.events import CallerAsked, CallHandled, CallRouted, QueueJoined
from ivr.errors import AmiError
from ivr.lab.lab import AMI
from ivr.lab.state import LabState
from ivr.qa.calls import DECIDED

QUEUE, REFUSED = "queue", "refused"  # beside these, `Handled.met` has the words of `asked` and `handled`
_AGAIN_SECONDS = 0.1  # after a lost connection


@dataclass(slots=True)
class Handled:
    """A call as the PBX handled it.

    `met` is what was there for the caller first: a queue, a question or service (menu, self-service, voicemail …), a
    message or an end; empty for nothing at all. `at` is Unix time of that, by the PBX's own clock. `queue` is the
    first that the caller joined, then or later. `applied` says whether Asterisk told of a decision
    of the service, and not only of the dialplan's own: what it remembers, or the general queue.
    """

    tier: str
    dialled: str
    queue: str = ""
    at: float | None = None
    met: str = ""
    applied: bool = False

    def meets(self, what: str, at: float) -> None:
        """Something is there for the caller; what came before it counts."""
        if not self.met:
            self.met, self.at = what, at

    def joins(self, queue: str, at: float) -> None:
        """The caller joins a queue."""
        self.queue = self.queue or queue
        self.meets(QUEUE, at)


class Watch:
    """Follows every call that our dialplan routes, also over a restart of Asterisk."""

    def __init__(self, state: LabState) -> None:
        self._state = state
        self._client = AmiClient(state.pbx, AMI, "qa", state.qa_secret, on_event=self._event)
        self._by_call: dict[str, Handled] = {}
        self.by_sip_id: dict[str, Handled] = {}
        self.logins = 0
        self.blind: list[tuple[float, float]] = []  # Unix times: nothing was seen then

    @contextlib.asynccontextmanager
    async def watching(self) -> AsyncIterator["Watch"]:
        """Watch during the block."""
        task = asyncio.create_task(self._run())
        try:
            async with asyncio.timeout(10):
                while not self.logins:  # noqa: ASYNC110 - it is a matter of milliseconds
                    await asyncio.sleep(0.02)
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def from_queue_log(self) -> dict[str, Handled]:
        """What queue_log says, by the number that was dialled. It knows whole seconds only: the end of each counts.

        It does not tell who was refused.
        """
        path = Path(self._state.home) / "pbx/log/queue_log"
        by_call: dict[str, Handled] = {}
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            at, call, queue, _, event, *data = line.split("|")
            handled = by_call.get(call)
            if event == "IVRROUTED" and len(data) >= 4:
                if handled is None:
                    by_call[call] = Handled(data[0], data[3])
                else:
                    handled.tier = data[0]
            elif handled and event == "ENTERQUEUE":
                handled.joins(queue, int(at) + 1.0)
            elif handled and event in ("IVRASKED", "IVRHANDLED") and data:
                handled.meets(data[0], int(at) + 1.0)
        return {handled.dialled: handled for handled in by_call.values()}

    async def _run(self) -> None:
        seen_at = time.time()
        while True:
            with contextlib.suppress(AmiError):
                async with self._client.session():
                    self.blind.append((seen_at, time.time()))
                    self.logins += 1
                    while self._client.connected:  # the client announces it to nobody
                        seen_at = time.time()
                        await asyncio.sleep(0.05)
            await asyncio.sleep(_AGAIN_SECONDS)

    def _event(self, message: Message) -> None:
        event = event_of(message, time.time())
        if event is None:
            return
        handled = self._by_call.get(event.call_id)
        match event:
            case CallRouted():
                if handled is None:
                    handled = Handled(event.tier, event.dialled)
                    self._by_call[event.call_id] = self.by_sip_id[event.sip_call_id] = handled
                handled.tier = event.tier  # after a question it is decided again
                handled.applied = handled.applied or event.tier in DECIDED
                if event.action == "refuse":
                    handled.meets(REFUSED, event.at)
            case QueueJoined() if handled:
                handled.joins(event.queue, event.at)
            case CallerAsked() if handled:
                handled.meets(event.ask, event.at)
            case CallHandled() if handled:
                handled.meets(event.what, event.at)
