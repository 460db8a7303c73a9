"""The contract with the dialplan: every channel variable that the service sets, and nothing else sets.

Its number is in contract.py: what is added here is set for dialplans of the contract before, too, and they ignore it.
OF_ASTERISK and OF_OTHERS name what else the dialplan reads that is not its own (CALL_*) nor an admin's (explained at
its top).

All of them go out in one `EXEC MSet`. MSet splits at commas and AGI at quotes, so a value is either a token
(TOKEN below) or percent-encoded (RFC 3986), which the dialplan undoes with URIDECODE. DONE comes last and echoes
the dialplan's mark: only then is the answer whole.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from ivr.agi.request import COMMAND_LIMIT
from ivr.domain.calls.incoming_call import is_hidden
from ivr.domain.policy import Step
from ivr.domain.routing.decision import CallerIdentity, Decision
from ivr.domain.routing.given_treatment import GivenTreatment
from ivr.domain.routing.questions import Question
from ivr.limits import LONGEST_VALUE_BYTES

TOKEN = re.compile(r"[A-Za-z0-9_.~:@%+-]*", re.ASCII)
MARK = re.compile(r"[0-9-]{1,64}", re.ASCII)
SOUND = re.compile(r"[A-Za-z0-9_/.-]+", re.ASCII)
_PART = re.compile(r"[A-Za-z0-9_.@+-]*", re.ASCII)  # of a step: without what separates steps and their fields


@lru_cache(maxsize=1024)  # a policy has few: to write them anew for each call takes longer than to decide
def sounds(names: tuple[str, ...]) -> str:
    """Names of sounds as one value; raises ValueError for what is no name."""
    for name in names:
        if not SOUND.fullmatch(name):
            raise ValueError(f"{name!r} is no sound")
    return quote("&".join(names), safe="")


@lru_cache(maxsize=1024)
def steps(of: tuple[Step, ...]) -> str:
    """Steps as one value, as the dialplan takes them apart. Raises ValueError for what would be taken apart wrongly."""
    return "~".join(_step(step) for step in of)


def _step(step: Step) -> str:
    priority = "" if step.priority is None else str(step.priority)
    fields = (str(step.after), priority, step.queue or "", sounds(step.say), step.offer, step.then)
    for field in fields:
        if not _PART.fullmatch(field.replace("%", "")):
            raise ValueError(f"{field!r} is no part of a step")
    return ":".join(fields)


class _Told(NamedTuple):
    """What there is to tell: `typed` is what the call as it is kept says there."""

    treatment: GivenTreatment
    identity: CallerIdentity
    question: Question
    decision: Decision
    mark: str
    typed: str


# In the order in which they are set. A new one is a line here, and what the dialplan does with it.
VARIABLES: dict[str, Callable[[_Told], str]] = {
    "IVR_ACTION": lambda told: told.treatment.action,  # queue | refuse | voicemail | end
    "IVR_QUEUE": lambda told: told.treatment.queue or "",  # the queue to wait in
    "IVR_PRIORITY": lambda told: str(told.treatment.priority),  # QUEUE_PRIO, higher is served first
    # what changes as the wait gets long: AFTER:PRIORITY:QUEUE:SAY:OFFER:THEN, joined by ~
    "IVR_STEPS": lambda told: steps(told.treatment.steps),
    "IVR_GREETING": lambda told: sounds(told.treatment.greeting),  # sounds to play first
    "IVR_SAY": lambda told: sounds(told.treatment.say),  # sounds for the actions voicemail, end and refuse
    "IVR_MAILBOX": lambda told: told.treatment.mailbox,  # digits
    "IVR_MUSIC": lambda told: told.treatment.music,  # the music's class, empty for the queue's own
    # an extension of the dialplan's ivr-self-service, empty for none
    "IVR_SELF_SERVICE": lambda told: told.treatment.self_service,
    # 1 when the account may be spoken about, else empty
    "IVR_DISCLOSE": lambda told: "1" if told.identity.disclose else "",
    # what there is to say then: open-case | no-case
    "IVR_ACCOUNT": lambda told: told.identity.account if told.identity.disclose else "",
    "IVR_ASK": lambda told: told.question.kind,  # menu | number | pin: what to ask the caller, empty for nothing
    "IVR_ASK_SOUND": lambda told: sounds(told.question.sound),  # the question's sounds
    "IVR_ASK_KEYS": lambda told: quote(told.question.keys, safe=""),  # the keys that the menu knows
    "IVR_SEGMENT": lambda told: told.identity.segment or "",  # the customer's segment, empty when unknown
    # the customer's language, two letters, empty when unknown
    "IVR_LANGUAGE": lambda told: told.treatment.language or "",
    # the customer's id, empty when unknown, or not sure enough for the agent
    "IVR_CUSTOMER": lambda told: (told.identity.customer_id or "") if told.identity.named else "",
    # how sure it is who calls: none | typed | caller-id | attested | pin
    "IVR_TRUST": lambda told: told.identity.trust,
    "IVR_LABEL": lambda told: quote(told.treatment.label, safe=""),  # what the agent's phone shows, percent-encoded
    # what was typed and is no customer number, as so many x: the dialplan forgets the digits
    "IVR_TYPED": lambda told: told.typed if is_hidden(told.typed) else "",
    "IVR_RUNG": lambda told: told.decision.trace.tier,  # live | snapshot | default: step of the fail-open ladder
    "IVR_TEST": lambda told: "1" if told.decision.test else "",  # 1 for a test call of QA's, else empty
    # keep | drop: remember this decision for this number, or forget it; empty: leave it as it is
    "IVR_MEMORY": lambda told: told.decision.memory,
    "IVR_DONE": lambda told: told.mark,  # the request's mark: the answer is whole
}

# All values at once, for each call anew. A token has neither comma nor equals sign.
_ALL_TOKENS = re.compile(
    ",".join(f"{name}={TOKEN.pattern[:-1]}{{0,{LONGEST_VALUE_BYTES}}}" for name in VARIABLES),
    re.ASCII,
)

# Read by the dialplan and not ours: Asterisk's own, and what the dialplan of a PBX may have set before ours is reached.
OF_ASTERISK = (
    "AGISTATUS", "ARG1", "CHANNEL", "CONTEXT", "DIALEDPEERNUMBER", "DIALSTATUS", "EPOCH",
    "EXTEN", "GOSUB_RETVAL", "HANGUPCAUSE", "QEHOLDTIME", "QUEUESTATUS", "QUEUE_PRIO", "TRYSTATUS",
    "UNIQUEID", "VMSTATUS",
)  # fmt: skip
OF_OTHERS = (
    "CALLINGNUMPRES_SV",  # FreePBX: the presentation that the caller came with; it is `allowed` on the channel by then
)


def answer(decision: Decision, mark: str, typed: str = "") -> str:
    """The AGI command that tells the dialplan about `decision`; `typed` is what the call as it is kept says there.

    Raises ValueError when a value is no token, so that nothing from the data can set another variable, when it is too
    long for the dialplan to take apart, and when Asterisk would cut the line.
    """
    told = _Told(decision.treatment, decision.identity, decision.question, decision, mark, typed)
    pairs = ",".join([f"{name}={value(told)}" for name, value in VARIABLES.items()])
    if not _ALL_TOKENS.fullmatch(pairs):
        raise ValueError(_what_is_no_token(told))
    command = f'EXEC MSet "{pairs}"'
    if len(command) >= COMMAND_LIMIT:  # tokens are ASCII: characters are bytes
        raise ValueError(f"{len(command)} bytes are more than one AGI line")
    return command


def _what_is_no_token(told: _Told) -> str:
    """Return what there is to say of values that cannot be sent."""
    for name, written in VARIABLES.items():
        value = written(told)
        if not TOKEN.fullmatch(value):
            return f"{name}: {value!r} is no token"
        if len(value) > LONGEST_VALUE_BYTES:
            return f"{name}: {len(value)} bytes are more than {LONGEST_VALUE_BYTES}"
    return "no tokens"
