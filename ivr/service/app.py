"""The composition root: builds the parts of the service, and starts and stops them in order."""

import asyncio
import errno
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import structlog
import uvloop

from ivr import logs, private_files
from ivr.agi import peer_user, systemd_socket
from ivr.agi.endpoints import Endpoints
from ivr.agi.known_calls import KnownCalls
from ivr.agi.port_access import Admission, users_who_may
from ivr.agi.refusals import Refusals
from ivr.agi.server import AgiServer
from ivr.application.active_policy import ActivePolicy
from ivr.application.pin_entry import PinEntry
from ivr.application.route_call import RouteCall
from ivr.application.what_if import Always
from ivr.domain.agent_interfaces import Interfaces
from ivr.domain.calls.incoming_call import IncomingCall, PinCaller
from ivr.domain.policy_version import Publication
from ivr.domain.routing.decision import Decision
from ivr.errors import SettingError, StoreError
from ivr.limits import DATABASE_AGAIN_SECONDS
from ivr.numbers.e164 import PhoneNumbers
from ivr.policy import loader as policy_files
from ivr.policy.loader import Bundle
from ivr.policy.published import published_path
from ivr.service.call_forgetting import CallForgetting
from ivr.service.customer_follower import CustomerFollower, MemoryFirst
from ivr.service.known_customers import known_customers, lookup
from ivr.service.metrics import Counted, Metrics
from ivr.service.policy_watch import PolicyWatch
from ivr.service.published_versions import StoredVersions, in_force_now
from ivr.service.score_schedule import ScoreSchedule
from ivr.service.snapshot_keeper import SnapshotKeeper
from ivr.service.watch import DeclaredAgents, WatchKeeper
from ivr.settings import Settings
from ivr.store import migrate, pin_limits
from ivr.store.customer_query import WithSnapshot
from ivr.store.engine import reader, writer
from ivr.store.journal_process import Recorder
from ivr.store.pins import DatabasePins
from ivr.store.snapshot import Snapshot
from ivr.store.sqlite_file import snapshot_path

log = structlog.get_logger()
Clock = Callable[[], float]
POLICY_DEADLINE = 1.0  # seconds that asking for it may take
SWITCH_SECONDS = 0.0005  # how long a call waits while another thread computes; Python's own: 0.005
LAST_RESORT_SECONDS = 12.0  # after a signal, until the program ends whatever hangs
TRIES_SECONDS = 60.0  # how often wrong PINs are counted for the figures, and those that count no longer deleted
WATCH_SECONDS = 2.0  # for ending the pauses of agents, and handing over what was seen
SHUTDOWN_SECONDS = 5.0  # for writing what is still to be written


