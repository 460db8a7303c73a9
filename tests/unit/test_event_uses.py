"""The files that say which events Asterisk makes are those of the table."""

import re

import pytest

from ivr.ami.event_uses import KEYS, NOBODY, SERVICE, STEERING, TESTS, disabled
from ivr.ami.events import HANDLERS
from ivr.shipped_files import share

PBX = share("asterisk") / "pbx"
NEEDED_TO_START = (
    "ast_channel_hangup_request_type",
    "ast_channel_moh_start_type",
    "ast_channel_moh_stop_type",
    "ast_channel_hangup_handler_type",
    "ast_channel_hold_type",
    "ast_channel_unhold_type",
)
"""Where one of these is declined, Asterisk 22 does not start."""


def lines(name: str, key: str) -> list[str]:
    text = (PBX / name).read_text(encoding="utf-8")
    return re.findall(rf"^{key}.*?(?= *;|$)", text, re.MULTILINE)


def test_the_files_are_written_from_the_table() -> None:
    assert lines("manager.conf", "disabledevents") == [disabled(KEYS)]
    assert lines("manager_events.conf", "disabledevents") == [disabled(TESTS + NOBODY)]
    filters = lines("manager.conf", "eventfilter[(]name")
    assert filters == [f"eventfilter(name({name}),method(none)) =" for name in SERVICE]


def test_an_event_has_one_use() -> None:
    every = [*SERVICE, *STEERING, *TESTS, *NOBODY, *KEYS]
    assert len(every) == len(set(every))


def test_what_the_service_reads_is_made() -> None:
    assert {name.split()[0] for name in HANDLERS} <= {*SERVICE}


@pytest.mark.parametrize("name", NEEDED_TO_START)
def test_nothing_is_declined_without_which_asterisk_does_not_start(name: str) -> None:
    (line,) = lines("stasis.conf", "decline *=")
    assert name not in line
