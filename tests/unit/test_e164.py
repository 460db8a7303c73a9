"""Telephone numbers: spellings of one number meet, and what is none is None."""

import re
import sys
import unicodedata

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.numbers import spelled
from ivr.numbers.e164 import PhoneNumbers
from ivr.numbers.placeholders import is_placeholder

NUMBERS = PhoneNumbers()
LONDON = "+442079460001"


@pytest.mark.parametrize(
    "spelling",
    [
        "+442079460001",
        "00442079460001",
        "442079460001",
        "02079460001",
        "2079460001",
        "020 7946 0001",
        "(020) 7946-0001",
        "+44 (0)20 7946 0001",
        "+44.20.7946.0001",
        " +44 20 7946 0001 ",
        "tel:+442079460001",
        "+44\u00a020\u20117946\u20110001",  # from a spreadsheet: no-break space, no-break hyphen
        "\u202a+442079460001\u202c",  # copied from a web page, with its direction marks
    ],
)
def test_spellings_of_one_number_meet(spelling: str) -> None:
    assert NUMBERS.read(spelling, "GB").number == LONDON


def test_a_number_without_country_code_is_read_as_dialled_in_the_region() -> None:
    assert NUMBERS.read("(202) 555-0101", "US").number == "+12025550101"
    assert NUMBERS.read("011 44 20 7946 0001", "US").number == LONDON
    assert NUMBERS.read("02079460001", "US").number is None


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("", "GB"),
        ("+", "GB"),
        ("1000", "GB"),  # an extension
        ("112", "GB"),
        ("anonymous", "GB"),
        ("7946 0001", "GB"),  # local: without its area code it is many people's
        ("555-0101", "US"),
        ("+442079460001, +442079460002", "GB"),
        ("+442079460001 or +442079460002", "GB"),
        ("+442079460001+442079460002", "GB"),
        ("+44207946000A", "GB"),  # must not become the shorter +44207946000
        ("+442079460ABC", "GB"),  # nor a keypad's +442079460222
        ("0800 FLOWERS 123", "GB"),
        ("id 442079460001", "GB"),
        ("+999123456789", "GB"),  # no such country
        ("+0442079460001", "GB"),
        ("+49 (0)1234", "DE"),  # six digits are left
        ("+49123456789012345", "DE"),  # E.164 ends at fifteen
        ("5" * 300, "GB"),
        ("+44" + "5" * 297, "GB"),
        ("02079460001", "XX"),  # no such region
        ("02079460001", ""),
    ],
)
def test_what_is_no_subscribers_number_is_none(text: str, region: str) -> None:
    assert NUMBERS.read(text, region).number is None


def test_digits_of_other_scripts_count_as_what_they_are_or_not_at_all() -> None:
    """Every decimal digit of Unicode has one value; the number must never come out as another one."""
    zeros = [c for c in map(chr, range(128, sys.maxunicode + 1)) if unicodedata.decimal(c, None) == 0]
    assert len(zeros) > 50
    for zero in zeros:
        spelled = "+" + "".join(chr(ord(zero) + int(digit)) for digit in LONDON[1:])
        assert NUMBERS.read(spelled, "GB").number in (LONDON, None), unicodedata.name(zero)
    assert NUMBERS.read("+٤٤٢٠٧٩٤٦٠٠٠١", "GB").number == LONDON
    fullwidth = "".join(chr(ord(c) + 0xFEE0) for c in LONDON)
    assert NUMBERS.read(fullwidth, "GB").number == LONDON


@pytest.mark.parametrize("odd", ["²", "①", "½", "Ⅷ", "一"])
def test_signs_that_only_look_like_digits_make_it_no_number(odd: str) -> None:
    assert NUMBERS.read(f"+44207946000{odd}", "GB").number is None
    assert NUMBERS.read(f"+4420{odd}79460001", "GB").number is None


NUMBERISH = st.text(alphabet="+0123456789 ()-.;=x#/tel:ext٣\uff14²\u00a0\n\0", max_size=40)
REGIONS = st.sampled_from(["GB", "US", "DE", "IT", "FR", "AR", "NU", "XX", ""])


@pytest.mark.thorough
@settings(deadline=None, max_examples=500)
@given(st.one_of(st.text(), NUMBERISH, st.from_regex(r"(\+|00)?[0-9]{5,18}", fullmatch=True)), REGIONS)
def test_any_text_is_a_number_in_e164_or_none(text: str, region: str) -> None:
    number = NUMBERS.read(text, region).number
    assert number is None or re.fullmatch(r"\+[1-9][0-9]{6,14}", number)


@pytest.mark.parametrize("kind", [phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE])
def test_the_numbers_of_every_country_are_read(kind: int) -> None:
    without_plus = 0
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        example = phonenumbers.example_number_for_type(region, kind)
        if example is None or is_placeholder(phonenumbers.national_significant_number(example)):
            continue
        number = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        at_home = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert NUMBERS.read(number, "GB").number == number
        if sum(c.isdigit() for c in at_home) >= 7:
            assert NUMBERS.read(at_home, region).number == number
        found = NUMBERS.read(number[1:], region)  # in E.164 form that has lost its +
        assert number in (found.number, found.other), (region, found)
        without_plus += found.number == number
    assert without_plus > 200


@pytest.mark.thorough
@given(
    st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)),
    st.text("0123456789", min_size=3, max_size=13),
    st.sampled_from(["GB", "US", "DE"]),
)
@settings(max_examples=3000)
def test_the_short_way_and_the_long_way_agree(code: int, national: str, region: str) -> None:
    number = f"+{code}{national}"
    assert PhoneNumbers().read(number, region) == spelled.read(number, region)


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_every_countrys_example_number_reads_as_itself(region: str) -> None:
    number = phonenumbers.example_number(region)
    assert number is not None
    example = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    assert PhoneNumbers().read(example, "GB") == spelled.read(example, "GB")
