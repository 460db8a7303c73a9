"""`ivr health`: what the service says of itself, in one line."""

from types import SimpleNamespace
from typing import Any

import pytest

from ivr.agi import probe
from ivr.agi.endpoints import Endpoints
from ivr.service.health import health
from ivr.settings import Settings


class Session:
    """Keeps what is answered."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def finish(self, command: str) -> None:
        self.said.append(command)


class Flow:
    """Decides like a service whose database answers."""

    async def route(self, call: object) -> Any:
        return SimpleNamespace(trace=SimpleNamespace(tier="live", policy_version="abc"))


@pytest.mark.parametrize(
    ("failed", "ends"),
    [
        (False, "policy=abc changes=none"),
        (True, "scores=failed (the last planned run: ivr doctor says why)"),
    ],
)
async def test_it_names_a_run_of_scores_that_failed(
    monkeypatch: pytest.MonkeyPatch,
    failed: bool,
    ends: str,
) -> None:
    """Its exit code says what it said before: calls go on by the scores that there are."""
    session = Session()
    flow: Any = Flow()
    journal: Any = None
    endpoints = Endpoints(
        flow,
        journal,
        ami_connected=lambda: True,
        scores_failed=lambda: failed,
    )
    await endpoints.check(session)  # type: ignore[arg-type]  # it only finishes

    async def answered(*asked: object) -> dict[str, str] | None:
        return probe.verdict(session.said)

    monkeypatch.setattr(probe, "check", answered)
    well, line = await health(Settings())
    assert well
    assert line.startswith("agi=yes ami=yes database=yes policy=abc")
    assert line.endswith(ends)
