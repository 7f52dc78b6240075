"""Where missions lie on disk: one mission folder, or a folder of them."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from planner.errors import PlannerError

MISSION_FILE = "mission.toml"
STATE = ".planner"
"""Folder beside the missions that holds store, jobs and what can be made anew from them."""


@dataclass(frozen=True)
class MissionFolder:
    """A mission folder.

    Attributes
    ----------
    key
        Name of the folder; part of the dashboard's addresses.
    path
        The folder.
    id
        The mission's id as its ``mission.toml`` says; the key where that cannot be read.
    """

    key: str
    path: Path
    id: str


@dataclass(frozen=True)
class Home:
    """The folder that a dashboard was started with.

    Attributes
    ----------
    path
        A mission folder, or a folder whose sub-folders are mission folders.
    """

    path: Path

    @property
    def single(self) -> bool:
        """Whether the folder is itself a mission, so that there can be no other."""
        return (self.path / MISSION_FILE).is_file()

    @property
    def state(self) -> Path:
        """The folder of the store."""
        return self.path / STATE

    def missions(self) -> tuple[MissionFolder, ...]:
        """Return the mission folders by their key.

        Raises
        ------
        PlannerError
            ``WS-FOLDER`` if the folder is gone, ``WS-TWICE`` if two folders hold one mission.
        """
        if not self.path.is_dir():
            raise PlannerError(
                "WS-FOLDER",
                f"there is no folder {self.path}",
                "start the dashboard again with the folder's present name",
            )
        if self.single:
            found = [self._folder(self.path)]
        else:
            found = [
                self._folder(path)
                for path in sorted(self.path.iterdir())
                if not path.name.startswith(".") and (path / MISSION_FILE).is_file()
            ]
        keys: dict[str, str] = {}
        for each in found:
            if each.id in keys:
                raise PlannerError(
                    "WS-TWICE",
                    f"the folders {keys[each.id]} and {each.key} are both mission {each.id}",
                    f"move one of them away, or give it another id in its {MISSION_FILE}",
                )
            keys[each.id] = each.key
        return tuple(found)

    def new_folder(self, name: str) -> Path:
        """Return the folder for a new mission of that name.

        Raises
        ------
        PlannerError
            ``WS-SINGLE`` if the home is a mission itself, ``WS-NAME`` if nothing of the name can be
            part of a folder's name, ``WS-EXISTS`` if the folder is there already.
        """
        if self.single:
            raise PlannerError(
                "WS-SINGLE",
                f"{self.path} is itself a mission and holds no others",
                "start the dashboard with the folder above it",
            )
        plain = unicodedata.normalize("NFKC", name).strip().lower()
        key = re.sub(r"[^\w-]+", "-", plain)[:60].strip("-_.")
        if not key:
            raise PlannerError(
                "WS-NAME", f"{name!r} cannot name a folder", "use letters and digits"
            )
        if (self.path / key).exists():
            raise PlannerError(
                "WS-EXISTS", f"there is already a folder {key}", "choose another name"
            )
        return self.path / key

    def _folder(self, path: Path) -> MissionFolder:
        try:
            document = tomllib.loads((path / MISSION_FILE).read_text(encoding="utf-8-sig"))
            found = str(document.get("id") or path.name)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
            # The page of this mission tells what is wrong with the file; the list still shows it.
            found = path.name
        return MissionFolder(path.name, path, found)
