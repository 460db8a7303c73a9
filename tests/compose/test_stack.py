"""The containers as a user starts them: each claim about docker-compose.yml, on the real stack.

Needs a Docker engine with compose; without one, pytest says in one line that this was skipped. The tests share one
stack, under a project name of its own, and run in this order.
"""

import json
import os
import re
import secrets
import shlex
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import until

ROOT = Path(__file__).resolve().parents[2]
SECRETS = ("IVR_AMI_SECRET", "IVR_QA_SECRET", "IVR_DATABASE_PASSWORD")
SAMPLE = "/usr/share/segment-ivr/sample_customers.csv"
IMAGES = ("segment-ivr-asterisk", "segment-ivr-service", "segment-ivr-qa")
PREMIUM, STANDARD = "+442079460001", "+442079460002"


def engine_is_missing() -> bool:
    try:
        for command in (["docker", "info"], ["docker", "compose", "version"]):
            subprocess.run(command, capture_output=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return True
    return False


if engine_is_missing():
    pytest.skip("no Docker engine here: docker-compose.yml was not tested", allow_module_level=True)
pytestmark = pytest.mark.compose


@dataclass(frozen=True)
class Stack:
    project: str = field(default_factory=lambda: f"ivr-test-{os.getpid()}")
    secrets: dict[str, str] = field(default_factory=lambda: {name: secrets.token_hex(16) for name in SECRETS})
    qa: bool = True

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        env = {name: value for name, value in os.environ.items() if not name.startswith(("IVR_", "COMPOSE_"))}
        command = ["docker", "compose", "--project-name", self.project, "--env-file", os.devnull, *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        env |= {"IVR_METRICS_PORT": "9108", **({"IVR_QA": "yes"} if self.qa else {}), **self.secrets}
        return subprocess.Popen(command, cwd=ROOT, env=env, text=True, **pipes)  # type: ignore[call-overload,no-any-return]

    def compose(self, *arguments: str, fine: bool = True) -> str:
        """What the command printed; `fine`: it must have exited with 0."""
        process = self.start(*arguments)
        out, errors = process.communicate(timeout=240)
        assert not fine or process.returncode == 0, f"{arguments}: {out}{errors}"
        return out if fine else f"{process.returncode}: {out}{errors}"

    def inside(self, service: str, command: str, *, fine: bool = True) -> str:
        return self.compose("exec", "-T", service, "sh", "-c", command, fine=fine)

    def asterisk(self, command: str) -> str:
        return self.inside("asterisk", f"asterisk -rx '{command}'")

    def call(self, caller: str, *options: str, deps: bool = True) -> dict[str, Any]:
        run = ["run", "--rm", "-T", *([] if deps else ["--no-deps"]), "qa"]
        return told(self.compose(*run, "ivr", "call", "--from", caller, "--to", "1000", "--json", *options))

    def containers(self) -> dict[str, dict[str, Any]]:
        ids = self.compose("ps", "--all", "--quiet").split()
        inspected = json.loads(subprocess.check_output(["docker", "inspect", *ids], text=True))
        return {c["Config"]["Labels"]["com.docker.compose.service"]: c for c in inspected}

    def healthy(self, service: str) -> bool:
        return bool(self.containers()[service]["State"].get("Health", {}).get("Status") == "healthy")

    def restarts(self, service: str) -> int:
        return int(self.containers()[service]["RestartCount"])


def told(out: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    stack = Stack()
    try:
        stack.compose("up", "--build", "--wait")
        stack.compose("build", "qa")  # a profile's: `up` leaves it as it is
        stack.compose("run", "--rm", "-T", "qa", "ivr", "import", "customers", SAMPLE)
        yield stack
    finally:
        stack.compose("--profile", "*", "down", "--volumes", "--timeout", "5", fine=False)


def test_nothing_starts_without_secrets() -> None:
    for missing in SECRETS:
        some = {name: "x" for name in SECRETS if name != missing}
        said = Stack(secrets=some).compose("config", "--quiet", fine=False)
        assert not said.startswith("0:")
        assert f"{missing} is missing a value" in said
        assert "make env" in said


@pytest.mark.abuse
def test_without_being_asked_for_there_is_no_user_of_test_calls() -> None:
    plain = Stack(project=f"ivr-test-{os.getpid()}-plain", qa=False)
    try:
        plain.compose("up", "--build", "--wait", "--no-deps", "asterisk")
        users = plain.asterisk("manager show users").split()
        found = plain.inside("asterisk", f"grep -l {plain.secrets['IVR_QA_SECRET']} /etc/asterisk/*", fine=False)
    finally:
        plain.compose("--profile", "*", "down", "--volumes", "--timeout", "5", fine=False)
    assert "ivr" in users
    assert "qa" not in users
    assert "/etc/asterisk" not in found


def test_asterisk_and_the_service_are_up_in_one_network_with_bounded_rtp(stack: Stack) -> None:
    assert stack.healthy("asterisk")
    assert stack.healthy("ivr")
    assert "Asterisk 22." in stack.inside("asterisk", "asterisk -V")
    asterisk, ivr = (stack.containers()[name] for name in ("asterisk", "ivr"))
    assert ivr["HostConfig"]["NetworkMode"] == f"container:{asterisk['Id']}"
    rtp = stack.asterisk("rtp show settings")
    assert "10000" in rtp
    assert "10199" in rtp


def test_a_premium_and_a_general_call(stack: Stack) -> None:
    premium = stack.call(PREMIUM)
    assert (premium["queue"], premium["agent"], premium["outcome"]) == ("premium", "Anna Berg", "answered")
    general = stack.call(STANDARD)
    assert (general["queue"], general["outcome"]) == ("general-queue", "answered")
    assert general["reason"] == "no earlier segment fits, so standard"


def row(words: str) -> list[str]:
    """The commands of a row of the table in docs/qa/docker.md, without `docker compose` and without following a log."""
    page = (ROOT / "docs/qa/docker.md").read_text(encoding="utf-8")
    line = next(line for line in page.splitlines() if line.startswith(f"| {words}"))
    return [re.sub(r" -[fF] ", " ", found) for found in re.findall(r"`docker compose ([^`]+)`", line)]


def do(stack: Stack, words: str) -> str:
    """Run a row of that table as it stands there, and return what it printed."""
    said = ""
    for command in row(words):
        name, *arguments = shlex.split(command)
        said += stack.compose(name, *(["-T"] if name in ("exec", "run") else []), *arguments)
    return said


def test_what_the_page_says_to_do_in_containers_does_so(stack: Stack) -> None:
    stack.compose("run", "--rm", "-T", "qa", "ivr", "calls")  # starts the carrier
    do(stack, "… busy")
    assert stack.call(PREMIUM)["agent"] == "Ben Okafor"
    assert "BUSY" in do(stack, "ask Asterisk")
    do(stack, "all phones normal again")
    until(lambda: stack.call(PREMIUM)["agent"] == "Anna Berg", 90)  # once she has rested from being busy
    do(stack, "make Anna's phone ring without an answer")
    rang = stack.call(PREMIUM)
    assert (rang["agent"], rang["wait_seconds"] > 10) == ("Ben Okafor", True)
    do(stack, "all phones normal again")
    do(stack, "pause an agent")
    assert stack.call(PREMIUM)["agent"] == "Ben Okafor"
    do(stack, "… and no longer")
    until(lambda: stack.call(PREMIUM)["agent"] == "Anna Berg", 90)  # once she has rested from not answering
    do(stack, "… answer after 8 s")
    assert 7.5 < stack.call(PREMIUM)["wait_seconds"] < 14
    do(stack, "all phones normal again")


def test_what_the_readme_says_to_read_in_containers_is_there(stack: Stack) -> None:
    called = stack.call(PREMIUM)
    assert called["call_id"] in do(stack, "list calls")
    (explain,) = row("see why a call went where it went")
    name, *arguments = shlex.split(explain.replace("CALL_ID", called["call_id"]))
    assert "value 91 is at least 80, so premium" in stack.compose(name, "-T", *arguments)
    assert re.search(r"adjusted by .*something is wrong", do(stack, "see what would become of a call"))
    assert called["call_id"] in do(stack, "read the service's log")
    assert f"|{called['call_id']}|premium|" in do(stack, "read what the queues did")  # its last ten lines


def test_the_figures_are_answered_in_the_shared_network(stack: Stack) -> None:
    ask = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:9108/metrics').read().decode())"
    assert "ivr_decisions_total" in stack.inside("ivr", f'python3 -c "{ask}"')


def test_nobody_is_root_and_no_capability_is_left(stack: Stack) -> None:
    for service in ("asterisk", "ivr", "carrier"):
        shown = stack.inside(service, "for p in /proc/[0-9]*; do grep -hE '^(Uid|CapEff)' $p/status; done 2>/dev/null")
        users = {line.split()[1] for line in shown.splitlines() if line.startswith("Uid")}
        rights = {line.split()[1].strip("0") for line in shown.splitlines() if line.startswith("CapEff")}
        assert (users, rights) == ({"5060"} if service != "ivr" else {"4573"}, {""})


def test_no_secret_is_in_an_image_or_in_a_containers_settings(stack: Stack) -> None:
    shown = json.dumps(stack.containers())
    for image in IMAGES:
        for command in (["docker", "history", "--no-trunc", image], ["docker", "image", "inspect", image]):
            shown += subprocess.check_output(command, text=True)
    assert not [name for name, value in stack.secrets.items() if value in shown]
    assert all(
        stack.inside("asterisk", f"stat -c %a /etc/asterisk/{name}").strip() == "600"
        for name in ("manager.conf", "pjsip.conf")
    )


def test_asterisks_health_is_that_of_its_queues(stack: Stack) -> None:
    assert "queues loaded: premium general-de general-fr general-queue" in stack.inside("asterisk", "asterisk-health")
    stack.asterisk("module unload app_queue.so")
    try:
        assert stack.inside("asterisk", "asterisk-health", fine=False).startswith("1: queue premium is not loaded")
    finally:
        stack.asterisk("module load app_queue.so")
    assert "queues loaded" in stack.inside("asterisk", "asterisk-health")


def test_the_services_health_is_agi_ami_and_database(stack: Stack) -> None:
    assert stack.inside("ivr", "ivr-health").startswith("agi=yes ami=yes database=yes")
    stack.inside("ivr", "mv ivr.db away.db")
    try:
        said = stack.inside("ivr", "ivr-health", fine=False)
    finally:
        stack.inside("ivr", "mv away.db ivr.db")
    assert said.startswith("1: agi=yes ami=yes database=no")
    stack.inside("asterisk", "kill -STOP $(cat /run/asterisk/asterisk.pid)")
    try:
        until(lambda: stack.inside("ivr", "ivr-health", fine=False).startswith("1: agi=yes ami=no"), 30)
    finally:
        stack.inside("asterisk", "kill -CONT $(cat /run/asterisk/asterisk.pid)")
    until(lambda: stack.inside("ivr", "ivr-health", fine=False).startswith("0:"), 30)


def test_without_the_service_calls_are_served_and_then_it_is_well_again(stack: Stack) -> None:
    stack.compose("kill", "ivr")
    called = stack.call("+442079460006", deps=False)
    assert (called["queue"], called["outcome"]) == ("general-queue", "answered")
    assert "the service did not answer" in called["reason"]
    stack.compose("up", "--wait")
    assert stack.call("+442079460006")["queue"] == "premium"


def test_a_crashed_service_starts_again_by_itself(stack: Stack) -> None:
    before = stack.restarts("ivr")
    stack.inside("ivr", "kill -9 -1", fine=False)
    until(lambda: stack.restarts("ivr") > before and stack.healthy("ivr"), 60)


def test_after_a_crash_of_asterisk_the_service_joins_its_new_network(stack: Stack) -> None:
    before = stack.restarts("asterisk")
    stack.inside("asterisk", "kill -9 -1", fine=False)
    until(lambda: stack.restarts("asterisk") > before and stack.healthy("asterisk"), 60)
    until(lambda: "agi=yes ami=yes" in stack.inside("ivr", "ivr-health", fine=False), 60)
    until(lambda: stack.healthy("ivr"), 60)
    assert stack.call(PREMIUM)["queue"] == "premium"


def test_stopping_lets_a_call_end_and_turns_new_ones_away(stack: Stack) -> None:
    run = ("run", "--rm", "-T", "qa", "ivr", "call", "--from", PREMIUM, "--to", "1000", "--json", "--talk", "20")
    talking = stack.start(*run)
    until(lambda: "2 active channels" in stack.asterisk("core show channels count"), 30)
    time.sleep(1)
    began = time.monotonic()
    stopping = stack.start("stop", "asterisk")
    until(lambda: "Hangup" in stack.asterisk("dialplan show from-carrier"), 10)
    turned_away = (
        "run",
        "--rm",
        "-T",
        "--no-deps",
        "qa",
        "ivr",
        "call",
        "--from",
        STANDARD,
        "--json",
        "--patience",
        "5",
    )
    assert '"outcome": "lost"' in stack.compose(*turned_away, fine=False)
    out, _ = talking.communicate(timeout=60)
    stopping.communicate(timeout=60)
    assert told(out)["outcome"] == "answered"
    assert 5 < time.monotonic() - began < 60
    assert stack.containers()["asterisk"]["State"]["ExitCode"] == 0
    stack.compose("stop", "ivr")
    stack.compose("up", "--wait")


def test_state_survives_down_and_up(stack: Stack) -> None:
    before = stack.inside("ivr", "ivr calls")
    stack.compose("--profile", "*", "down")
    stack.compose("up", "--wait")
    assert stack.inside("ivr", "ivr calls") == before
    assert "ivr-remember/+442079460001" in stack.asterisk("database show")
    assert "IVRROUTED" in stack.inside("asterisk", "cat /var/log/asterisk/queue_log")
    assert stack.call(PREMIUM)["queue"] == "premium"


def test_on_postgresql() -> None:
    stack = Stack(project=f"ivr-test-postgres-{os.getpid()}")
    try:
        stack.compose("--profile", "postgres", "up", "--build", "--wait")
        assert stack.inside("ivr", "cat /run/segment-ivr/database-url") == "postgresql://ivr@postgres/ivr\n"
        assert "database=yes" in stack.inside("ivr", "ivr-health")
        stack.compose("run", "--rm", "-T", "qa", "ivr", "import", "customers", SAMPLE)
        assert stack.call(PREMIUM)["reason"] == "value 91 is at least 80, so premium"
        # The first snapshot is taken beside the calls, at the lowest priority.
        until(lambda: "BAD" not in stack.inside("ivr", "ivr doctor", fine=False), 60)
    finally:
        stack.compose("--profile", "*", "down", "--volumes", "--timeout", "5", fine=False)
