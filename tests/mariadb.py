"""A MariaDB server of our own, for tests of sources that lie in MySQL or MariaDB."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pymysql
import pytest

from tests.scored import TYPES, Row

MISSING = "MariaDB's programs are missing: apt-get install mariadb-server"
ENCODED = "p%40ss%2Fw0rd"  # the reader's password, as a URL has it
_NUMBERS = count(1)
_TYPES = {
    "VARCHAR": "VARCHAR(60)",
    "TIMESTAMPTZ": "TIMESTAMP(6) NULL",
    "BOOLEAN": "TINYINT(1)",
}


class MariadbServer:
    """On a Unix socket in a folder of its own; gone with the tests."""

    def __init__(self) -> None:
        path = f"{os.environ.get('PATH', '')}:/usr/sbin"  # which people's PATH may lack
        serving = shutil.which("mariadbd", path=path)
        installing = shutil.which("mariadb-install-db", path=path)
        if not serving or not installing:
            pytest.skip(MISSING)
        self.folder = Path(tempfile.mkdtemp(prefix="segment-ivr-mariadb-"))
        self.socket, data = self.folder / "socket", f"--datadir={self.folder / 'data'}"
        user = f"--user={pwd.getpwuid(os.geteuid()).pw_name}"
        self._log = (self.folder / "log").open("wb")
        method = "--auth-root-authentication-method=normal"
        made = [installing, "--no-defaults", data, user, method, "--skip-test-db"]
        subprocess.run(made, check=True, stdout=self._log, stderr=self._log, timeout=120)
        settings = [
            *("--skip-networking", f"--socket={self.socket}", "--innodb-buffer-pool-size=32M"),
            *("--innodb-flush-log-at-trx-commit=0", f"--pid-file={self.folder / 'pid'}"),
        ]
        serve = [serving, "--no-defaults", data, user, *settings]
        self._server = subprocess.Popen(serve, stdout=self._log, stderr=self._log)
        patient_until = time.monotonic() + 60
        while not self._answers():
            assert self._server.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < patient_until, "MariaDB does not start"
            time.sleep(0.02)

    def do(self, statement: str, rows: Sequence[Row] = (), database: str | None = None) -> None:
        """Run a statement as the server's own user; once for each of the rows, if there are any."""
        with (
            pymysql.connect(
                unix_socket=str(self.socket),
                user="root",
                database=database,
                autocommit=True,
                init_command="SET time_zone = '+00:00', sql_mode = ''",
            ) as connection,
            connection.cursor() as cursor,
        ):
            if rows:
                cursor.executemany(statement, rows)
            else:
                cursor.execute(statement)

    def close(self) -> None:
        """End it, and remove its folder."""
        self._server.kill()
        self._server.wait(30)
        self._log.close()
        shutil.rmtree(self.folder)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:  # the driver leaves its own one open
            try:
                probe.connect(str(self.socket))
            except OSError:
                return False
        self.do("SELECT 1")
        return True


class MariadbDatabase:
    """One that is made for one test, and whose user may only read."""

    def __init__(self, server: MariadbServer) -> None:
        self.server, self.name = server, f"Shop{next(_NUMBERS)}"
        self.reader = self.name.lower()
        server.do(f"CREATE DATABASE `{self.name}` CHARACTER SET utf8mb4")
        server.do(f"CREATE USER '{self.reader}'@'localhost' IDENTIFIED BY 'p@ss/w0rd'")
        server.do(f"GRANT SELECT ON `{self.name}`.* TO '{self.reader}'@'localhost'")

    def do(self, statement: str, rows: Sequence[Row] = ()) -> None:
        """Run a statement in it."""
        self.server.do(statement, rows, self.name)

    def url(self, table: str, password: str = ENCODED, scheme: str = "mariadb") -> str:
        """Return the setting that names a table."""
        who = f"{self.reader}:{password}"
        return f"{scheme}://{who}@localhost/{self.name}?unix_socket={self.server.socket}#{table}"

    def drop(self) -> None:
        """Remove it."""
        self.server.do(f"DROP DATABASE `{self.name}`")
        self.server.do(f"DROP USER '{self.reader}'@'localhost'")


def in_mariadb(database: MariadbDatabase, rows: Sequence[Row]) -> str:
    """Put rows of orders there, and return the setting that names the place."""
    columns = ", ".join(f"`{name}` {_TYPES.get(type_, type_)}" for name, type_ in TYPES.items())
    database.do(f"CREATE TABLE orders ({columns})")
    flags = {"yes": "1", "no": "0", None: None}
    made = []
    for who, at, *rest, first in rows:
        when = at and at.replace("T", " ").rstrip("Z")
        made.append((who, when, *rest, flags[first]))
    marks = ", ".join(["%s"] * len(TYPES))
    database.do(f"INSERT INTO orders VALUES ({marks})", made)  # noqa: S608 - of this test
    return database.url("orders")
