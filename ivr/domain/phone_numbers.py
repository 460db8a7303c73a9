"""Telephone numbers: what came of reading one, and the other form that some numbers have."""

import re
from typing import NamedTuple

_ARGENTINE = re.compile(r"\+54(9?)([1-8][0-9]{9})")
_MEXICAN = re.compile(r"\+52(1?)([2-9][0-9]{9})")


class NumberReading(NamedTuple):
    """How a telephone number was read.

    `number` is in E.164 form, or None when nobody can be meant by what is written; then `why_not`
    says what it is, and `advice` what its writer can do. `doubt` says what else could be meant, or
    what was left out, and `other` is the number that could be meant as well; both may be empty.
    """

    number: str | None
    why_not: str = ""
    advice: str = ""
    doubt: str = ""
    other: str = ""


def other_form(number: str) -> str:
    """Return the other E.164 form of the same line, or an empty text where there is none.

    Mexican mobiles had a 1 behind +52 until 2020, and Argentine ones have a 9 behind +54 when they
    are called from abroad; carriers and older data leave either out, or put it in. In both
    countries the ten digits behind it are of one line (ITU-T E.164, national numbering plans).
    """
    if found := _MEXICAN.fullmatch(number):
        return f"+52{'' if found[1] else '1'}{found[2]}"
    if found := _ARGENTINE.fullmatch(number):
        return f"+54{'' if found[1] else '9'}{found[2]}"
    return ""
