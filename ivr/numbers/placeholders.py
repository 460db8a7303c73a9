"""What people and machines write where there is no telephone number."""

import re

_FEWEST = 7  # digits, of which all have to be alike, or in order
_SUSPECT = re.compile(r"([0-9])\1{6}|12345|98765")
_ALIKE = re.compile(r"([0-9])\1{7}")
_UPWARDS, _DOWNWARDS = "01234567890123456", "9876543210987654"
_WITHHELD = {"anonymous", "private", "restricted", "withheld", "unknown", "unavailable"}
_KEYPAD = {"266696687": "ANONYMOUS", "86282452253": "UNAVAILABLE"}


def only_fills(digits: str) -> bool:
    """Say whether these digits only fill a field: 1111111111, 0123456789, 987654321."""
    if len(digits) < _FEWEST:
        return False
    upwards = digits[0] in "01" and digits in _UPWARDS
    return upwards or digits in _DOWNWARDS or digits == digits[0] * len(digits)


def is_placeholder(national: str) -> bool:
    """Say whether a national number only fills a field, as a whole or with eight digits alike.

    Seven alike may be somebody's: of +1 212 777 7777 there are such.
    """
    return only_fills(national) or _ALIKE.search(national) is not None


def is_suspect(number: str) -> bool:
    """Say whether it is worth asking the others: of nearly all numbers it is not."""
    return _SUSPECT.search(number) is not None


def says_withheld(text: str) -> bool:
    """Say whether the text is a word for a number that is withheld, as in SIP's From header."""
    return text.lower() in _WITHHELD


def keypad_word(digits: str) -> str:
    """Return the word for a withheld number that these digits are on a keypad, else nothing.

    Gateways that can only send digits send those. Words whose digits may be somebody's number
    (737 874 2833 is RESTRICTED, and Texan) are left out.
    """
    return _KEYPAD.get(digits, "")
