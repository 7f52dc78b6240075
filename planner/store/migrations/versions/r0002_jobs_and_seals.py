"""Planning jobs; and the database itself now refuses to change what is immutable."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SEALED = ("documents", "revisions", "audit")


def upgrade() -> None:
    """Make the table of jobs, and seal documents, revisions and audit."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("mission", sa.String(200), sa.ForeignKey("missions.id"), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(200), nullable=False),
        sa.Column("incumbent", sa.Float()),
        sa.Column("bound", sa.Float()),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer()),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("heartbeat", sa.DateTime()),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_jobs_state_created_at", "jobs", ["state", "created_at"])
    for table in SEALED:
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
            )
