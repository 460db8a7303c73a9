"""Telephone numbers as people, spreadsheets and carriers write them, in ten regions.

The numbers are set aside for fiction where a country has such (Ofcom, NANPA 555-01xx, ARCEP,
BNetzA, PTS, ACMA); elsewhere they are of the shape that its numbers have.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import phonenumbers
import pytest

from ivr.domain.phone_numbers import other_form
from ivr.numbers.countries import is_valid
from ivr.numbers.e164 import PhoneNumbers
from ivr.shipped_files import share

NUMBERS = PhoneNumbers()

READ = [
    # Germany: numbers of many lengths, a 0 before national ones
    ("DE", "030 23125-123", "+493023125123"),
    ("DE", "+49 (0)30 23125123", "+493023125123"),
    ("DE", "0049 30 23125123", "+493023125123"),
    ("DE", "3023125123", "+493023125123"),  # a spreadsheet has taken the 0
    ("DE", "493023125123", "+493023125123"),
    ("DE", "4917139200123", "+4917139200123"),
    ("DE", "4915112345678", "+4915112345678"),
    ("DE", "015112345678", "+4915112345678"),
    ("DE", "3012345670.0", "+493012345670"),
    ("DE", "+493012345678.0", "+493012345678"),
    ("DE", "3012345670,00", "+493012345670"),
    ("DE", "'+49 30 23125123", "+493023125123"),  # text, to a spreadsheet
    ("DE", '="+493023125123"', "+493023125123"),
    ("DE", "00 1 202 555 0101", "+12025550101"),
    # Great Britain
    ("GB", "020 7946 0001", "+442079460001"),
    ("GB", "2079460001", "+442079460001"),
    ("GB", "442079460001", "+442079460001"),
    ("GB", "2079460001.0", "+442079460001"),
    ("GB", "07700 900123", "+447700900123"),
    ("GB", "447700900123", "+447700900123"),
    ("GB", "020 7946 0001 x123", "+442079460001"),
    ("GB", "+44 20 7946 0001 ext. 123", "+442079460001"),
    ("GB", "+442079460001;ext=123", "+442079460001"),
    ("GB", "+442079460001#123", "+442079460001"),
    ("GB", "00 52 1 55 5550 1234", "+525555501234"),
    # United States: 1 is both the country's code and dialled before national numbers
    ("US", "(202) 555-0101", "+12025550101"),
    ("US", "1-202-555-0101", "+12025550101"),
    ("US", "12025550101", "+12025550101"),
    ("US", "2025550101.0", "+12025550101"),
    ("US", "(202) 555-0101 x5", "+12025550101"),
    ("US", "011 44 20 7946 0001", "+442079460001"),
    ("US", "00442079460001", "+442079460001"),
    ("US", "00 49 30 23125123", "+493023125123"),
    ("US", "+1 212 777 7777", "+12127777777"),  # seven alike are somebody's
    # France
    ("FR", "01 99 00 01 23", "+33199000123"),
    ("FR", "199000123", "+33199000123"),
    ("FR", "33199000123", "+33199000123"),
    ("FR", "+33 (0)6 39 98 01 23", "+33639980123"),
    ("FR", "0033639980123", "+33639980123"),
    # Indonesia
    ("ID", "0812-3456-789", "+628123456789"),
    ("ID", "6281234567890", "+6281234567890"),
    ("ID", "+62 812 3456 7890", "+6281234567890"),
    # Sweden
    ("SE", "070-174 06 05", "+46701740605"),
    ("SE", "46701740605", "+46701740605"),
    ("SE", "08-465 004 00", "+46846500400"),
    # Mexico
    ("MX", "55 5550 1234", "+525555501234"),
    ("MX", "525555501234", "+525555501234"),
    ("MX", "+52 1 55 5550 1234", "+525555501234"),
    ("MX", "5215555501234", "+525555501234"),
    ("MX", "044 55 5550 1234", "+525555501234"),
    ("MX", "01 55 5550 1234", "+525555501234"),
    ("MX", "+52 (01) 55 5550 1234", "+525555501234"),
    # Argentina
    ("AR", "011 5555-0123", "+541155550123"),
    ("AR", "011 15 5555-0123", "+5491155550123"),
    ("AR", "+54 9 11 5555 0123", "+5491155550123"),
    ("AR", "5491155550123", "+5491155550123"),
    ("AR", "+54 11 15 5555 0123", "+5491155550123"),
    # Italy: nothing is dialled before national numbers
    ("IT", "06 1234 5678", "+390612345678"),
    ("IT", "3331234567.0", "+393331234567"),
    ("IT", "393331234567", "+393331234567"),
    ("IT", "+39 06 1234 5678", "+390612345678"),
    # Australia
    ("AU", "(02) 5550 1234", "+61255501234"),
    ("AU", "0491 570 156", "+61491570156"),
    ("AU", "61491570156", "+61491570156"),
    ("AU", "0011 44 20 7946 0001", "+442079460001"),
    ("AU", "00442079460001", "+442079460001"),
]
TWO_WAYS = [
    # region, as written, as it is read, what it could be as well
    ("SE", "468123456", "+468123456", "+46468123456"),  # Stockholm; or Lund, without its 0
    ("ID", "62812345678", "+62812345678", "+6262812345678"),
    ("DE", "4941013456", "+4941013456", "+494941013456"),  # Pinneberg; or Aurich
    ("IT", "3906123456", "+393906123456", "+3906123456"),  # a mobile, as dialled there; or Rome
    ("DE", "442079460001", "+49442079460001", "+442079460001"),
]
NOBODYS = [
    ("DE", "0000000000"),
    ("GB", "0000000000"),
    ("DE", "000000000000"),
    ("US", "1111111111"),
    ("DE", "1111111111"),
    ("US", "999-999-9999"),
    ("FR", "0123456789"),
    ("GB", "01234 567890"),
    ("US", "+1 (234) 567-8901"),
    ("DE", "+49 123456789"),
    ("IT", "9876543210"),
    ("GB", "+44 7777 777777"),
    ("FR", "06 00 00 00 00"),
    ("DK", "12345678"),
]
SPOILT = ["4.42079E+11", "4,42079E+11", "4.42E11", "+4.42079e+11", "3E+09"]


@pytest.mark.parametrize(("region", "written", "number"), READ)
def test_a_number_is_read_as_its_region_means_it(region: str, written: str, number: str) -> None:
    found = NUMBERS.read(written, region)
    assert (found.number, found.other, found.why_not) == (number, "", "")
    assert is_valid(number)


@pytest.mark.parametrize(("region", "written", "number", "other"), TWO_WAYS)
def test_a_number_that_can_be_meant_in_two_ways_says_so(
    region: str,
    written: str,
    number: str,
    other: str,
) -> None:
    found = NUMBERS.read(written, region)
    assert (found.number, found.other) == (number, other)
    assert other in found.doubt
    for sure in (number, other):  # with a + there is nothing to doubt
        assert NUMBERS.read(sure, region) == (sure, "", "", "", "")


@pytest.mark.parametrize("written", ["020 7946 0001 x123", "+442079460001 ext. 123"])
def test_an_extension_is_left_out_and_said(written: str) -> None:
    found = NUMBERS.read(written, "GB")
    assert (found.number, found.other) == ("+442079460001", "")
    assert "extension 123" in found.doubt


@pytest.mark.parametrize(("region", "written"), NOBODYS)
def test_what_only_fills_a_field_is_nobodys_number(region: str, written: str) -> None:
    found = NUMBERS.read(written, region)
    assert found.number is None
    assert "placeholder" in found.why_not


@pytest.mark.parametrize("written", SPOILT)
@pytest.mark.parametrize("region", ["DE", "GB", "US"])
def test_what_a_spreadsheet_has_shortened_cannot_be_read(region: str, written: str) -> None:
    found = NUMBERS.read(written, region)
    assert found.number is None
    assert "spreadsheet" in found.why_not
    assert "as text" in found.advice


def test_another_countrys_number_without_plus_is_told_and_not_taken() -> None:
    """A national number with a digit too many may happen to be one."""
    found = NUMBERS.read("4915112345678", "GB")
    assert (found.number, found.other) == (None, "+4915112345678")
    assert "+4915112345678" in found.advice


@pytest.mark.parametrize(
    "written",
    ["anonymous", "Private", "RESTRICTED", "withheld", "unknown", " Unavailable "],
)
def test_words_for_a_withheld_number_are_none(written: str) -> None:
    found = NUMBERS.read(written, "DE")
    assert found.number is None
    assert "withheld" in found.why_not


@pytest.mark.parametrize("digits", ["266696687", "+266696687", "86282452253"])
def test_so_are_their_digits_on_a_keypad(digits: str) -> None:
    """Twilio and others send these where they may not say who calls."""
    found = NUMBERS.read(digits, "DE")
    assert found.number is None
    assert "withheld" in found.why_not


def test_the_dialplan_knows_the_same_words() -> None:
    dialplan = (Path(share("dialplans")) / "ivr.conf").read_text(encoding="utf-8")
    words = re.findall(r'"\$\{CALL_WORD\}" = "([a-z]+)"', dialplan)
    assert len(words) > 3
    for word in words:
        assert "withheld" in NUMBERS.read(word, "GB").why_not, word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+525555501234", "+5215555501234"),
        ("+541155550123", "+5491155550123"),
        ("+543435551212", "+5493435551212"),
    ],
)
def test_a_line_with_two_forms_has_each_as_the_others_other(one: str, other: str) -> None:
    assert (other_form(one), other_form(other)) == (other, one)


@pytest.mark.parametrize(
    "number",
    [
        "+442079460001",
        "+12025550101",
        "+52155555012345",
        "+52555550123",
        "+54911555501234",
        "",
        "+52",
        "\0+525555501234",
        "+525555501234\n",
    ],
)
def test_other_numbers_have_one_form(number: str) -> None:
    assert other_form(number) == ""


def test_the_library_says_the_same_of_what_is_valid() -> None:
    """But for what is set aside for fiction, which it does not always know."""
    dice, compared = random.Random(7), 0
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        for national in {each for region in regions for each in _nearby(region, code, dice)}:
            number, parsed = f"+{code}{national}", _parsed(code, national)
            if parsed is not None and not re.match(r"\+447700900|\+3363998", number):
                compared += 1
                assert is_valid(number) == phonenumbers.is_valid_number(parsed), number
    assert compared > 5_000


def _nearby(region: str, code: int, dice: random.Random) -> Iterator[str]:
    """Give national numbers of a region, with some last digits changed, missing or added."""
    for kind in range(11):
        if region == "001":
            example = phonenumbers.example_number_for_non_geo_entity(code)
        else:
            example = phonenumbers.example_number_for_type(region, kind)
        if example is not None:
            national = phonenumbers.national_significant_number(example)
            for _ in range(4):
                kept = national[: dice.randint(1, len(national))]
                added = dice.choice([0, 0, 0, -1, 1]) + len(national) - len(kept)
                yield kept + "".join(dice.choice("0123456789") for _ in range(added))


def _parsed(code: int, national: str) -> phonenumbers.PhoneNumber | None:
    """Return the number as it stands; None where E.164 or the library has no such thing."""
    if not 7 <= len(f"{code}{national}") <= 15 or not national.strip("0"):
        return None
    zeros = len(national) - len(national.lstrip("0"))
    parsed = phonenumbers.PhoneNumber(code, int(national), italian_leading_zero=zeros > 0 or None)
    if zeros > 1:
        parsed.number_of_leading_zeros = zeros
    return parsed if phonenumbers.national_significant_number(parsed) == national else None
