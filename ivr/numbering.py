"""Telephone numbers, read by phonenumberslite."""

import re

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
