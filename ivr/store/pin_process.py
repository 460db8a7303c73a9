"""What hashes PINs, in a process of its own: pin_hashes.py starts it and asks it.

Standard input and output are one socket that nobody else has. A request is a line: `compare HASH
SECRET` or `renew HASH SECRET`, where the secret is the PIN, or what a pepper made of it. The answer
is a line too: `right` or `wrong`, or a new hash that costs as much as the old one; `unavailable`
when it cannot be said. It imports little, to be there soon.
"""

import os
import signal
import sys
from contextlib import suppress

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError

NICE = 2  # calls first; but a caller waits: at 5, on a busy machine, often longer than a call does


def answer(request: str) -> str:
    """Answer a request; whatever goes wrong is `unavailable`, and what it says is not repeated."""
    try:
        what, kept, secret = request.split()
        cost = extract_parameters(kept)
        hasher = PasswordHasher(cost.time_cost, cost.memory_cost, cost.parallelism)
        if what == "renew":
            return hasher.hash(secret)
        hasher.verify(kept, secret)
    except VerifyMismatchError:
        return "wrong"
    except Exception:  # noqa: BLE001 - it could tell what was hashed
        return "unavailable"
    return "right"


def main() -> None:
    """Answer what comes over standard input, and end when that ends."""
    for number in (signal.SIGINT, signal.SIGTERM):  # are for the service, which ends us
        signal.signal(number, signal.SIG_IGN)
    os.nice(NICE)
    answers = os.dup(1)
    os.dup2(2, 1)  # nothing else may be written there
    with suppress(OSError):  # the service is gone
        for line in sys.stdin.buffer:
            os.write(answers, answer(line.decode()).encode() + b"\n")


if __name__ == "__main__":
    main()
