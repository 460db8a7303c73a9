"""Makes sample_customers.csv: a thousand customers who do not exist, with numbers kept for fiction.

+44 20 7946 0000-0999 are reserved for drama (Ofcom), +1 202 555 01xx for fiction (NANPA). Run it again with
`python -m ivr.lab.sample_customers`: it writes the same file each time.
"""

import csv
import io
import random
from pathlib import Path

PATH = Path(__file__).with_suffix(".csv")
COLUMNS = ("customer_id", "name", "phones", "value", "potential", "need", "language", "tags", "preferred_agent",
           "blocked")  # fmt: skip
_FIRST = """
    Ada Alan Amara Anselm Beatriz Bruno Carmen Cedric Chidi Dara Dmitri Elif Elena Farid Fiona Gabriel
    Greta Hana Hugo Imani Ines Ivo Jana Jonas Kavya Kofi Lena Liam Mai Marek Nadia Nils Olga Omar Priya
    Quentin Rosa Ravi Sana Stefan Tala Tomas Uma Viktor Wanda Xenia Yara Zeno
""".split()  # noqa: SIM905 - one name a word reads better
_LAST = """
    Abara Bauer Castillo Dahl Eriksen Ferro Gupta Haddad Ibrahim Jansen Kowalski Lindqvist Moreau Novak
    Okafor Petrov Quist Romano Schmidt Tanaka Ueda Varga Weber Xu Yilmaz Zeller Ashworth Birch Clarke
    Dunmore
""".split()  # noqa: SIM905 - one name a word reads better
_TAGS = ("newsletter", "contract-gold", "broadband", "mobile", "tv", "paperless")
_CAST = {  # the people of the README: their scores do not depend on the dice
    1: ("Ada Lovelace", 91, 64, 10, ""),
    2: ("Charles Babbage", 47, 40, 15, ""),
    3: ("Mary Somerville", 52, 38, 88, ""),
    4: ("Silas Wegg", 5, 3, 20, "yes"),
    5: ("Grace Hopper", 95, 70, 5, ""),
    6: ("Edsger Dijkstra", 84, 45, 30, ""),
}
_SHARED = {10: "+12025550110", 11: "+12025550110"}  # two customers, one line: whose call is it?


def rows() -> list[dict[str, str]]:
    """The customers, the same each time."""
    dice = random.Random(7946)  # noqa: S311 - a sample, no secret
    made = []
    for number in range(1000):
        name = f"{dice.choice(_FIRST)} {dice.choice(_LAST)}"
        value, potential, need = (round(100 * dice.betavariate(*shape)) for shape in ((1.6, 3), (2, 3), (1.3, 4)))
        blocked = "yes" if dice.random() < 0.005 else ""
        tags = ";".join(sorted(dice.sample(_TAGS, dice.randint(0, 2))))
        language = dice.choice(["en"] * 7 + ["de", "fr", ""])
        name, value, potential, need, blocked = _CAST.get(number, (name, value, potential, need, blocked))
        made.append({
            "customer_id": f"C{number:04d}", "name": name,
            "phones": ";".join([f"+44207946{number:04d}", *([_SHARED[number]] if number in _SHARED else [])]),
            "value": str(value), "potential": str(potential), "need": str(need), "language": language, "tags": tags,
            "preferred_agent": "Anna Berg" if value >= 95 else "", "blocked": blocked,
        })  # fmt: skip
    return made


def text() -> str:
    """The file's content."""
    lines = io.StringIO()
    writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    return lines.getvalue()


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
