"""Runs all benchmarks and writes what they print to one page, ``benchmarks/RESULTS.md``.

``python -m benchmarks.page`` runs everything, in about half an hour; ``--only days,repair``
runs some and leaves the other sections as they are. Each section says its command, and the machine,
its load and the versions at the time; a benchmark that fails is told, never left out.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from planner.export.atomic import write_bytes

PAGE = Path(__file__).parent / "RESULTS.md"
PACKAGES = ("numpy", "scipy", "highspy", "pyvrp", "rustworkx")
PEERS = ("pyvroom", "ortools", "networkx", "spopt")
HEAD = """# Results

What the benchmarks print, section by section, from `make bench`. The machine is shared: times are
to be read as ratios within one section; values, bounds and gaps do not depend on it where no time
limit is named. Every peer ran in the same run as we did, with the same input; a case that is lost
stays in its table.
"""


@dataclass(frozen=True)
class Section:
    """A benchmark: its name, what it shows, and the command that runs it."""

    name: str
    title: str
    intro: str
    command: tuple[str, ...]


SECTIONS: tuple[Section, ...] = ()


def circumstances() -> str:
    """Return machine, load and versions of this moment."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    known = []
    for package in (*PACKAGES, *PEERS):
        try:
            known.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            known.append(f"{package} absent")
    return (
        f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, load at the "
        f"beginning {load:.1f}; {', '.join(known)}"
    )


def run(section: Section) -> str:
    """Run a benchmark and return its section of the page."""
    at_the_beginning = circumstances()
    command = [sys.executable, *section.command]
    made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
    printed = made.stdout.strip()
    if made.returncode:
        printed += f"\n\nended with exit code {made.returncode}:\n{made.stderr.strip()[-2_000:]}"
    shown = " ".join(("python", *section.command))
    return (
        f"## {section.title}\n\n{section.intro}\n\n`{shown}` · {at_the_beginning}\n\n"
        f"```\n{printed}\n```\n"
    )


def parts_of(page: str) -> dict[str, str]:
    """Return the sections of a page by name."""
    found = re.findall(r"<!-- (\w+) -->\n(.*?)(?=<!-- \w+ -->|\Z)", page, flags=re.DOTALL)
    return {name: text.strip() + "\n" for name, text in found}


def page_of(parts: dict[str, str]) -> str:
    """Return the page with its sections in their order."""
    known = [(section.name, parts[section.name]) for section in SECTIONS if section.name in parts]
    return "\n".join([HEAD, *(f"<!-- {name} -->\n{text}" for name, text in known)])


def main() -> None:
    """Run the benchmarks that are named and write the page after each of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", default="", help="names of sections, separated by commas")
    wanted = {name for name in parser.parse_args().only.split(",") if name}
    unknown = wanted - {section.name for section in SECTIONS}
    if unknown:
        names = ", ".join(section.name for section in SECTIONS)
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {names}")
    parts = parts_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    for section in SECTIONS:
        if not wanted or section.name in wanted:
            print(section.title, flush=True)
            parts[section.name] = run(section)
            write_bytes(PAGE, page_of(parts).encode())


if __name__ == "__main__":
    main()
