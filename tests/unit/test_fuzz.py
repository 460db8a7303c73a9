"""Every parser of what others write gives a value or its own error, and nothing else, whatever it is given."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr import settings as settings_module
from ivr.agi import probe
from ivr.agi.request import AgiError, call_of, one_line, parse_environment
from ivr.agi.session import Session
from ivr.ami.call_tracker import CallTracker
from ivr.ami.events import HANDLERS
from ivr.ami.message import Message
from ivr.domain.calls.events import AgentChanged, CallEvent
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.routing.decision import Decision
from ivr.errors import LabError, SettingError
from ivr.lab import state as lab_state

KEYS = (
    "agi_uniqueid",
    "agi_callerid",
    "agi_arg_1",
    "agi_arg_2",
    "agi_arg_3",
    "agi_arg_4",
    "agi_arg_5",
    "agi_arg_6",
    "agi_x",
)
LINES = st.tuples(st.sampled_from(KEYS), st.text(max_size=40) | st.sampled_from(["1.1", "0", "1000", "+44207"]))
ENVIRONMENTS = st.lists(LINES, max_size=12).map(lambda lines: "".join(f"{k}: {v}\n" for k, v in lines).encode() + b"\n")
in_a_folder = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


class Silent:
    """A journal of nothing."""

    def decided(self, call: IncomingCall, decision: Decision, route_ms: float) -> None: ...

    def happened(self, fact: CallEvent) -> None:
        assert fact.call_id

    def changed(self, event: AgentChanged) -> None: ...


class HeardSession(Session):
    """What becomes of a peer's bytes: an environment, or the reason why there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_with: list[Mapping[str, str]] = []
        self.broken: list[AgiError] = []

    def asked(self) -> None:
        self.asked_with.append(self.environment)

    def unasked(self, error: AgiError) -> None:
        self.broken.append(error)


@given(st.binary(max_size=2000) | ENVIRONMENTS, st.integers(1, 2000))
def test_any_bytes_are_an_environment_or_an_agi_error(data: bytes, piece: int) -> None:
    heard = HeardSession()
    heard.connection_made(Mock(spec=asyncio.Transport))
    for begin in range(0, len(data), piece):
        heard.data_received(data[begin : begin + piece])
    assert heard.eof_received()
    if b"\n\n" in data:
        assert heard.asked_with == [parse_environment(data.partition(b"\n\n")[0])]
        assert heard.broken == []
    else:
        assert heard.asked_with == []
        assert len(heard.broken) == 1


@given(ENVIRONMENTS | st.binary(max_size=500))
def test_any_environment_is_a_call_of_plain_words_or_an_agi_error(data: bytes) -> None:
    try:
        call = call_of(parse_environment(data), 1.0)
    except AgiError:
        return
    assert call.attestation in {"", "A", "B", "C", "failed"}
    for value in (call.call_id, call.caller_number, call.dialled, call.trunk, call.sip_call_id):
        assert value.isascii()
        assert value.isprintable()
        assert not set(value) & set(" ,|;\"'\\<>&$%{}()")


@given(st.text(max_size=200))
def test_any_command_is_one_line_or_refused(command: str) -> None:
    try:
        assert "\n" not in one_line(command)
    except ValueError:
        assert set(command) & set("\r\n\0") or not command.isprintable()


@given(st.lists(st.text(max_size=60) | st.from_regex(r'VERBOSE "ivr ok [^"]*" 3', fullmatch=True), max_size=5))
def test_any_answers_are_a_verdict_or_none(commands: list[str]) -> None:
    said = probe.verdict(commands)
    assert said is None or said["policy"] is not None


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["Event", "UserEvent", "Uniqueid", "Queue", "Interface", "Position", "Cause", "TalkTime",
                             "Reason", "HoldTime", "Linkedid", "Action", "Timestamp", "DestUniqueid"]),
            st.sampled_from(["UserEvent", "IvrRouted", "1.1", "1.2", "9", *HANDLERS]) | st.text(max_size=20),
        ),
        max_size=10,
    )
)  # fmt: skip
def test_the_follower_takes_any_stream(stream: list[dict[str, str]]) -> None:
    follower = CallTracker(Silent(), list, lambda: {"premium"}, clock=lambda: 1.0)
    for headers in stream:
        follower.event(Message(headers))


@in_a_folder
@given(
    st.binary(max_size=300)
    | st.dictionaries(
        st.sampled_from([*(setting.name for setting in fields(settings_module.Settings)), "x"]),
        st.integers() | st.text(max_size=20) | st.booleans() | st.lists(st.text(max_size=8), max_size=3),
        max_size=4,
    ).map(lambda values: "".join(f"{k} = {json.dumps(v)}\n" for k, v in values.items()).encode("utf-8", "replace"))
)
def test_any_settings_file_is_settings_or_a_setting_error(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ivr.toml"
    file.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("IVR_SETTINGS", raising=False)
        try:
            assert settings_module.load(file).agi_port
        except SettingError:
            return


@in_a_folder
@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.integers() | st.text(max_size=10),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
            st.sampled_from(["home", "number", "pbx", "processes", "run_dirs", "name", "pid"]), inner, max_size=4),
    ).map(lambda value: json.dumps(value).encode())
)  # fmt: skip
def test_any_lab_json_is_a_lab_or_a_lab_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lab.json").write_bytes(content)
    try:
        lab_state.load(tmp_path)
    except LabError:
        return
