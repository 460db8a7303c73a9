"""Telephone numbers, read by phonenumberslite."""

import phonenumbers

_SHORTEST = 7  # digits; anything shorter is an extension or a service number, never a customer's


class PhoneNumbers:
    """The NumberPlan port. Callers and imported customers go through the same reading, so that they meet."""

    def e164(self, number: str, region: str) -> str | None:
        """`number` in E.164 form, or None when no subscriber can have it (too short, unknown country, not digits)."""
        if sum(c.isdigit() for c in number) < _SHORTEST:
            return None
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            return None
        if parsed.extension or not phonenumbers.is_possible_number(parsed):
            return None
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
