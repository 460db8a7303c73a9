"""The `ivr` command, also as `python -m ivr`.

Containers run `ivr health` every ten seconds, so it is answered before the command line's libraries are imported: they
take several times as long as the answer. With options (`ivr health --help`) it is a command like any other.
"""

import sys
from collections.abc import Callable

from ivr import private_files
from ivr.domain.showable import one_line
from ivr.errors import IvrError

_INTERRUPTED = "ivr: interrupted"


def main() -> None:
    """Run the command line. A mistake of the user's is one line and exit code 2, an interruption is 130."""
    private_files.from_now_on()
    try:
        _command()()
    except IvrError as error:
        lines = (one_line(line) for line in str(error).split("\n"))
        print("ivr:", "\n".join(lines), file=sys.stderr)  # noqa: T201 - the command line speaks to people
        sys.exit(2)
    except KeyboardInterrupt:
        print(_INTERRUPTED, file=sys.stderr)  # noqa: T201
        sys.exit(130)
    except SystemExit as end:  # typer makes this of an interruption, and says nothing
        if isinstance(getattr(end.__context__, "__cause__", None), KeyboardInterrupt):
            print(_INTERRUPTED, file=sys.stderr)  # noqa: T201
        raise
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        sys.exit(0)


def _command() -> Callable[[], None]:
    if sys.argv[1:] == ["health"]:
        from ivr.service import health  # noqa: PLC0415 - one or the other, see above

        return health.main
    from ivr.cli import app  # noqa: PLC0415

    return app


if __name__ == "__main__":
    main()
