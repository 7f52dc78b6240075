"""The base of every domain model: frozen, and unknown fields are an error."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value that refuses fields it does not know.

    A misspelt key in ``mission.toml`` must be reported, never ignored.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
