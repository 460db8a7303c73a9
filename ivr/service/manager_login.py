"""A login to Asterisk's manager interface as the settings say, with Asterisk and with nobody else.

The port is one that any user of the machine may take while Asterisk is away: it would be told the secret, and what it
says of calls, queues and agents would be believed. So the kernel is asked whose it is, as for who asks on the AGI port.
"""

from typing import Any

from ivr.agi.peer_user import Address, Kernel, name_of
from ivr.agi.port_access import users_who_may
from ivr.ami.client import AmiClient
from ivr.errors import SettingError
from ivr.settings import Settings


def client(settings: Settings, **more: Any) -> AmiClient:
    """The client; `more` is what else it takes."""
    kernel = Kernel()

    def stranger(there: Address, here: Address) -> str:
        """Why the process at the other end is not Asterisk; empty when it is, or is on another machine."""
        uid = kernel.owner(there, here)
        kernel.close()  # connections are rare
        try:
            if uid is None or uid in users_who_may(settings.agi_users):
                return ""
        except SettingError as error:
            return str(error)
        return (
            f"the port is that of {name_of(uid)}, who is told no secret: if that is Asterisk, name it in IVR_AGI_USERS"
        )

    return AmiClient(
        settings.ami_host, settings.ami_port, settings.ami_user, settings.ami_secret, stranger=stranger, **more
    )
