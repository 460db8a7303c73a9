"""The contract with the dialplan: every channel variable that the service sets, and nothing else sets.

Its number is in contract.py: what is added here is set for dialplans of the contract before, too, and they ignore it.
OF_ASTERISK and OF_OTHERS name what else the dialplan reads that is not its own (CALL_*) nor an admin's (explained at
its top).

All of them go out in one `EXEC MSet`. MSet splits at commas and AGI at quotes, so a value is either a token
(TOKEN below) or percent-encoded (RFC 3986), which the dialplan undoes with URIDECODE. DONE comes last and echoes
the dialplan's mark: only then is the answer whole.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from ivr.agi.request import COMMAND_LIMIT
from ivr.domain.calls.incoming_call import is_hidden
from ivr.domain.policy import Step
from ivr.domain.routing.decision import Decision
from ivr.limits import LONGEST_VALUE_BYTES

TOKEN = re.compile(r"[A-Za-z0-9_.~:@%+-]*", re.ASCII)
MARK = re.compile(r"[0-9-]{1,64}", re.ASCII)
SOUND = re.compile(r"[A-Za-z0-9_/.-]+", re.ASCII)
_PART = re.compile(r"[A-Za-z0-9_.@+-]*", re.ASCII)  # of a step: without what separates steps and their fields

VARIABLES = (
    "IVR_ACTION",  # queue | refuse | voicemail | end
    "IVR_QUEUE",  # the queue to wait in
    "IVR_PRIORITY",  # QUEUE_PRIO, higher is served first
    "IVR_STEPS",  # what changes as the wait gets long: AFTER:PRIORITY:QUEUE:SAY:OFFER:THEN, joined by ~
    "IVR_GREETING",  # sounds to play first
    "IVR_SAY",  # sounds for the actions voicemail, end and refuse
    "IVR_MAILBOX",  # digits
    "IVR_MUSIC",  # the music's class, empty for the queue's own
    "IVR_SELF_SERVICE",  # an extension of the dialplan's ivr-self-service, empty for none
    "IVR_DISCLOSE",  # 1 when the account may be spoken about, else empty
    "IVR_ACCOUNT",  # what there is to say then: open-case | no-case
    "IVR_ASK",  # menu | number | pin: what to ask the caller, empty for nothing
    "IVR_ASK_SOUND",  # the question's sounds
    "IVR_ASK_KEYS",  # the keys that the menu knows
    "IVR_SEGMENT",  # the customer's segment, empty when unknown
    "IVR_LANGUAGE",  # the customer's language, two letters, empty when unknown
    "IVR_CUSTOMER",  # the customer's id, empty when unknown, or not sure enough for the agent
    "IVR_TRUST",  # how sure it is who calls: none | typed | caller-id | attested | pin
    "IVR_LABEL",  # what the agent's phone shows, percent-encoded
    "IVR_TYPED",  # what was typed and is no customer number, as so many x: the dialplan forgets the digits
    "IVR_RUNG",  # live | snapshot | default: step of the fail-open ladder
    "IVR_TEST",  # 1 for a test call of QA's, else empty
    "IVR_MEMORY",  # keep | drop: remember this decision for this number, or forget it; empty: leave it as it is
    "IVR_DONE",  # the request's mark: the answer is whole
)

# Read by the dialplan and not ours: Asterisk's own, and what the dialplan of a PBX may have set before ours is reached.
OF_ASTERISK = (
    "AGISTATUS", "ARG1", "CHANNEL", "CONTEXT", "DIALEDPEERNUMBER", "DIALSTATUS", "EPOCH", "EXTEN", "HANGUPCAUSE",
    "QUEUESTATUS", "TRYSTATUS", "UNIQUEID", "VMSTATUS",
)  # fmt: skip
OF_OTHERS = (
    "CALLINGNUMPRES_SV",  # FreePBX: the presentation that the caller came with; it is `allowed` on the channel by then
)


def answer(decision: Decision, mark: str, typed: str = "") -> str:
    """The AGI command that tells the dialplan about `decision`; `typed` is what the call as it is kept says there.

    Raises ValueError when a value is no token, so that nothing from the data can set another variable, when it is too
    long for the dialplan to take apart, and when Asterisk would cut the line.
    """
    values = (
        decision.action,
        decision.queue or "",
        str(decision.priority),
        steps(decision.steps),
        sounds(decision.greeting),
        sounds(decision.say),
        decision.mailbox,
        decision.music,
        decision.self_service,
        "1" if decision.disclose else "",
        decision.account if decision.disclose else "",
        decision.ask,
        sounds(decision.ask_sound),
        quote(decision.ask_keys, safe=""),
        decision.segment or "",
        decision.language or "",
        (decision.customer_id or "") if decision.named else "",
        decision.trust,
        quote(decision.label, safe=""),
        typed if is_hidden(typed) else "",
        decision.rung,
        "1" if decision.test else "",
        decision.memory,
        mark,
    )
    for name, value in zip(VARIABLES, values, strict=True):
        if not TOKEN.fullmatch(value):
            raise ValueError(f"{name}: {value!r} is no token")
        if len(value) > LONGEST_VALUE_BYTES:
            raise ValueError(f"{name}: {len(value)} bytes are more than {LONGEST_VALUE_BYTES}")
    pairs = ",".join(f"{name}={value}" for name, value in zip(VARIABLES, values, strict=True))
    command = f'EXEC MSet "{pairs}"'
    if len(command) >= COMMAND_LIMIT:  # tokens are ASCII: characters are bytes
        raise ValueError(f"{len(command)} bytes are more than one AGI line")
    return command


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
