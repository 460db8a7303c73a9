"""The files that say which events Asterisk makes are those of the table."""

import pytest

from ivr.ami.event_uses import KEYS, NOBODY, SERVICE, STEERING, TESTS
from ivr.ami.events import HANDLERS
from ivr.ami.member_events import TOLD
from tests.event_files import PBX, written

NEEDED_TO_START = (
    "ast_channel_hangup_request_type",
    "ast_channel_moh_start_type",
    "ast_channel_moh_stop_type",
    "ast_channel_hangup_handler_type",
    "ast_channel_hold_type",
    "ast_channel_unhold_type",
)
"""Where one of these is declined, Asterisk 22 does not start."""


def test_the_files_are_written_from_the_table() -> None:
    files = dict(written())
    for path, text in files.items():
        assert path.read_text(encoding="utf-8") == text, f"{path} is out of date: run `make docs`"
    assert sum(text.count("disabledevents = ") for text in files.values()) == len(files) == 2
    assert files[PBX / "manager.conf"].count("eventfilter(name(") == len(SERVICE)


def test_an_event_has_one_use() -> None:
    every = [*SERVICE, *STEERING, *TESTS, *NOBODY, *KEYS]
    assert len(every) == len(set(every))


def test_what_the_service_reads_is_made() -> None:
    assert {name.split()[0] for name in HANDLERS} <= {*SERVICE}
    assert {*TOLD} <= {*SERVICE}


@pytest.mark.parametrize("name", NEEDED_TO_START)
def test_nothing_is_declined_without_which_asterisk_does_not_start(name: str) -> None:
    text = (PBX / "stasis.conf").read_text(encoding="utf-8")
    assert "decline = " in text
    assert name not in text
