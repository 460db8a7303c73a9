"""Runs several commands of `ivr` in one process, each as if it were typed.

`python -m tests.command_series` reads a JSON list of [arguments, standard input] and writes a JSON
list of [exit code, output, errors]. What `ivr` has imported for one command is there for the next,
so this suits tests of what is imported at all.
"""

import contextlib
import io
import json
import sys

from ivr.__main__ import main


def run(arguments: list[str], given: str) -> tuple[int, str, str]:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    sys.argv, sys.stdin = ["ivr", *arguments], io.StringIO(given)
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
    return code, _written(out), _written(err)


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


if __name__ == "__main__":
    json.dump([run(arguments, given) for arguments, given in json.load(sys.stdin)], sys.stdout)
