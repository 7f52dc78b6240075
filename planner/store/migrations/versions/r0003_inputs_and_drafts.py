"""What each plan was made from, and what people have typed but not yet sent."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of inputs (sealed) and drafts."""
    op.create_table(
        "inputs",
        sa.Column("input_hash", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER inputs_no_{deed.lower()} BEFORE {deed} ON inputs "
            "BEGIN SELECT RAISE(ABORT, 'inputs is never changed'); END"
        )
    op.create_table(
        "drafts",
        sa.Column("who", sa.String(200), primary_key=True),
        sa.Column("mission", sa.String(200), sa.ForeignKey("missions.id"), primary_key=True),
        sa.Column("field", sa.String(200), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
