"""Uploaded files, kept as they came: what a person gave survives a reload and a restart."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from planner.store.access import Role, User
from planner.store.context import Context, mission_row
from planner.store.errors import StoreError, unknown
from planner.store.records import Upload, UploadKind
from planner.store.tables import UploadRow
from planner.store.text import MAX_NAME, clean

MAX_UPLOAD_BYTES = 25 * 1024 * 1024
"""As the dashboard's own cap; a list of 180,000 stations has about 20 MB."""


@dataclass(frozen=True)
class Uploads:
    """The uploads of a store's missions."""

    context: Context

    def add(self, user: User, mission: str, kind: UploadKind, name: str, content: bytes) -> Upload:
        """Keep a file.

        Raises
        ------
        StoreError
            ``ST-SIZE`` if it is empty or larger than ``MAX_UPLOAD_BYTES``, ``ST-TEXT`` for its
            name, ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        name = clean(name, "file name", MAX_NAME)
        if not 0 < len(content) <= MAX_UPLOAD_BYTES:
            raise StoreError(
                "ST-SIZE",
                f"{name} has {len(content):,} bytes; a file has 1 to {MAX_UPLOAD_BYTES:,}.",
                "Choose the right file, or leave out columns and sheets that are not needed.",
            )
        with self.context.writing(user, "upload a file") as session:
            mission_row(session, mission)
            key = self.context.new_id()
            digest = hashlib.sha256(content).hexdigest()
            now = self.context.note(
                session, user, mission, "upload.add", key, f"{kind} {name} sha256 {digest}"
            )
            row = UploadRow(
                id=key,
                mission=mission,
                kind=kind.value,
                name=name,
                sha256=digest,
                size_bytes=len(content),
                content=content,
                author=user.name,
                created_at=now,
            )
            session.add(row)
            session.flush()
            return _record(row)

    def content(self, user: User, upload_id: str) -> bytes:
        """Return a file's bytes; takes a planner, because rosters hold personal data.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``; ``ST-CORRUPT`` if the bytes no longer have their hash.
        """
        with self.context.reading(user, "read an upload", Role.PLANNER) as session:
            row = session.get(UploadRow, upload_id)
            if row is None:
                raise unknown("upload", upload_id, "Choose one of the mission's uploads.")
            if hashlib.sha256(row.content).hexdigest() != row.sha256:
                raise StoreError(
                    "ST-CORRUPT",
                    f"{self.context.path}: upload {row.name} no longer has its hash.",
                    "Upload the file again, and check the disk.",
                )
            return row.content

    def forget(self, user: User, upload_id: str) -> None:
        """Remove a file that is no longer needed; that it was there stays in the audit.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.writing(user, "remove an upload") as session:
            row = session.get(UploadRow, upload_id)
            if row is None:
                raise unknown("upload", upload_id, "Choose one of the mission's uploads.")
            self.context.note(
                session, user, row.mission, "upload.forget", upload_id, f"{row.kind} {row.name}"
            )
            session.delete(row)

    def all(self, user: User, mission: str) -> tuple[Upload, ...]:
        """Return a mission's uploads without their content, the newest first.

        Raises
        ------
        StoreError
            ``ST-UNKNOWN``, ``ST-ACCESS``.
        """
        with self.context.reading(user, "see the uploads") as session:
            mission_row(session, mission)
            rows = session.scalars(
                select(UploadRow)
                .where(UploadRow.mission == mission)
                .order_by(UploadRow.created_at.desc(), UploadRow.id)
            )
            return tuple(_record(row) for row in rows)


def _record(row: UploadRow) -> Upload:
    return Upload(
        id=row.id,
        mission=row.mission,
        kind=UploadKind(row.kind),
        name=row.name,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        author=row.author,
        created_at=row.created_at,
    )
