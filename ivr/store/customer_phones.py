"""A customer's telephone numbers in a file: read, and refused where nobody can be meant by them."""

from collections.abc import Iterable
from typing import NamedTuple

from ivr.domain.ports import NumberPlan


class CustomerPhones(NamedTuple):
    """Numbers in E.164 form, each once, and what is in doubt about them.

    `problem` is what is wrong with the first that cannot be read; empty when there is none.
    """

    numbers: list[str]
    doubts: list[str]
    problem: str = ""


def read_phones(written: Iterable[str], plan: NumberPlan, region: str) -> CustomerPhones:
    """Read a customer's numbers, which are written as dialled in `region`."""
    numbers: dict[str, None] = {}
    for text in written:
        number = plan.e164(text, region)
        if number is None:
            problem = f"{_quoted(text)} is not a telephone number: write it like +442079460001"
            return CustomerPhones([], [], problem)
        numbers[number] = None
    return CustomerPhones(list(numbers), [])


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
