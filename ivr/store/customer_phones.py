"""A customer's telephone numbers in a file: read, and refused where nobody can be meant by them."""

from collections.abc import Iterable
from typing import NamedTuple

from ivr.domain.ports import NumberPlan
from ivr.store.customer_cells import quoted


class CustomerPhones(NamedTuple):
    """Numbers in E.164 form, each once, and what is in doubt about them.

    `problem` is what is wrong with the first that cannot be read; empty when there is none.
    """

    numbers: list[str]
    doubts: list[str]
    problem: str = ""


def read_phones(written: Iterable[str], plan: NumberPlan, region: str) -> CustomerPhones:
    """Read a customer's numbers, which are written as dialled in `region`.

    A number that no country has given out is refused: who called from it would be anybody.
    """
    numbers: dict[str, None] = {}
    doubts: list[str] = []
    for text in written:
        found = plan.read(text, region)
        if found.number is None:
            return CustomerPhones([], [], f"{quoted(text)} is {found.why_not}: {found.advice}")
        if not plan.is_valid(found.number):
            instead = f", or write {found.other} if that is meant" if found.other else ""
            problem = f"{quoted(text)} would be {found.number}, and there is no such number"
            return CustomerPhones([], [], f"{problem}: correct it{instead}")
        if found.doubt:
            sure = "; with a + in front there is no doubt" if found.other else ""
            doubts.append(f"{quoted(text)} is read as {found.number}: {found.doubt}{sure}")
        numbers[found.number] = None
    return CustomerPhones(list(numbers), doubts)
