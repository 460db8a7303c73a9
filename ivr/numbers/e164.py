"""Telephone numbers, read by phonenumberslite."""

import re
from functools import cache

import phonenumbers

_SHORTEST = 7  # digits; anything shorter is an extension or a service number, never a customer's
_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)  # the library takes up to 17 digits after the country code
_POSSIBLE = phonenumbers.ValidationResult.IS_POSSIBLE


class PhoneNumbers:
    """The NumberPlan port. Callers and imported customers go through the same reading, so that they meet."""

    def e164(self, number: str, region: str) -> str | None:
        """`number` in E.164 form, or None when no subscriber can have it (too short, unknown country, not digits).

        Digits of any script count as what they are. Letters do not: the library would cut the number at them, or
        read them as a keypad's digits. A local number without its area code is none: others have it elsewhere.
        """
        return number if _reads_as_itself(number) else read(number, region)


def read(number: str, region: str) -> str | None:
    """What `PhoneNumbers.e164` says, the long way round."""
    number = number.removeprefix("tel:")
    if sum(c.isdigit() for c in number) < _SHORTEST or any(c.isalpha() for c in number):
        return None
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if parsed.extension or phonenumbers.is_possible_number_with_reason(parsed) != _POSSIBLE:
        return None
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return e164 if _E164.fullmatch(e164) else None


def _reads_as_itself(number: str) -> bool:
    """Whether `read` would give back `number` unchanged. Nearly all numbers are so, and this takes 1 us, not 40.

    So it is with a number in E.164 form of a possible length for its country, unless it begins with what that
    country dials before national numbers (as in +44 0…), which the library would strip.
    """
    if not _E164.fullmatch(number):
        return False
    for digits in (1, 2, 3):  # no country code is the beginning of another
        if country := _country(int(number[1 : 1 + digits])):
            prefix, lengths = country
            national = number[1 + digits :]
            return len(national) in lengths and not (prefix and prefix.match(national))
    return False


@cache
def _country(code: int) -> tuple[re.Pattern[str] | None, frozenset[int]] | None:
    """A country code's national prefix and the possible lengths of its national numbers; None: no country's code."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(phonenumbers.region_code_for_country_code(code), None)
    if metadata is None or metadata.general_desc is None:
        return None
    prefix = metadata.national_prefix_for_parsing
    return re.compile(prefix) if prefix else None, frozenset(metadata.general_desc.possible_length)
