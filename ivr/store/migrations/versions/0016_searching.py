"""Calls are found fast by what people know of them, and what is personal in old ones can go."""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_INDEXES = {
    "tests": ("customer_id", "customer_id <> '' AND test"),
    "caller_number": ("caller_number", "caller_number <> ''"),
    "agent": ("agent", "agent IS NOT NULL"),
    "queue": ("queue", "queue IS NOT NULL"),
    "segment": ("segment", "segment <> ''"),
    "outcome": ("outcome", "ended_at IS NOT NULL"),
}
"""By the index's name, what it has beside the time, and of which rows."""
_OF_STAYS = (
    ("stays", "queue", "joined_at", ""),
    ("stays", "agent", "joined_at", "agent <> ''"),
    ("talks", "agent", "began_at", "agent <> ''"),
)
_NEWEST = 20_000  # calls
_STRIDE, _PIECE, _PLACES, _DIGITS = 4, 12, 128, 24
_STARTS = range(1, _PLACES, _STRIDE)


def upgrade() -> None:
    """Take the database to this version."""
    for name, (column, rows) in _INDEXES.items():
        of_rows = _of_rows(rows)
        op.create_index(f"ix_calls_{name}", "calls", [column, "routed_at"], **of_rows)
    op.create_index("ix_calls_linked_id", "calls", ["linked_id"])
    for table, column, at, rows in _OF_STAYS:
        of_rows = _of_rows(rows)
        op.create_index(f"ix_{table}_{column}", table, [column, at], **of_rows)
    _tables()
    is_file = op.get_bind().dialect.name == "sqlite"
    for statement in _of_old_calls(is_file=is_file):
        op.execute(statement)
    for statement in _of_sqlite() if is_file else _of_postgres(_schema()):
        op.execute(statement)


def _of_rows(which: str) -> dict[str, Any]:
    """Make an index of only these rows; of all, if nothing is said."""
    where = sa.text(which)
    return {"sqlite_where": where, "postgresql_where": where} if which else {}


