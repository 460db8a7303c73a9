"""Scores stand apart from what they are made of, which changes less often."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
_SCORES = ("value", "potential", "need")
_NEXT = "customer_scores_next"


def upgrade() -> None:
    """Take the database to this version.

    Digests are of another kind now: the next run writes everybody's metrics anew.
    """
    kept = ["run", "metrics", "attributes", "digest"]
    kept += [f"previous_{name}" for name in kept]
    _metrics()
    _copy("customer_metrics", ["customer_id", *kept])
    _scores()


def _metrics() -> None:
    columns: list[sa.Column[Any]] = [
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("run", sa.BigInteger(), nullable=False),
        sa.Column("metrics", sa.JSON(), nullable=False),
        sa.Column("attributes", sa.JSON()),
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.Column("previous_run", sa.BigInteger()),
        sa.Column("previous_metrics", sa.JSON()),
        sa.Column("previous_attributes", sa.JSON()),
        sa.Column("previous_digest", sa.BigInteger()),
    ]
    _made("customer_metrics", "customer_metrics", columns)


def _scores() -> None:
    """Make the table under another name: PostgreSQL's lookups then wait for a moment only."""
    columns: list[sa.Column[Any]] = [sa.Column("customer_id", sa.String(), nullable=False)]
    for prefix in ("", "previous_"):
        columns.append(sa.Column(f"{prefix}run", sa.BigInteger(), nullable=bool(prefix)))
        columns += [sa.Column(f"{prefix}{name}", sa.Float()) for name in _SCORES]
    is_sqlite = op.get_bind().dialect.name == "sqlite"  # a constraint's name is its table's own
    named = "customer_scores" if is_sqlite else _NEXT
    _made(_NEXT, named, columns, sqlite_with_rowid=False)
    _copy(_NEXT, [column.name for column in columns])
    op.drop_table("customer_scores")
    op.rename_table(_NEXT, "customer_scores")
    for name in () if is_sqlite else ("pk_{}", "fk_{}_customer_id"):
        names = f"{name.format(_NEXT)} TO {name.format('customer_scores')}"
        op.execute(f"ALTER TABLE customer_scores RENAME CONSTRAINT {names}")


def _made(table: str, named: str, columns: list[sa.Column[Any]], **options: bool) -> None:
    op.create_table(
        table,
        *columns,
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.customer_id"],
            name=f"fk_{named}_customer_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("customer_id", name=f"pk_{named}"),
        postgresql_with={"vacuum_truncate": False},
        **options,
    )


def _copy(table: str, columns: list[str]) -> None:
    names = ", ".join(columns)
    copied = f"SELECT {names} FROM customer_scores"  # noqa: S608 - names of ours
    op.execute(f"INSERT INTO {table} ({names}) {copied}")


def downgrade() -> None:
    """Take it back to the version before: until there is a run, the given scores count."""
    op.drop_table("customer_metrics")
    op.execute("DELETE FROM customer_scores")
    op.execute("DELETE FROM score_runs")
    parts = ("metrics", "attributes", "digest")
    for name in parts:
        type_ = sa.BigInteger() if name == "digest" else sa.JSON()
        default = {"metrics": "{}", "digest": "0"}.get(name)
        op.add_column(
            "customer_scores",
            sa.Column(name, type_, nullable=default is None, server_default=default),
        )
        op.add_column("customer_scores", sa.Column(f"previous_{name}", type_))
