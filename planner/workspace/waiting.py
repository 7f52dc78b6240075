"""Uploads that somebody has begun with and not yet taken over."""

from collections.abc import Collection

from planner.store.access import User
from planner.store.open import Store
from planner.store.records import Upload, UploadKind

LOOK_BACK = 500
"""Deeds of the audit that are looked through."""


def waiting_uploads(
    store: Store, user: User, mission: str, kinds: Collection[UploadKind]
) -> tuple[Upload, ...]:
    """Return the newest upload of each kind, if neither it nor a later one was taken over.

    Parameters
    ----------
    store
        Where uploads and the audit are.
    mission
        The mission's id.
    kinds
        Kinds that are asked for.

    Returns
    -------
    tuple of Upload
        The newest first.

    Raises
    ------
    StoreError
        ``ST-ACCESS``, ``ST-UNKNOWN``.
    """
    taken: dict[str, str] = {}
    for entry in store.audit.entries(user, mission, limit=LOOK_BACK):
        if entry.action == "input.change" and "sha256 " in entry.detail:
            taken.setdefault(entry.subject, entry.detail.rpartition("sha256 ")[2].strip())
    newest: dict[UploadKind, Upload] = {}
    for upload in store.uploads.all(user, mission):
        if upload.kind in kinds:
            newest.setdefault(upload.kind, upload)
    return tuple(
        upload for kind, upload in newest.items() if taken.get(kind.value) != upload.sha256
    )
