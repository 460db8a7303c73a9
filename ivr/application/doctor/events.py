"""Which events Asterisk makes for its manager interface: those that are used, and others."""

from ivr.application.doctor.ports import EventUses, Manager
from ivr.application.doctor.values import value
from ivr.application.doctor.verdicts import Verdict

_ABOUT = "AMI events"
_SHOWN = 3
_MOST_LINES = 10  # that name events which are not made


async def made(manager: Manager, uses: EventUses) -> Verdict:
    """Return whether Asterisk makes the events that the service reads, and what else it makes.

    For each event it wakes every session of AMI. Another program may read what is of no use to us.
    """
    if await value(manager, "IFMODULE(func_config.so)") != "1":
        return Verdict(_ABOUT, True, "not to be seen which are made: func_config is not loaded")
    disabled = await _disabled(manager)
    missing = sorted(each for each in uses.used if each.lower() in disabled)
    if missing:
        says = f"not made, and needed: {', '.join(missing)}"
        mend = "take them out of disabledevents in [general] of manager.conf; `manager reload`"
        return Verdict(_ABOUT, False, says, mend)
    idle = sorted(each for each in uses.useless if each.lower() not in disabled)
    if not idle:
        return Verdict(_ABOUT, True, "made: those that are used")
    shown = ", ".join(idle[:_SHOWN]) + (" …" if len(idle) > _SHOWN else "")
    says = f"{len(idle)} kinds are made that are of no use to us ({shown})"
    says += "; if no other program reads them: manager_events.conf"
    return Verdict(_ABOUT, True, says)


async def _disabled(manager: Manager) -> set[str]:
    """Return the events that are not made, in small letters: any line may name some."""
    found: set[str] = set()
    for line in range(_MOST_LINES):
        named = await value(manager, f"AST_CONFIG(manager.conf,general,disabledevents,{line})")
        if not named:
            break
        found |= {each.strip().lower() for each in named.split(",")}
    return found
