"""The socket on which somebody else listens for us: systemd keeps it, so that the port is never free."""

import os
import socket

from ivr.agi import peer_user
from ivr.errors import SettingError

_FIRST = 3  # sd_listen_fds(3)


def inherited() -> socket.socket | None:
    """The listening socket that this process was started with; None when there is none. Of use once.

    The variables that speak of it are taken out of the environment: programs that we start have no part in it.
    Raises SettingError for what is no one TCP socket that listens.
    """
    pid, count = os.environ.pop("LISTEN_PID", ""), os.environ.pop("LISTEN_FDS", "")
    os.environ.pop("LISTEN_FDNAMES", None)
    if pid != str(os.getpid()):
        return None
    if count != "1":
        raise SettingError(f"LISTEN_FDS is {count!r}: the socket unit must have one ListenStream=")
    os.set_inheritable(_FIRST, False)
    try:
        made = socket.socket(fileno=_FIRST)
        listens = made.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1
    except OSError:
        listens = False
    if not listens or made.family not in (socket.AF_INET, socket.AF_INET6):
        raise SettingError("the socket unit must have a ListenStream= with address and port, and Accept=no")
    made.setblocking(False)
    return made


def differs(listens: socket.socket, host: str, port: int) -> str:
    """Where a socket listens, as HOST:PORT, when that is not where the settings say; else empty.

    One that listens on every address is not the same as one on the address of the settings alone.
    """
    at, its_port = listens.getsockname()[:2]
    if its_port == port and peer_user.same_address(at, host):
        return ""
    return f"[{at}]:{its_port}" if ":" in at else f"{at}:{its_port}"
