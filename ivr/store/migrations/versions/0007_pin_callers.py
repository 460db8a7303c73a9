"""Tries of PINs say where they came from, so that they can be limited by that, too."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the database to this version. Tries that are there already came from nobody knows where."""
    op.add_column("pin_tries", sa.Column("trunk", sa.String(), nullable=False, server_default=""))
    op.add_column("pin_tries", sa.Column("caller", sa.String(), nullable=False, server_default=""))
    op.add_column("pin_tries", sa.Column("own", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_pin_tries_trunk", "pin_tries", ["trunk", "caller", "at"])
    op.create_index("ix_pin_tries_at", "pin_tries", ["at"])


def downgrade() -> None:
    """Take it back to the version before."""
    op.drop_index("ix_pin_tries_at", "pin_tries")
    op.drop_index("ix_pin_tries_trunk", "pin_tries")
    for name in ("own", "caller", "trunk"):
        op.drop_column("pin_tries", name)