class Service:
    """The routing service. Building it raises FileError, StoreError or SettingError; a running one goes on."""

    def __init__(self, settings: Settings, clock: Clock = time.time) -> None:
        """`clock` gives the Unix time at which decisions are taken."""
        self._settings, self._clock = settings, clock
        self._engine = writer(settings.database_url)
        self._snapshot_path = settings.snapshot_path or snapshot_path(settings.database_url)
        self._asking = reader(settings.database_url, POLICY_DEADLINE)
        self.policies = ActivePolicy(
            settings.policy_dir,
            StoredVersions(self._asking, self._engine),
            published_path(self._snapshot_path),
            clock,
            Interfaces(settings.agent_interfaces),
        )
        self.metrics = Metrics()
        self.journal = Recorder(settings.database_url, settings.log_level)
        self.customers = lookup(settings, clock)
        self.snapshot = Snapshot(self._snapshot_path, settings.lookup_deadline)
        self.snapshots = SnapshotKeeper(settings.database_url, self._snapshot_path, self._engine, self.metrics)
        self.customers_in_memory = CustomerFollower(settings, self.snapshots, self.metrics, clock)
        admitted, refusals = KnownCalls(), Refusals()
        self.watch = WatchKeeper(settings, self._declared, admitted.ended)
        self._store_open = asyncio.Event()
        self.policy_watch = PolicyWatch(self.policies, self.metrics, self.watch.declare)
        self.score_schedule = ScoreSchedule(settings, self._engine, self.metrics, time.time)
        self.pins = DatabasePins(
            self._engine, pepper_file=settings.pin_pepper_file, per_hour=settings.wrong_pins_per_hour
        )  # fmt: skip
        entry = PinEntry(self._verify_pin, lambda caller: self.pins.may_ask(caller, self._clock()))
        customers, stopwatch = self._known_customers(), time.perf_counter
        flow = RouteCall(PhoneNumbers(), customers, self.policies, stopwatch, entry, self.watch)
        asked = replace(flow, customers=WithSnapshot(self.customers, self.snapshot))
        held = systemd_socket.inherited()
        self._elsewhere = systemd_socket.differs(held, settings.agi_host, settings.agi_port) if held else ""
        endpoints = Endpoints(
            flow, Counted(self.journal, self.metrics), clock, ami_connected=lambda: self.watch.connected, pins=entry,
            policy_overdue=lambda: self.policy_watch.overdue,
            scores_failed=lambda: self.score_schedule.failed,
            checked=asked,
            followed=lambda: self.customers_in_memory.followed,
            calls=admitted, refusals=refusals, elsewhere=self._elsewhere,
        )  # fmt: skip
        self.agi = AgiServer(
            settings.agi_host,
            settings.agi_port,
            {"route": endpoints.route, "pin": endpoints.pin, "check": endpoints.check},
            Admission(settings.agi_allow, users_who_may(settings.agi_users), settings.agi_secret),
            refusals,
            held,
        )

    def _known_customers(self) -> WithSnapshot:
        """Return what finds customers: the memory, else the database, else the snapshot."""
        memory = self.customers_in_memory
        return WithSnapshot(
            MemoryFirst(memory.live, self.customers),
            MemoryFirst(memory.last_known, self.snapshot),
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set. The FastAGI port opens first: calls must not wait for anything else."""
        try:
            await self.agi.start()
        except OSError as error:
            raise SettingError(_cannot_listen(self._settings, error)) from None
        listens = self._elsewhere or f"{self._settings.agi_host}:{self.agi.port}"
        log.info("serving", agi=listens, policy=self.policies.policy().version)
        if self._elsewhere:
            log.warning(
                "agi listens elsewhere than the settings say", listens=listens,
                settings=f"{self._settings.agi_host}:{self._settings.agi_port}",
                mend="make ListenStream= of the systemd socket, and agi_host and agi_port of the settings, the same",
            )  # fmt: skip
        self.journal.start()
        self.watch.start(self.journal.watched)
        end_metrics = self.metrics.serve(self._settings.metrics_port)
        tasks = [
            asyncio.create_task(work)
            for work in (
                self._open_store(),
                self.policy_watch.run(),
                self._know_customers(),
                self._watch_wrong_pins(),
                self.score_schedule.run(),
                CallForgetting(self._settings, time.time).run(),
            )
        ]
        try:
            await stop.wait()
        finally:
            await self.agi.stop()
            await asyncio.gather(self.agi.ended(), self.watch.close(WATCH_SECONDS))
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.journal.close(SHUTDOWN_SECONDS)
            self.pins.close()
            await asyncio.to_thread(self.customers.close)
            await asyncio.to_thread(self.snapshot.close)
            await asyncio.to_thread(self.customers_in_memory.close)
            await asyncio.to_thread(end_metrics)
            self._asking.dispose()
            self._engine.dispose()
            log.info("stopped")

    async def _verify_pin(self, customer_id: str, pin: str, call_id: str, caller: PinCaller) -> str:
        limit = self.policies.policy().trust.wrong_pins
        verdict = await self.pins.verify(customer_id, pin, call_id, self._clock(), limit, caller=caller)
        self.metrics.pin(verdict)
        return verdict

    async def _watch_wrong_pins(self) -> None:
        """Tell from time to time how many PINs were wrong, and delete the tries that count no longer."""
        while True:
            now = self._clock()
            try:
                tries = await asyncio.to_thread(pin_limits.wrong_tries, self._engine, now)
                self.metrics.wrong_pins(tries.day, tries.customers, alarm=self.pins.is_alarmed(now))
                await asyncio.to_thread(pin_limits.forget_old_tries, self._engine, now)
            except StoreError as error:
                log.warning("wrong PINs not counted", why=str(error))
            await asyncio.sleep(TRIES_SECONDS)

    async def _open_store(self) -> None:
        """Bring the database up to date. Until that works, calls get the default treatment and events are kept."""
        while True:
            try:
                await asyncio.to_thread(migrate.upgrade, self._engine)
                self._store_open.set()
                return
            except StoreError as error:
                log.error("database unusable", why=str(error))  # noqa: TRY400 - the message says it all
                await asyncio.sleep(DATABASE_AGAIN_SECONDS)

    async def _know_customers(self) -> None:
        """Have the customers in memory, and in a file for when the database is away."""
        await self.snapshots.tell()
        await self._store_open.wait()
        await asyncio.gather(self.snapshots.run(), self.customers_in_memory.run())

    def _declared(self) -> DeclaredAgents:
        bundle = self.policies.bundle
        return DeclaredAgents(tuple(bundle.agents), bundle.own_queues(), bundle.policy)


def _cannot_listen(settings: Settings, error: OSError) -> str:
    """Why FastAGI cannot be served, and what to do."""
    where = f"cannot listen on {settings.agi_host}:{settings.agi_port}"
    if error.errno != errno.EADDRINUSE:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror or str(error)
        return f"{where} ({why}): check IVR_AGI_HOST and IVR_AGI_PORT"
    who = peer_user.holder(settings.agi_host, settings.agi_port) or "another program"
    return (
        f"{where}: {who} listens there already. End that program, or set IVR_AGI_PORT to a free port, and the "
        "dialplan's global IVR_AGI to the same one"
    )


def _leave() -> None:
    """A thread hangs (in a file on a network drive that is away, say), for which Python would wait for good."""
    log.error("stopped without waiting for what hangs")
    os._exit(1)


def serve(settings: Settings, clock: Clock = time.time) -> None:
    """Run the service until SIGTERM or SIGINT. Raises what building it raises."""
    logs.configure(settings.log_level)
    private_files.from_now_on()
    sys.setswitchinterval(SWITCH_SECONDS)
    uvloop.run(_serve(settings, clock))


async def _serve(settings: Settings, clock: Clock) -> None:
    stop = asyncio.Event()
    service = Service(settings, clock)  # until it is built, a signal ends us at once

    def asked_to_stop() -> None:
        stop.set()
        last_resort = threading.Timer(LAST_RESORT_SECONDS, _leave)
        last_resort.daemon = True
        last_resort.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked_to_stop)
    gc.collect()
    gc.freeze()  # what is there by now stays: to look through it for garbage takes 50 ms, in which calls wait
    await service.run(stop)


def migrate_database(settings: Settings) -> str:
    """Create the database or bring it up to date; returns its version. Raises StoreError."""
    engine = writer(settings.database_url)
    try:
        migrate.upgrade(engine)
        return migrate.head()
    finally:
        engine.dispose()


async def dry_run(settings: Settings, call: IncomingCall) -> Decision:
    """What would be decided about a call, with the policy in force and the database as they are now.

    A call without a trunk comes in on one that the policy trusts.
    """
    try:
        bundle, _ = in_force(settings)
    except StoreError:  # then nobody can be looked up either
        bundle = policy_files.load(settings.policy_dir, Interfaces(settings.agent_interfaces))
    call = replace(call, trunk=call.trunk or bundle.policy.trust.trunks[0])
    async with known_customers(settings) as known:
        return await RouteCall(PhoneNumbers(), known, Always(bundle), time.perf_counter).route(call)


def in_force(settings: Settings) -> tuple[Bundle, Publication | None]:
    """The policy that is published, and by what; else that of the files. Raises StoreError and FileError."""
    engine = reader(settings.database_url)
    try:
        return in_force_now(engine, settings.policy_dir, Interfaces(settings.agent_interfaces))
    finally:
        engine.dispose()
