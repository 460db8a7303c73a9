"""Agents' phones as `ivr policy check` sees them: dialled as we are, free while they talk, old."""

from pathlib import Path

import pytest

from ivr.domain.agent_interfaces import Interfaces
from ivr.domain.agents import Agent
from ivr.errors import FileError
from ivr.policy import loader
from ivr.policy.lint.check import check
from ivr.policy.texts import Texts
from tests.unit.policy_samples import AGENTS, POLICY

ANY = Interfaces(("PJSIP/NAME", "SIP/NAME", "Local/NAME@their-agents", "Local/N@from-queue/n"))


def with_phone(phone: str) -> Texts:
    """Return files whose first agent has this interface, and perhaps more."""
    assert AGENTS.count("PJSIP/anna") == 1
    return Texts(POLICY, AGENTS.replace("PJSIP/anna", phone))


def said(files: Texts, interfaces: Interfaces = ANY) -> list[str]:
    return [str(each) for each in check(files, Path(), interfaces=interfaces)]


@pytest.mark.parametrize("name", ["201", "0049301", "Front.Desk-2", "7b.cleo", "ANNA_B"])
def test_a_phone_may_have_any_name_that_asterisk_takes(name: str) -> None:
    files = with_phone(f"PJSIP/{name}")
    assert said(files) == []
    assert loader.parse(files, Path()).agents[0].interface == f"PJSIP/{name}"


@pytest.mark.parametrize("phone", ["PJSIP/1000", "Local/1000@from-queue/n"])
def test_a_phone_that_is_dialled_as_customers_dial(phone: str) -> None:
    (warning,) = said(with_phone(phone))
    place = "agents.yaml:3:5: warning: "
    assert warning.startswith(f"{place}{phone} is dialled as the number of the entry point main: ")
    assert said(with_phone(phone.replace("1000", "1999"))) == []


@pytest.mark.parametrize(
    ("interface", "state", "device"),
    [
        ("PJSIP/anna", "", ""),
        ("PJSIP/anna", "PJSIP/anna", ""),
        ("Local/anna@their-agents", "PJSIP/anna", "PJSIP/anna"),
        ("Local/anna@their-agents", "", ""),
        ("Local/201@from-queue/n", "", "hint:201@ext-local"),
        ("Local/201@from-queue/n", "hint:201@elsewhere", "hint:201@elsewhere"),
        ("Local/201@from-queue", "", ""),
    ],
)
def test_the_device_whose_state_counts(interface: str, state: str, device: str) -> None:
    assert Agent("Anna", interface, {}, state=state).device == device


def test_an_agent_who_is_free_while_talking() -> None:
    (warning,) = said(with_phone("Local/anna@their-agents"))
    assert "to Asterisk Local/anna@their-agents is free also while Anna Berg talks: " in warning
    assert said(with_phone("Local/anna@their-agents\n    state: PJSIP/anna")) == []
    assert said(with_phone("Local/201@from-queue/n")) == []


@pytest.mark.parametrize(
    "state",
    ["hint:201", "PJSIP/a;b", "PJSIP/a|b", "SIP/201", '"hint:1@a@b"', "x", '""'],
)
def test_a_state_that_is_no_device_is_refused(state: str) -> None:
    with pytest.raises(FileError, match="a device as Asterisk calls it"):
        loader.parse(with_phone(f"PJSIP/anna\n    state: {state}"), Path())


def test_sip_is_gone() -> None:
    (warning,) = said(with_phone("SIP/203"))
    gone = "chan_sip is gone since Asterisk 21: write PJSIP/203"
    assert warning.endswith(f"SIP/203 rings nobody: {gone}")
    (refused,) = said(with_phone("SIP/203"), Interfaces())
    assert "warning" not in refused
    assert refused.endswith(gone)


@pytest.mark.parametrize(
    ("zone", "warned"),
    [("GMT", True), ("EST", True), ("UTC", False), ("Asia/Tokyo", False)],
)
def test_a_time_zone_that_is_no_place(zone: str, warned: bool) -> None:
    policy = POLICY.replace("zone: Europe/London", f"zone: {zone}")
    assert policy != POLICY
    found = said(Texts(policy, AGENTS))
    assert [f"{zone} is an old name" in each for each in found] == [True] * warned
