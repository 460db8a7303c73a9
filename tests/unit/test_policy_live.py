"""What a running Asterisk says that it has, over AMI."""

from typing import cast

import pytest

from ivr.ami import inventory
from ivr.ami.client import AmiClient, AmiRefusedError
from ivr.ami.message import Message


class Asterisk:
    """Answers two actions as Asterisk 22 does; without the context it refuses."""

    def __init__(self, *, context: bool) -> None:
        self.context = context

    async def collect(self, action: str, **headers: str) -> list[Message]:
        if action == "QueueStatus":
            return [
                Message({"Event": "QueueParams", "Queue": "premium"}),
                Message({"Event": "QueueMember", "Queue": "x"}),
            ]
        assert (action, headers) == ("ShowDialPlan", {"Context": "ivr-self-service"})
        if not self.context:
            raise AmiRefusedError("ShowDialPlan: Did not find context")
        names = ("account", "account", "h")
        return [Message({"Event": "ListDialplan", "Context": "ivr-self-service", "Extension": name}) for name in names]


@pytest.mark.parametrize(("context", "services"), [(True, frozenset({"account"})), (False, None)])
async def test_queues_and_self_services_are_told(context: bool, services: frozenset[str] | None) -> None:
    told = await inventory.ask(cast("AmiClient", Asterisk(context=context)))
    assert (told.queues, told.self_services) == (frozenset({"premium"}), services)
