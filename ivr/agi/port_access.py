"""Who may ask over FastAGI, which itself knows no authentication: Asterisk, by its user or by a secret."""

import hmac
import ipaddress
import os
import pwd
import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from ivr.agi.peer_user import Kernel, name_of, stranger
from ivr.agi.refusals import RefusedError
from ivr.errors import SettingError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
ROOT = 0
ASTERISK = "asterisk"  # as the user is called where Asterisk comes from a package; there need be none


class Admission:
    """Who may ask: peers of `networks` whose process belongs to one of `users` (uids), or who give the `secret`.

    A peer of this machine is known by its user: the kernel says whose the other end of the connection is. Of one
    elsewhere, also in another network namespace, nothing is known: without a secret, none is let in.
    """

    def __init__(
        self, networks: Iterable[Network], users: Collection[int], secret: str = "", kernel: Kernel | None = None
    ) -> None:
        self._networks, self._users, self._secret = tuple(networks), frozenset(users), secret.encode()
        self._kernel = kernel or Kernel()

    def is_known(self, peer: tuple[str, int] | None, here: tuple[str, int]) -> bool:
        """Whether a peer may ask; False when it has to give the secret first. Raises RefusedError.

        `here` is our end of the connection.
        """
        if peer is None or not _among(peer[0], self._networks):
            raise RefusedError(
                "network", "not from a network that may ask", "add it to IVR_AGI_ALLOW, if it is your PBX"
            )
        uid = self._kernel.owner(peer, here)
        if uid is not None and uid in self._users:
            return True
        if self._secret:
            return False
        if uid is None:
            mend = (
                "is Asterisk elsewhere, or in another container? Then set IVR_AGI_SECRET, and put it into its IVR_AGI"
            )
            raise RefusedError("elsewhere", "not a process of this machine, and there is no secret", mend)
        mend = "is that Asterisk's user? Then name it in IVR_AGI_USERS"
        raise RefusedError("user", f"{name_of(uid)} may not ask", mend)

    def close(self) -> None:
        """Let go of what the kernel is asked by."""
        self._kernel.close()

    def prove(self, given: str) -> None:
        """Let in who gives the secret. Raises RefusedError; takes as long for a wrong one as for the right one."""
        if not self._secret or not hmac.compare_digest(given.encode(), self._secret):
            mend = "IVR_AGI of the dialplan is agi://HOST:PORT/SECRET/route, with the secret of IVR_AGI_SECRET"
            raise RefusedError("secret", "neither Asterisk's user nor the secret", mend)


def users_who_may(named: Iterable[str]) -> frozenset[int]:
    """The uids of users by name or number, besides root and our own. Raises SettingError for one who is not there."""
    return frozenset({ROOT, os.geteuid(), *(uid for name in named for uid in _uids(name))})


def _uids(name: str) -> tuple[int, ...]:
    if re.fullmatch(r"[0-9]{1,10}", name, re.ASCII):
        uid = int(name)
    else:
        try:
            uid = pwd.getpwnam(name).pw_uid
        except KeyError:
            if name == ASTERISK:
                return ()
            raise SettingError(f"IVR_AGI_USERS: there is no user {name!r} here: write a name or a number") from None
    if uid == stranger():
        raise SettingError(f"IVR_AGI_USERS: {name_of(uid)} stands for everybody of other containers: name another user")
    return (uid,)


@lru_cache(maxsize=256)
def _among(host: str, networks: tuple[Network, ...]) -> bool:
    address = ipaddress.ip_address(host)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:  # a peer of IPv4 at an address of IPv6
        address = address.ipv4_mapped
    return any(address in network for network in networks)
