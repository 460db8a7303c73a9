"""`ivr top` on a real Asterisk: who waits, who talks, who is paused; and when AMI is away."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from ivr.lab import ready
from ivr.lab.lab import AMI, Lab
from ivr.qa.calls import TestBench
from ivr.qa.proxy import Proxy
from tests.lab.farm import only_these_agents

pytestmark = pytest.mark.shared

CUSTOMER = "+442079460001"  # premium
GENERAL = "general-queue"
State = dict[str, Any]


def ivr_top(lab: Lab, *options: str) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("IVR_")}
    env |= {"IVR_SETTINGS": str(lab.state.settings_file), "COLUMNS": "160"}
    command = [sys.executable, "-m", "ivr", "top", "--once", *options]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


async def seen(lab: Lab, condition: Callable[[State], bool], patience: float = 20) -> State:
    """What `ivr top` says, once it is so."""
    state: State = {}
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        state = json.loads(await asyncio.to_thread(ivr_top, lab, "--json"))
        if condition(state):
            return state
    raise AssertionError(state)


def caller(state: State) -> State:
    rows = [row for row in state["callers"]["rows"] if row["number"] == CUSTOMER]
    return rows[0] if rows else {}


def agent(state: State, name: str) -> State:
    rows: list[State] = state["agents"]["rows"]
    return next(row for row in rows if row["interface"] == f"PJSIP/{name}")


def queue(state: State, name: str) -> State:
    rows: list[State] = state["queues"]["rows"]
    return next(row for row in rows if row["queue"] == name)


def age(state: State) -> float:
    return float(state["at"] - state["callers"]["at"])


async def test_a_caller_waits_and_is_served(lab: Lab, rested_bench: TestBench) -> None:
    bench = rested_bench
    async with only_these_agents(bench):
        placed = await bench.place(CUSTOMER, "1000")
        state = await seen(lab, lambda state: bool(caller(state).get("reason")))
        row = caller(state)
        assert (row["state"], row["queue"], row["position"]) == ("waiting", GENERAL, 1)
        assert (row["segment"], row["priority"]) == ("premium", 100)
        assert row["reason"] == "value 91 is at least 80, so premium"
        figures = queue(state, GENERAL)
        assert (figures["waiting"], figures["free"]) == (1, 0)
        assert figures["longest_wait"] < 20
        agents = state["agents"]["rows"]
        assert {(each["state"], each["reason"]) for each in agents} == {("paused", "test")}
        shown = await asyncio.to_thread(ivr_top, lab)
        assert CUSTOMER in shown
        assert "paused: test" in shown
    state = await seen(lab, lambda state: caller(state).get("state") == "talking")
    row = caller(state)
    who = next(each for each in state["agents"]["rows"] if each["agent"] == row["agent"])
    assert (who["state"], who["call_id"]) == ("talking", row["call_id"])
    assert queue(state, GENERAL)["waiting"] == 0
    await bench.hang_up(placed)
    state = await seen(lab, lambda state: not caller(state))
    assert {each["state"] for each in state["agents"]["rows"]} == {"ready"}


@pytest.fixture
async def proxy(lab: Lab) -> AsyncIterator[Proxy]:
    """Between the service and AMI."""
    made = Proxy(lab.state.pbx, AMI)
    port = await made.open()
    lab.state.process("service").stop()
    lab.start_service({"IVR_AMI_PORT": str(port)})
    await ready.until_ready(lab.state)
    yield made
    made.close()
    lab.state.process("service").stop()
    lab.start_service()
    await ready.until_ready(lab.state)


async def test_while_ami_is_away_what_was_is_there_and_old(
    lab: Lab,
    proxy: Proxy,
    rested_bench: TestBench,
) -> None:
    bench = rested_bench
    async with only_these_agents(bench, "ben"):
        placed = await bench.place("+12025550123", "1000")
        await bench.wait_for(lambda: bool(placed.history and placed.history.agent), 20)
        state = await seen(lab, lambda state: agent(state, "ben")["state"] == "talking")
        assert agent(state, "anna")["state"] == "paused"
        assert age(state) < 3
        proxy.close()
        state = await seen(lab, lambda state: age(state) > 3)
        assert [row["state"] for row in state["callers"]["rows"]] == ["talking"]
        assert agent(state, "ben")["state"] == "talking"
        assert "old !" in await asyncio.to_thread(ivr_top, lab)
        await bench.hang_up(placed)
