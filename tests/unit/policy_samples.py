"""A small policy without a mistake, for tests that put some in."""

from pathlib import Path

POLICY = """\
region: GB
languages: [en, de]
score: {value: 1.0}
trust: {trunks: [carrier]}
entry-points:
  main:
    numbers: ["1000", "+442079461000"]
    hours: office
    closed: closed
  service: {numbers: ["1003"], menu: service, segment: given}
  other: {numbers: any}
menus:
  service: {say: ivr/menu-service, keys: {"1": buy, "2": trouble}}
hours:
  office:
    zone: Europe/London
    open:
      monday-friday: ["09:00-17:00"]
      saturday: ["10:00-13:00"]
    holidays: ["12-25"]
segments:
  - name: premium
    enter: [customer.value >= 80.0]
    stay: [customer.value >= 75.0]
  - name: silver
    enter: [customer.value >= 60.0]
  - name: given
treatments:
  premium:
    queue: premium
    priority: 100
    music: jazz
    steps:
      - {after: 45, queue: general-queue, say: [position, wait]}
      - {after: 90, priority: 120}
  general: {queue: general-queue, priority: 10, greeting: hello}
  spoken: {queue: "general-{language}", steps: [{after: 60, queue: general-queue}]}
  closed: {say: ivr/closed, then: voicemail}
  refused: {refuse: true}
rules:
  - name: blocked
    when: [customer.blocked]
    treatment: refused
  - name: trouble
    when: ['call.intent == "trouble"']
    adjust: {priority: 10, self-service: account}
  - name: premium
    when: ['segment == "premium"']
    treatment: premium
  - name: silver
    when: ['segment in ["silver", "given"]']
    treatment: premium
  - name: another language
    when: ['call.language != "en"']
    treatment: spoken
default: general
"""
AGENTS = """\
agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {general-queue: 3}
"""
QUEUES = """\
[general]
persistentmembers = yes
[every-queue](!)
strategy = leastrecent
[premium](every-queue)
[general-queue](every-queue)
[general-en](every-queue)
[general-de](every-queue) ; who speaks German
"""


def write(folder: Path, policy: str | bytes | None = None, agents: str | bytes | None = None) -> None:
    """Write the files that are given."""
    for name, text in (("policy.yaml", policy), ("agents.yaml", agents)):
        if text is not None:
            (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
