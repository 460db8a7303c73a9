"""A policy with a few changes."""

import yaml

from ivr.policy import loader, texts
from ivr.qa.scenarios.patch import patched
from ivr.shipped_files import share

BASE = """
region: GB
treatments:
  general: {queue: general-queue, priority: 10}
  gold: {queue: premium}
rules:
  - {name: a}
  - {name: b}
"""


def test_names_are_changed_one_by_one() -> None:
    after = yaml.safe_load(patched(BASE, {"treatments": {"general": {"priority": 20}, "new": {"refuse": True}}}))
    assert after["treatments"] == {
        "general": {"queue": "general-queue", "priority": 20},
        "gold": {"queue": "premium"},
        "new": {"refuse": True},
    }
    assert after["region"] == "GB"


def test_what_is_given_as_nothing_is_taken_out() -> None:
    assert yaml.safe_load(patched(BASE, {"treatments": {"gold": None}}))["treatments"].keys() == {"general"}


def test_a_list_is_replaced_or_has_something_put_around_it() -> None:
    rules = [rule["name"] for rule in yaml.safe_load(patched(BASE, {"rules": [{"name": "c"}]}))["rules"]]
    assert rules == ["c"]
    around = {"rules": {"first": [{"name": "0"}], "last": [{"name": "z"}]}}
    assert [rule["name"] for rule in yaml.safe_load(patched(BASE, around))["rules"]] == ["0", "a", "b", "z"]


def test_the_shipped_policy_is_the_same_policy_without_its_comments() -> None:
    folder = share("dialplans")
    read = texts.read(folder)
    again = loader.parse(texts.Texts(patched(read.policy, {}), read.agents), folder).policy
    assert again.rules == loader.load(folder).policy.rules
    assert again.treatments == loader.load(folder).policy.treatments
    assert again.hours == loader.load(folder).policy.hours
