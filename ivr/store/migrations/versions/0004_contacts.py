"""Calls know their customer, so that a customer's earlier calls are found."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_IS_CONTACT = sa.text("customer_id <> '' AND NOT test")


def upgrade() -> None:
    """Take the database to this version. Calls that are there already get their customer from their decision."""
    op.add_column("calls", sa.Column("customer_id", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE calls SET customer_id = decisions.customer_id FROM decisions "
        "WHERE decisions.call_id = calls.call_id AND decisions.customer_id IS NOT NULL"
    )
    op.create_index(
        "ix_calls_contacts",
        "calls",
        ["customer_id", "routed_at"],
        sqlite_where=_IS_CONTACT,
        postgresql_where=_IS_CONTACT,
    )


def downgrade() -> None:
    """Take it back to the version before."""
    op.drop_index("ix_calls_contacts", "calls")
    op.drop_column("calls", "customer_id")