def _tables() -> None:
    exact = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "call_parts",
        sa.Column("part", exact, nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("part", "call_id", name="pk_call_parts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "call_numbers",
        sa.Column("reversed", exact, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("reversed", name="pk_call_numbers"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "forgotten_calls",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("forgotten_at", sa.Float(), nullable=False),
        sa.Column("number_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", name="pk_forgotten_calls"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_forgotten_calls_number_hash", "forgotten_calls", ["number_hash"])


def _schema() -> str:
    bind = op.get_bind()
    name = bind.exec_driver_sql("SELECT current_schema()").scalar_one()
    return bind.dialect.identifier_preparer.quote(name)


def _of_old_calls(*, is_file: bool) -> Iterator[str]:
    """Write what the triggers would have: of names, the newest calls', for it takes a while.

    The service writes the others (older_call_parts.py).
    """
    reverse, digits = (_reversed, "GLOB '*[0-9]*'") if is_file else (_turned, "~ '[0-9]'")
    newest = f"ORDER BY routed_at DESC LIMIT {_NEWEST}"
    recent = f"(SELECT * FROM calls WHERE routed_at IS NOT NULL {newest}) AS recent"  # noqa: S608
    names = f"(SELECT call_id, {{}} AS name FROM {recent}) AS named"  # noqa: S608 - ours
    places = _places_of_sqlite() if is_file else _places_of_postgres()
    lower = "lower(name)" if is_file else 'lower(name COLLATE "C")'
    parts = " UNION ".join(
        f"SELECT substr({lower}, place, {_PIECE}), call_id "  # noqa: S608 - ours
        f"FROM {names.format(column)}, {places} WHERE place <= length(name) - 2"
        for column in ("call_id", "sip_call_id")
    )
    yield f"INSERT INTO call_parts (part, call_id) {parts} ORDER BY 1, 2"
    yield (
        "INSERT INTO call_numbers (reversed, number) "  # noqa: S608
        f"SELECT {reverse('caller_number')}, MAX(caller_number) FROM calls "
        f"WHERE caller_number {digits} GROUP BY 1"
    )


def _reversed(number: str) -> str:
    """Turn a text round, which SQLite cannot: the last character first, so many at most."""
    return " || ".join(f"substr({number}, -{n}, 1)" for n in range(1, _DIGITS + 1))


def _turned(number: str) -> str:
    return f"reverse(right({number}, {_DIGITS}))"


def _places_of_sqlite() -> str:
    places = ", ".join(f"({n})" for n in _STARTS)
    return f"(SELECT column1 AS place FROM (VALUES {places}))"  # noqa: S608 - ours


def _places_of_postgres() -> str:
    return f"generate_series(1, {_STARTS[-1]}, {_STRIDE}) AS place"


def _of_sqlite() -> Iterator[str]:
    for event, row, old in (("INSERT", "NEW", ""), ("UPDATE", "NEW", "OLD"), ("DELETE", "", "OLD")):
        sip = " WHEN OLD.sip_call_id <> NEW.sip_call_id" if event == "UPDATE" else ""
        of_sip = " OF sip_call_id" if event == "UPDATE" else ""
        statements = [_parts_gone(old)] if old else []
        statements += [_parts_kept(row)] if row else []
        yield _sqlite_trigger("call_parts", event, of_sip, sip, statements)
        number = " WHEN OLD.caller_number <> NEW.caller_number" if event == "UPDATE" else ""
        of_number = " OF caller_number" if event == "UPDATE" else ""
        statements = [_number_gone(old, _reversed)] if old else []
        if row:
            statements.append(_number_kept(row, _reversed, "GLOB '*[0-9]*'"))
        if not row:
            statements.append("DELETE FROM forgotten_calls WHERE call_id = OLD.call_id")
        yield _sqlite_trigger("call_numbers", event, of_number, number, statements)


def _sqlite_trigger(table: str, event: str, of: str, when: str, statements: list[str]) -> str:
    name = f"{table}_of_{event}".lower()
    body = "; ".join(statements)
    return f"CREATE TRIGGER {name} AFTER {event}{of} ON calls{when} BEGIN {body}; END"


def _parts_kept(row: str) -> str:
    return f"INSERT INTO call_parts (part, call_id) {_pieces(row)} ON CONFLICT DO NOTHING"


def _parts_gone(row: str) -> str:
    pieces = _pieces(row).replace(f", {row}.call_id FROM", " FROM")
    theirs = f"call_id = {row}.call_id AND part IN ({pieces})"
    return f"DELETE FROM call_parts WHERE {theirs}"  # noqa: S608 - ours


def _pieces(row: str) -> str:
    names = f"(SELECT {row}.call_id AS name UNION SELECT {row}.sip_call_id)"
    return (
        f"SELECT substr(lower(name), place, {_PIECE}), {row}.call_id FROM {names}, "  # noqa: S608
        f"{_places_of_sqlite()} WHERE place <= length(name) - 2"
    )


def _number_kept(row: str, reverse: Callable[[str], str], digits: str) -> str:
    number = f"{row}.caller_number"
    return (
        f"INSERT INTO call_numbers (reversed, number) SELECT {reverse(number)}, {number} "
        f"WHERE {number} {digits} ON CONFLICT DO NOTHING"
    )


def _number_gone(row: str, reverse: Callable[[str], str]) -> str:
    number = f"{row}.caller_number"
    return (
        f"DELETE FROM call_numbers WHERE reversed = {reverse(number)} "  # noqa: S608
        f"AND NOT EXISTS (SELECT 1 FROM calls WHERE caller_number = {number} "
        "AND caller_number <> '')"
    )


def _of_postgres(schema: str) -> Iterator[str]:
    """Make the function that keeps them.

    It has its owner's rights: who may write calls needs none to the other tables.
    """
    yield f"""
        CREATE FUNCTION keep_call_names() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM call_parts WHERE call_id = OLD.call_id
                    AND part IN ({_postgres_pieces("OLD")});
                {_number_gone("OLD", _turned)};
            END IF;
            IF TG_OP = 'DELETE' THEN
                DELETE FROM forgotten_calls WHERE call_id = OLD.call_id;
                RETURN NULL;
            END IF;
            INSERT INTO call_parts (part, call_id)
                SELECT part, NEW.call_id FROM ({_postgres_pieces("NEW")}) AS pieces (part)
                ON CONFLICT DO NOTHING;
            {_number_kept("NEW", _turned, "~ '[0-9]'")};
            RETURN NULL;
        END $$
    """  # noqa: S608 - ours
    yield "REVOKE EXECUTE ON FUNCTION keep_call_names() FROM PUBLIC"
    changed = ("OLD.sip_call_id <> NEW.sip_call_id", "OLD.caller_number <> NEW.caller_number")
    for event, when in (
        ("INSERT", ""),
        ("UPDATE OF sip_call_id, caller_number", f"WHEN ({' OR '.join(changed)})"),
        ("DELETE", ""),
    ):
        name = f"call_names_{event.split()[0].lower()}"
        then = f"FOR EACH ROW {when} EXECUTE FUNCTION keep_call_names()"
        yield f"CREATE TRIGGER {name} AFTER {event} ON calls {then}"


def _postgres_pieces(row: str) -> str:
    return (
        f'SELECT substr(lower(name COLLATE "C"), place, {_PIECE}) '  # noqa: S608 - ours
        f"FROM unnest(ARRAY[{row}.call_id, {row}.sip_call_id]) AS name, {_places_of_postgres()} "
        "WHERE place <= length(name) - 2"
    )


def downgrade() -> None:
    """Take it back to the version before."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in _of_sqlite():
            op.execute(f"DROP TRIGGER {statement.split()[2]}")
    else:
        op.execute("DROP FUNCTION keep_call_names() CASCADE")  # with its triggers
    for table in ("forgotten_calls", "call_numbers", "call_parts"):
        op.drop_table(table)
    for table, column, *_ in _OF_STAYS:
        op.drop_index(f"ix_{table}_{column}", table)
    for name in ("linked_id", *_INDEXES):
        op.drop_index(f"ix_calls_{name}", "calls")
