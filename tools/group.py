"""Prints the packages of a dependency group, one a line.

``python -m tools.group bench`` lets an older pip install a group that it does not know by name.
"""

import sys
import tomllib
from pathlib import Path


def packages(group: str, project: Path) -> list[str]:
    """Return the requirements of a group of a ``pyproject.toml``."""
    with project.open("rb") as file:
        groups: dict[str, list[str]] = tomllib.load(file)["dependency-groups"]
    return groups[group]


if __name__ == "__main__":
    sys.stdout.write("\n".join([*packages(sys.argv[1], Path("pyproject.toml")), ""]))
