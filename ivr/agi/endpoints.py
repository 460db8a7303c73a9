"""What Asterisk can ask.

`route` (how is this call to be treated?), `pin` (have the caller type it, and keep it from everybody else) and
`check` (are you well?).
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from ivr.agi.contract import CONTRACT
from ivr.agi.contract_mismatch import OtherContract
from ivr.agi.known_calls import KnownCalls
from ivr.agi.refusals import Refusals
from ivr.agi.request import AgiError, argument, call_id_of, call_of, contract_of
from ivr.agi.session import Session
from ivr.agi.variables import MARK, answer
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.ports import Journal
from ivr.domain.routing.decision import Decision

PIN_COMMANDS = ("EXEC Set TIMEOUT(absolute)=20", "GET DATA ivr/pin 6000 8")
_TYPED = re.compile(r"result=([0-9*]{0,8})(?: \(timeout\))?", re.ASCII)


class RoutesCalls(Protocol):
    """Decides how calls are treated. Never raises."""

    async def routed(self, call: IncomingCall) -> tuple[IncomingCall, Decision]:
        """The call as it is known then, and the decision."""
        ...

    async def route(self, call: IncomingCall) -> Decision:
        """The decision."""
        ...


class TypedPins(Protocol):
    """Takes the PINs that callers type."""

    def typed(self, call_id: str, digits: str) -> None:
        """This caller typed these digits (empty: none). Does not block and does not raise: calls wait.

        The call's next request may come at once, and wants to know what became of it.
        """
        ...


class _NoPins:
    def typed(self, call_id: str, digits: str) -> None:
        """Nobody wants it."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The endpoints of the FastAGI server; `clock` gives Unix time in seconds, `check` tells of the others.

    `policy_overdue` is for how many seconds nobody could look whether there is another policy,
    `scores_failed` whether the last planned run of scores failed, `followed` up to which change the
    customers in memory go, None while the database is asked instead. `checked` takes the decision
    of `check`, and asks the database where `flow` need not; without it, `flow` does. `elsewhere` is
    where the server listens, as HOST:PORT, if that is not what the settings say.
    """

    flow: RoutesCalls
    journal: Journal
    clock: Callable[[], float] = time.time
    ami_connected: Callable[[], bool] = lambda: False
    pins: TypedPins = field(default_factory=_NoPins)
    other_contract: OtherContract = field(default_factory=OtherContract)
    policy_overdue: Callable[[], float] = lambda: 0.0
    scores_failed: Callable[[], bool] = lambda: False
    followed: Callable[[], int | None] = lambda: None
    calls: KnownCalls = field(default_factory=KnownCalls)
    refusals: Refusals = field(default_factory=Refusals)  # told by `check`
    elsewhere: str = ""
    checked: RoutesCalls | None = None

    async def route(self, session: Session) -> None:
        """`agi://…/route`: decide, answer, and record in the same turn.

        Its arguments: MARK, DID, WITHHELD, TRUNK, SIP_CALL_ID, ATTESTATION, ASKED, INTENT, TYPED, CONTRACT, ASSERTED,
        FROM.

        A call that has ended, or says that it is another one, is not answered, and nothing of it is recorded.
        A dialplan of another contract is answered as our own: what is asked first is the same in all of them, and of
        a newer one we know no more. An error before the answer leaves the mark unset, and the dialplan goes on without
        us.
        """
        began = time.perf_counter()
        call, contract = call_of(session.environment, self.clock()), contract_of(session.environment)
        mark = argument(session.environment, 1, MARK)
        self.calls.admit(call)
        call, decision = await self.flow.routed(call)
        command = answer(decision, mark, call.typed)
        # Before the call can go on:
        trust = decision.identity.trust
        self.calls.answered(call.call_id, mark, pin=_may_lead_to_pin(decision), trust=trust)
        session.send_last(command)
        route_ms = round((time.perf_counter() - began) * 1000, 3)
        self.journal.decided(call, decision, route_ms)  # at once: we may be killed
        await self._carried_out(session, call)
        self.calls.carried_out(call, decision, route_ms)
        self.other_contract.asked(contract)

    async def _carried_out(self, session: Session, call: IncomingCall) -> None:
        """Wait until Asterisk has carried out a decision. One that it has not is taken back."""
        try:
            await session.carried_out()
        except BaseException:  # the caller has hung up, or Asterisk stands still
            self.journal.withdrawn(call, self.calls.last_carried_out(call.call_id))
            raise

    async def pin(self, session: Session) -> None:
        """`agi://…/pin,MARK`: have the caller type a PIN, once for each answer that led to it; MARK is that answer's.

        The dialplan's limit of a second for us is made 20 for the caller. The digits go from Asterisk's answer to the
        use case: no log, exception, variable or event has them.
        """
        call_id = call_id_of(session.environment)
        with self.calls.typing(call_id, argument(session.environment, 1, MARK)):
            result = _TYPED.fullmatch(await session.ask(*PIN_COMMANDS))
        if result is None:  # -1: hung up, or there is no such sound
            raise AgiError("no PIN: the caller hung up, or the sound ivr/pin is missing")
        self.pins.typed(call_id, result[1] if result[1].isdecimal() else "")  # * is in no PIN

    async def check(self, session: Session) -> None:
        """`agi://…/check`: take a decision like any other and say so, without recording a call.

        `database` is whether the customers could be asked: a snapshot that stands in for them is no health.
        """
        call = IncomingCall("check", "check", "+442079460000", "check", False, "check", "", self.clock())
        decision = await (self.checked or self.flow).route(call)
        well = (decision.trace.tier == "live", self.ami_connected())
        database, ami = ("yes" if each else "no" for each in well)
        said = f"database={database} policy={decision.trace.policy_version} ami={ami} contract={CONTRACT}"
        last = self.followed()
        said += f" changes={'none' if last is None else last}"
        if overdue := self.policy_overdue():
            said += f" overdue={overdue:.0f}"
        if self.scores_failed():
            said += " scores=failed"
        if self.elsewhere:
            said += f" elsewhere={self.elsewhere}"
        said += f" refused={self.refusals.summary()}"
        await session.finish(f'VERBOSE "ivr ok {said}" 3')


def _may_lead_to_pin(decision: Decision) -> bool:
    """Whether the dialplan may ask for a PIN by this answer: it is told to, or the self-service needs one."""
    helps_themselves = bool(decision.treatment.self_service)
    return decision.question.kind == "pin" or (helps_themselves and not decision.identity.disclose)
