"""Queues without agents: the check of the files and the policy that is in force give one answer."""

from pathlib import Path

import pytest

from ivr.policy import queues
from ivr.policy.lint.check import check
from ivr.policy.loader import parse
from ivr.policy.texts import Texts

GENERAL = "general: {queue: general-queue, priority: 10, steps: []}"
POLICY = f"""
region: GB
languages: [en, de, fr]
score: {{value: 1, potential: 0, need: 0}}
trust: {{trunks: [carrier]}}
entry-points:
  main: {{numbers: any}}
segments: []
treatments:
  {GENERAL}
  first: {{queue: premium, priority: 50, steps: [{{after: 30, queue: general-queue}}]}}
  spoken: {{queue: "desk-{{language}}", priority: 20}}
rules:
  - {{name: first, when: [customer.value >= 80.0], treatment: first}}
  - {{name: spoken, when: ['call.language in ["de","fr"]'], treatment: spoken}}
default: general
"""
AGENTS = """
agents:
  - {name: Ben, interface: PJSIP/ben, skills: {general-queue: 5}}
  - {name: Dora, interface: PJSIP/dora, skills: {desk-de: 5, desk-fr: 5}}
"""
STEP = "{after: 30, queue: general-queue}"


@pytest.mark.parametrize(
    ("policy", "agents", "empty"),
    [
        pytest.param(POLICY, AGENTS, [], id="a step leads elsewhere, and a rule asks for two languages"),
        pytest.param(POLICY.replace(STEP, "{after: 30, priority: 60}"), AGENTS, ["premium"], id="no step does"),
        pytest.param(POLICY.replace(STEP, "{after: 30, then: voicemail}"), AGENTS, [], id="a mailbox at the end"),
        pytest.param(POLICY.replace(STEP, "{after: 30, queue: b}"), AGENTS, ["b"], id="it leads to nobody"),
        pytest.param(POLICY, AGENTS.replace(", desk-fr: 5", ""), ["desk-fr"], id="one of the two languages"),
        pytest.param(POLICY.replace('in ["de","fr"]', '== "de"'), AGENTS.replace(", desk-fr: 5", ""), [], id="one"),
        pytest.param(POLICY.replace('in ["de","fr"]', '!= "de"'), AGENTS, ["desk-en"], id="all but one"),
        pytest.param(
            POLICY.replace("{numbers: any}", "{numbers: any, hours: h, closed: spoken}").replace(
                "treatments:", "hours: {h: {zone: Europe/London, open: {monday: ['09:00-17:00']}}}\ntreatments:"
            ),
            AGENTS, ["desk-en"], id="whoever calls while it is closed may speak any",
        ),
    ],
)  # fmt: skip
def test_there_is_one_answer(policy: str, agents: str, empty: list[str], tmp_path: Path) -> None:
    texts = Texts(policy, agents)
    bundle = parse(texts, tmp_path)
    assert bundle.queues_without_agents() == empty
    said = [finding.problem for finding in check(texts, tmp_path) if finding.problem.startswith("nobody serves")]
    assert len(said) == len(empty)
    assert all(queue in problem for queue, problem in zip(empty, said, strict=True))


def test_the_service_knows_all_queues_that_callers_come_to(tmp_path: Path) -> None:
    bundle = parse(Texts(POLICY, AGENTS), tmp_path)
    assert queues.all_queues(bundle.policy) == ["general-queue", "premium", "desk-de", "desk-fr"]
    assert bundle.queues() == {"general-queue", "premium", "desk-de", "desk-fr"}
