"""Attributes: what scoring.yaml may say of them, and what conditions may ask."""

import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from ivr.cli import app
from ivr.domain.routing.fact_overrides import SupposedError, supposed
from ivr.domain.routing.reason import in_words
from ivr.domain.scoring.attributes import restored
from ivr.policy.conditions.cel import Programs
from ivr.policy.lint.attributes import Declared
from ivr.policy.lint.check import check as check_policy
from ivr.policy.scoring.attributes import declared
from ivr.policy.scoring.check import check
from ivr.policy.scoring.loader import SCORING, load
from ivr.policy.texts import Texts
from ivr.shipped_files import share
from tests.unit.policy_samples import AGENTS, POLICY

SHIPPED = (share("dialplans") / SCORING).read_text(encoding="utf-8")
WRONG = [
    ("type: texts", "type: tags", "attributes.interests.type"),
    ("source: profiles\n    of: region", "source: profile\n    of: region", "is profiles meant?"),
    ("of: region", "of: regon", "is region meant?"),
    ("of: region", "of: updated_at", "updated_at is a time"),
    (
        "type: text\n    source: profiles\n    of: region",
        "type: whole\n    source: profiles\n    of: region",
        "number",
    ),
    ("    of: region\n", "", "write `source` and `of`, or `when`"),
    ("of: region", "of: region\n    where: regin = 'x'", "is region meant?"),
    ("values: [phone, chat, letter, shop]", "values: [phone, 3]", "not of the type text"),
    ("of: region", "of: region\n    range: [1, 2]", "range: it is no number"),
    ("risk-of-lapsing >= 6 or order", "risk-of-lapsin >= 6 or order", "is risk-of-lapsing meant?"),
    ("risk-of-lapsing >= 6 or order", "risk-of-lapsing => 6 or order", "is no comparison"),
    (
        "risk-of-lapsing >= 6 or order-recency",
        "tenure > 1 and orders < 2 or order-recency",
        "two ways",
    ),
    ("type: yes-no\n    when", "type: text\n    when", "write yes-no"),
    ("    when: risk", "    of: region\n    when: risk", "with `when` it has no use"),
    ("# demographics: [age-band] ", "demographics: [age-bnd] ", "is age-band meant?"),
    ("# demographics: [age-band] ", "demographics: [region] ", "no demographic attribute"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_the_check_says_what_is_wrong_with_its_place(old: str, new: str, said: str) -> None:
    assert old in SHIPPED
    found = check(SHIPPED.replace(old, new, 1), Path())
    errors = [each for each in found if each.grade == "error"]
    assert said in " ".join(each.problem for each in errors)
    assert errors[0].line is not None
    changed = SHIPPED[: SHIPPED.index(old)].count("\n") + 1
    assert abs(errors[0].line - changed) <= 7  # or that of the attribute's name


def test_the_place_in_a_line_is_that_of_the_mistake() -> None:
    (found,) = check(SHIPPED.replace("or order-recency >=", "or order-recncy >="), Path())
    text = SHIPPED.replace("or order-recency >=", "or order-recncy >=")
    line = text.splitlines()[(found.line or 0) - 1]
    assert found.column == line.index("order-recncy") + 1


def test_at_most_fifty() -> None:
    file = yaml.safe_load(SHIPPED)
    one = file["attributes"]["region"]
    file["attributes"] = {f"a{n}": dict(one) for n in range(51)}
    assert any("50" in each.problem for each in check(yaml.safe_dump(file), Path()))


def test_demographic_ones_are_neither_made_nor_read_until_they_are_switched_on(
    tmp_path: Path,
) -> None:
    (tmp_path / SCORING).write_text(SHIPPED, encoding="utf-8")
    off = load(tmp_path / SCORING)
    assert "age-band" not in off.attributes
    assert "age_band" not in off.sources["profiles"].columns
    assert "region" in off.sources["profiles"].columns
    on = SHIPPED.replace("# demographics: [age-band]", "demographics: [age-band]")
    (tmp_path / SCORING).write_text(on, encoding="utf-8")
    made = load(tmp_path / SCORING)
    assert "age-band" in made.attributes
    assert "age_band" in made.sources["profiles"].columns


ATTRIBUTES = {
    "channel": Declared("text", ("phone", "chat")),
    "visits": Declared("whole"),
    "interests": Declared("texts"),
    "lapsed": Declared("yes-no"),
    "age-band": Declared("text", (), is_on=False),
}
GOOD = [
    'customer.attribute["channel"] == "chat"',
    'customer.attribute["channel"] in ["chat", "phone"]',
    'customer.attribute["visits"] >= -3',
    '3.0 < customer.attribute["visits"]',
    '"news" in customer.attribute["interests"]',
    'customer.attribute["lapsed"] == true',
    '!customer.attribute["lapsed"] && customer.value >= 80.0',
]
BAD = [
    ('customer.attribute["chanel"] == "chat"', "is channel meant?"),
    ('customer.attribute["channel"] == "chta"', "is chat meant?"),
    ('customer.attribute["channel"] in ["chat", "shp"]', "is never"),
    ('customer.attribute["channel"] == 3', "is of the type text"),
    ('customer.attribute["channel"] >= "a"', "is of the type text"),
    ('customer.attribute["visits"] == "3"', "is of the type whole"),
    ('"chat" in customer.attribute["channel"]', "is of the type text"),
    ('customer.attribute["interests"] == "news"', 'write "a text" in'),
    ('customer.attribute["lapsed"] == "yes"', "write customer.attribute"),
    ('customer.attribute["age-band"] == "65+"', "write `demographics: [age-band]`"),
    ("size(customer.attribute) > 2", 'write customer.attribute["name"]'),
    ('!customer.attribute["visits"]', "not yes or no"),
]


def said(condition: str, attributes: dict[str, Declared] | str) -> list[str]:
    policy = POLICY.replace("customer.value >= 60.0", f"'{condition}'", 1)
    assert policy != POLICY
    found = check_policy(Texts(policy, AGENTS), Path(), attributes=attributes)
    for each in found:
        if each.grade == "error":
            assert each.line
            assert each.column
    return [each.problem for each in found if each.grade == "error"]


@pytest.mark.parametrize("condition", GOOD)
def test_a_condition_that_fits(condition: str) -> None:
    assert said(condition, ATTRIBUTES) == []


@pytest.mark.parametrize(("condition", "problem"), BAD)
def test_a_condition_that_does_not(condition: str, problem: str) -> None:
    (found,) = said(condition, ATTRIBUTES)
    assert problem in found


def test_without_a_scoring_file_none_can_be_used(tmp_path: Path) -> None:
    told = declared(tmp_path)
    assert isinstance(told, str)
    (found,) = said(GOOD[0], told)
    assert "no scoring.yaml" in found
    (tmp_path / SCORING).write_text("currency: [", encoding="utf-8")
    assert "ivr score check" in str(declared(tmp_path))
    known = declared(share("dialplans"))
    assert not isinstance(known, str)
    assert not known["age-band"].is_on
    assert known["channel"].values == ("phone", "chat", "letter", "shop")


KNOWN = {"channel": "chat", "visits": 3, "interests": ["news"], "lapsed": True}
HOLDS = {
    'customer.attribute["channel"] == "chat"': True,
    'customer.attribute["visits"] >= 3.0': True,
    '"news" in customer.attribute["interests"]': True,
    'customer.attribute["lapsed"] == true': True,
    'customer.attribute["region"] == "North"': False,
    'customer.attribute["region"] != "North"': False,
    '!customer.attribute["member"]': False,
    'customer.attribute["region"] == "North" || customer.attribute["visits"] > 1': True,
}


def test_what_is_not_known_makes_no_condition_hold() -> None:
    holds = Programs(HOLDS)({"customer.attribute": KNOWN})
    assert {each: holds(each) for each in HOLDS} == HOLDS


def test_a_reason_shows_what_was_compared_and_nothing_else() -> None:
    facts = {"customer.attribute": KNOWN}
    assert in_words(GOOD[0], facts) == f'{GOOD[0]} (channel is "chat")'
    region = 'customer.attribute["region"] == "North"'
    assert in_words(region, facts) == f"{region} (region is not known)"


def test_attributes_that_are_supposed() -> None:
    found = supposed(
        [
            'customer.attribute["channel"]=chat',
            'customer.attribute["visits"]=3',
            'customer.attribute["code"]="3"',
            "customer.attribute['interests']=news;sport",
            'customer.attribute["lapsed"]=true',
        ]
    )
    interests = ["news", "sport"]
    known = {"channel": "chat", "visits": 3, "code": "3", "interests": interests, "lapsed": True}
    assert found == {"customer.attribute": known}
    with pytest.raises(SupposedError, match="say which"):
        supposed(["customer.attribute=chat"])


def test_explain_with_a_supposed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(share("dialplans"), tmp_path / "dialplans")
    policy = tmp_path / "dialplans/policy.yaml"
    text = policy.read_text(encoding="utf-8")
    condition = 'customer.attribute["channel"] == "chat"'
    old = "customer.lapsed, customer.potential >= 70.0"
    assert old in text
    policy.write_text(text.replace(old, f"'{condition}'"), encoding="utf-8")
    monkeypatch.setenv("IVR_POLICY_DIR", str(tmp_path / "dialplans"))
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path}/ivr.db")
    monkeypatch.setenv("COLUMNS", "300")
    checked = CliRunner().invoke(app, ["policy", "check", str(policy)])
    assert "attribute" not in checked.output
    asked = ["policy", "explain", "--from", "+442079460001"]
    result = CliRunner().invoke(app, [*asked, "--set", 'customer.attribute["channel"]=chat'])
    assert result.exit_code == 0, result.output
    assert f'{condition} (channel is "chat")' in " ".join(result.output.split())
    other = CliRunner().invoke(app, [*asked, "--set", "customer.value=1"])
    assert "channel is not known" in other.output


@pytest.mark.parametrize("text", ["", "[]", '{"a": null}', '{"a": {"b": 1}}', '{"a": [1]}', 3, "{"])
def test_damaged_ones_are_told(text: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        restored(text)
