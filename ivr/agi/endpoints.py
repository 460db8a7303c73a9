"""What Asterisk can ask: `route` (how is this call to be treated?) and `check` (are you well?)."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from ivr.agi.request import argument, call_of
from ivr.agi.session import Session
from ivr.agi.variables import MARK, answer
from ivr.call_flow import CallFlow
from ivr.domain.call import IncomingCall
from ivr.domain.ports import Journal

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The endpoints of the FastAGI server; `clock` gives Unix time in seconds, `ami_connected` is told by `check`."""

    flow: CallFlow
    journal: Journal
    clock: Callable[[], float] = time.time
    ami_connected: Callable[[], bool] = lambda: False

    async def route(self, session: Session) -> None:
        """`agi://…/route,MARK,DID,WITHHELD,TRUNK,SIP_CALL_ID,ATTESTATION`: decide, answer, then record.

        An error before the answer leaves the mark unset, and the dialplan goes on without us.
        """
        began = time.perf_counter()
        call = call_of(session.environment, self.clock())
        decision = await self.flow.route(call)
        await session.finish(answer(decision, argument(session.environment, 1, MARK)))
        route_ms = round((time.perf_counter() - began) * 1000, 3)
        self.journal.decided(call, decision, route_ms)
        log.info(
            "routed", call=call.call_id, caller=call.caller_number or "withheld", to=call.dialled,
            customer=decision.customer_id, queue=decision.queue, priority=decision.priority,
            rule=decision.rule, ms=route_ms,
        )  # fmt: skip

    async def check(self, session: Session) -> None:
        """`agi://…/check`: take a decision like any other and say so, without recording a call.

        `database` is whether the customers could be asked: a snapshot that stands in for them is no health.
        """
        call = IncomingCall("check", "check", "+442079460000", "check", False, "check", "", self.clock())
        decision = await self.flow.route(call)
        database, ami = ("yes" if well else "no" for well in (decision.rung == "live", self.ami_connected()))
        said = f"database={database} policy={decision.policy_version} ami={ami}"
        await session.finish(f'VERBOSE "ivr ok {said}" 3')
