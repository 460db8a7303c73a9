"""Our own calls in scoring.yaml: they need nothing, and nothing known can be said of them."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from ivr.policy import json_schemas
from ivr.policy.scoring.check import check
from ivr.policy.scoring.loader import SCORING, load
from ivr.policy.scoring.schema import ScoringFile
from tests.unit.test_score_check import POLICY, SMALL, changed, said

OWN = changed(SMALL, "sources:\n", "sources:\n  calls: {}\n").replace(
    "  per-case:",
    """  gave-up: {source: calls, form: count, where: abandoned, window: 30 days}
  minutes: {source: calls, form: sum, of: agent_minutes, where: not abandoned, report-only: true}
  calls-cost: {source: calls, form: sum, of: cost-to-serve, report-only: true}
  per-case:""",
)
OWN = changed(OWN, "need: {cases: 1}", "need: {cases: 1, gave-up: 1}")


def test_our_own_calls_need_nothing(tmp_path: Path) -> None:
    assert not check(OWN, tmp_path)
    path = tmp_path / SCORING
    path.write_text(changed(OWN, "calls: {}", "calls: {owner: Telephony, oldest: 2 days}"))
    calls = load(path).sources["calls"]
    assert (calls.owner, calls.oldest) == ("Telephony", 2)
    assert (calls.customer, calls.time, calls.zone) == ("customer_id", "began_at", "")
    assert calls.columns["abandoned"] == "yes-no"
    assert calls.serving is not None
    assert calls.serving.channel == "channel"
    validator = jsonschema.Draft202012Validator(json.loads(json_schemas.of(ScoringFile, SCORING)))
    assert not list(validator.iter_errors(yaml.safe_load(OWN)))


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("customer: id", "customer"),
        ("time: at", "time"),
        ("columns: {}", "columns"),
        ("serving: {channel: channel}", "serving"),
        ("owner: Ann, zone: Europe/London", "zone"),
        ("currency: money", "currency"),
    ],
)
def test_what_is_known_of_our_own_calls_cannot_be_given(given: str, what: str) -> None:
    (found,) = said(changed(OWN, "calls: {}", f"calls: {{{given}}}"))
    column = given.index(what) + len("  calls: {") + 1
    assert found.startswith(f"5:{column}: sources: calls.{what}: ")
    assert "remove it" in found


def test_what_is_no_word_of_a_source_is_none_of_our_own_calls(tmp_path: Path) -> None:
    (found,) = said(changed(OWN, "calls: {}", "calls: {ownr: Ann}"))
    assert "sources.calls.ownr: is not known here" in found
    (found,) = said(changed(OWN, "where: abandoned", "where: abandned"))
    assert "abandned" in found
    assert said(changed(OWN, "calls: {}", "calls: []"))
    assert said(changed(OWN, "calls: {}", "calls:"))


@pytest.mark.parametrize("where", ["abandoned", "outcome = 'abandoned'", "OUTCOME =  'abandoned'"])
def test_calls_given_up_that_count_twice_are_seen(where: str) -> None:
    other = f'  hung-up: {{source: calls, form: count, where: "{where}"}}\n  per-case:'
    twice = changed(changed(OWN, "  per-case:", other), "gave-up: 1}", "gave-up: 1, hung-up: 1}")
    found = "\n".join(said(twice))
    assert "hung-up and gave-up count the same rows of calls twice" in found
    beside = "\n".join(str(each) for each in check(OWN, Path("dialplans"), policy=POLICY))
    assert "weights.need.gave-up: the policy raises the call for it already" in beside
    calls = changed(OWN, "where: abandoned, window: 30 days", "window: 30 days")
    beside = "\n".join(str(each) for each in check(calls, Path("dialplans"), policy=POLICY))
    assert "weights.need.gave-up: the policy raises the call for it already" in beside
