"""Scores may be calculated; those that are given say when they were."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the database to this version.

    Scores that are there already were given when their row came in.
    """
    op.add_column("customers", sa.Column("scored_at", sa.Float()))
    op.execute("UPDATE customers SET scored_at = updated_at")
    _runs()
    _scores()


def _runs() -> None:
    op.create_table(
        "score_runs",
        sa.Column(
            "run",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("calibration", sa.String(), nullable=False),
        sa.Column("began_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float()),
        sa.Column("withdrawn_at", sa.Float()),
        sa.Column("customers", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("changed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("why", sa.String(), nullable=False, server_default=""),
        sa.Column("put_back", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("run", name="pk_score_runs"),
        sqlite_autoincrement=True,
    )


def _scores() -> None:
    op.create_table(
        "customer_scores",
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("run", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("potential", sa.Float()),
        sa.Column("need", sa.Float()),
        sa.Column("metrics", sa.JSON(), nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.Column("previous_run", sa.BigInteger()),
        sa.Column("previous_value", sa.Float()),
        sa.Column("previous_potential", sa.Float()),
        sa.Column("previous_need", sa.Float()),
        sa.Column("previous_metrics", sa.JSON()),
        sa.Column("previous_digest", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.customer_id"],
            name="fk_customer_scores_customer_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("customer_id", name="pk_customer_scores"),
        postgresql_with={"vacuum_truncate": False},
    )


def downgrade() -> None:
    """Take it back to the version before: the given scores count, with the age of their row."""
    op.drop_table("customer_scores")
    op.drop_table("score_runs")
    op.drop_column("customers", "scored_at")
