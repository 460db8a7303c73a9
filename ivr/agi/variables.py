"""The contract with the dialplan: every channel variable that the service sets, and nothing else sets.

All of them go out in one `EXEC MSet`. MSet splits at commas and AGI at quotes, so a value is either a token
(TOKEN below) or percent-encoded (RFC 3986), which the dialplan undoes with URIDECODE. DONE comes last and echoes
the dialplan's mark: only then is the answer whole.
"""

import re
from urllib.parse import quote

from ivr.agi.request import COMMAND_LIMIT
from ivr.domain.decision import Decision

TOKEN = re.compile(r"[A-Za-z0-9_.~:@%+-]*", re.ASCII)
MARK = re.compile(r"[0-9-]{1,64}", re.ASCII)

VARIABLES = (
    "IVR_ACTION",  # queue | refuse
    "IVR_QUEUE",  # the queue to wait in
    "IVR_PRIORITY",  # QUEUE_PRIO, higher is served first
    "IVR_MAX_WAIT",  # seconds in that queue before IVR_OVERFLOW, empty for no limit
    "IVR_OVERFLOW",  # the queue after that
    "IVR_SEGMENT",  # the customer's segment, empty when unknown
    "IVR_LANGUAGE",  # the customer's language, two letters, empty when unknown
    "IVR_CUSTOMER",  # the customer's id, empty when unknown
    "IVR_LABEL",  # what the agent's phone shows, percent-encoded
    "IVR_RUNG",  # live | snapshot | default: step of the fail-open ladder
    "IVR_TEST",  # 1 for a test call of QA's, else empty
    "IVR_DONE",  # the request's mark: the answer is whole
)


def answer(decision: Decision, mark: str) -> str:
    """The AGI command that tells the dialplan about `decision`.

    Raises ValueError when a value is no token, so that nothing from the data can set another variable, and when
    Asterisk would cut the line.
    """
    values = (
        decision.action,
        decision.queue or "",
        str(decision.priority),
        "" if decision.max_wait is None else str(decision.max_wait),
        decision.overflow or "",
        decision.segment or "",
        decision.language or "",
        decision.customer_id or "",
        quote(decision.label, safe=""),
        decision.rung,
        "1" if decision.test else "",
        mark,
    )
    for name, value in zip(VARIABLES, values, strict=True):
        if not TOKEN.fullmatch(value):
            raise ValueError(f"{name}: {value!r} is no token")
    pairs = ",".join(f"{name}={value}" for name, value in zip(VARIABLES, values, strict=True))
    command = f'EXEC MSet "{pairs}"'
    if len(command) >= COMMAND_LIMIT:  # tokens are ASCII: characters are bytes
        raise ValueError(f"{len(command)} bytes are more than one AGI line")
    return command
