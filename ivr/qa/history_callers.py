"""Who calls in `make chaos-history`, what each of them does, and the admin's files for it.

Every caller has a number of their own, and dials one that nobody else dials: so each call is known
by either of them, whatever else is on record.
"""

import csv
import random
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.shipped_files import share

RATE = 6.0, 10.0  # calls a second: the seed chooses between these
STEP_SECONDS = 3  # after which a caller is passed on to another queue
_SHARES = {
    "general": 22,  # an unknown number
    "withheld": 8,
    "standard": 14,  # a customer
    "premium": 12,  # a queue without a greeting, passed on to the general one by a step
    "french": 10,
    "abandons": 8,  # gives up while waiting, if nobody answers at once
    "at-once": 8,  # hangs up within milliseconds of the INVITE
    "question": 6,
    "self-service": 4,
    "voicemail": 5,
    "blocked": 3,
}
_CUSTOMERS = {  # value, language, blocked, prefers self-service
    "standard": (40, "en", "", ""),
    "premium": (91, "en", "", ""),
    "french": (30, "fr", "", ""),
    "blocked": (5, "en", "yes", ""),
    "self-service": (65, "en", "", "yes"),
}
PASSED_TO = "1004"  # a number of ours to which an agent passes callers on
SERVED = frozenset({"general", "withheld", "standard", "premium", "french", "abandons"})


@dataclass(frozen=True, slots=True)
class CallerPlan:
    """What a caller does. `talk` and `patience` are in seconds.

    Who is `gone_after` so many seconds hangs up then, whatever has happened.
    """

    kind: str
    number: str
    dialled: str
    talk: float
    patience: float
    gone_after: float | None = None

    @property
    def is_withheld(self) -> bool:
        """Whether the caller hides the number."""
        return self.kind == "withheld"


@dataclass(frozen=True, slots=True)
class Phone:
    """An agent's telephone. `does` is how it behaves: the keys of the carrier's dialplan."""

    name: str
    skills: dict[str, int]
    does: dict[str, str]


_GENERAL, _PREMIUM, _GERMAN, _FRENCH = "general-queue", "premium", "general-de", "general-fr"
PHONES = (
    Phone("ava", {_GENERAL: 5}, {}),
    Phone("bea", {_GENERAL: 5}, {"TALK": "1"}),
    Phone("cal", {_GENERAL: 5, _PREMIUM: 2}, {}),
    Phone("dan", {_GENERAL: 5}, {"TALK": "2"}),
    Phone("eve", {_PREMIUM: 5}, {"TALK": "2"}),
    Phone("fay", {_PREMIUM: 4}, {}),
    Phone("gil", {_FRENCH: 5}, {"TALK": "3"}),
    Phone("hal", {_GERMAN: 5, _FRENCH: 1}, {}),
    Phone("ida", {_GENERAL: 4}, {"TRANSFER": "hal"}),
    Phone("jon", {_GENERAL: 4}, {"TRANSFER": "max"}),  # who is busy
    Phone("kim", {_GENERAL: 4}, {"TRANSFER": PASSED_TO}),
    Phone("lea", {_GENERAL: 3}, {"RING": "2", "TALK": "1"}),
    Phone("max", {}, {"BUSY": "yes"}),
)


def planned(count: int, dice: random.Random) -> list[CallerPlan]:
    """Say who calls, in order."""
    kinds = dice.choices(list(_SHARES), list(_SHARES.values()), k=count)
    return [_plan(place, kind, dice) for place, kind in enumerate(kinds)]


def _plan(place: int, kind: str, dice: random.Random) -> CallerPlan:
    patience = dice.uniform(6.0, 20.0)
    gone_after = None
    match kind:
        case "at-once":
            gone_after = dice.choice((0.0, dice.uniform(0, 0.02), dice.uniform(0, 0.2)))
        case "abandons":
            patience = dice.uniform(0.3, 4.0)
        case "question" | "voicemail":
            patience = dice.uniform(0.5, 8.0)
        case "self-service":
            patience = dice.uniform(3.0, 25.0)
        case "withheld":
            gone_after = dice.uniform(1.0, 12.0)  # nobody can tell with whom such a caller talks
    number = f"+442079{461000 + place:06d}"
    return CallerPlan(
        kind,
        number,
        f"{20000 + place}",
        dice.uniform(0.1, 3.0),
        patience,
        gone_after,
    )


