"""The containers as a place for scenarios: what can be said of it without an engine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ivr.cli import call
from ivr.domain.calls.events import AgentConnected, CallEnded, CallEvent, CallRouted, QueueJoined
from ivr.domain.calls.history import CallHistory, fold
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord, record_as_json, record_from_json
from ivr.domain.customers import Scores
from ivr.errors import IvrError, LabError
from ivr.qa.scenarios import docker, given_customers, targets
from ivr.qa.scenarios.compose_stack import COMPOSE, FAULTS, ComposeStack, lacks, overrides
from ivr.qa.scenarios.form import Given, GivenCustomer, Scenario
from ivr.settings import Settings
from tests.decisions import decision_of

CALL = "pbx-1700000000.7"
PLAIN = "call: {from: '+442079460001'}"
HOSTILE = "call: {from: '1234%0D%0AQueue:%20premium'}"
CUSTOMER = "{id: C1, phone: '+442079460001', value: 91, preferred agent: anna, pin: '0427', history: [{ago: 2 days}]}"


def scenario(text: str) -> Scenario:
    return Scenario.model_validate({"scenario": "one", **yaml.safe_load(text)})


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        HOSTILE,
        f"{PLAIN}\ngiven: {{files: {{numbers.conf: ''}}}}",
        "call: {from: '+442079460001', shown: Ada, attestation: none}",
        *(f"{PLAIN}\ngiven: {{fault: {fault}}}" for fault in FAULTS),
    ],
)
def test_what_containers_can_play(text: str) -> None:
    assert lacks(scenario(text)) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{PLAIN}\ngiven: {{at: monday 03:00}}", "the clock can be set in the lab only"),
        ("call: {from: '+442079460001', attestation: A}", "nobody signs numbers"),
        ("call: {from: '+442079460001', attestation: forged}", "nobody signs numbers"),
        (f"{PLAIN}\ngiven: {{waiting: {{w: {{from: '+12025550199', attestation: B}}}}}}", "nobody signs numbers"),
        (f"{PLAIN}\ngiven: {{earlier: {{e: {{from: '+12025550199', attestation: C}}}}}}", "nobody signs numbers"),
    ],
)
def test_what_they_cannot_and_why(text: str, why: str) -> None:
    assert why in lacks(scenario(text))


def test_without_sipp_only_those_who_need_it_are_left_out() -> None:
    assert lacks(scenario(PLAIN), "it could not be built") == ""
    assert lacks(scenario(HOSTILE), "it could not be built") == "this caller needs SIPp: it could not be built"


def test_no_two_stacks_share_a_name_a_secret_or_an_image(tmp_path: Path) -> None:
    one, other = (ComposeStack(tmp_path / name, COMPOSE.parent / "dialplans") for name in "ab")
    assert one.qa_secret != other.qa_secret
    names = [overrides(name, tmp_path)["services"] for name in ("x", "y")]
    assert all(names[0][service]["image"] != names[1][service]["image"] for service in names[0])
    shipped = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    assert {service["image"] for service in shipped.values()}.isdisjoint(s["image"] for s in names[0].values())
    assert set(names[0]) - set(shipped) == {"sipp"}
    mounted = {"asterisk", "ivr", "qa"}
    assert {name for name, service in names[0].items() if service.get("volumes")} == mounted


@pytest.mark.abuse
def test_the_user_of_test_calls_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What ships is without; a stack for scenarios, which is nobody else's, is with; and `ivr call` says what lacks."""
    shipped = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    assert shipped["asterisk"]["environment"]["IVR_QA"] == "${IVR_QA:-no}"
    assert ComposeStack(tmp_path, COMPOSE.parent / "dialplans")._env["IVR_QA"] == "yes"
    for name, value in {"IVR_QA_CARRIER": "carrier", "IVR_QA_SECRET": "x", "IVR_QA": "no"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(LabError, match="IVR_QA=yes"):
        call._target()
    monkeypatch.setenv("IVR_QA", "yes")
    assert call._target().carrier == "carrier"


def test_a_dollar_in_a_path_is_no_variable(tmp_path: Path) -> None:
    mounted = overrides("x", tmp_path / "a$b")["services"]["ivr"]["volumes"][0]["source"]
    assert mounted == f"{tmp_path}/a$$b"


def test_without_docker_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(IvrError, match="docker is missing: install a Docker engine"):
        targets.maker("compose", tmp_path, Settings(), lambda: pytest.fail("no Asterisk is to be fetched"))


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("echo 'Cannot connect to the Docker daemon.' >&2; exit 1", "does not answer .Cannot connect"),
        ('[ "$1" = version ] || exit 1', "docker compose is missing: install"),
    ],
)
def test_an_engine_that_does_not_work(script: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "docker"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(LabError, match=says):
        docker.check_engine()


def test_a_record_is_the_same_after_json() -> None:
    known: list[CallEvent] = [
        CallRouted(
            CALL, 1.0, CALL, "+442079460001", "1000", "carrier", "a@b", "live", "premium", "premium", 100, "queue"
        ),
        QueueJoined(CALL, 1.1, "premium", 1),
        AgentConnected(CALL, 1.5, "premium", "Anna Berg", "PJSIP/anna", 0),
        CallEnded(CALL, 3.0, 16),
    ]
    history = CallHistory(CALL)
    for fact in known:
        history = fold(history, fact)
    decision = decision_of(
        call_id=CALL, action="queue", treatment="premium", queue="premium", priority=100,
        segment="premium", customer_id="C1", customer_name="Ada", scores=Scores(91, None, 10),
        score=70.5, lookup="found",
        rule="segment premium", reason="value 91 is at least 80, so premium", label="PREMIUM", rung="live",
        policy_version="abc", language="en",
    )  # fmt: skip
    call = IncomingCall(CALL, CALL, "+442079460001", "1000", False, "carrier", "a@b", 1.0)
    for record in (
        CallRecord(history, decision, call, 2.5),
        CallRecord(history, None, None, None),
    ):
        told = json.loads(json.dumps(record_as_json(record, known)))
        assert list(told) == ["history", "call", "decision", "route_ms", "facts"]
        assert record_from_json(told) == (record, known)


@pytest.mark.parametrize("told", [None, [], {}, {"history": {}}, {"history": 3, "facts": [{}]}])
def test_what_another_version_made_is_no_record(told: object) -> None:
    assert record_from_json(told) is None


def give(text: bytes, database: Path) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "IVR_DATABASE_URL": f"sqlite:///{database}", "IVR_SETTINGS": ""}
    command = [sys.executable, "-m", "ivr.qa.scenarios.given_customers"]
    return subprocess.run(command, input=text, env=env, capture_output=True, check=False, timeout=60)


def test_customers_are_given_by_another_process(tmp_path: Path) -> None:
    customers = (GivenCustomer.model_validate(yaml.safe_load(CUSTOMER)),)
    text = given_customers.passed(customers, {"orders": "customer_id"})
    passed = Given.model_validate_json(text)
    assert (passed.customers, passed.data) == (customers, {"orders": "customer_id"})
    text = given_customers.passed(customers, {})
    given = give(text, tmp_path / "ivr.db")
    assert (given.returncode, given.stderr) == (0, b"")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", b"given customers: Invalid JSON"),
        (
            b'{"customers": [{"id": "C1", "phone": "+442079460001", "value": 101}]}',
            b"given customers: customers.0.value: ",
        ),
        (b'{"customers": [{"id": "C1", "phone": "x"}]}', b"given customers: "),
    ],
)
def test_a_mistake_in_given_customers_is_one_line(text: bytes, says: bytes, tmp_path: Path) -> None:
    given = give(text, tmp_path / "ivr.db")
    assert given.returncode == 1
    assert given.stderr.startswith(says)
    assert given.stderr.count(b"\n") == 1
