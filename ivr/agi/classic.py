"""`ivr-agi`: the same decision, taken by a program that Asterisk starts for each call (classic AGI).

For sites that cannot have a service listen on a port. It takes no part in anything else that the service does.
Asterisk waits for it, so the clock runs from the first line: what is imported is imported late, the caller's part
ends after ANSWER_SECONDS whatever happens, and the record is written when the call has already gone on.
"""

import io
import os
import signal
import sys
import syslog
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

if TYPE_CHECKING:
    from pathlib import Path

    from ivr.domain.call import IncomingCall
    from ivr.domain.decision import Decision
    from ivr.settings import Settings

STARTED = time.perf_counter()
ANSWER_SECONDS = 0.95  # the dialplan gives up after 1 s: an answer after that is for nobody
RECORD_SECONDS = 1.0  # for the record; the caller is in the queue by then
USAGE = "usage: ivr-agi [--settings FILE], started by Asterisk: the path of this program is the dialplan's IVR_AGI"


def main() -> NoReturn:
    """Answer one call and record the decision. Ends with 0 always: what failed is said in one line.

    Whatever fails before the answer leaves the mark unset, and the dialplan goes on without us.
    """
    signal.signal(signal.SIGALRM, _too_late)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
    signal.setitimer(signal.ITIMER_REAL, ANSWER_SECONDS)
    try:
        settings, call, decision = _answer(sys.stdin.buffer, sys.stdout)
        route_ms = round((time.perf_counter() - STARTED) * 1000, 3)
        signal.setitimer(signal.ITIMER_REAL, 2 * RECORD_SECONDS)  # should even the limit below fail
        _let_go()
        _record(settings, call, decision, route_ms)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the call goes on without us
        _complain(f"{type(error).__name__}: {error}")
    _leave()


def _answer(requests: BinaryIO, answers: Any) -> "tuple[Settings, IncomingCall, Decision]":
    """Read the call, decide, and answer in one command."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for them takes 10 ms
    from ivr.agi import request
    from ivr.agi.variables import MARK, answer

    if sys.stdin.isatty():
        raise request.AgiError(USAGE)
    asterisk = _connect(requests, answers)
    call = request.call_of(asterisk.env, time.time())
    mark = request.argument(asterisk.env, 1, MARK)

    import asyncio

    from ivr import settings as settings_module
    from ivr.call_flow import CallFlow
    from ivr.numbering import PhoneNumbers
    from ivr.policy.files import Files
    from ivr.store.engine import reader
    from ivr.store.lookup import CustomerLookup

    settings = settings_module.load(_settings_file())
    customers = CustomerLookup(reader(settings.database_url), settings.lookup_deadline)
    flow = CallFlow(PhoneNumbers(), customers, Files(settings.policy_dir))
    decision = asyncio.run(flow.route(call))
    asterisk.execute(request.one_line(answer(decision, mark)))
    return settings, call, decision


def _connect(requests: BinaryIO, answers: Any) -> Any:
    """pyst2's AGI, which has read the environment, with guards around what it does not look at itself."""
    from asterisk.agi import AGI, AGIException

    from ivr.agi.request import ENVIRONMENT_LIMIT, AgiError, parse_environment

    class Bounded:
        """What Asterisk says, and no more than it would say. At its end pyst2 would read on for ever, or fail."""

        def __init__(self) -> None:
            self._left = ENVIRONMENT_LIMIT

        def readline(self) -> bytes:
            line = requests.readline(self._left + 1)
            self._left -= len(line)
            if self._left < 0:
                raise AgiError(f"Asterisk sent more than {ENVIRONMENT_LIMIT} bytes")
            if not line.endswith(b"\n"):
                raise AgiError("the call did not wait for the answer")
            return line.decode("utf-8", "replace").encode()

    class Guarded(AGI):  # type: ignore[misc]  # pyst2 ships no types
        """pyst2 keeps the last of a repeated key, and that one can only have been smuggled in by a caller."""

        def _get_agi_env(self) -> None:
            lines = iter(self.stdin.readline, b"\n")
            self.env = parse_environment(b"".join(lines))

        def execute(self, command: str) -> None:
            try:
                code = super().execute(command)["result"][0]
            except (AGIException, ValueError) as error:  # a broken pipe, an answer without a code
                raise AgiError(f"the call did not take the answer ({error!r})") from None
            if code != "0":
                raise AgiError(f"{command[:20]!r} failed: {code[:20]!r}")

    return Guarded(Bounded(), answers, _Nowhere())


class _Nowhere(io.TextIOBase):
    """Where pyst2 writes all that it reads and sends: customers' names and numbers."""

    def write(self, text: str) -> int:
        return len(text)


def _settings_file() -> "Path | None":
    """`--settings FILE`, which must come first: what Asterisk adds begins with the mark."""
    if sys.argv[1:2] != ["--settings"]:
        return None
    if len(sys.argv) < 3:
        raise ValueError(USAGE)
    from pathlib import Path

    return Path(sys.argv[2])


def _let_go() -> None:
    """Tell Asterisk that we are done: the call goes on when the program's output is closed, not when it ends."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)


def _record(settings: "Settings", call: "IncomingCall", decision: "Decision", route_ms: float) -> None:
    """Write the decision where `ivr explain` finds it, unless the database is slower than RECORD_SECONDS."""
    from ivr.store.engine import writer
    from ivr.store.journal import DatabaseJournal

    journal = DatabaseJournal(writer(settings.database_url))
    journal.decided(call, decision, route_ms)
    if not journal.close(RECORD_SECONDS) or not journal.written:
        _complain(f"{call.call_id}: the decision was applied, and could not be recorded")


def _too_late(*_: object) -> NoReturn:
    _complain(f"nothing came of it within {time.perf_counter() - STARTED:.1f} s")
    _leave()


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
