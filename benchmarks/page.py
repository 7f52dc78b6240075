"""Runs all benchmarks and writes what they print to one page, ``benchmarks/RESULTS.md``.

``python -m benchmarks.page`` runs everything, in about half an hour; ``--only days,repair``
runs some and leaves the other sections as they are. Each section says its command, and the machine,
its load and the versions at the time; a benchmark that fails is told, never left out. What has to
be known to read it stands below it, from ``benchmarks/notes``.
"""

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.circumstances import circumstances, said
from planner.export.atomic import write_bytes

PAGE = Path(__file__).parent / "RESULTS.md"
NOTES = Path(__file__).parent / "notes"
PACKAGES = ("numpy", "scipy", "pyvrp", "rustworkx", "pyvroom", "ortools", "networkx", "spopt")
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


SECTIONS = (
    Section(
        "founding",
        "The founding mission, stage by stage",
        "Kazakhstan 2022: 10,033 stations, 150 STO pairs, 15 LTO teams, planned whole.",
        ("-m", "benchmarks.founding"),
    ),
    Section(
        "missions",
        "Whole missions",
        "The founding mission twice (the same bytes?), and the real lists of Georgia and Moldova.",
        ("-m", "benchmarks.missions"),
    ),
    Section(
        "toptw",
        "Days against published optima",
        "Team orienteering with time windows through the code that plans election days.",
        ("-m", "benchmarks.toptw", "--all", "--seconds", "10"),
    ),
    Section(
        "days",
        "Election days against peers",
        "Made-up days, compact to travel-bound, and the days of real missions; equal time for all.",
        ("-m", "benchmarks.days"),
    ),
    Section(
        "areas",
        "Areas",
        "Districts into contiguous areas, with the priced balance of the policy and a hard one.",
        ("-m", "benchmarks.areas", "--peers"),
    ),
    Section(
        "pmed",
        "P-medians of the OR-Library",
        "The same code without balance and contiguity, and HiGHS alone on the same programme.",
        ("-m", "benchmarks.pmed", "../shared/bench/pmed", "--peer", "--peer-seconds", "60"),
    ),
    Section(
        "pairing",
        "Pairing and placing",
        "Observers into pairs and pairs into areas, jointly; rosters that cannot be paired wholly.",
        ("-m", "benchmarks.pairing", "--peers"),
    ),
    Section(
        "repair",
        "Repair with least change",
        "Twenty drawn disruptions of the founding mission, repaired and planned anew.",
        ("-m", "benchmarks.repair"),
    ),
    Section(
        "scale",
        "Scale",
        "Generated countries of 2,000 to 60,000 stations, each planned in a process of its own.",
        ("-m", "benchmarks.scale"),
    ),
    Section(
        "cutting",
        "What cutting into clusters costs",
        "The same areas planned in clusters and uncut.",
        ("-m", "benchmarks.cutting"),
    ),
    Section(
        "sweep",
        "Scenarios",
        "Sweeps of the founding mission: time, what is remembered, the marginal curve.",
        ("-m", "benchmarks.sweep"),
    ),
    Section(
        "execution",
        "Simulated election days",
        "A plan carried out a thousand times.",
        ("-m", "benchmarks.execution"),
    ),
)


def run(section: Section) -> str:
    """Run a benchmark and return its section of the page."""
    at_the_beginning = said(circumstances(*PACKAGES))
    command = [sys.executable, *section.command]
    made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
    printed = made.stdout.strip()
    if made.returncode:
        printed += f"\n\nended with exit code {made.returncode}:\n{made.stderr.strip()[-2_000:]}"
    shown = " ".join(("python", *section.command))
    note = NOTES / f"{section.name}.md"
    below = "\n" + note.read_text(encoding="utf-8") if note.is_file() else ""
    return (
        f"## {section.title}\n\n{section.intro}\n\n`{shown}` · {at_the_beginning}\n\n"
        f"```\n{printed}\n```\n{below}"
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
