"""The service, but after SIGUSR2 it kills itself (-9) at one step of the next call.

`python -m ivr.qa.dying_service STEP` runs it.

This stands in nobody's way in production: it is another program, which wraps the real steps from outside.
"""

import functools
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from ivr import settings
from ivr.agi import endpoints, session
from ivr.agi.session import Session
from ivr.application.route_call import RouteCall
from ivr.service import app
from ivr.store.journal_process import Recorder

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = (
    "environment",
    "identified",
    "looked-up",
    "decided",
    "half-sent",
    "recorded",
    "sent",
    "answered",
)
_armed = [False]


def _die() -> None:
    if _armed[0]:
        os.kill(os.getpid(), signal.SIGKILL)


def _after(owner: Any, name: str) -> None:
    """Die when the function has done its work."""
    whole: Callable[..., Any] = getattr(owner, name)

    @functools.wraps(whole)
    def dying(*args: Any, **named: Any) -> Any:
        done = whole(*args, **named)
        _die()
        return done

    setattr(owner, name, dying)


def _after_awaited(owner: Any, name: str) -> None:
    whole: Callable[..., Any] = getattr(owner, name)

    @functools.wraps(whole)
    async def dying(*args: Any, **named: Any) -> Any:
        done = await whole(*args, **named)
        _die()
        return done

    setattr(owner, name, dying)


def _before_awaited(owner: Any, name: str) -> None:
    """Die when the function is called."""
    whole: Callable[..., Any] = getattr(owner, name)

    @functools.wraps(whole)
    async def dying(*args: Any, **named: Any) -> Any:
        _die()
        return await whole(*args, **named)

    setattr(owner, name, dying)


def _half_sent() -> None:
    """Die when half of the answer has been given to the kernel."""
    whole = Session.send_last

    def dying(answered: Session, command: str) -> None:
        if _armed[0]:
            line = f"{command}\n".encode()
            answered.transport.write(line[: len(line) // 2])
            _die()
        whole(answered, command)

    Session.send_last = dying  # type: ignore[assignment,method-assign]  # that is what it is for


def main(step: str) -> None:
    """Serve, to die at `step`."""
    match step:
        case "environment":
            _after(session, "parse_environment")
        case "identified":
            _after(RouteCall, "identify")
        case "looked-up":
            _after_awaited(RouteCall, "look_up")
        case "decided":
            _after(endpoints, "answer")
        case "half-sent":
            _half_sent()
        case "recorded":
            _after(Recorder, "decided")
        case "sent":
            _before_awaited(Session, "carried_out")
        case "answered":
            _after_awaited(Session, "carried_out")
        case _:
            sys.exit(f"there is no step {step!r} (there are: {', '.join(STEPS)})")
    signal.signal(signal.SIGUSR2, lambda *_: _armed.__setitem__(0, True))
    app.serve(settings.load())


if __name__ == "__main__":
    main(sys.argv[1])
