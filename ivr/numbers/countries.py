"""What phonenumberslite knows of countries, made ready for a million numbers.

The library answers the same in 20 to 40 us a number. A test compares the two.
"""

import re
from dataclasses import dataclass
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberDesc

E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
"""A number in E.164 form. The library itself takes up to 17 digits after the country code."""
_KINDS = (
    "fixed_line",
    "mobile",
    "toll_free",
    "voip",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "pager",
    "uan",
    "voicemail",
)


# Set aside for fiction: nobody's, and what examples and tests are made of (Ofcom, ARCEP).
_FICTITIOUS = re.compile(r"\+447700900[0-9]{3}|\+3363998[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Country:
    """What is known of a country code.

    `prefix` is what is dialled there before national numbers, and `lengths` those that they can
    have. `regions` are those with this code, the main one first.
    """

    code: int
    digits: int  # of the code
    prefix: re.Pattern[str] | None
    lengths: frozenset[int]
    regions: tuple[str, ...]


def reads_as_itself(number: str) -> str:
    """Return the national part of a number that `spelled.read` gives back as it is, else nothing.

    Nearly all numbers are so, and this takes 1 us, not 40. So it is with a number in E.164 form of
    a possible length for its country, unless it begins with what that country dials before national
    numbers (as in +44 0…), which the library would strip.
    """
    if not E164.fullmatch(number):
        return ""
    country = country_of(number[1:4])
    if country is None:
        return ""
    national = number[1 + country.digits :]
    if len(national) not in country.lengths or (country.prefix and country.prefix.match(national)):
        return ""
    return national


def is_valid(number: str) -> bool:
    """Say whether a country has given out numbers like this one, which is in E.164 form.

    What is only of a possible length is not valid, and neither is a range newer than the library.
    Numbers for films and tests are.
    """
    country = country_of(number[1:4])
    if country is None:
        return False
    national = number[1 + country.digits :]
    for region in country.regions:
        begins, looks = _region(country.code, region)
        if begins is None:
            if looks.fullmatch(national):
                return True
        elif begins.match(national):
            return looks.fullmatch(national) is not None
    return _FICTITIOUS.fullmatch(number) is not None


@cache
def country_of(begin: str) -> Country | None:
    """Return the country of a number's first three digits; None when no country has such."""
    for digits in (1, 2, 3):  # no country code is the beginning of another
        if regions := phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(begin[:digits])):
            return _country(int(begin[:digits]), regions)
    return None


@cache
def dials_a_prefix(region: str) -> bool:
    """Say whether national numbers are dialled with a prefix there, such as 0."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    return metadata is not None and metadata.national_prefix is not None


@cache
def _country(code: int, regions: tuple[str, ...]) -> Country | None:
    main = PhoneMetadata.metadata_for_region_or_calling_code(code, regions[0])
    if main is None or main.general_desc is None:
        return None
    prefix = main.national_prefix_for_parsing
    return Country(
        code,
        len(str(code)),
        re.compile(prefix) if prefix else None,
        frozenset(main.general_desc.possible_length),
        regions,
    )


@cache
def _region(code: int, region: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    """Return what a region's numbers begin with, if that tells them from others', and look like.

    The patterns of all kinds of numbers are one here, which takes a tenth of the time. They are
    made when they are needed: those of North America's regions take 50 ms.
    """
    known = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    if known is None:
        return None, re.compile("(?!)")
    kinds = "|".join(_pattern(getattr(known, kind)) for kind in _KINDS)
    looks = re.compile(f"(?={_pattern(known.general_desc)}$)(?:{kinds})")
    return re.compile(known.leading_digits) if known.leading_digits else None, looks


def _pattern(described: PhoneNumberDesc | None) -> str:
    if described is None or not described.national_number_pattern:
        return "(?!)"
    lengths = "|".join(f"[0-9]{{{length}}}" for length in described.possible_length)
    return f"(?:(?=(?:{lengths or '[0-9]+'})$)(?:{described.national_number_pattern}))"
