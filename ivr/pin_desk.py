"""PINs that callers type: whose each is to be, and what came of it. Kept while the call lasts, never written down."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Verify = Callable[[str, str, str], Awaitable[str]]
"""Verifies: customer id, PIN, call id → right, wrong, locked, none or unavailable. Never raises."""

PATIENCE = 0.6  # seconds: the call waits, and the dialplan gives up after 1
_OPEN_CALLS = 10_000  # the oldest are forgotten


@dataclass(slots=True)
class _Open:
    """A call in which a PIN may come. Its fields are left out of its repr: they are nobody's business."""

    customer_id: str = ""
    verdict: str = ""
    verifying: "asyncio.Task[str] | None" = None

    def __repr__(self) -> str:
        return "_Open()"


class PinDesk:
    """The Pins port, and what the AGI server gives typed digits to."""

    def __init__(self, verify: Verify) -> None:
        self._verify = verify
        self._calls: OrderedDict[str, _Open] = OrderedDict()

    def expect(self, call_id: str, customer_id: str) -> None:
        """Should a PIN be typed in this call, then it is to be this customer's."""
        call = self._call(call_id)
        if call.customer_id != customer_id:  # a verdict about somebody else counts for nothing
            call.customer_id, call.verdict, call.verifying = customer_id, "", None

    def typed(self, call_id: str, digits: str) -> None:
        """A PIN was typed; an empty one is none."""
        call = self._calls.get(call_id)
        if call is None or not call.customer_id or not digits or call.verdict == "right":
            return
        call.verdict = ""
        call.verifying = asyncio.ensure_future(self._verify(call.customer_id, digits, call_id))

    async def verdict(self, call_id: str) -> str:
        """What came of it: right, wrong, locked, none, unavailable; empty when nothing was typed."""
        call = self._calls.get(call_id)
        if call is None or (call.verifying is None and not call.verdict):
            return ""
        if call.verifying is not None:
            try:
                call.verdict = await asyncio.wait_for(asyncio.shield(call.verifying), PATIENCE)
            except Exception:  # noqa: BLE001 - whatever it is, nobody is trusted for it, and nothing of it is shown
                return "unavailable"
            call.verifying = None
        return call.verdict

    def _call(self, call_id: str) -> _Open:
        call = self._calls.setdefault(call_id, _Open())
        self._calls.move_to_end(call_id)
        while len(self._calls) > _OPEN_CALLS:
            self._calls.popitem(last=False)
        return call
