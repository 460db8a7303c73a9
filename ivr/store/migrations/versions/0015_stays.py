"""Stays, talks, agents' states and gaps have rows; calls know what was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Empty for the calls that are there: to fill them in would stop routing for as long as it takes.
# Their decisions say it.
_DECIDED = (
    "entry_point",
    "intent",
    "treatment",
    "rule",
    "policy_version",
    "part_of",
    "identified",
)


def upgrade() -> None:
    """Take the database to this version."""
    for name in _DECIDED:
        op.add_column("calls", sa.Column(name, sa.String(), nullable=False, server_default=""))
    is_part = sa.text("part_of <> ''")
    op.create_index(
        "ix_calls_part_of",
        "calls",
        ["part_of"],
        sqlite_where=is_part,
        postgresql_where=is_part,
    )
    source = sa.Column("source", sa.String(), nullable=False, server_default="ami")
    op.add_column("facts", source)
    _stays()
    _talks()
    _agent_states()
    _gaps()
    op.create_table(
        "queue_log_positions",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("position", sa.JSON(), nullable=False),
        sa.Column("read_until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_queue_log_positions"),
    )


def _stays() -> None:
    op.create_table(
        "stays",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("joined_at", sa.Float(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("left_at", sa.Float()),
        sa.Column("wait_seconds", sa.Float()),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("interface", sa.String(), nullable=False),
        sa.Column("talk_seconds", sa.Float()),
        sa.Column("priority", sa.Integer()),
        sa.Column("within", sa.Float()),
        sa.Column("short_abandon", sa.Float()),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "number", name="pk_stays"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stays_joined_at", "stays", ["joined_at"])


def _talks() -> None:
    op.create_table(
        "talks",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stay", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("interface", sa.String(), nullable=False),
        sa.Column("began_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float()),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("passed_how", sa.String(), nullable=False),
        sa.Column("passed_to", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "number", name="pk_talks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_talks_began_at", "talks", ["began_at"])


def _agent_states() -> None:
    op.create_table(
        "agent_states",
        sa.Column("interface", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("until", sa.Float()),
        sa.PrimaryKeyConstraint("interface", "at", name="pk_agent_states"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_agent_states_at", "agent_states", ["at"])


def _gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(),
            nullable=False,
        ),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("calls", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gaps"),
    )
    op.create_index("ix_gaps_since", "gaps", ["since"])


def downgrade() -> None:
    """Take it back to the version before."""
    for name in ("queue_log_positions", "gaps", "agent_states", "talks", "stays"):
        op.drop_table(name)
    op.drop_column("facts", "source")
    op.drop_index("ix_calls_part_of", "calls")
    for name in reversed(_DECIDED):
        op.drop_column("calls", name)
