"""Signatures of callers' numbers: good ones are told apart from bad ones, and no call is worse off for a bad one."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ivr.lab.lab import Lab
from ivr.lab.state import HTTP
from ivr.lab.stir_shaken import BAD, GOOD, Kind, headers
from ivr.presentation.call_record import explain_lines
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import ObservedCall, TestBench
from tests.lab.farm import recorded
from tests.lab.test_hostile_callers import hostile_call

pytestmark = [pytest.mark.shared, pytest.mark.thorough]

CALLER = "+442079460006"  # premium, without a PIN that could be asked for
# Seconds from the start of SIPp to the queue: half of one is Answer(), which waits for SIPp to say something, and one
# and a half the greeting, which callers hear whose number is not believed.
SOON = 4.0


async def signed_call(lab: Lab, bench: TestBench, folder: Path, more: str, *, caller: str = CALLER) -> ObservedCall:
    """A call with these headers, which must be served as soon as any other."""
    began = time.time()
    seen = await hostile_call(lab, bench, folder, caller=caller, more=more)
    assert seen.queue_at is not None
    assert seen.queue_at - began < SOON
    assert seen.displays, "no agent's phone rang"
    assert seen.history.tier == "live"
    return seen


@contextmanager
def deaf_host(address: str) -> Iterator[str]:
    """The URL of a web server that takes requests and never answers."""
    with closing(socket.create_server((address, 0))) as server:
        yield f"http://{address}:{server.getsockname()[1]}/static/carrier.pem"


# Signed by the carrier -------------------------------------------------------------------------------


@pytest.mark.parametrize("attestation", GOOD)
async def test_what_the_carrier_attests_is_seen(
    lab: Lab, bench: TestBench, records: AwaitedRecords, attestation: str
) -> None:
    report = await bench.call(CALLER, "1000", attestation=attestation, talk=0.1)
    assert (report.attestation, report.queue, report.agent) == (attestation, "premium", "Anna Berg")
    assert report.call_id is not None
    record = await recorded(records, report.call_id)
    assert record.call is not None
    assert record.call.attestation == attestation
    explained = "\n".join(explain_lines(record, records.events(report.call_id)))
    assert f"signed by the carrier, attestation {attestation} (verified)" in explained


async def test_an_unsigned_number_has_no_attestation(bench: TestBench, records: AwaitedRecords) -> None:
    report = await bench.call(CALLER, "1000", talk=0.1)
    assert (report.attestation, report.queue, report.agent) == ("", "premium", "Anna Berg")
    assert report.call_id is not None
    record = await recorded(records, report.call_id)
    assert record.call is not None
    assert record.call.attestation == ""
    assert "signature" not in "\n".join(explain_lines(record, records.events(report.call_id)))


async def test_a_withheld_number_is_not_signed(bench: TestBench) -> None:
    report = await bench.call(CALLER, "1000", withhold=True, attestation="A", talk=0.1)
    assert (report.attestation, report.queue) == ("", "general-queue")


# Signed by others ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", GOOD)
async def test_our_own_signer_signs_well(lab: Lab, bench: TestBench, tmp_path: Path, kind: Kind) -> None:
    """Or its bad ones would be bad for another reason than theirs."""
    identity = lab.state.authority.identity(kind, CALLER, "1000")
    seen = await signed_call(lab, bench, tmp_path, headers(identity))
    assert seen.attestation == kind


@pytest.mark.parametrize("kind", BAD)
async def test_a_bad_signature_is_seen(
    lab: Lab, bench: TestBench, records: AwaitedRecords, tmp_path: Path, kind: Kind
) -> None:
    identity = lab.state.authority.identity(kind, CALLER, "1000")
    seen = await signed_call(lab, bench, tmp_path, headers(identity))
    assert seen.attestation == "failed"
    record = await recorded(records, seen.history.call_id)
    assert record.call is not None
    assert record.call.attestation == "failed"
    explained = "\n".join(explain_lines(record, records.events(seen.history.call_id)))
    assert "the signature of the number is not good" in explained


async def test_a_signature_is_good_for_its_number_only(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    identity = lab.state.authority.identity("A", CALLER, "1000")
    seen = await signed_call(lab, bench, tmp_path, headers(identity), caller="+442079460020")
    assert seen.attestation == "failed"


async def test_a_signed_number_must_have_its_country_code(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    identity = lab.state.authority.identity("A", CALLER, "1000")
    seen = await signed_call(lab, bench, tmp_path, headers(identity), caller="02079460006")
    assert seen.attestation == "failed"


async def test_a_clock_that_is_ahead_spoils_the_signature(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    identity = lab.state.authority.identity("A", CALLER, "1000")
    seen = await signed_call(lab, bench, tmp_path, headers(identity, time.time() + 10))
    assert seen.attestation == "failed"


async def test_asterisk_does_not_compare_the_number_dialled(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    """A limit of Asterisk 22.10.1 that docs/operate/security.md names: should it fail one day, it can say less."""
    identity = lab.state.authority.identity("A", CALLER, "1001")
    seen = await signed_call(lab, bench, tmp_path, headers(identity))
    assert seen.attestation == "A"


@pytest.mark.parametrize(
    "identity",
    [
        "x",
        ";",
        "a.b.c;info=<http://x>;alg=ES256;ppt=shaken",
        "eyJhbGciOiJub25lIn0.e30.;info=<x>",
        '")}]|${SHELL(touch /tmp/ivr-owned)}$("1";A,success',
        "A" * 20_000,
        "A" * 20_000 + ".B.C;info=<http://127.0.0.1>;alg=ES256;ppt=shaken",
    ],
    ids=["word", "semicolon", "no base64", "empty", "dialplan", "huge", "huge in parts"],
)
async def test_what_is_no_signature_is_a_bad_one(lab: Lab, bench: TestBench, tmp_path: Path, identity: str) -> None:
    seen = await signed_call(lab, bench, tmp_path, headers(identity))
    assert seen.attestation == "failed"


async def test_an_empty_header_is_none(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    seen = await signed_call(lab, bench, tmp_path, headers(""))
    assert seen.attestation == ""


async def test_a_signature_without_a_date_is_a_bad_one(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    identity = lab.state.authority.identity("A", CALLER, "1000")
    seen = await signed_call(lab, bench, tmp_path, f"Identity: {identity}\r\n")
    assert seen.attestation == "failed"


# Where the certificate is ----------------------------------------------------------------------------


async def test_a_host_that_does_not_answer_makes_no_call_late(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    """And it is asked: Asterisk would need no second otherwise."""
    with deaf_host(lab.state.carrier) as url:
        identity = lab.state.authority.identity("A", CALLER, "1000", x5u=url)
        began = time.time()
        seen = await signed_call(lab, bench, tmp_path, headers(identity))
        assert seen.queue_at is not None
        assert seen.queue_at - began > 0.9
    assert seen.attestation == "failed"


@pytest.mark.parametrize(
    "url",
    ["http://{carrier}:9/x", "http://{carrier}:{port}/static/nothing.pem", "http://{pbx}:{port}/static/carrier.pem",
     "no-address", ""],
)  # fmt: skip
async def test_a_certificate_that_cannot_be_had(lab: Lab, bench: TestBench, tmp_path: Path, url: str) -> None:
    """Nobody listens; no such file; a host that we do not ask; no URL (Asterisk has no word for that)."""
    x5u = url.format(carrier=lab.state.carrier, pbx=lab.state.pbx, port=HTTP) or "\t"
    identity = lab.state.authority.identity("A", CALLER, "1000", x5u=x5u).replace(x5u, url)
    seen = await signed_call(lab, bench, tmp_path, headers(identity))
    assert seen.attestation == "failed"
    assert lab.state.process("asterisk").alive()


# Asterisk's side -------------------------------------------------------------------------------------


async def test_without_the_global_nothing_is_asked(lab: Lab, bench: TestBench) -> None:
    """An Asterisk without res_stir_shaken has no such function."""
    log = lab.home / "pbx/log/messages"
    before = log.stat().st_size
    lab.cli("dialplan set global IVR_STIR_SHAKEN no")
    try:
        report = await bench.call(CALLER, "1000", attestation="A", talk=0.1)
    finally:
        lab.cli("dialplan set global IVR_STIR_SHAKEN yes")
    assert (report.attestation, report.agent) == ("", "Anna Berg")
    assert "STIR_SHAKEN" not in log.read_text()[before:]


def test_both_sides_start_without_complaint(lab: Lab) -> None:
    for side in ("pbx", "carrier"):
        lines = (lab.home / side / "log/messages").read_text().splitlines()
        assert not [line for line in lines if "tir/" in line and "sip" not in line.lower()]
