"""The tables. What is in them by which version of the schema stands in ``migrations``."""

from datetime import UTC, datetime

from sqlalchemy import (
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcTime(TypeDecorator[datetime]):
    """An aware instant, kept as naive UTC: SQLite has no offsets, and UTC sorts as text."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Turn to UTC; refuse a time without offset, which could be any instant."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"Expected a time with its offset, got {value.isoformat()}."
            raise ValueError(msg)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give UTC back its name."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """All tables of the store."""


class MissionRow(Base):
    """A mission and its newest revision; ``version`` guards the head (optimistic locking)."""

    __tablename__ = "missions"
    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    head: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class DocumentRow(Base):
    """A plan document by its hash; never changed, shared by revisions that are equal."""

    __tablename__ = "documents"
    plan_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class RevisionRow(Base):
    """A revision; never changed."""

    __tablename__ = "revisions"
    mission: Mapped[str] = mapped_column(ForeignKey("missions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    plan_hash: Mapped[str] = mapped_column(ForeignKey("documents.plan_hash"))
    input_hash: Mapped[str] = mapped_column(String(200))
    parent: Mapped[int | None]
    restored_from: Mapped[int | None]
    author: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    __table_args__ = (
        ForeignKeyConstraint(["mission", "parent"], ["revisions.mission", "revisions.number"]),
        ForeignKeyConstraint(
            ["mission", "restored_from"], ["revisions.mission", "revisions.number"]
        ),
    )


class DecisionRow(Base):
    """A decision, standing while ``withdrawn_at`` is null."""

    __tablename__ = "decisions"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    mission: Mapped[str] = mapped_column(ForeignKey("missions.id"), index=True)
    content: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    withdrawn_by: Mapped[str | None] = mapped_column(String(200))
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class UploadRow(Base):
    """A file as it came in."""

    __tablename__ = "uploads"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    mission: Mapped[str] = mapped_column(ForeignKey("missions.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    author: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class JobRow(Base):
    """A planning job."""

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    mission: Mapped[str] = mapped_column(ForeignKey("missions.id"))
    state: Mapped[str] = mapped_column(String(20))
    request: Mapped[str] = mapped_column(Text)
    stage: Mapped[str] = mapped_column(String(200))
    incumbent: Mapped[float | None] = mapped_column(Float)
    bound: Mapped[float | None] = mapped_column(Float)
    message: Mapped[str] = mapped_column(Text)
    revision: Mapped[int | None]
    author: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    heartbeat: Mapped[datetime | None] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column()
    __table_args__ = (Index("ix_jobs_state_created_at", "state", "created_at"),)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class InputRow(Base):
    """The files that plans were made from, by their hash, as one zip; never changed."""

    __tablename__ = "inputs"
    input_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class DraftRow(Base):
    """What a person has typed into a field and not yet sent."""

    __tablename__ = "drafts"
    who: Mapped[str] = mapped_column(String(200), primary_key=True)
    mission: Mapped[str] = mapped_column(ForeignKey("missions.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(200), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)


class PersonRow(Base):
    """A person who may log in; ``role`` is null once it was taken."""

    __tablename__ = "people"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    role: Mapped[str | None] = mapped_column(String(20))
    added_by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class ScenarioRow(Base):
    """A scenario by its name within the mission; ``version`` guards it (optimistic locking)."""

    __tablename__ = "scenarios"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    mission: Mapped[str] = mapped_column(ForeignKey("missions.id"))
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column()
    __table_args__ = (UniqueConstraint("mission", "name", name="uq_scenarios_mission_name"),)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class AuditRow(Base):
    """A deed; never changed."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(primary_key=True)
    mission: Mapped[str] = mapped_column(String(200), index=True)
    who: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(400))
    detail: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcTime)
