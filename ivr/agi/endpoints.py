"""What Asterisk can ask: `route` (how is this call to be treated?) and `check` (are you well?)."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog

from ivr.agi.session import AgiError, Session
from ivr.agi.variables import MARK, answer
from ivr.call_flow import CallFlow
from ivr.domain.call import IncomingCall
from ivr.domain.ports import Journal

log = structlog.get_logger()
_CALL_ID = re.compile(r"[A-Za-z0-9._-]{1,150}", re.ASCII)
_NUMBER = re.compile(r"[0-9+]{0,20}", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9_.@/-]{0,128}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The endpoints of the FastAGI server; `clock` gives Unix time in seconds, `ami_connected` is told by `check`."""

    flow: CallFlow
    journal: Journal
    clock: Callable[[], float] = time.time
    ami_connected: Callable[[], bool] = lambda: False

    async def route(self, session: Session) -> None:
        """`agi://…/route,MARK,DID,WITHHELD,TRUNK,SIP_CALL_ID`: decide, answer, then record.

        An error before the answer leaves the mark unset, and the dialplan goes on without us.
        """
        began = time.perf_counter()
        call = call_of(session.environment, self.clock())
        decision = await self.flow.route(call)
        await session.execute(answer(decision, _argument(session.environment, 1, MARK)))
        route_ms = round((time.perf_counter() - began) * 1000, 3)
        self.journal.decided(call, decision, route_ms)
        log.info(
            "routed", call=call.call_id, caller=call.caller_number or "withheld", to=call.dialled,
            customer=decision.customer_id, queue=decision.queue, priority=decision.priority,
            rule=decision.rule, ms=route_ms,
        )  # fmt: skip

    async def check(self, session: Session) -> None:
        """`agi://…/check`: take a decision like any other and say so, without recording a call."""
        call = IncomingCall("check", "check", "+442079460000", "check", False, "check", "", self.clock())
        decision = await self.flow.route(call)
        ami = "yes" if self.ami_connected() else "no"
        said = f"lookup={decision.lookup} policy={decision.policy_version} ami={ami}"
        await session.execute(f'VERBOSE "ivr ok {said}" 3')


def call_of(environment: Mapping[str, str], now: float) -> IncomingCall:
    """The call that an environment speaks of; raises AgiError for values that our dialplan cannot have sent."""
    call_id = environment.get("agi_uniqueid", "")
    if not _CALL_ID.fullmatch(call_id):
        raise AgiError(f"agi_uniqueid {call_id[:80]!r} is none")
    number = environment.get("agi_callerid", "")
    return IncomingCall(
        call_id=call_id,
        linked_id=call_id,
        caller_number="" if number == "unknown" else _checked("agi_callerid", number, _NUMBER),
        dialled=_argument(environment, 2, _NUMBER),
        withheld=_argument(environment, 3, re.compile("[01]")) == "1",
        trunk=_argument(environment, 4, _WORD),
        sip_call_id=_argument(environment, 5, _WORD),
        arrived_at=now,
    )


def _argument(environment: Mapping[str, str], number: int, pattern: re.Pattern[str]) -> str:
    return _checked(f"argument {number}", environment.get(f"agi_arg_{number}", ""), pattern)


def _checked(name: str, value: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(value):
        raise AgiError(f"{name} is {value[:80]!r}: is the dialplan ours (dialplans/ivr.conf)?")
    return value
