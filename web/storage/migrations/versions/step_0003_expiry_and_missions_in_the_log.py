"""Keys for programs expire, and the audit log tells of missions too.

Keys that exist already get 90 days from now, so that no program stops at once and none goes on for ever.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
LEFT = timedelta(days=90)


def upgrade() -> None:
    """Add the columns."""
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("api_tokens") as table:
        table.add_column(sa.Column("expires_at", moment))
    tokens = sa.table("api_tokens", sa.column("expires_at", moment))
    op.execute(tokens.update().values(expires_at=datetime.now(UTC) + LEFT))
    with op.batch_alter_table("api_tokens") as table:
        table.alter_column("expires_at", nullable=False)
    with op.batch_alter_table("audit_log") as table:
        table.add_column(sa.Column("mission_id", sa.Integer))
        table.create_index("ix_audit_log_mission_id", ["mission_id"])


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("audit_log") as table:
        table.drop_index("ix_audit_log_mission_id")
        table.drop_column("mission_id")
    with op.batch_alter_table("api_tokens") as table:
        table.drop_column("expires_at")
