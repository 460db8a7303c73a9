"""How a caller's number was read, and what else it could be: said of calls, real and tried."""

import dataclasses
import io
import time

import pytest
from rich.console import Console
from rich.text import Text
from typer.testing import CliRunner

from ivr.application.route_call import RouteCall
from ivr.application.what_if import Always, tried
from ivr.cli import app
from ivr.domain.calls.history import CallHistory
from ivr.domain.calls.incoming_call import IncomingCall
from ivr.domain.calls.record import CallRecord
from ivr.domain.customers import Ambiguous, Lookup, Unknown
from ivr.numbers.e164 import PhoneNumbers
from ivr.policy.loader import Bundle, load
from ivr.presentation import explanation, explanation_text
from ivr.presentation.call_record import explain_lines
from ivr.shipped_files import share

DOUBT = "read as +468123456: it could be +46468123456 as well"
CASES = [
    ("SE", "468123456", DOUBT),
    ("SE", "08123456", "read as +468123456"),
    ("SE", "+468123456", ""),
    ("GB", "4915112345678", "it could be +4915112345678 as well"),  # not read at all
    ("DE", "0000000000", ""),
]


class Nobody:
    """No number is known."""

    async def find(self, number: str, call_id: str = "") -> Lookup:
        return Unknown("not a known number")

    find_by_customer_number = find


class Several(Nobody):
    """Every number is of two customers."""

    async def find(self, number: str, call_id: str = "") -> Lookup:
        return Ambiguous(("C1", "C2"))


@pytest.fixture(scope="module")
def shipped() -> Bundle:
    return load(share("dialplans"))


def called(number: str) -> IncomingCall:
    return IncomingCall("1.1", "1.1", number, "1000", False, "carrier", "", 1_700_000_000.0)


def in_region(shipped: Bundle, region: str) -> Bundle:
    return dataclasses.replace(shipped, policy=dataclasses.replace(shipped.policy, region=region))


@pytest.mark.parametrize(("region", "number", "says"), CASES)
async def test_of_a_call_that_never_was(
    shipped: Bundle,
    region: str,
    number: str,
    says: str,
) -> None:
    in_force = in_region(shipped, region)
    explained = await tried(called(number), in_force, PhoneNumbers(), Nobody(), {})
    console = Console(file=io.StringIO(), width=200)
    console.print(*explanation.told(explained))
    assert isinstance(console.file, io.StringIO)
    told = console.file.getvalue()
    assert says in told
    assert ("\nnumber " in told) == bool(says)


@pytest.mark.parametrize(("region", "number", "says"), CASES)
async def test_of_a_call_that_is_recorded(
    shipped: Bundle,
    region: str,
    number: str,
    says: str,
) -> None:
    call, policies = called(number), Always(in_region(shipped, region))
    decision = await RouteCall(PhoneNumbers(), Nobody(), policies, time.perf_counter).route(call)
    record = CallRecord(CallHistory("1.1", caller_number=number), decision, call, 1.0)
    told = [Text.from_markup(line).plain for line in explain_lines(record, [])]
    assert any(line.strip() == says for line in told) == bool(says)


@pytest.mark.parametrize("command", [["call"], ["policy", "explain"]])
def test_a_caller_who_is_written_as_withheld_is_told_how(command: list[str]) -> None:
    said = CliRunner().invoke(app, [*command, "--from", "Anonymous"], env={"COLUMNS": "200"})
    assert said.exit_code == 2
    assert "--withhold" in said.output


async def test_of_customers_who_may_both_be_calling(shipped: Bundle) -> None:
    in_sweden = in_region(shipped, "SE")
    for number, words in [
        ("468123456", "one of the 2 customers whose number it could be"),
        ("+468123456", "one of the 2 customers who share +468123456"),
    ]:
        explained = await tried(called(number), in_sweden, PhoneNumbers(), Several(), {})
        assert explanation_text.who(explained.decision) == words
