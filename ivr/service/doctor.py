"""`ivr doctor` put together: the examination, and what it looks at, made from the settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ivr.ami import event_uses
from ivr.application.doctor import examination
from ivr.application.doctor.ports import EventUses, Ports
from ivr.application.doctor.verdicts import Verdict
from ivr.domain.agent_interfaces import Interfaces
from ivr.service import manager_login
from ivr.service.doctor_adapters import (
    AsteriskManager,
    AsteriskSounds,
    CustomersSnapshot,
    KernelsPorts,
    PepperFile,
    PolicyFolder,
    ProbedService,
    ReadDatabase,
)
from ivr.service.followed_queue_log import FollowedQueueLog
from ivr.settings import Settings

__all__ = ["Verdict", "examine", "ports"]


async def examine(settings: Settings) -> AsyncIterator[Verdict]:
    """Every check in turn, as it is done."""
    async for verdict in examination.examine(ports(settings)):
        yield verdict


def ports(settings: Settings) -> Ports:
    """What the doctor examines: everything that these settings speak of. Nothing is opened or asked yet."""

    @asynccontextmanager
    async def log_in() -> AsyncIterator[AsteriskManager]:
        async with manager_login.client(settings, events="off").session() as client:
            yield AsteriskManager(client)

    return Ports(
        settings,
        service=ProbedService(settings),
        local_ports=KernelsPorts(),
        log_in=log_in,
        database=ReadDatabase(settings.database_url),
        peppers=PepperFile(settings.pin_pepper_file),
        snapshot=CustomersSnapshot(settings),
        queue_log=FollowedQueueLog(settings.queue_log, settings.database_url),
        folder=PolicyFolder(settings.policy_dir, Interfaces(settings.agent_interfaces)),
        sounds=AsteriskSounds(settings.sounds_dir),
        events=EventUses((*event_uses.SERVICE, *event_uses.STEERING), event_uses.NOBODY),
    )
