"""Makes sample_customers.csv: a thousand customers who do not exist, with numbers kept for fiction.

+44 20 7946 0000-0999 are reserved for drama (Ofcom), +1 202 555 01xx for fiction (NANPA). Run it again with
`python -m ivr.lab.sample_customers`: it writes the same file each time.
"""

import csv
import io
import random
from pathlib import Path

PATH = Path(__file__).with_suffix(".csv")
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
_PRODUCTS = ("broadband", "mobile", "tv", "landline")
_MORE = ("products", "contract", "open_case", "lapsed", "prefers_self_service")
_CAST_MORE = {  # by the names of _MORE
    1: ("broadband;mobile", "gold", "", "", ""),
    2: ("mobile", "basic", "", "", "yes"),
    3: ("broadband", "basic", "yes", "", ""),
    4: ("", "", "", "yes", ""),
    5: ("broadband;landline;mobile", "gold", "", "", ""),
    6: ("broadband;tv", "gold", "", "", ""),
}
_PIN_HASHES = {  # with salts that stay the same; the PINs: C0001 2580, C0002 4711, C0003 8642, C0005 7319
    1: "$argon2id$v=19$m=32768,t=2,p=1$ZC/lHnj1PgMa1pKalCpv6Q$M8t8xQnI1nNQe36MMhk1PqCZO/ZHQwvtcbPoLD04kwc",
    2: "$argon2id$v=19$m=32768,t=2,p=1$dse3BA3xeXoR+vtoLQBskw$FfVOQMrpGDv0Nqvr6AyRd8qXx23wMJ22o1wcZH6LNWg",
    3: "$argon2id$v=19$m=32768,t=2,p=1$aAKzTTfVEgp/quaef0Wm7Q$bwNypGKV1KciN/MtdmsuVh5GXcrmAEUGPr8e+GDG2Ik",
    5: "$argon2id$v=19$m=32768,t=2,p=1$Ia39XYCpo55ypT68UMZ1dQ$MqwKqtUpJENYQvMyJHL45hc5H7DDs0aNzqSY6saPE2M",
}
_SHARED = {10: "+12025550110", 11: "+12025550110"}  # two customers, one line: whose call is it?


def rows() -> list[dict[str, str]]:
    """The customers, the same each time."""
    dice = random.Random(7946)  # noqa: S311 - a sample, no secret
    more_dice = random.Random(4420)  # noqa: S311 - of its own: what the first throws stays as it was
    made = []
    for number in range(1000):
        name = f"{dice.choice(_FIRST)} {dice.choice(_LAST)}"
        value, potential, need = (round(100 * dice.betavariate(*shape)) for shape in ((1.6, 3), (2, 3), (1.3, 4)))
        blocked = "yes" if dice.random() < 0.005 else ""
        tags = ";".join(sorted(dice.sample(_TAGS, dice.randint(0, 2))))
        language = dice.choice(["en"] * 7 + ["de", "fr", ""])
        name, value, potential, need, blocked = _CAST.get(number, (name, value, potential, need, blocked))
        language = "en" if number in _CAST else language
        more = _CAST_MORE.get(number, _more(more_dice, tags))
        made.append({
            "customer_id": f"C{number:04d}", "name": name,
            "phones": ";".join([f"+44207946{number:04d}", *([_SHARED[number]] if number in _SHARED else [])]),
            "value": str(value), "potential": str(potential), "need": str(need), "language": language, "tags": tags,
            "preferred_agent": "Anna Berg" if value >= 95 else "", "blocked": blocked,
            **dict(zip(_MORE, more, strict=True)),
            "customer_number": f"4420{number:04d}", "pin_hash": _PIN_HASHES.get(number, ""),
        })  # fmt: skip
    return made


def _more(dice: random.Random, tags: str) -> tuple[str, ...]:
    products = ";".join(sorted(dice.sample(_PRODUCTS, dice.randint(1, 3))))
    contract = "gold" if "contract-gold" in tags else dice.choice(("basic", "basic", "flex"))
    return products, contract, *("yes" if dice.random() < share else "" for share in (0.06, 0.03, 0.1))


def text() -> str:
    """The file's content."""
    lines = io.StringIO()
    customers = rows()
    names = [name for name in customers[0] if name != "lapsed"]  # a run calculates it
    writer = csv.DictWriter(lines, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(customers)
    return lines.getvalue()


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
