"""Versions of the policy: their texts, which never change, and which of them was put in force when and by whom.

All functions raise StoreError, for what the database says and for what cannot be done.
"""

from sqlalchemy import Connection, Engine, insert, select

from ivr.domain.policy_version import Kind, Publication, VersionTexts, version_of
from ivr.errors import StoreError
from ivr.store import version_query
from ivr.store.engine import EngineReading, explained, insert_new, run_on, writing
from ivr.store.tables import policy_publications, policy_versions

_ORDER = policy_publications.c.id


def keep(engine: Engine, version: str, policy: str, agents: str, at: float) -> None:
    """Keep the texts of a version; what is there already stays as it is. `at` is Unix time in seconds."""
    with explained(engine), writing(engine) as connection:
        _keep(connection, version, policy, agents, at)


def publish(engine: Engine, policy: str, agents: str, author: str, message: str, at: float) -> Publication:
    """Put these texts in force, in one transaction: they are kept and in force, or neither."""
    with explained(engine), writing(engine) as connection:
        version = version_of(policy, agents)
        _keep(connection, version, policy, agents, at)
        return _add(connection, version, author, message, at, "publish")


def rollback(engine: Engine, author: str, message: str, at: float, to: str | None = None) -> Publication:
    """Put an earlier version in force again, and say so in the log: nothing is undone without a trace.

    `to` is a version or its beginning; it may also be one that was only ever in the files. Without it, it is the one
    before: after going back from the third version to the second, that is the first. After a withdrawal it is the
    version that was withdrawn.
    """
    with explained(engine), writing(engine) as connection:
        version = _one(connection, to).version if to is not None else _before(connection)
        return _add(connection, version, author, message, at, "rollback")


def before(engine: Engine) -> VersionTexts:
    """What `rollback` without a version goes to."""
    with explained(engine), engine.connect() as connection:
        return _one(connection, _before(connection))


def withdraw(engine: Engine, author: str, message: str, at: float) -> Publication:
    """Have no version in force any more: the files count again."""
    with explained(engine), writing(engine) as connection:
        last = _last(connection)
        if last is None or last.kind == "withdraw":
            raise StoreError("no version is published, so there is none to withdraw: the files count already")
        return _add(connection, last.version, author, message, at, "withdraw")


def current(engine: Engine) -> tuple[Publication, VersionTexts] | None:
    """What is in force, and since when; None when the files count."""
    with explained(engine), engine.connect() as connection:
        last = _last(connection)
        return None if last is None or last.kind == "withdraw" else (last, _one(connection, last.version))


def log(engine: Engine, count: int) -> list[Publication]:
    """The last `count` publications, newest first."""
    with EngineReading(engine).asking() as run:
        return version_query.log(run, count)


def texts_of(engine: Engine, prefix: str) -> VersionTexts:
    """The texts of the version that begins so (six characters or more)."""
    with EngineReading(engine).asking() as run:
        return version_query.texts_of(run, prefix)


def _keep(connection: Connection, version: str, policy: str, agents: str, at: float) -> None:
    if "\0" in policy or "\0" in agents:
        raise ValueError("the policy has a NUL in it")  # PostgreSQL has no such text
    if version != version_of(policy, agents):
        raise StoreError(f"the texts are not those of version {version}: they would be {version_of(policy, agents)}")
    row = {"version": version, "policy": policy, "agents": agents, "first_seen_at": at}
    connection.execute(insert_new(connection, policy_versions), row)


def _add(connection: Connection, version: str, author: str, message: str, at: float, kind: Kind) -> Publication:
    _one(connection, version)  # nothing is put in force that cannot be read again
    if "\0" in author or "\0" in message:
        raise ValueError("author or message has a NUL in it")
    row = {"version": version, "at": at, "author": author, "message": message, "kind": kind}
    key = connection.execute(insert(policy_publications), row).inserted_primary_key
    assert key is not None  # noqa: S101 - of one row there is always one
    return Publication(key[0], version, at, author, message, kind)


def _last(connection: Connection) -> Publication | None:
    return next(iter(version_query.log(run_on(connection), 1)), None)


def _before(connection: Connection) -> str:
    """The version that a rollback goes to: published versions are a pile, and a rollback takes from its top."""
    pile: list[str] = []
    in_force = False
    columns = (policy_publications.c.version, policy_publications.c.kind)
    for version, kind in connection.execute(select(*columns).order_by(_ORDER)):
        in_force = kind != "withdraw"
        if kind == "rollback" and version in pile:
            while pile[-1] != version:
                pile.pop()
        elif in_force and pile[-1:] != [version]:
            pile.append(version)
    if not pile:
        raise StoreError("no version was ever published: there is none to go back to")
    if not in_force:
        return pile[-1]
    if len(pile) == 1:
        raise StoreError(f"{pile[0]} is the first version that was published: withdraw it to go back to the files")
    return pile[-2]


def _one(connection: Connection, prefix: str) -> VersionTexts:
    return version_query.texts_of(run_on(connection), prefix)
