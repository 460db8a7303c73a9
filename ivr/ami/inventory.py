"""What a running Asterisk has, as far as our AMI user may ask: its queues, and the self-services of the dialplan."""

from dataclasses import dataclass

from ivr.ami.client import AmiClient
from ivr.errors import AmiError

_SELF_SERVICE = "ivr-self-service"  # the dialplan's context


@dataclass(frozen=True, slots=True)
class Offers:
    """Names; None where Asterisk has no such context.

    Sounds and music classes are not among them: AMI lists those only by CLI commands (`Command`), which our user
    must not have: with them it could do anything.
    """

    queues: frozenset[str]
    self_services: frozenset[str] | None


async def ask(client: AmiClient) -> Offers:
    """Ask a logged-in client's Asterisk; raises AmiError when it does not answer."""
    status = await client.collect("QueueStatus")
    queues = {event.header("Queue") for event in status if event.header("Event") == "QueueParams"}
    try:
        lines = await client.collect("ShowDialPlan", Context=_SELF_SERVICE)
    except AmiError:  # there is no such context
        return Offers(frozenset(queues), None)
    services = {name for line in lines if (name := line.header("Extension")) and name not in ("h", "i", "t")}
    return Offers(frozenset(queues), frozenset(services))
