from collections.abc import Sequence

from ivr.application.doctor.ports import Manager
from ivr.application.doctor.values import YES, value
from ivr.application.doctor.verdicts import Verdict
from ivr.policy.loader import Bundle

# Channels without endpoints: a trunk is known by the kind then.
_OTHER_CHANNELS = {"DAHDI", "IAX2", "SIP", "MGCP", "SKINNY", "MOTIF", "OOH323", "LOCAL"}


def believed(bundle: Bundle) -> Sequence[str]:
    """Those whose calls are worth more than others': of customers, and of tests."""
    of_tests = bundle.policy.test.trunks if bundle.policy.test else ()
    return list(dict.fromkeys((*bundle.policy.trust.trunks, *of_tests)))


async def told_apart(manager: Manager, name: str) -> Verdict:
    """Whether a trunk whose callers are believed is known by its address or a secret, and brings nothing in later."""
    about, mend = f"trunk {name}", f"in the endpoint {name} of pjsip.conf; `module reload res_pjsip.so`"
    by = await _endpoint(manager, name, "identify_by")
    if not by and name.upper() in _OTHER_CHANNELS:
        return Verdict(about, True, "no PJSIP: not to be seen how its calls are told apart")
    if not by:
        says = "Asterisk shows no PJSIP endpoint of that name: its calls are not looked at"
        wanted = "is it the endpoint's name (`pjsip show endpoints`)? func_pjsip_endpoint has to be loaded"
        return Verdict(about, False, says, wanted, can_wait=True)
    secret = await _endpoint(manager, name, "auth")
    if "username" in by and not secret:
        says = f"whoever writes {name} into From is taken for it: it is known by its name, without a secret"
        return Verdict(about, False, says, f"identify_by = ip {mend}")
    if await _endpoint(manager, name, "allow_transfer") in YES:
        return Verdict(about, False, "its callers can pass an agent on (REFER)", f"allow_transfer = no {mend}")
    # Where no identity of the trunk's is believed, Asterisk takes none in the middle of a call either.
    fields = ("trust_id_inbound", "trust_connected_line")
    if all([await _endpoint(manager, name, field) in YES for field in fields]):
        says = "a later message of its callers' can change who calls, and bring a number that is withheld into the call"
        return Verdict(about, False, says, f"trust_connected_line = no {mend}")
    known = f"known by {'a secret' if secret else 'its address'}"
    return Verdict(about, True, f"{known}; its callers pass nobody on, and stay who they are")


async def _endpoint(manager: Manager, name: str, field: str) -> str:
    """A setting of a PJSIP endpoint; empty where there is none of that name, or func_pjsip_endpoint is not loaded."""
    return await value(manager, f"PJSIP_ENDPOINT({name},{field})")
