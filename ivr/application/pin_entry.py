"""PINs that callers type: whose each is to be, and what came of it. Kept while the call lasts, never written down."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from ivr.domain.calls.incoming_call import PinCaller

log = structlog.get_logger()
Verify = Callable[[str, str, str, PinCaller], Awaitable[str]]
"""Verifies: customer id, PIN, call id, caller → right, wrong, locked, none or unavailable. Never raises."""

PATIENCE = 0.6  # seconds: the call waits, and the dialplan gives up after 1
_OPEN_CALLS = 10_000  # the oldest are forgotten


@dataclass(slots=True)
class _Open:
    """A call in which a PIN may come, of one customer. Its fields are left out of its repr: they are nobody's business.

    Who calls is as it was found first: a later request must not make it look better.
    """

    customer_id: str
    caller: PinCaller
    verdict: str = ""
    verifying: "asyncio.Task[str] | None" = None
    over: bool = False  # two customers were found in it

    def __repr__(self) -> str:
        return "_Open()"


class PinEntry:
    """The Pins port, and what the AGI server gives typed digits to.

    What is kept of a call is kept of one customer in it. A verdict is theirs whose PIN was verified, and when another
    customer is found in the same call, no PIN counts in it any more.
    """

    def __init__(self, verify: Verify, may_ask: Callable[[PinCaller], bool] = lambda caller: True) -> None:
        self._verify, self._may_ask = verify, may_ask
        self._calls: OrderedDict[str, _Open] = OrderedDict()

    def may_ask(self, caller: PinCaller) -> bool:
        """Whether this caller may be asked for a PIN now."""
        return self._may_ask(caller)

    def expect(self, call_id: str, customer_id: str, caller: PinCaller, *, has_pin: bool) -> None:
        """Should a PIN be typed in this call, then it is to be this customer's, and nobody else's to its end."""
        call = self._calls.get(call_id)
        if call is not None:
            self._calls.move_to_end(call_id)
            self._is_still_of(call, customer_id, call_id)
        elif has_pin:
            self._calls[call_id] = _Open(customer_id, caller)
            if len(self._calls) > _OPEN_CALLS:
                self._calls.popitem(last=False)

    def typed(self, call_id: str, digits: str) -> None:
        """A PIN was typed; an empty one is none."""
        call = self._calls.get(call_id)
        if call is None or call.over or not digits or call.verdict == "right":
            return
        call.verdict = ""
        call.verifying = asyncio.ensure_future(self._verify(call.customer_id, digits, call_id, call.caller))

    async def verdict(self, call_id: str, customer_id: str) -> str:
        """What came of it for this customer: right, wrong, locked, none, unavailable; empty when there is nothing."""
        call = self._calls.get(call_id)
        if call is None or not self._is_still_of(call, customer_id, call_id):
            return ""
        if call.verifying is not None:
            verifying = call.verifying
            try:
                verdict = await asyncio.wait_for(asyncio.shield(verifying), PATIENCE)
            except Exception:  # noqa: BLE001 - whatever it is, nobody is trusted for it, and nothing of it is shown
                return "" if call.over else "unavailable"
            if call.over:  # while we waited
                return ""
            if call.verifying is verifying:
                call.verdict, call.verifying = verdict, None
        return call.verdict

    def _is_still_of(self, call: _Open, customer_id: str, call_id: str) -> bool:
        if call.customer_id != customer_id and not call.over:
            call.over, call.verdict, call.verifying = True, "", None
            log.warning(
                "two customers in one call: no PIN counts in it any more", call=call_id,
                mend="does anybody but Asterisk ask the service?",
            )  # fmt: skip
        return not call.over
