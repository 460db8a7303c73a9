"""Which interfaces agents may have on a machine: a file of agents must not lead calls out of the house by itself."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

_WORDS = {"NAME": "[A-Za-z0-9_.-]{1,60}", "N": "[1-9][0-9]{0,5}"}  # N: an extension's number, no telephone number
_PJSIP = "pjsip/"

OWN_SECTIONS = frozenset({"global", "udp", "carrier", "phone", "phone-aor"})
"""The sections of asterisk/pbx/pjsip.conf: an agent's would be mixed with them, and none of them be loaded."""

RESERVED = OWN_SECTIONS | {
    "acl", "aor", "asterisk-publication", "auth", "contact", "domain_alias", "endpoint", "general", "identify",
    "inbound-publication", "outbound-publish", "phoneprov", "registration", "resource_list", "subscription_persistence",
    "system", "tcp", "tls", "transport", "ws", "wss",
}  # fmt: skip
"""Names in pjsip.conf that are nobody's phone."""


@dataclass(frozen=True, slots=True)
class Interfaces:
    """The interfaces that this machine allows, each as Asterisk calls it.

    `NAME` in one stands for a name of letters, digits, `_`, `.` and `-`; `N` for a number of at most six digits.
    """

    allowed: tuple[str, ...] = ("PJSIP/NAME",)

    def refusal(self, interface: str, trunks: Collection[str] = ()) -> str:
        """Why an agent must not have it, and what to do; empty when they may. `trunks` are names of endpoints."""
        name = interface[len(_PJSIP) :].casefold() if interface.casefold().startswith(_PJSIP) else ""
        if name in RESERVED:
            return f"{interface} is no phone: pjsip.conf has a section of that name: name the phone otherwise"
        if name and name in {trunk.casefold() for trunk in trunks}:
            return f"{interface} is a trunk (`trunks` in policy.yaml): name the agent's phone"
        if any(_pattern(each).fullmatch(interface) for each in self.allowed):
            return ""
        if interface.startswith("SIP/"):
            return f"{interface}: chan_sip is gone since Asterisk 21: write PJ{interface}"
        listed = ", ".join(self.allowed)
        return (
            f"{interface} is not allowed on this machine ({listed}): name a phone, or see the setting agent_interfaces"
        )


PHONES = Interfaces()
"""Those of a machine of which nothing else is said."""


@cache
def _pattern(allowed: str) -> re.Pattern[str]:
    parts = re.split(r"\b(NAME|N)\b", allowed)
    return re.compile("".join(_WORDS.get(part, re.escape(part)) for part in parts), re.ASCII)
