"""The doctor's examination: every check in its order. What the checks look at is given as ports."""

from collections.abc import AsyncIterator

from ivr.application.doctor import (
    agi,
    database,
    dialplan,
    events,
    mailboxes,
    manager,
    media,
    modules,
    pins,
    policy,
    queue_log,
    queues,
    scores,
    snapshot,
    sounds,
    trunks,
)
from ivr.application.doctor.ports import Ports, ServiceState, Unanswered
from ivr.application.doctor.verdicts import Verdict
from ivr.errors import AmiError
from ivr.hanging_work import OverdueError, in_time
from ivr.policy.loader import Bundle


async def examine(ports: Ports) -> AsyncIterator[Verdict]:
    """Every check in turn, as it is done."""
    answer = await ports.service.state()
    state = answer if isinstance(answer, ServiceState) else None
    verdict, bundle = policy.in_force(ports, state)
    yield verdict
    if state and state.overdue is not None:
        yield policy.overdue(ports.folder, state.overdue)
    if bundle:
        yield queues.served(bundle)
    verdict = database.version(ports.database)
    yield verdict
    if verdict.ok:
        yield pins.verifiable(ports)
        yield scores.calculated(ports.database)
        schedule = scores.planned(ports.database, ports.folder, ports.file_seconds)
        if schedule:
            yield schedule
    yield agi.answers(ports, answer)
    yield await snapshot.age(ports, served=state is not None)
    yield queue_log.read(ports.queue_log)
    async for verdict in _asterisk(ports, bundle, answer):
        yield verdict
    try:
        yield in_time(lambda: sounds.there(ports.folder, ports.sounds, bundle), ports.file_seconds)
    except OverdueError as error:
        yield Verdict("sounds", False, str(error), "see the line `policy`")


async def _asterisk(ports: Ports, bundle: Bundle | None, answer: ServiceState | Unanswered) -> AsyncIterator[Verdict]:
    settings = ports.settings
    try:
        async with ports.log_in() as asterisk:
            yield Verdict("AMI login", True, f"{settings.ami_user}@{settings.ami_host}:{settings.ami_port}")
            yield await manager.rights(asterisk)
            yield await events.made(asterisk, ports.events)
            yield agi.may_ask(ports)
            yield await dialplan.asks_service(ports, asterisk, answer)
            yield await modules.loaded(asterisk, ports.folder)
            yield await media.sound_goes_on(asterisk)
            believed = trunks.believed(bundle) if bundle else ()
            for trunk in believed:
                yield await trunks.told_apart(asterisk, trunk)
            if keys := await media.keys_arrive(asterisk, believed):
                yield keys
            async for verdict in mailboxes.full(asterisk, bundle):
                yield verdict
            async for verdict in queues.manned(asterisk, bundle, settings):
                yield verdict
    except AmiError as error:
        yield Verdict("AMI login", False, str(error), "asterisk/pbx/manager.conf shows the user that it needs")
