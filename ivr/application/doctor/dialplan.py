"""The dialplan that Asterisk has loaded: whether it asks where our service listens, and of which contract it is."""

import asyncio
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from ivr.application.doctor.agi import SAME_ADDRESS
from ivr.application.doctor.ports import (
    DialplanStep,
    LocalPorts,
    Manager,
    Ports,
    RoutingService,
    ServiceState,
    Unanswered,
)
from ivr.application.doctor.verdicts import Verdict
from ivr.errors import AmiError
from ivr.settings import Settings

_ABOUT = "dialplan"
_CONTEXT = "ivr-ask"
_DEFAULT_AGI = re.compile(r"GLOBAL\(IVR_AGI\)=([^)\s]+)\)")  # of dialplans/ivr.conf, when nobody has set the global
_AGI_OF_ASTERISK = 4573  # where Asterisk asks when an address has no port


async def asks_service(ports: Ports, manager: Manager, answer: ServiceState | Unanswered) -> Verdict:
    """Whether the dialplan asks our service. `answer` is what that said where the settings say that it listens."""
    try:
        steps = await manager.dialplan(_CONTEXT)
    except AmiError:
        steps = []
    asks = next((step.data for step in steps if step.application == "AGI"), None)
    if asks is None:
        mend = "#include dialplans/ivr.conf in extensions.conf; `dialplan reload`"
        return Verdict(_ABOUT, False, f"the context {_CONTEXT} is not loaded", mend)
    where = await _where(ports, manager, steps, answers=isinstance(answer, ServiceState))
    if not where.ok:
        return where
    of_service = answer.contract if isinstance(answer, ServiceState) else ports.service.contract
    return _of_contract(ports.service.contract_of_dialplan(asks), of_service, where)


def _of_contract(contract: int, of_service: int, where: Verdict) -> Verdict:
    loaded = f"loaded, of contract {contract}"
    if contract < of_service:
        says = f"{loaded}; the service is of {of_service}: calls are served, without what is new"
        mend = "put this version's dialplans/ivr.conf in its place, with your own lines; `dialplan reload`"
        return Verdict(_ABOUT, False, says, mend, can_wait=True)
    if contract > of_service:
        says = f"{loaded}; the service is of {of_service}, and treats calls as far as it knows"
        return Verdict(_ABOUT, False, says, "upgrade the service, and start it again", can_wait=True)
    return Verdict(_ABOUT, True, f"{loaded}{where.says}")


async def _where(ports: Ports, manager: Manager, steps: Sequence[DialplanStep], *, answers: bool) -> Verdict:
    """Whether the dialplan with these `steps` asks where the service listens; `says` begins with `; ` if so."""
    settings = ports.settings
    asked = await manager.value("IVR_AGI")
    if asked is None:  # this user may not: then it is not for us to say
        return Verdict(_ABOUT, True, "")
    asked = asked.strip()
    if not asked:  # then the dialplan takes its own default, as soon as the first call comes
        asked = next((found[1] for step in steps if (found := _DEFAULT_AGI.search(step.data))), "")
    shown = without_secret(asked)
    verdict = await asyncio.to_thread(_listens_there, shown, settings, ports.local_ports)
    if not verdict.ok and not answers and await _is_ours(asked, ports.service):
        says = f"asks {shown}, and the service listens there: the settings say "
        mend = f"are these the settings of the service? Then {SAME_ADDRESS}"
        return Verdict(_ABOUT, False, f"{says}{settings.agi_host}:{settings.agi_port}", mend)
    return verdict


async def _is_ours(asked: str, service: RoutingService) -> bool:
    """Whether our service answers at an AGI address."""
    try:
        return await service.answers_at(*_place(asked))
    except ValueError:
        return False


def _place(asked: str) -> tuple[str, int]:
    """Host and port of an AGI address. Raises ValueError for what is none."""
    address = urlsplit(asked)
    return address.hostname or "", address.port or _AGI_OF_ASTERISK


def without_secret(address: str) -> str:
    """An AGI address as it may be shown: what stands between host and the last word may be a secret."""
    return re.sub(r"^(agi://[^/]*/).*/", r"\1SECRET/", address)


def _listens_there(asked: str, settings: Settings, local_ports: LocalPorts) -> Verdict:
    """Whether the service listens at the address that is asked. May take a while: names are looked up."""
    listens = f"{settings.agi_host}:{settings.agi_port}"
    on_all = settings.agi_host in ("0.0.0.0", "::")  # noqa: S104 - nothing listens because of this
    right = f"agi://{'127.0.0.1' if on_all else settings.agi_host}:{settings.agi_port}/route"
    if not asked.startswith("agi://"):
        return Verdict(_ABOUT, True, f"; starts {asked} for each call" if asked else "")
    try:
        host, port = _place(asked)
    except ValueError:
        mend = f"set the global IVR_AGI in extensions.conf to {right}; `dialplan reload`"
        return Verdict(_ABOUT, False, f"asks {asked}, which is no address", mend)
    same_host = local_ports.same_host(host, settings.agi_host)
    if same_host and port == settings.agi_port:
        return Verdict(_ABOUT, True, f"; asks {asked}")
    there = f"IVR_AGI_PORT={port}" if same_host else f"IVR_AGI_HOST={host} IVR_AGI_PORT={port}"
    mend = (
        f"set the global IVR_AGI in extensions.conf to {right}, or take up the dialplans/ivr.conf of this version, and "
        f"`dialplan reload`; or have the service listen there ({there})"
    )
    return Verdict(_ABOUT, False, f"asks {asked}, and the service listens on {listens}", mend)
