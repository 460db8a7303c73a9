"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the database to this version."""
    op.create_table(
        "calls",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("linked_id", sa.String(), nullable=False),
        sa.Column("caller_number", sa.String(), nullable=False),
        sa.Column("dialled", sa.String(), nullable=False),
        sa.Column("trunk", sa.String(), nullable=False),
        sa.Column("sip_call_id", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("segment", sa.String(), nullable=False),
        sa.Column("routed_at", sa.Float()),
        sa.Column("queue", sa.String()),
        sa.Column("priority", sa.Integer()),
        sa.Column("joined_at", sa.Float()),
        sa.Column("rings", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String()),
        sa.Column("interface", sa.String()),
        sa.Column("connected_at", sa.Float()),
        sa.Column("wait_seconds", sa.Float()),
        sa.Column("talk_seconds", sa.Float()),
        sa.Column("hung_up_by", sa.String()),
        sa.Column("ended_at", sa.Float()),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", name="pk_calls"),
    )
    op.create_index(
        "ix_calls_open",
        "calls",
        ["call_id"],
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_calls_routed_at", "calls", ["routed_at"])
    op.create_index("ix_calls_sip_call_id", "calls", ["sip_call_id"])
    op.create_table(
        "customers",
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("potential", sa.Float()),
        sa.Column("need", sa.Float()),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
        sa.Column("preferred_agent", sa.String(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name="pk_customers"),
        sqlite_with_rowid=False,
        postgresql_with={"vacuum_truncate": False},
    )
    op.create_table(
        "decisions",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("customer_id", sa.String()),
        sa.Column("segment", sa.String()),
        sa.Column("queue", sa.String()),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float()),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("route_ms", sa.Float(), nullable=False),
        sa.Column("lookup", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.Column("call", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_at", "decisions", ["at"])
    op.create_table(
        "facts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_facts"),
        sa.UniqueConstraint("call_id", "kind", "at", name="uq_facts_call_id"),
    )
    op.create_table(
        "members",
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("interface", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("queue", "interface", name="pk_members"),
    )
    op.create_table(
        "phones",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.customer_id"], name="fk_phones_customer_id"),
        sa.PrimaryKeyConstraint("number", "customer_id", name="pk_phones"),
        sqlite_with_rowid=False,
        postgresql_with={"vacuum_truncate": False},
    )
    op.create_index("ix_phones_customer_id", "phones", ["customer_id"])


def downgrade() -> None:
    """Take it back to an empty one."""
    for table in ("phones", "customers", "calls", "decisions", "facts", "members"):
        op.drop_table(table)
