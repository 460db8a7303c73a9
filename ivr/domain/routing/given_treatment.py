"""The treatment that a call gets: the policy's, as rules adjust it, in the caller's language."""

from dataclasses import dataclass, field, replace
from typing import Literal

from ivr.domain.json_dataclasses import stored_as
from ivr.domain.policy import Adjustment, Step, Treatment
from ivr.limits import HIGHEST_PRIORITY

Action = Literal["queue", "refuse", "voicemail", "end"]


@dataclass(frozen=True, slots=True)
class GivenTreatment:
    """What the dialplan is to do with the call.

    `label` is what the agent's phone shows as the caller's name. `language` is two lower-case
    letters.
    """

    action: Action
    name: str = field(metadata=stored_as("treatment"))
    queue: str | None
    priority: int
    label: str
    language: str | None = None  # the defaults are for older records, which have none of these
    steps: tuple[Step, ...] = ()
    greeting: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    mailbox: str = ""
    music: str = ""
    self_service: str = ""


def given(
    treatment: Treatment, language: str, greeting: tuple[str, ...], self_service: str, label: str
) -> GivenTreatment:
    """Make what a call gets of a treatment. `greeting` is for one that says nothing of its own."""
    return GivenTreatment(
        action=action_of(treatment),
        name=treatment.name,
        queue=_in(treatment.queue, language),
        priority=treatment.priority,
        label=label,
        language=language,
        steps=tuple(_spoken(step, language) for step in treatment.steps),
        greeting=greeting if treatment.greeting is None else treatment.greeting,
        say=treatment.say,
        mailbox=treatment.mailbox if _may_record(treatment) else "",
        music=treatment.music,
        self_service=self_service,
    )


def action_of(treatment: Treatment) -> Action:
    """Say what the dialplan is to do for a treatment."""
    if treatment.refuse:
        return "refuse"
    if treatment.queue:
        return "queue"
    return "voicemail" if treatment.then == "voicemail" else "end"


def adjusted(treatment: Treatment, by: Adjustment | None) -> Treatment:
    """Change the treatment as a rule says; one without a queue stays as it is."""
    if by is None or not treatment.queue:
        return treatment
    return replace(
        treatment,
        priority=_bounded(treatment.priority + by.priority),
        steps=tuple(_raised(step, by.priority) for step in treatment.steps),
        greeting=treatment.greeting if by.greeting is None else by.greeting,
        music=by.music or treatment.music,
    )


def _raised(step: Step, by: int) -> Step:
    return step if step.priority is None else replace(step, priority=_bounded(step.priority + by))


def _may_record(treatment: Treatment) -> bool:
    leads_there = any("voicemail" in (step.offer, step.then) for step in treatment.steps)
    return leads_there or treatment.then == "voicemail"


def _bounded(priority: int) -> int:
    return max(0, min(priority, HIGHEST_PRIORITY))


def _spoken(step: Step, language: str) -> Step:
    """Put the language into the name of the step's queue."""
    by_language = step.queue and "{" in step.queue
    return replace(step, queue=_in(step.queue, language)) if by_language else step


def _in(queue: str | None, language: str) -> str | None:
    return queue.replace("{language}", language) if queue else None
