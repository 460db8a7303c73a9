"""What a trunk asserts about who calls (P-Asserted-Identity, RFC 3325), as carriers send it."""

from pathlib import Path
from typing import NamedTuple

import pytest

from ivr.domain.calls.incoming_call import UNCLEAR
from ivr.lab.lab import Lab
from ivr.qa.awaited_records import AwaitedRecords
from ivr.qa.calls import TestBench
from tests.decisions import values
from tests.lab.farm import recorded
from tests.lab.scripted import says_raw, scripted
from tests.lab.test_hostile_callers import hostile_call
from tests.lab.test_privacy import call
from tests.lab.test_who_calls import another_trunk, forgotten, memory

pytestmark = pytest.mark.shared

PREMIUM, OTHER = "+442079460006", "+442079460001"  # both of them are
STRANGER = "+12025550147"  # not that of test_privacy.py, which looks where it is found
LONG = f"X-Long: {'a' * 4500}\r\n"  # more than Asterisk lists
FROM_PREMIUM, FROM_ZERO = f"<sip:{PREMIUM}@carrier.example>", "<sip:0@carrier.example>"
NAMED = f'"Who, <tel:{OTHER}>, \\"I\\" \\\\" '  # a display name in which everything stands


def asserts(*values: str) -> str:
    """A P-Asserted-Identity header for each."""
    return "".join(f"P-Asserted-Identity: {value}\r\n" for value in values)


class Form(NamedTuple):
    """What is sent; and what is recorded: the number, another that is asserted, what From says."""

    from_: str
    headers: str
    number: str
    asserted: str = ""
    from_number: str = ""


SIP, TEL = f"<sip:{PREMIUM}@carrier.example;user=phone>", f"<tel:{PREMIUM}>"
BOTH, NATIONAL = f"{SIP},{TEL}", "02079460006"
KNOWN = {
    "sip and tel in one header": Form(FROM_ZERO, asserts(BOTH), PREMIUM, "", "0"),
    "names with commas": Form(FROM_PREMIUM, asserts(f"{NAMED}{SIP} , {TEL}"), PREMIUM),
}
KNOWN_TOO = {
    "one": Form(FROM_PREMIUM, asserts(SIP), PREMIUM),
    "one, of which From knows nothing": Form(FROM_ZERO, asserts(SIP), PREMIUM, "", "0"),
    "one, and From of somebody else": Form(f"<sip:{OTHER}@x>", asserts(TEL), PREMIUM, "", OTHER),
    "tel before sip": Form(FROM_ZERO, asserts(f"{TEL}, {SIP}"), PREMIUM, "", "0"),
    "two headers": Form(FROM_PREMIUM, asserts(SIP, TEL), PREMIUM),
    "two headers, tel first": Form(FROM_PREMIUM, asserts(TEL, SIP), PREMIUM),
    "as dialled here": Form(FROM_PREMIUM, asserts(f"<sip:{NATIONAL}@x>,{TEL}"), PREMIUM, NATIONAL),
    "with separators": Form(FROM_PREMIUM, asserts(f"<sip:+44-20.7946-0006@x>,{TEL}"), PREMIUM),
    "with parameters": Form(FROM_PREMIUM, asserts(f"<sip:{PREMIUM};npdi;rn=+1@x>,{TEL}"), PREMIUM),
    "escaped plus": Form(FROM_PREMIUM, asserts(f"<sip:%2B442079460006@x>,{TEL}"), PREMIUM),
    "somebody by name": Form(FROM_PREMIUM, asserts(f"<sip:ada7@x>,{TEL}"), PREMIUM),
    "without brackets": Form(FROM_PREMIUM, asserts(f"sip:{PREMIUM}@x"), PREMIUM),
    "nothing in it": Form(FROM_PREMIUM, asserts(""), PREMIUM),
    "twice nothing": Form(FROM_PREMIUM, asserts("", ""), PREMIUM),
    "behind a header of 4 kB": Form(FROM_ZERO, LONG + asserts(SIP, TEL), PREMIUM, "", "0"),
}
UNKNOWN = {
    "two numbers": Form(FROM_PREMIUM, asserts(f"{SIP},<tel:{STRANGER}>"), PREMIUM, STRANGER),
    "no number": Form(FROM_PREMIUM, asserts("<sip:carrier.example>"), "", UNCLEAR, PREMIUM),
}
IN_NAME = f'"<sip:{PREMIUM}@x>" <sip:carrier.example>'
SEEMS_TO_END = f'"x\\" , {TEL}, \\"y" <sip:{STRANGER}@x>, <tel:{STRANGER}>'
UNKNOWN_TOO = {
    "somebody else": Form(FROM_PREMIUM, asserts(f"<sip:{STRANGER}@x>"), STRANGER, "", PREMIUM),
    "two customers": Form(FROM_PREMIUM, asserts(SIP, f"<tel:{OTHER}>"), PREMIUM, OTHER),
    "a word": Form(FROM_PREMIUM, asserts("<sip:ada@x>"), "", UNCLEAR, PREMIUM),
    "no address": Form(FROM_PREMIUM, asserts("somebody"), "", UNCLEAR, PREMIUM),
    "three numbers": Form(FROM_PREMIUM, asserts(BOTH, TEL), "", UNCLEAR, PREMIUM),
    "a number in the name": Form(FROM_PREMIUM, asserts(IN_NAME), "", UNCLEAR, PREMIUM),
    "a name that seems to end": Form(FROM_PREMIUM, asserts(SEEMS_TO_END), STRANGER, "", PREMIUM),
    "a name that does not end": Form(FROM_PREMIUM, asserts(f'"x {BOTH}'), "", UNCLEAR, PREMIUM),
}


