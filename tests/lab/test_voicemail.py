"""Prompts and messages on a real Asterisk: it finds them in each language, and keeps what callers say."""

import time
import wave
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ivr.lab import prompts
from ivr.lab.lab import Lab
from ivr.qa.scenarios import prompt_recognition
from ivr.shipped_files import share

pytestmark = [pytest.mark.shared, pytest.mark.thorough]

CALL = "voicemail-test"  # a context of these tests


@pytest.fixture
def caller(lab: Lab) -> Iterator[Lab]:
    """A lab in which `called` works, and what is played can be recorded: by itself the PBX can do neither."""
    modules = ("res_clioriginate.so", "app_mixmonitor.so")
    for module in modules:
        lab.cli(f"module load {module}")
    yield lab
    for module in modules:
        lab.cli(f"module unload {module}")


# (No tone: Milliwatt() falls silent as soon as silence comes from the other half of a Local channel.)
SPEAKS = f"Playback {'&'.join(['hello'] * 40)}"


@contextmanager
def called(lab: Lab, *steps: str, says: str = SPEAKS) -> Iterator[None]:
    """A call through these steps of a dialplan, by a caller who speaks (or `Wait 60`: does not)."""
    for number, step in enumerate(steps, 1):
        lab.cli(f"dialplan add extension s,{number},{step} into {CALL}")
    lab.cli(f"channel originate Local/s@{CALL} application {says}")
    try:
        yield
    finally:
        lab.cli("channel request hangup all")
        wait_until(lambda: not lab.cli("core show channels concise").strip())
        lab.cli(f"dialplan remove context {CALL}")


def wait_until(condition: Callable[[], bool], patience: float = 20) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def messages(lab: Lab) -> list[Path]:
    return sorted((lab.home / "pbx/spool/voicemail/ivr/100/INBOX").glob("*.wav"))


def samples(lab: Lab, source: Path, folder: Path) -> "array[int]":
    copy = folder / source.name
    copy.write_bytes(source.read_bytes())
    lab.cli(f"file convert {copy} {copy.with_suffix('.wav')}", "carrier")
    return prompt_recognition.samples(copy.with_suffix(".wav").read_bytes())


@pytest.mark.parametrize("function", ["QUEUE_GET_CHANNEL", "IMPORT", "VM_INFO"])
def test_what_the_dialplan_needs_is_loaded(lab: Lab, function: str) -> None:
    assert f"Info about Function '{function}'" in lab.cli(f"core show function {function}")


def leave_message(lab: Lab, seconds: int, says: str = SPEAKS) -> list[Path]:
    """What was kept of a caller who was there for so many seconds."""
    before = set(messages(lab))
    with called(lab, f"Set(TIMEOUT(absolute)={seconds})", "VoiceMail(100@ivr,s)", says=says):
        wait_until(lambda: not lab.cli("core show channels concise").strip())
    return sorted(set(messages(lab)) - before)


def test_a_message_is_kept(caller: Lab) -> None:
    (message,) = leave_message(caller, 5)
    with wave.open(str(message)) as file:
        assert 2 < file.getnframes() / file.getframerate() < 5
    told = message.with_suffix(".txt").read_text()
    assert "origmailbox=100" in told
    assert f"context={CALL}" in told


def test_less_than_two_seconds_are_no_message(caller: Lab) -> None:
    assert leave_message(caller, 2) == []


def test_silence_is_no_message(caller: Lab) -> None:
    assert leave_message(caller, 15, says="Wait 60") == []


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_a_prompt_is_played_in_the_callers_language_and_recognised(caller: Lab, language: str, tmp_path: Path) -> None:
    path = tmp_path / "heard.wav"
    steps = (f"MixMonitor({path})", f"Set(CHANNEL(language)={language})", "Playback(ivr/closed)", "Wait(1)")
    with called(caller, *steps, says="Wait 60"):
        wait_until(lambda: not caller.cli("core show channels concise").strip())
    heard = prompt_recognition.samples(path.read_bytes())
    found = {}
    for other in ("en", "de", "fr"):
        for name in ("closed", "holiday", "pin", "position-2"):
            prompt = samples(caller, prompts.file_of(share("asterisk") / "sounds", other, name), tmp_path)
            found[other, name] = prompt_recognition.found_at(prompt, heard)
    assert [prompt for prompt, at in found.items() if at is not None] == [(language, "closed")]


def test_voicemail_has_nothing_to_complain_about(lab: Lab) -> None:
    log = (lab.home / "log/asterisk.log").read_text(encoding="utf-8", errors="replace")
    assert [line for line in log.splitlines() if "voicemail" in line and ("WARNING" in line or "ERROR" in line)] == []


def test_the_music_that_policies_may_choose_is_there(lab: Lab) -> None:
    files = lab.cli("moh show files").partition("Class: calm")[2]
    assert "morning_coffee" in files
