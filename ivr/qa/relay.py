"""`python -m ivr.qa.relay HOST PORT`: standard input and output are a TCP connection from here.

It is run inside a container, to reach what only the containers can reach. It imports nothing but the standard
library: two of them are started for each scenario.
"""

import os
import socket
import sys
import threading

_CONNECT_SECONDS = 5.0
_PIECE = 65536


def main(host: str, port: int) -> int:
    """Relay until either side ends; 1 when there is nobody to connect to."""
    try:
        connection = socket.create_connection((host, port), _CONNECT_SECONDS)
    except OSError as error:
        print(f"{host}:{port}: {error.strerror or error}", file=sys.stderr)  # noqa: T201 - it is a program
        return 1
    connection.settimeout(None)
    threading.Thread(target=_answers, args=(connection,), daemon=True).start()
    while data := os.read(sys.stdin.fileno(), _PIECE):
        connection.sendall(data)
    return 0


def _answers(connection: socket.socket) -> None:
    try:
        while data := connection.recv(_PIECE):
            while data:
                data = data[os.write(sys.stdout.fileno(), data) :]
    finally:
        os._exit(0)  # the other thread waits for input, which nothing interrupts


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], int(sys.argv[2])))
    except OSError:  # the connection broke: that is its end
        sys.exit(0)
