from ivr.application.doctor.ports import Manager
from ivr.application.doctor.verdicts import Verdict

_RIGHTS = {
    "QueueStatus": "agent", "QueueAdd": "agent", "QueuePenalty": "agent", "QueueRemove": "agent",
    "QueueChangePriorityCaller": "agent", "CoreShowChannels": "reporting",
}  # fmt: skip
"""The actions that the service takes, each with the right that it needs."""


async def rights(manager: Manager) -> Verdict:
    """Whether our user may take the actions that the service takes."""
    missing = {_RIGHTS[action] for action in await manager.forbidden(_RIGHTS)}
    if missing:
        mend = f"add {','.join(sorted(missing))} to write= of that user in manager.conf; `manager reload`"
        return Verdict("AMI rights", False, f"the user may not: {', '.join(sorted(missing))}", mend)
    return Verdict("AMI rights", True, "everything that is needed")
