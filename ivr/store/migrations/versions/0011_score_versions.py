"""Scoring files and calibrations are kept, and may be published; a run names its own."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "score_versions",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("scoring", sa.String(), nullable=False),
        sa.Column("calibration", sa.String(), nullable=False),
        sa.Column("first_seen_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_score_versions"),
    )
    op.create_table(
        "score_publications",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["score_versions.version"],
            name="fk_score_publications_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_score_publications"),
    )
    definition = sa.Column("definition", sa.String(), nullable=False, server_default="")
    op.add_column("score_runs", definition)


def downgrade() -> None:
    """Take it back to the version before: the files beside the policy count."""
    op.drop_column("score_runs", "definition")
    op.drop_table("score_publications")
    op.drop_table("score_versions")
