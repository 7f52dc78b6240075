"""The base of every domain model: frozen, and unknown fields are an error."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value that refuses fields it does not know.

    A misspelt key in ``mission.toml`` must be reported, never ignored.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a changed copy without what this one has cached.

        Pydantic copies the whole ``__dict__``, with it every ``cached_property``: a copy with other
        stations would answer from the index of the old ones.
        """
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied
