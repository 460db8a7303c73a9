"""Versions of the policy: their texts, which never change, and which was in force when, by whom.

With `of` SCORING, versions of the scoring: the two texts are then scoring.yaml and the calibration.

All functions raise StoreError, for what the database says and for what cannot be done.
"""

from sqlalchemy import Connection, Engine, Table, insert, select

from ivr.domain.policy_version import Kind, Publication, VersionTexts, version_of
from ivr.errors import StoreError
from ivr.store import version_query
from ivr.store.engine import explained, insert_new, writing
from ivr.store.engine_reading import EngineReading, run_on
from ivr.store.tables import metadata
from ivr.store.version_query import POLICY, Versioned


def keep(
    engine: Engine,
    version: str,
    policy: str,
    agents: str,
    at: float,
    of: Versioned = POLICY,
) -> None:
    """Keep the texts of a version; what is there already stays as it is.

    `at` is Unix time in seconds.
    """
    with explained(engine), writing(engine) as connection:
        _keep(connection, of, VersionTexts(version, policy, agents), at)


def publish(
    engine: Engine,
    policy: str,
    agents: str,
    author: str,
    message: str,
    at: float,
    of: Versioned = POLICY,
) -> Publication:
    """Put these texts in force, in one transaction: they are kept and in force, or neither."""
    with explained(engine), writing(engine) as connection:
        version = version_of(policy, agents)
        _keep(connection, of, VersionTexts(version, policy, agents), at)
        return _add(connection, of, (version, author, message, at, "publish"))


def rollback(
    engine: Engine,
    author: str,
    message: str,
    at: float,
    to: str | None = None,
    of: Versioned = POLICY,
) -> Publication:
    """Put an earlier version in force again, and say so in the log: it leaves a trace.

    `to` is a version or its beginning; it may also be one that was only ever in the files.
    Without it, it is the one before: after going back from the third version to the second, that
    is the first. After a withdrawal it is the version that was withdrawn.
    """
    with explained(engine), writing(engine) as connection:
        version = _one(connection, of, to).version if to is not None else _before(connection, of)
        return _add(connection, of, (version, author, message, at, "rollback"))


def before(engine: Engine, of: Versioned = POLICY) -> VersionTexts:
    """What `rollback` without a version goes to."""
    with explained(engine), engine.connect() as connection:
        return _one(connection, of, _before(connection, of))


def withdraw(
    engine: Engine,
    author: str,
    message: str,
    at: float,
    of: Versioned = POLICY,
) -> Publication:
    """Have no version in force any more: the files count again."""
    with explained(engine), writing(engine) as connection:
        last = version_query.in_force(run_on(connection), of)
        if last is None:
            raise StoreError("no version is published, so there is none to withdraw: the files count already")
        return _add(connection, of, (last.version, author, message, at, "withdraw"))


def current(engine: Engine, of: Versioned = POLICY) -> tuple[Publication, VersionTexts] | None:
    """What is in force, and since when; None when the files count."""
    with explained(engine), engine.connect() as connection:
        last = version_query.in_force(run_on(connection), of)
        return None if last is None else (last, _one(connection, of, last.version))


def log(engine: Engine, count: int, of: Versioned = POLICY) -> list[Publication]:
    """The last `count` publications, newest first."""
    with EngineReading(engine).asking() as run:
        return version_query.log(run, count, of)


def texts_of(engine: Engine, prefix: str, of: Versioned = POLICY) -> VersionTexts:
    """The texts of the version that begins so (six characters or more)."""
    with EngineReading(engine).asking() as run:
        return version_query.texts_of(run, prefix, of)


def _keep(connection: Connection, of: Versioned, texts: VersionTexts, at: float) -> None:
    if "\0" in texts.policy or "\0" in texts.agents:
        raise ValueError("one of the texts has a NUL in it")  # PostgreSQL has no such text
    made = version_of(texts.policy, texts.agents)
    if texts.version != made:
        problem = f"the texts are not those of version {texts.version}"
        raise StoreError(f"{problem}: they would be {made}")
    parts = dict(zip(of.parts, (texts.policy, texts.agents), strict=True))
    row = {"version": texts.version, **parts, "first_seen_at": at}
    connection.execute(insert_new(connection, metadata.tables[f"{of.name}_versions"]), row)


def _add(connection: Connection, of: Versioned, told: tuple[str, str, str, float, Kind]) -> Publication:
    """Put a version in force, or out of it: `told` are version, author, message, time, kind."""
    version, author, message, at, kind = told
    _one(connection, of, version)  # nothing is put in force that cannot be read again
    if "\0" in author or "\0" in message:
        raise ValueError("author or message has a NUL in it")
    row = {"version": version, "at": at, "author": author, "message": message, "kind": kind}
    key = connection.execute(insert(_publications(of)), row).inserted_primary_key
    assert key is not None  # noqa: S101 - of one row there is always one
    return Publication(key[0], version, at, author, message, kind)


def _publications(of: Versioned) -> Table:
    return metadata.tables[f"{of.name}_publications"]


def _before(connection: Connection, of: Versioned) -> str:
    """The version that a rollback goes to: published versions are a pile, and a rollback takes from its top."""
    pile: list[str] = []
    in_force = False
    row = _publications(of).c
    for version, kind in connection.execute(select(row.version, row.kind).order_by(row.id)):
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


def _one(connection: Connection, of: Versioned, prefix: str) -> VersionTexts:
    return version_query.texts_of(run_on(connection), prefix, of)
