"""Customers have attributes that conditions ask for, a customer number and a PIN."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXTS = ("products", "contract", "customer_number", "pin_hash")
_FLAGS = ("open_case", "lapsed", "prefers_self_service")


def upgrade() -> None:
    """Take the database to this version."""
    for name in _TEXTS:
        op.add_column("customers", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in _FLAGS:
        op.add_column("customers", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_customers_customer_number",
        "customers",
        ["customer_number", "customer_id"],
        sqlite_where=sa.text("customer_number != ''"),
        postgresql_where=sa.text("customer_number != ''"),
    )


def downgrade() -> None:
    """Take it back to the version before."""
    op.drop_index("ix_customers_customer_number", "customers")
    for name in (*_TEXTS, *_FLAGS):
        op.drop_column("customers", name)
