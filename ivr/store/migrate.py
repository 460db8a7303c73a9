"""Brings a database to the tables of this version.

A new migration:
`alembic.command.revision(config(connection), "what changes", autogenerate=True, rev_id="0002")`.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from ivr.errors import StoreError
from ivr.store.engine import explained, unhurried, writing


def upgrade(engine: Engine) -> None:
    """Bring the database to `head()`. Several processes may do so at once. Raises StoreError."""
    with explained(engine), writing(engine) as connection:
        have, known = _current(connection), {script.revision for script in _scripts().walk_revisions()}
        if have is not None and have not in known:
            raise StoreError(f"the database has version {have}, and this program knows only {head()}: use a newer one")
        if have != head():
            with unhurried(connection):
                command.upgrade(config(connection), "head")


def current(engine: Engine) -> str | None:
    """The version of the database; None when nothing of ours is in it. Raises StoreError."""
    with explained(engine), engine.connect() as connection:
        return _current(connection)


def head() -> str:
    """The version that this program works with."""
    revision = _scripts().get_current_head()
    assert revision is not None, "there is no migration"  # noqa: S101 - the package would be incomplete
    return revision


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for a transaction that is open on `connection`."""
    made = Config()
    folder = str(Path(__file__).parent / "migrations")
    made.set_main_option("script_location", folder.replace("%", "%%"))  # % would be a variable
    made.attributes["connection"] = connection
    return made


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())
