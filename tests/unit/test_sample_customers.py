"""The sample customers: the committed file is the one that the program makes."""

import csv
import io
import re
from collections import Counter

from ivr.lab import sample_customers

ROWS = list(csv.DictReader(io.StringIO(sample_customers.PATH.read_text(encoding="utf-8"))))


def test_the_committed_file_is_what_the_program_makes() -> None:
    assert sample_customers.PATH.read_bytes() == sample_customers.text().encode()
    assert sample_customers.text() == sample_customers.text()  # its dice are thrown anew each time


def test_a_thousand_customers() -> None:
    assert len(ROWS) == 1000
    assert len({row["customer_id"] for row in ROWS}) == 1000


def test_every_number_kept_for_drama_belongs_to_exactly_one_of_them() -> None:
    numbers = Counter(number for row in ROWS for number in row["phones"].split(";") if number.startswith("+44"))
    assert numbers == Counter(f"+44207946{n:04d}" for n in range(1000))


def test_the_other_numbers_are_kept_for_fiction_and_one_is_shared() -> None:
    others = Counter(number for row in ROWS for number in row["phones"].split(";") if not number.startswith("+44"))
    assert all(re.fullmatch(r"\+1[2-9][0-9]{2}55501[0-9]{2}", number) for number in others)
    assert max(others.values()) > 1
