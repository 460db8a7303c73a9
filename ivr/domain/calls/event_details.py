"""What Asterisk does not say of an event: what was promised, and who somebody is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ivr.domain.calls.events import AgentConnected, CallEvent, QueueJoined
from ivr.domain.policy import Promise


def no_promise(_: str) -> Promise:
    """Return what is promised where nothing is."""
    return None, None


@dataclass(frozen=True, slots=True)
class EventDetails:
    """What is in force: the agents' names by their interfaces, and the promise of each queue."""

    names: Callable[[], Mapping[str, str]] = dict
    promise: Callable[[str], Promise] = no_promise

    def completed(self, event: CallEvent) -> CallEvent:
        """Return the event, whichever source told it, with what Asterisk does not say."""
        match event:
            case QueueJoined():
                within, short_abandon = self.promise(event.queue)
                return replace(event, within=within, short_abandon=short_abandon)
            case AgentConnected(queue=""):  # a colleague, of whom it says the phone alone
                return replace(event, agent=self.names().get(event.interface, event.agent))
        return event
