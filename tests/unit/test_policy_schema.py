"""`ivr policy schema`, `parts` and `facts`: what editors check by, and what the policy may say."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from ivr.cli import app
from ivr.domain.routing.facts import FACTS
from ivr.policy import json_schemas
from ivr.policy.json_schemas import schema
from ivr.policy.yaml_file import Document
from ivr.shipped_files import share
from tests.unit.policy_samples import AGENTS, POLICY

SHIPPED = share("dialplans")


def checker(*, agents: bool = False) -> Draft202012Validator:
    made = json.loads(schema(agents=agents))
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def data(text: str) -> Any:
    return Document(Path("x.yaml"), text).data


@pytest.mark.parametrize("text", [POLICY, (SHIPPED / "policy.yaml").read_text(encoding="utf-8")])
def test_good_policies_fit_the_schema(text: str) -> None:
    assert list(checker().iter_errors(data(text))) == []


@pytest.mark.parametrize("text", [AGENTS, (SHIPPED / "agents.yaml").read_text(encoding="utf-8")])
def test_good_agents_fit_the_schema(text: str) -> None:
    assert list(checker(agents=True).iter_errors(data(text))) == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("region: GB", "regoin: GB"), ("region: GB", "region: gb"), ("priority: 100", "priority: 1001"),
        ("greeting: hello", "greeting: [1]"), ("numbers: any", "numbers: all"), ('["1003"]', "[1003]"),
        ("then: voicemail", "then: nothing"), ('"09:00-17:00"', '"9-17"'), ("default: general\n", ""),
        ("say: ivr/closed", "say: []"), ("refuse: true", "refuse: 1"), ("saturday:", "caturday:"),
        ("{after: 90,", "{"), ("{value: 1.0}", "{value: -1}"),
    ],
)  # fmt: skip
def test_what_editors_can_see_they_say(good: str, bad: str) -> None:
    assert good in POLICY
    assert list(checker().iter_errors(data(POLICY.replace(good, bad, 1))))


@pytest.mark.parametrize("written", ["hello", "[hello, ivr/closed]", "none", "[]"])
def test_a_greeting_may_be_a_word_or_a_list(written: str) -> None:
    assert list(checker().iter_errors(data(POLICY.replace("greeting: hello", f"greeting: {written}")))) == []


def test_every_field_says_what_it_is() -> None:
    for agents in (False, True):
        made = json.loads(schema(agents=agents))
        assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        for name, part in {"": made, **made["$defs"]}.items():
            for field, said in part["properties"].items():
                assert said.get("description"), f"{name}.{field}"


def test_the_commands_print_them() -> None:
    for words, title in ((["schema"], "policy.yaml"), (["schema", "--agents"], "agents.yaml")):
        told = CliRunner().invoke(app, ["policy", *words])
        assert told.exit_code == 0
        assert json.loads(told.stdout)["title"] == title


def test_facts_are_listed_with_type_meaning_and_example() -> None:
    told = CliRunner().invoke(app, ["policy", "facts"])
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert len(lines) == len(FACTS)
    for line, fact in zip(lines, FACTS, strict=True):
        assert line.split()[:2] == [fact.name, fact.type]
        assert fact.meaning in line
        assert line.endswith(fact.example)


def test_facts_for_programs() -> None:
    told = json.loads(CliRunner().invoke(app, ["policy", "facts", "--json"]).stdout)
    assert [(each["name"], each["default"]) for each in told] == [(fact.name, fact.default) for fact in FACTS]


def test_every_part_is_listed_with_what_it_may_say() -> None:
    listed = json_schemas.parts()
    assert {line.name for line in listed["policy.yaml"][1]} == set(json.loads(schema())["properties"])
    treatment = {line.name: line for line in listed["treatment"][1]}
    assert treatment["priority"] == ("priority", "in the queue: the higher is served first", "0 to 1000", "0")
    assert treatment["steps"].values == "a list of at most 20 (step, below)"
    assert listed["policy.yaml"][1][4].values.startswith("at most 200 of NAME: (menu, below)")
    step = {line.name: line for line in listed["step"][1]}
    assert (step["after"].values, step["after"].default) == ("1 to 3600", "must be there")
    assert step["then"].values == "voicemail | end"
    assert 'like "08:00-18:00"' in next(line.values for line in listed["hours"][1] if line.name == "open")
    below = [line.values for _, lines in listed.values() for line in lines if "below" in line.values]
    assert all(any(f"{name}, below" in values for name in listed) for values in below)
    assert set(json_schemas.parts(agents=True)) == {"agents.yaml", "agent entry"}
    assert not [
        line for _, lines in listed.values() for line in lines if "a text" in line.values.replace("(a text)", "")
    ]


def test_the_parts_are_printed() -> None:
    told = CliRunner().invoke(app, ["policy", "parts"])
    assert told.exit_code == 0
    assert "seconds of waiting (must be there)" in told.output
