from collections.abc import AsyncIterator

from ivr.application.doctor.ports import Manager
from ivr.application.doctor.verdicts import Verdict
from ivr.errors import AmiError
from ivr.policy.loader import Bundle

_MAILBOX, _MESSAGES = "100", 100  # of dialplans/ivr.conf, when nobody says anything else
_NEARLY_FULL = 0.8


async def full(manager: Manager, bundle: Bundle | None) -> AsyncIterator[Verdict]:
    """Mailboxes that take no more messages, or soon will; the others need no line."""
    treatments = bundle.policy.treatments.values() if bundle else ()
    try:
        if (said := await manager.value("IVR_MESSAGES_PER_MAILBOX")) is None:
            return
        most = int(said) if said.isascii() and said.isdigit() else 0 if said else _MESSAGES
        for mailbox in sorted({_MAILBOX, *(treatment.mailbox for treatment in treatments)} - {""}):
            if (count := await manager.value(f"VM_INFO({mailbox}@ivr,count)")) is None:
                return
            waiting = int(count or 0)
            if most and waiting >= _NEARLY_FULL * most:
                mend = f"hear what is in SPOOL/voicemail/ivr/{mailbox}/INBOX, and move it away; who leaves so many?"
                yield Verdict(f"mailbox {mailbox}", False, f"{waiting} messages wait, and it takes {most}", mend)
    except (AmiError, ValueError):
        return  # no app_voicemail: there is no mailbox
