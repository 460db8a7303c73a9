"""What the sample customers have bought, asked and complained of: the sources of scoring.yaml.

They are made anew for each day, because scores look back from today:
`python -m ivr.lab.sample_history FOLDER` writes the files, the same for the same day, and says
which settings name them.
"""

import csv
import io
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ivr import private_files
from ivr.lab import sample_customers

_SEED = 1843
_PRODUCTS = ("broadband", "mobile", "tv", "landline")
_CHANNELS = ("phone", "phone", "phone", "chat", "letter", "shop")
_REGIONS = ("North", "South", "East", "West")
_INTERESTS = ("sport", "films", "news", "music", "games")
_AGES = ("18-24", "25-44", "45-64", "65+")
Row = tuple[object, ...]

COLUMNS = {
    "orders": ("customer_id", "ordered_at", "amount", "goods", "status"),
    "contacts": (
        "customer_id",
        "began_at",
        "channel",
        "about",
        "outcome",
        "agent_minutes",
        "line_minutes",
    ),
    "contracts": ("customer_id", "began_at", "product", "ended"),
    "cases": ("customer_id", "opened_at", "status"),
    "reminders": ("customer_id", "sent_at", "amount", "stage"),
    "referrals": ("customer_id", "bought_at"),
    "profiles": ("customer_id", "updated_at", "channel", "region", "interests", "age_band"),
}


def rows(at: datetime) -> dict[str, list[Row]]:
    """Return the rows of each source, as of a moment with a zone: why scores are high or low."""
    dice = random.Random(_SEED)  # noqa: S311 - a sample, no secret
    made: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    midnight = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for customer in sample_customers.rows():
        one = _Customer(customer, dice, midnight)
        made["orders"] += one.orders()
        made["contacts"] += one.contacts()
        made["contracts"] += one.contracts()
        made["cases"] += one.cases()
        made["reminders"] += one.reminders()
        made["referrals"] += one.referrals()
    dice = random.Random(_SEED + 1)  # noqa: S311 - others are as they were without these
    for customer in sample_customers.rows():
        made["profiles"] += _Customer(customer, dice, midnight).profiles()
    return made


def write(folder: Path, at: datetime) -> dict[str, Path]:
    """Write the files into a folder that is made if need be; returns them by their source.

    They are for this user's eyes, as anybody's orders and complaints are.
    """
    private_files.folder(folder)
    written = {}
    for name, found in rows(at).items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS[name])
        writer.writerows(found)
        written[name] = folder / f"{name}.csv"
        private_files.write(written[name], text.getvalue())
    return written


class _Customer:
    """One of the sample customers, with dice that all of them share."""

    def __init__(self, row: dict[str, str], dice: random.Random, midnight: datetime) -> None:
        self.id, self.dice, self.midnight = row["customer_id"], dice, midnight
        scores = (int(row[name]) for name in ("value", "potential", "need"))
        self.value, self.potential, self.need = scores
        self.open_case, self.lapsed = row["open_case"] == "yes", row["lapsed"] == "yes"
        self.products: Sequence[str] = [each for each in row["products"].split(";") if each]

    def orders(self) -> Iterator[Row]:
        """Many where there is potential, large ones where there is value; none of the lapsed."""
        newest = 380 if self.lapsed else 1
        for _ in range(self.dice.randint(0, 1 + self.potential // 12)):
            amount = round(self.dice.lognormvariate(2.6 + self.value / 45, 0.5), 2)
            goods = round(amount * self.dice.uniform(0.35, 0.75), 2)
            status = "paid" if self.dice.random() < 0.94 else "cancelled"
            yield self.id, self._ago(newest, 720), amount, goods, status

    def contacts(self) -> Iterator[Row]:
        """Return some for everybody, more and worse ones for who has need."""
        for _ in range(self.dice.randint(0, 3 + self.need // 12)):
            channel = self.dice.choice(_CHANNELS)
            minutes = round(self.dice.expovariate(1 / (3 + self.need / 15)), 2)
            given_up = channel == "phone" and self.dice.random() < 0.08
            about = "complaint" if self.dice.random() * 260 < self.need else "question"
            outcome = "abandoned" if given_up else "settled"
            agent = 0 if given_up else minutes
            line = round(minutes + self.dice.uniform(0, 4), 2) if channel == "phone" else 0
            yield self.id, self._ago(1, 400), channel, about, outcome, agent, line

        if self.open_case:  # and they have said so
            yield self.id, self._ago(1, 8), "phone", "complaint", "settled", 9.5, 11.25

    def contracts(self) -> Iterator[Row]:
        """Return the products that they have, and now and then one that they gave up."""
        for product in self.products:
            yield self.id, self._ago(60, 3000), product, "no"
        if self.lapsed or self.dice.random() < 0.1:
            yield self.id, self._ago(800, 3000), self.dice.choice(_PRODUCTS), "yes"

    def cases(self) -> Iterator[Row]:
        """Return an open one for who has one, and old ones that are closed."""
        if self.open_case:
            yield self.id, self._ago(1, 30), "open"
        for _ in range(self.dice.randint(0, self.need // 40)):
            yield self.id, self._ago(31, 400), "closed"

    def reminders(self) -> Iterator[Row]:
        """For some of those with need."""
        if self.dice.random() * 400 < self.need:
            for stage in range(1, self.dice.randint(2, 4)):
                amount = round(self.dice.uniform(10, 90), 2)
                yield self.id, self._ago(1, 170), amount, stage

    def referrals(self) -> Iterator[Row]:
        """For some of those with value."""
        if self.dice.random() * 500 < self.value:
            for _ in range(self.dice.randint(1, 3)):
                yield self.id, self._ago(1, 700)

    def profiles(self) -> Iterator[Row]:
        """Return what is known about most of them; some have changed their mind."""
        for newest in range(self.dice.randint(0, 2)):
            interests = self.dice.sample(_INTERESTS, self.dice.randint(0, 3))
            channel = self.dice.choice(("phone", "chat", "letter", "shop", ""))
            region, age = self.dice.choice(_REGIONS), self.dice.choice(_AGES)
            moment = self._ago(1 + 400 * newest, 400 + 400 * newest)
            yield self.id, moment, channel, region, ";".join(interests), age

    def _ago(self, least: int, most: int) -> str:
        """Return a moment between so many days ago, in UTC."""
        seconds = self.dice.randint(least * 86_400, most * 86_400)
        return (self.midnight - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    for source, path in write(Path(sys.argv[1]), datetime.now(UTC)).items():
        sys.stdout.write(f"IVR_SCORE_SOURCES_{source.upper()}={path.absolute()}\n")
