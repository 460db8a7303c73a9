"""What goes over the wire beside SIP: does sound go on all the time, does every key arrive?"""

from collections.abc import Sequence

from ivr.application.doctor.ports import Manager
from ivr.application.doctor.values import YES, value
from ivr.application.doctor.verdicts import Verdict

_OPTIONS = ("transmit_silence", "transmit_silence_during_record")  # the older name counts, too
_EVENTS_ONLY = "rfc4733"  # what `dtmf_mode` is by itself


async def sound_goes_on(manager: Manager) -> Verdict:
    """Return whether Asterisk sends silence while it listens to a caller: a message, a key.

    Else it sends nothing then, and a carrier may take the call for dead, and end it.
    """
    about = "silence"
    if await value(manager, "IFMODULE(func_config.so)") != "1":
        return Verdict(about, True, "not to be seen whether it is sent: func_config is not loaded")
    said = [await value(manager, f"AST_CONFIG(asterisk.conf,options,{name})") for name in _OPTIONS]
    if not any(each.lower() in YES for each in said):
        says = "none is sent while callers speak or press keys: a carrier may end the call"
        mend = "transmit_silence = yes in [options] of asterisk.conf; restart Asterisk"
        return Verdict(about, False, says, mend, can_wait=True)
    return Verdict(about, True, "is sent while a caller is listened to")


async def keys_arrive(manager: Manager, trunks: Sequence[str]) -> Verdict | None:
    """Return whether keys are heard in the sound, too, on `trunks`; None where it cannot be seen.

    A carrier that does not offer telephone-event (RFC 4733) sends them in no other way.
    """
    modes = {name: await value(manager, f"PJSIP_ENDPOINT({name},dtmf_mode)") for name in trunks}
    deaf = [name for name, mode in modes.items() if mode == _EVENTS_ONLY]
    if deaf:
        says = f"not heard on {', '.join(deaf)} where a carrier sends them as sound alone"
        mend = f"dtmf_mode = auto in the endpoint {deaf[0]} of pjsip.conf; "
        mend += "`module reload res_pjsip.so`"
        return Verdict("keys", False, says, mend, can_wait=True)
    seen = sorted({mode for mode in modes.values() if mode})
    return Verdict("keys", True, f"arrive (dtmf_mode {', '.join(seen)})") if seen else None
