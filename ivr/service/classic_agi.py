"""`ivr-agi`: the same decision, taken by a program that Asterisk starts for each call (classic AGI).

For sites that cannot have a service listen on a port. It takes no part in anything else that the service does.
Asterisk waits for it, so the clock runs from the first line, and nothing is imported before it is needed. What is
imported up to the answer is chosen with care: SQLAlchemy, pydantic and asyncio would each take longer than the rest.
"""

import os
import signal
import sys
import syslog
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from ivr.limits import ANSWER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from ivr.domain.calls.incoming_call import IncomingCall
    from ivr.domain.routing.decision import Decision
    from ivr.settings import Settings

STARTED = time.perf_counter()
RECORD_SECONDS = 5.0  # for the record, most of them for a busy machine's imports; the caller is in the queue by then
USAGE = "usage: ivr-agi [--settings FILE], started by Asterisk: the path of this program is the dialplan's IVR_AGI"
HELP = f"""{USAGE}

It reads one call from standard input, as Asterisk's AGI() writes it, decides how the call is treated, and answers with
the variables of the dialplan. What fails is said in a line to standard error and syslog; the exit code is always 0.

  --settings FILE  the settings file; default: IVR_SETTINGS, else ivr.toml in the current folder

Example, in [globals] of extensions.conf:  IVR_AGI=/opt/segment-ivr/bin/ivr-agi"""


def main() -> NoReturn:
    """Answer one call and record the decision. Ends with 0 always: what failed is said in one line.

    Whatever fails before the answer leaves the mark unset, and the dialplan goes on without us.
    """
    os.umask(0o077)  # private_files says why, and takes longer
    if sys.argv[1:] in (["--help"], ["-h"]):
        os.write(1, f"{HELP}\n".encode())
        _leave()
    _limit(ANSWER_SECONDS, "no answer in time: the call goes on without us")
    try:
        settings, call, decision = _answer()
        route_ms = round((time.perf_counter() - STARTED) * 1000, 3)
        unrecorded = f"{call.call_id}: the decision was applied, and could not be recorded"
        _let_go()
        _limit(RECORD_SECONDS, unrecorded)
        if not _record(settings, call, decision, route_ms):
            _complain(unrecorded)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the call goes on without us
        _complain(f"{type(error).__name__}: {error}")
    _leave()


def _limit(seconds: float, complaint: str) -> None:
    """Complain and leave after so many seconds from now, whatever hangs. A later limit replaces an earlier one."""

    def give_up(*_: object) -> NoReturn:
        _complain(complaint)
        _leave()

    signal.signal(signal.SIGALRM, give_up)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer() -> "tuple[Settings, IncomingCall, Decision]":
    """Read the call, decide, and answer in one command."""
    from ivr import settings as settings_module
    from ivr.agi.classic_session import Dialogue
    from ivr.agi.request import AgiError, argument, call_of
    from ivr.agi.variables import MARK, answer
    from ivr.application.route_call import RouteCall
    from ivr.domain.agent_interfaces import Interfaces
    from ivr.numbers.e164 import PhoneNumbers
    from ivr.policy.last_good import LastGood
    from ivr.store.one_shot_lookup import customers
    from ivr.store.one_shot_policy_version import SingleVersion
    from ivr.store.sqlite_file import snapshot_path

    if sys.stdin.isatty():
        raise AgiError(USAGE)
    asterisk = Dialogue(sys.stdin.buffer, sys.stdout)
    call = call_of(asterisk.env, time.time())
    mark = argument(asterisk.env, 1, MARK)

    settings = settings_module.load(_settings_file())
    snapshot = settings.snapshot_path or snapshot_path(settings.database_url)
    published = SingleVersion(settings.database_url, settings.lookup_deadline)
    policies = LastGood(
        settings.policy_dir, snapshot.with_name("policy.json"), published, Interfaces(settings.agent_interfaces)
    )
    known = customers(settings.database_url, snapshot, settings.lookup_deadline)
    flow = RouteCall(PhoneNumbers(), known, policies, time.perf_counter)
    call, decision = _result(flow.routed(call))
    asterisk.command(answer(decision, mark, call.typed))
    if policies.problem:
        _complain(f"the last good policy is in force: {policies.problem}")
    return settings, call, decision


def _result(coroutine: "Coroutine[None, None, tuple[IncomingCall, Decision]]") -> "tuple[IncomingCall, Decision]":
    """What a coroutine returns that never gives way to another: it needs no event loop."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: tuple[IncomingCall, Decision] = end.value
        return result
    raise RuntimeError("the decision waits for an event loop")


def _settings_file() -> "Path | None":
    """`--settings FILE`, which must come first: what Asterisk adds begins with the mark."""
    if sys.argv[1:2] != ["--settings"]:
        return None
    from pathlib import Path

    from ivr.errors import SettingError

    if len(sys.argv) < 3:
        raise SettingError(USAGE)
    return Path(sys.argv[2])


def _let_go() -> None:
    """End, as Asterisk sees it, and go on without it: the call waits until the program that it started has ended.

    What is left to do comes after the answers to other calls.
    """
    if os.fork():
        _leave()
    os.setsid()  # a hang-up is for the program that Asterisk started
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    os.nice(19)


def _record(settings: "Settings", call: "IncomingCall", decision: "Decision", route_ms: float) -> bool:
    """Write the decision where `ivr explain` finds it; False when the database does not let us."""
    from ivr.errors import IvrError
    from ivr.policy import texts
    from ivr.store import versions
    from ivr.store.engine import writer
    from ivr.store.journal import DatabaseJournal
    from ivr.store.sqlite_file import path_of

    path = path_of(settings.database_url)
    if path and not path.exists():  # an empty one in its place would be taken for the database
        return False
    engine = writer(settings.database_url)
    journal = DatabaseJournal(engine)
    journal.decided(call, decision, route_ms)
    recorded = journal.close(RECORD_SECONDS) and journal.written == 1
    if recorded:
        with suppress(IvrError):  # then `ivr explain` cannot decide again; the next call tries it again
            read = texts.read(settings.policy_dir)
            if read.version == decision.trace.policy_version:  # what is published is stored already
                versions.keep(engine, read.version, read.policy, read.agents, call.arrived_at)
    return recorded


def _complain(what: str) -> None:
    """One line to standard error and to syslog, whatever callers have put into it."""
    line = "".join(c if c.isprintable() else " " for c in what)[:500]
    syslog.openlog("ivr-agi")
    syslog.syslog(syslog.LOG_WARNING, line)
    with suppress(OSError):  # nobody listens
        os.write(2, f"ivr-agi: {line}\n".encode("utf-8", "replace"))


def _leave() -> NoReturn:
    """End now, with 0: a thread that waits for the database is not waited for."""
    os._exit(0)


if __name__ == "__main__":
    main()
