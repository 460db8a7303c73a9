"""`ivr qa load`: who calls, and what they are owed."""

import collections
import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ivr.policy import loader
from ivr.policy.schema import AgentsFile
from ivr.qa import load_mix, load_run
from ivr.qa.load import UNKNOWN
from ivr.shipped_files import share
from tests.policies import STANDARD, policy

PLAIN = policy()
BUNDLE = loader.load(share("dialplans"))
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,20}", fullmatch=True)
WEIGHTS = st.integers(1, 999_999)


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("10m", 600), ("1h", 3600), ("1.5m", 90), (" 8s ", 8)])
def test_lengths_of_time(text: str, seconds: float) -> None:
    assert load_mix.seconds(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "10", "m", "-1s", "0s", "25h", "1h30", "1e3s", "\N{ARABIC-INDIC DIGIT ONE}s", "10 minutes", "nans", "infs"],
)
def test_what_is_no_length_of_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"90s, 10m or 1h|between 1s and 24h"):
        load_mix.seconds(text)


@given(st.text())
def test_any_text_is_a_length_or_refused(text: str) -> None:
    try:
        length = load_mix.seconds(text)
    except ValueError:
        return
    assert 1 <= length <= load_mix.LONGEST


@given(st.dictionaries(NAMES, WEIGHTS, min_size=1))
def test_a_mix_is_read_as_it_was_written(mix: dict[str, int]) -> None:
    assert load_mix.weights(",".join(f"{name}={weight}" for name, weight in mix.items())) == mix


@given(st.text(alphabet="ab=,.1 09-\n"))
def test_any_text_is_a_mix_or_refused(text: str) -> None:
    try:
        mix = load_mix.weights(text)
    except ValueError:
        return
    assert mix
    assert all(math.isfinite(weight) and weight > 0 for weight in mix.values())


@pytest.mark.parametrize("text", ["", "premium", "premium=", "=1", "premium=-1", "premium=0", "a=1,,b=2", "a=1,a=2"])
def test_what_is_no_mix(text: str) -> None:
    with pytest.raises(ValueError, match=r"NAME=NUMBER|above 0|twice"):
        load_mix.weights(text)


def test_what_callers_are_owed_is_the_policy() -> None:
    owed = load_mix.owed(BUNDLE, ["premium", "at-risk", "standard", "general"])
    found = {name: (each.segment, each.queue, each.priority) for name, each in owed.items()}
    assert found == {
        "premium": ("premium", "premium", 100),
        "at-risk": ("at-risk", "general-queue", 50),
        "standard": ("standard", "general-queue", 10),
        "general": ("", "general-queue", 10),
    }


def test_a_name_that_is_no_segment_says_which_there_are() -> None:
    with pytest.raises(ValueError, match=r"gold is no segment .*\(there are: .*premium.*general.*\)"):
        load_mix.owed(BUNDLE, ["premium", "gold"])


def test_a_segment_whom_the_policy_refuses_is_not_to_be_had() -> None:
    by = policy(rules=[{"name": "all", "when": ["customer.found"], "treatment": "refused"}])
    with pytest.raises(ValueError, match="there are: general"):
        load_mix.owed(by, ["premium"])


def test_the_callers_are_of_the_mix_and_the_same_each_time() -> None:
    mix = {"premium": 20.0, "at-risk": 10.0, "general": 70.0}
    callers = load_mix.callers(BUNDLE, mix, 4000, 20, seed=1)
    assert callers == load_mix.callers(BUNDLE, mix, 4000, 20, seed=1)
    assert callers != load_mix.callers(BUNDLE, mix, 4000, 20, seed=2)
    counts = collections.Counter(caller.name for caller in callers)
    assert 700 < counts["premium"] < 900
    assert 2650 < counts["general"] < 2950
    numbers = load_mix.numbers(BUNDLE)
    for caller in callers:
        assert 10 <= caller.patience <= 30
        if caller.name == "general":
            assert caller.withheld or caller.number in UNKNOWN
        else:
            assert not caller.withheld
            assert caller.number in numbers[caller.name]
    assert {"+442079460001"} <= set(numbers["premium"])
    assert "+442079460004" not in {number for pool in numbers.values() for number in pool}, "blocked"


def test_a_segment_that_nobody_is_in() -> None:
    by = policy({"name": "premium", "enter": ["customer.value >= 100.0"]}, STANDARD)
    with pytest.raises(ValueError, match="none of the sample customers is premium"):
        load_mix.callers(by, {"premium": 1}, 10, 20, 1)


def test_as_many_agents_as_it_takes() -> None:
    assert load_mix.agents_needed(PLAIN, {"premium": 20, "general": 80}, 20, 3) == {
        "premium": 18,  # 4 calls a second of 3.7 seconds, and a fifth more
        "general-queue": 72,
    }
    assert load_mix.agents_needed(BUNDLE, {"general": 1}, 1, 1)["premium"] == 1, "no queue without an agent"


def test_agents_as_asked() -> None:
    assert load_mix.agents_asked(BUNDLE.policy, "premium=10,general=30") == {"premium": 10, "general-queue": 30}
    assert load_mix.agents_asked(BUNDLE.policy, "general-queue=3") == {"general-queue": 3}
    for bad, says in (
        ("gold=1", "there are: premium, general-queue.*; general: general-queue"),
        ("premium=1.5", "whole"),
        ("general=1,general-queue=2", "twice"),
    ):
        with pytest.raises(ValueError, match=says):
            load_mix.agents_asked(BUNDLE.policy, bad)


def test_the_agents_file_is_one_that_the_service_takes() -> None:
    text = load_mix.agents_file({"premium": 2, "general-queue": 3})
    agents = AgentsFile.model_validate(yaml.safe_load(text)).agents
    assert [(agent.name, dict(agent.skills)) for agent in agents][2] == ("general-queue 1", {"general-queue": 5})
    assert len(agents) == 5
    with pytest.raises(ValueError, match=r"more than 400 agents \(premium 401\): lower --rate"):
        load_mix.agents_file({"premium": 401})


@pytest.mark.thorough
def test_a_plan_takes_the_agents_asked_for_and_counts_the_others() -> None:
    asked = {"rate": 10.0, "seconds": 6.0, "mix": {"premium": 1.0, "general": 1.0}, "talk": 2.0, "patience": 9.0}
    planned = load_run.plan(BUNDLE, **asked, seed=1, agents="premium=3")  # type: ignore[arg-type]
    assert planned.agents == {"premium": 3, "general-queue": 17, "general-de": 1, "general-fr": 1}
    assert len(planned.callers) == 60
    assert not load_run.plan(BUNDLE, **asked, seed=1, own=False).agents  # type: ignore[arg-type]
