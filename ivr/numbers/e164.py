"""Telephone numbers, read by phonenumberslite."""

from ivr.domain.phone_numbers import NumberReading
from ivr.numbers import spelled
from ivr.numbers.countries import is_valid, reads_as_itself
from ivr.numbers.placeholders import is_placeholder, is_suspect, only_fills


class PhoneNumbers:
    """The NumberPlan port. Callers and imported customers go through the same reading, so that they meet."""

    def read(self, number: str, region: str) -> NumberReading:
        """Read a number as dialled in `region`, or say why no subscriber can have it.

        Digits of any script count as what they are. Letters do not, but for an extension's: the
        library would cut the number at them, or read them as a keypad's digits. A local number
        without its area code is none: others have it elsewhere. A number that is only of a possible
        length is read, too; `is_valid` tells it apart.
        """
        national = reads_as_itself(number)
        if not national:
            return spelled.read(number, region)
        if is_suspect(number) and (only_fills(number[1:]) or is_placeholder(national)):
            return spelled.PLACEHOLDER
        return NumberReading(number)

    def is_valid(self, number: str) -> bool:
        """Say whether a country has given out numbers like this one, which is in E.164 form."""
        return is_valid(number)
