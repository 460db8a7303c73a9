"""Whatever is written about customers is noted, whoever writes it."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NOTED = {
    "customers": ("customer", "customer_id"),
    "phones": ("number", "number"),
    "calls": ("contacts", "customer_id"),
    "score_runs": ("run", "run"),
}
"""For each table that is followed, the kind of change, and the column that says whose it is."""
_OF_SOMEBODY = {"calls": "{row}customer_id <> '' AND NOT {row}test"}
"""Of which rows, where not of all: those that are an index's own."""
_WITH_ROWS = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "changes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("written_in", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
    )
    op.create_index(
        "ix_changes_written_in",
        "changes",
        ["written_in"],
        sqlite_where=sa.text("written_in IS NOT NULL"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for table in _NOTED:
            for statement in _sqlite_triggers(table):
                op.execute(statement)
        return
    schema = op.get_bind().dialect.identifier_preparer.quote(
        op.get_bind().exec_driver_sql("SELECT current_schema()").scalar_one()
    )
    for table in _NOTED:
        op.execute(_function(table, schema))
        # Who writes fires triggers, and need not be let call what they call.
        op.execute(f"REVOKE EXECUTE ON FUNCTION note_{table}() FROM PUBLIC")
        for event, rows in _WITH_ROWS.items():
            op.execute(_trigger(table, event, f"REFERENCING {rows}"))
        op.execute(_trigger(table, "TRUNCATE"))


def _sqlite_triggers(table: str) -> Iterator[str]:
    """Give a trigger for each way to write a row: SQLite has none for many rows at once."""
    kind, column = _NOTED[table]
    of_somebody = _OF_SOMEBODY.get(table, "")
    for event, rows in {"INSERT": ["NEW"], "UPDATE": ["NEW", "OLD"], "DELETE": ["OLD"]}.items():
        for row in rows:
            conditions = [of_somebody.format(row=f"{row}.")] if of_somebody else []
            if len(rows) > 1 and row == "OLD":  # it is somebody else's now, or nobody's
                lost = f"OLD.{column} <> NEW.{column}"
                conditions.append(f"({lost} OR NEW.test)" if of_somebody else lost)
            when = f"WHEN {' AND '.join(conditions)}" if conditions else ""
            name = f"{table}_{event}_{row}".lower()
            values = f"('{kind}', {row}.{column})"
            note = f"INSERT INTO changes (kind, key) VALUES {values}"  # noqa: S608 - ours
            yield f"CREATE TRIGGER {name} AFTER {event} ON {table} {when} BEGIN {note}; END"
    if of_somebody:  # INSERT OR REPLACE fires no trigger for the row that goes
        yield f"""
            CREATE TRIGGER {table}_replaced BEFORE INSERT ON {table} BEGIN
                INSERT INTO changes (kind, key) SELECT '{kind}', {column} FROM {table}
                WHERE call_id = NEW.call_id AND {column} <> '' AND {column} <> NEW.{column};
            END
        """  # noqa: S608 - ours


def _function(table: str, schema: str) -> str:
    """Make the function that notes what a statement wrote.

    It has its owner's rights: who may write customers needs none to `changes`. So it looks for
    nothing where others may have put something of that name: their temporary tables come last.
    """
    kind, column = _NOTED[table]
    where = f"WHERE {_OF_SOMEBODY[table].format(row='')}" if table in _OF_SOMEBODY else ""
    old, new = (
        f"SELECT {column} FROM {each}_rows {where}"  # noqa: S608 - ours
        for each in ("old", "new")
    )
    noted = (
        f"INSERT INTO {schema}.changes (kind, key, written_in) SELECT DISTINCT '{kind}', {column}, "
        "CAST(CAST(pg_current_xact_id() AS text) AS bigint) FROM"
    )
    return f"""
        CREATE FUNCTION note_{table}() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN {noted} ({new}) AS written;
            ELSIF TG_OP = 'UPDATE' THEN {noted} ({old} UNION {new}) AS written;
            ELSIF TG_OP = 'DELETE' THEN {noted} ({old}) AS written;
            ELSE {noted.replace(f"'{kind}', {column}", "'all', ''")} (SELECT 1) AS written;
            END IF;
            RETURN NULL;
        END $$
    """


def _trigger(table: str, event: str, rows: str = "") -> str:
    return (
        f"CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION note_{table}()"
    )


def downgrade() -> None:
    """Take it back to the version before."""
    if op.get_bind().dialect.name == "sqlite":
        for table in _NOTED:
            for statement in _sqlite_triggers(table):
                op.execute(f"DROP TRIGGER {statement.split()[2]}")
    else:
        for table in _NOTED:
            op.execute(f"DROP FUNCTION note_{table}() CASCADE")  # with its triggers
    op.drop_table("changes")
