"""An edited workbook comes back: a list of changes, each of which can become a pin."""

from planner.returned.edit import Edit, Returned
from planner.returned.reading import read_returned

__all__ = ["Edit", "Returned", "read_returned"]
