"""A run says what it took of each source; runs are scheduled."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the database to this version."""
    op.add_column("score_runs", sa.Column("as_of", sa.Float()))
    op.add_column("score_runs", sa.Column("sources", sa.JSON()))
    op.create_table(
        "score_schedule",
        sa.Column("planned_at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("runner", sa.String(), nullable=False),
        sa.Column("heartbeat_at", sa.Float(), nullable=False),
        sa.Column("began_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float()),
        sa.Column("why", sa.String(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("planned_at", name="pk_score_schedule"),
    )


def downgrade() -> None:
    """Take it back to the version before: scores are as old as their run."""
    op.drop_table("score_schedule")
    op.drop_column("score_runs", "sources")
    op.drop_column("score_runs", "as_of")