async def placed(
    lab: Lab,
    bench: TestBench,
    records: AwaitedRecords,
    folder: Path,
    form: Form,
) -> tuple[str, str | None, str]:
    """Place a call in this form, which is recorded so. Return its queue, customer and label."""
    seen = await call(lab, bench, folder, form.from_, form.headers)
    record = await recorded(records, seen.history.call_id)
    assert record.call is not None
    assert record.decision is not None
    said = record.call
    assert (said.caller_number, said.asserted, said.from_number) == form[2:]
    assert seen.history.caller_number == form.number
    return seen.history.queue or "", *values(record.decision, "customer_id label")


@pytest.mark.parametrize("form", KNOWN.values(), ids=KNOWN)
async def test_a_number_that_is_asserted_is_known(
    lab: Lab, bench: TestBench, records: AwaitedRecords, tmp_path: Path, form: Form
) -> None:
    queue, customer, _ = await placed(lab, bench, records, tmp_path, form)
    assert queue == "premium"
    assert customer


@pytest.mark.thorough
@pytest.mark.parametrize("form", KNOWN_TOO.values(), ids=KNOWN_TOO)
async def test_a_number_that_is_asserted_in_another_form_is_known(
    lab: Lab, bench: TestBench, records: AwaitedRecords, tmp_path: Path, form: Form
) -> None:
    queue, customer, _ = await placed(lab, bench, records, tmp_path, form)
    assert queue == "premium"
    assert customer


@pytest.mark.abuse
@pytest.mark.parametrize("form", UNKNOWN.values(), ids=UNKNOWN)
async def test_from_and_two_numbers_make_nobody_premium(
    lab: Lab, bench: TestBench, records: AwaitedRecords, tmp_path: Path, form: Form
) -> None:
    queue, customer, label = await placed(lab, bench, records, tmp_path, form)
    assert (queue, customer) == ("general-queue", None)
    assert label in ("GENERAL two numbers asserted", "GENERAL no number asserted")


@pytest.mark.abuse
@pytest.mark.thorough
@pytest.mark.parametrize("form", UNKNOWN_TOO.values(), ids=UNKNOWN_TOO)
async def test_from_and_two_numbers_in_another_form_make_nobody_premium(
    lab: Lab, bench: TestBench, records: AwaitedRecords, tmp_path: Path, form: Form
) -> None:
    queue, customer, _ = await placed(lab, bench, records, tmp_path, form)
    assert (queue, customer) == ("general-queue", None)


async def test_a_trunk_may_assert_nothing(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    headers = asserts(f"<sip:{STRANGER}@x>", f"<tel:{OTHER}>")
    with another_trunk(lab, 3, "trust_id_inbound = no\n") as there:
        seen = await hostile_call(lab, bench, tmp_path, caller=PREMIUM, source=there, more=headers)
    assert (seen.history.trunk, seen.history.caller_number) == ("other", PREMIUM)


@pytest.mark.abuse
async def test_two_numbers_are_not_recalled(lab: Lab, bench: TestBench, tmp_path: Path) -> None:
    queues = []
    with forgotten(lab, PREMIUM):
        await call(lab, bench, tmp_path, FROM_ZERO, asserts(BOTH), pause=1200)  # it waits for RTP
        assert "|premium|" in memory(lab, PREMIUM)
        for said in (BOTH, f"{SIP},<tel:{STRANGER}>", "nobody"):
            async with scripted(lab, says_raw("")):
                seen = await call(lab, bench, tmp_path, FROM_PREMIUM, asserts(said))
                queues.append(seen.history.queue)
    assert queues == ["premium", "general-queue", "general-queue"]
