"""What every page of an export says: whose it is, who may read it, what is invented."""

from typing import Protocol


class Headed(Protocol):
    """Whatever is exported as a workbook: a plan, or a comparison of scenarios."""

    @property
    def name(self) -> str:
        """Name of the mission."""

    @property
    def document(self) -> str:
        """What a page's footer calls the document before its hash, e.g. ``plan``."""

    @property
    def classification(self) -> str:
        """The line about who may read this."""

    @property
    def synthetic(self) -> tuple[str, ...]:
        """What is invented, in words."""

    @property
    def banner(self) -> str:
        """What stands under every heading: who may read it, and whether it is invented."""
