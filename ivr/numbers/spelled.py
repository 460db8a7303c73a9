"""Telephone numbers as people, spreadsheets and carriers write them.

A number without + and without the prefix that is dialled in its region can be meant in two ways:
as a national number, or as one in E.164 form that has lost its +. Both are tried, and what is not
chosen is said as a doubt.
"""

import re

import phonenumbers
from phonenumbers import CountryCodeSource, NumberParseException, PhoneNumber

from ivr.domain.phone_numbers import NumberReading
from ivr.numbers.countries import E164, dials_a_prefix, is_valid, reads_as_itself
from ivr.numbers.placeholders import is_placeholder, keypad_word, only_fills, says_withheld

_SHORTEST = 7  # digits; anything shorter is an extension or a service number, never a customer's
_LONGEST_NATIONAL = 11  # digits that are in use; the library takes up to 15 in Germany
_POSSIBLE = phonenumbers.ValidationResult.IS_POSSIBLE
_PLUS = CountryCodeSource.FROM_NUMBER_WITH_PLUS_SIGN
_NO_PLUS = CountryCodeSource.FROM_NUMBER_WITHOUT_PLUS_SIGN
_EXTENSION = re.compile(
    r"(?P<number>.*?[0-9)])[ ,]*"
    r"(?:;ext=|ext(?:ension|n)?[ .:]*|x[ .:]*|#)(?P<extension>[0-9]{1,7})#?",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(\+?[0-9]+)[.,]0{1,2}")
_SHORTENED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?[eE]\+?[0-9]{1,3}")
# Dialled before the ten digits of a Mexican number until 2019: 01 and, before mobiles, 044 and 045;
# from abroad 1 before mobiles (Instituto Federal de Telecomunicaciones, numbering plan of 2019).
_OLD_MEXICAN = re.compile(r"(?:01|04[45]|1)([2-9][0-9]{9})")
_MEXICO = 52

_LIKE_THIS = "write it like +442079460001"
_OR_EMPTY = f"{_LIKE_THIS}, or leave it empty"
NONE = NumberReading(None, "not a telephone number", _LIKE_THIS)
PLACEHOLDER = NumberReading(None, "a placeholder, not a telephone number", "leave it empty")


def read(text: str, region: str) -> NumberReading:
    """Read a number that is written in any way; `region` is where it is dialled like this."""
    text = text.strip().removeprefix("tel:")
    if says_withheld(text):
        return NumberReading(None, "a word for a withheld number", "leave it empty")
    if not any(c.isdigit() for c in text):
        return NumberReading(None, NONE.why_not, _OR_EMPTY)
    if _SHORTENED.fullmatch(text):
        return NumberReading(
            None,
            "a number that a spreadsheet has shortened",
            "format its column as text there, and export it again",
        )
    if decimal := _DECIMAL.fullmatch(text):
        return _read(decimal[1], region)
    if extended := _EXTENSION.fullmatch(text):
        return _without_extension(_read(extended["number"], region), extended["extension"])
    return _read(text, region)


def _without_extension(found: NumberReading, extension: str) -> NumberReading:
    if found.number is None:
        return found
    left_out = f"the extension {extension} is left out, {found.number} may be more people's"
    return found._replace(doubt=f"{found.doubt}; {left_out}" if found.doubt else left_out)


def _read(text: str, region: str) -> NumberReading:
    digits = phonenumbers.normalize_digits_only(text)
    if len(digits) < _SHORTEST or any(c.isalpha() for c in text):
        return NONE
    try:
        here = phonenumbers.parse(text, region, keep_raw_input=True)
    except NumberParseException as error:
        if error.error_type == NumberParseException.NOT_A_NUMBER:
            return NONE
        here = None
    if here is not None and here.extension:
        return NONE
    here = _modern(here)
    if only_fills(digits) or (here is not None and is_placeholder(_national(here))):
        return PLACEHOLDER
    if word := keypad_word(digits):
        return NumberReading(None, f"{word} on a keypad, a withheld number", "leave it empty")
    return _chosen(here, digits, region)


def _chosen(here: PhoneNumber | None, digits: str, region: str) -> NumberReading:
    """Choose between the number as it is dialled `here`, and one that has lost its +."""
    number = _e164(here)
    if here is not None and _is_whole(here, digits):
        return NumberReading(number) if number else NONE
    valid = number is not None and is_valid(number)
    own = digits.startswith(str(phonenumbers.country_code_for_region(region)))
    if digits.startswith("00"):
        lost = _valid(digits[2:])
    elif own or not valid or _is_long(here):
        lost = _valid(digits)
    else:  # what is usual may happen to be another country's number, too
        lost = None
    if lost is None or lost == number:
        return NumberReading(number) if number else NONE
    if number is None or not valid:
        if own or digits.startswith("00"):
            return NumberReading(lost)
        # Never taken for that: a digit too many makes many a number another country's.
        advice = f"if {lost} is meant, write it so"
        return _either(number, lost)._replace(why_not="" if number else NONE.why_not, advice=advice)
    if not own or digits.startswith("00") or not dials_a_prefix(region):
        return _either(number, lost)  # as it is dialled there
    possible = here is not None and len(_national(here)) <= _LONGEST_NATIONAL
    return _either(lost, number) if possible else NumberReading(lost)


def _either(number: str | None, other: str) -> NumberReading:
    return NumberReading(number, doubt=f"it could be {other} as well", other=other)


def _is_long(here: PhoneNumber | None) -> bool:
    """Say whether it is a fixed line of unusual length (mobiles have eleven digits in China)."""
    return (
        here is not None
        and len(_national(here)) >= _LONGEST_NATIONAL
        and phonenumbers.number_type(here) == phonenumbers.PhoneNumberType.FIXED_LINE
    )


def _is_whole(here: PhoneNumber, digits: str) -> bool:
    """Say whether the number has all that is dialled before it, so that it can only be this one."""
    if here.country_code_source == _PLUS:
        return True
    plain = digits == _national(here) or here.country_code_source == _NO_PLUS
    return not digits.startswith("00") and (digits.startswith("0") or not plain)


def _valid(digits: str) -> str | None:
    """Return +`digits` as E.164, if there can be such a number."""
    if reads_as_itself(f"+{digits}"):
        return f"+{digits}" if is_valid(f"+{digits}") else None
    try:
        number = _e164(_modern(phonenumbers.parse(f"+{digits}")))
    except NumberParseException:
        return None
    return number if number is not None and is_valid(number) else None


def _e164(parsed: PhoneNumber | None) -> str | None:
    """Return the number in E.164 form; None when its length is not possible."""
    if parsed is None or phonenumbers.is_possible_number_with_reason(parsed) != _POSSIBLE:
        return None
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return e164 if E164.fullmatch(e164) else None


def _national(parsed: PhoneNumber) -> str:
    return phonenumbers.national_significant_number(parsed)


def _modern(parsed: PhoneNumber | None) -> PhoneNumber | None:
    """Return a Mexican number without what is no longer dialled before it; others as they are."""
    if parsed is None or parsed.country_code != _MEXICO:
        return parsed
    if old := _OLD_MEXICAN.fullmatch(_national(parsed)):
        source = parsed.country_code_source
        return PhoneNumber(_MEXICO, int(old[1]), country_code_source=source)
    return parsed