def write_files(folder: Path, plans: Sequence[CallerPlan]) -> Path:
    """Copy the shipped dialplans, with what these callers need; returns the customers' file."""
    shutil.copytree(share("dialplans"), folder)
    policy = folder / "policy.yaml"
    policy.write_text(_policy(policy.read_text(encoding="utf-8"), plans), encoding="utf-8")
    (folder / "agents.yaml").write_text(_agents(), encoding="utf-8")
    numbers = folder / "numbers.conf"
    numbers.write_text(_numbers(numbers.read_text(encoding="utf-8")), encoding="utf-8")
    return _customers(folder.parent / "customers.csv", plans)


def _policy(text: str, plans: Iterable[CallerPlan]) -> str:
    asked, taped = _dialled(plans, "question"), _dialled(plans, "voicemail")
    rule = "  - name: taped\n    when: ['call.entry == \"taped\"']\n    treatment: closed\n"
    passed = "  passed:\n    queue: general-de\n    priority: 30\n"
    changes = {
        'numbers: ["1003"]': f"numbers: [{asked}]" if asked else 'numbers: ["1003"]',
        "  other:\n    numbers: any": (
            (f"  taped:\n    numbers: [{taped}]\n" if taped else "")
            + f'  passed:\n    numbers: ["{PASSED_TO}"]\n  other:\n    numbers: any'
        ),
        "{after: 45, queue: general-queue}": f"{{after: {STEP_SECONDS}, queue: general-queue}}",
        "{after: 60, queue: general-queue, priority: 40}": (
            f"{{after: {STEP_SECONDS}, queue: general-queue, priority: 40}}"
        ),
        "  closed:\n    say:": passed + "  closed:\n    say:",
        "  - name: premium\n    when:": (
            (rule if taped else "")
            + "  - name: passed\n    when: ['call.entry == \"passed\"']\n    treatment: passed\n"
            "  - name: premium\n    when:"
        ),
    }
    for old, new in changes.items():
        if old not in text:
            raise ValueError(f"policy.yaml has no {old!r} any more")
        text = text.replace(old, new, 1)
    return text


def _dialled(plans: Iterable[CallerPlan], kind: str) -> str:
    return ", ".join(f'"{plan.dialled}"' for plan in plans if plan.kind == kind)


def _agents() -> str:
    lines = ["agents:"]
    for phone in PHONES:
        skills = ", ".join(f"{queue}: {skill}" for queue, skill in phone.skills.items())
        lines += [
            f"  - name: Agent {phone.name.capitalize()}",
            f"    interface: PJSIP/{phone.name}",
            f"    skills: {{{skills}}}",
            "    languages: [en, de, fr]",
        ]
    return "\n".join(lines) + "\n"


def _numbers(text: str) -> str:
    """Have each call noted in Asterisk's log before ours begins, and let agents pass callers on."""
    begin = text.index("\n[from-carrier]") + 1
    return (
        text[:begin]
        + f"""[from-carrier]
exten => _[+0-9]!,1,Log(NOTICE,came ${{UNIQUEID}} ${{EXTEN}} ${{CHANNEL(pjsip,call-id)}})
 same => n,Goto(ivr,${{EXTEN}},1)

[from-phones]
exten => {PASSED_TO},1,Goto(ivr,${{EXTEN}},1)
include => ivr-colleague
"""
    )


def _customers(path: Path, plans: Iterable[CallerPlan]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            (
                "customer_id",
                "name",
                "phones",
                "value",
                "language",
                "blocked",
                "prefers_self_service",
            )
        )
        for plan in plans:
            if plan.kind in _CUSTOMERS:
                name = f"H{plan.dialled}"
                value, *others = _CUSTOMERS[plan.kind]
                rows.writerow((name, f"Caller {name}", plan.number, value, *others))
    return path
