"""A run keeps what it knows of a customer beside the scores."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the database to this version: the runs so far know no attributes."""
    for name in ("attributes", "previous_attributes"):
        op.add_column("customer_scores", sa.Column(name, sa.JSON()))


def downgrade() -> None:
    """Take it back to the version before."""
    for name in ("previous_attributes", "attributes"):
        op.drop_column("customer_scores", name)
