"""Where scenarios are played: what every such place can do, whatever it is made of."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.record import CallRecord
from ivr.domain.routing.decision import Decision
from ivr.qa.calls import TestBench
from ivr.qa.scenarios.form import Call, GivenCustomer, Scenario

LOGS = ("queue_log", "service log", "Asterisk log")


class Stack(Protocol):
    """A PBX with our service, and a carrier with the agents' phones. Opened once, used for scenario after scenario."""

    name: str
    live: bool  # real callers and agents use it: nothing there may be set, broken or cleared

    @property
    def pbx(self) -> str:
        """The host of the PBX's manager interface."""
        ...

    @property
    def carrier(self) -> str:
        """The host of the carrier's manager interface."""
        ...

    @property
    def qa_secret(self) -> str:
        """The secret of the user `qa` on both."""
        ...

    def lacks(self, scenario: Scenario) -> str:
        """Why the scenario cannot be played here; empty when it can."""
        ...

    async def open(self) -> None:
        """Bring it up, and wait until it works; raises IvrError."""
        ...

    async def close(self) -> None:
        """End what `open` began."""
        ...

    async def versions(self) -> dict[str, str]:
        """What runs here, and in which version."""
        ...

    async def turn(self) -> None:
        """Wait until another call may be placed."""
        ...

    def agents(self) -> dict[str, str]:
        """Each agent's phone and the name of the agent."""
        ...

    async def give(
        self,
        customers: tuple[GivenCustomer, ...],
        data: Mapping[str, str] | None = None,
    ) -> None:
        """Have the database know these customers and nobody else; scores are made of `data`."""
        ...

    def file(self, name: str) -> str:
        """What one of the admin's files says there; raises LabError for one that is not there."""
        ...

    def given_files(self, files: dict[str, str]) -> AbstractAsyncContextManager[None]:
        """Meanwhile the admin's files say this: a .conf has it added at its end, a .yaml is replaced."""
        ...

    def given_time(self, at: str | None) -> AbstractAsyncContextManager[None]:
        """Meanwhile the service decides as if it were then."""
        ...

    def fault(self, name: str | None, bench: TestBench) -> AbstractAsyncContextManager[None]:
        """Meanwhile this is broken; whole again afterwards."""
        ...

    async def decision(self, call_id: str, asked: int) -> tuple[Decision, float] | None:
        """Wait a moment for the decision after so many questions; and how long it took in ms."""
        ...

    async def record(self, call_id: str) -> tuple[CallRecord, list[str]] | None:
        """What the service has recorded of a call, and the same as `ivr explain` prints it."""
        ...

    def doubt(self, history: CallHistory) -> str:
        """Why no more calls must be placed after this one; empty when they may."""
        ...

    async def trace(self) -> None:
        """Begin to keep the PBX's SIP messages, and forget those before."""
        ...

    async def traced(self) -> bytes | None:
        """The SIP messages since then, in libpcap's format; None when they are not to be had."""
        ...

    async def log(self, name: str, since: float) -> str | None:
        """What one of LOGS says since that Unix time; None when it is not to be had."""
        ...

    async def recording(self, token: str) -> bytes | None:
        """What the caller heard, as a WAV file; None when it is not to be had."""
        ...

    async def sound(self, name: str) -> bytes | None:
        """One of Asterisk's prompts, as a WAV file; None when there is none of that name."""
        ...

    def signed(self, call: Call) -> str:
        """The lines of SIP with which SIPp signs this call, well or badly; empty for a call that is not signed."""
        ...

    async def sip(self, scenario: str, token: str) -> None:
        """Run a scenario of SIPp's from the carrier's address until it ends, with `token` as the SIP Call-ID."""
        ...
