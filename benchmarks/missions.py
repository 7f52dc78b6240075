"""Plans whole missions in a process of their own and prints the figures of the README.

``python -m benchmarks.missions`` plans the Kazakhstan 2022 demo twice (the same bytes?) and, where
the real lists of ``../shared`` are, Georgia 2024 and Moldova 2024.
"""

import hashlib
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SHARED = Path("..") / "shared"


def run(folder: Path, output: Path) -> tuple[dict[str, Any], float]:
    """Plan a folder in a new process; return its JSON and the peak memory in MB."""
    command = [sys.executable, "-m", "benchmarks.missions", "--plan", str(folder), str(output)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
    if not made.stdout:
        sys.exit(made.stderr)
    *_, document, peak_mb = made.stdout.rsplit("\n\x1e", 1)
    return json.loads(document), float(peak_mb)


def plan(folder: str, output: str) -> None:
    """Plan in this process, then print JSON and peak memory."""
    from planner.cli.main import app  # noqa: PLC0415 - after the parent has measured itself

    try:
        app(["plan", folder, "-o", output, "--json"])
    except SystemExit:
        peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"\x1e{peak_kb / 1024:.0f}")


def show(name: str, result: dict[str, Any], peak_mb: float) -> None:
    """Print one mission's figures."""
    print(f"\n{name}: {result['status']}, {result['wall_s']:.1f} s, {peak_mb:,.0f} MB peak")
    print(
        f"  {'stage':<11}{'status':<10}{'objective':>14}{'bound':>14}{'gap':>9}{'s':>7}  stopped by"
    )
    for stage in result["stages"]:
        figures = [
            ""
            if stage[key] is None
            else f"{stage[key]:,.4f}"
            if key == "gap"
            else f"{stage[key]:,.1f}"
            for key in ("objective", "bound", "gap")
        ]
        print(
            f"  {stage['name']:<11}{stage['status']:<10}{figures[0]:>14}{figures[1]:>14}"
            f"{figures[2]:>9}{stage['wall_s']:>7.1f}  {stage['stop']}"
        )
        if stage["note"]:
            print(f"      {stage['note']}")
    counts = ", ".join(f"{key} {number:,}" for key, number in result["counts"].items())
    print(f"  {counts}")
    print(
        f"  hard findings {len(result['hard_findings'])}, soft {len(result['soft_findings'])}, "
        f"left out {len(result['unassigned']):,}"
    )
    kpis = json.loads(Path(result["plan"]).read_text(encoding="utf-8"))["kpis"]
    for key in ("station_visits", "urban_share_frame", "urban_share_visited", "drive_max_h"):
        print(f"  {key} {kpis.get(key, float('nan')):,.3f}")


def folders(work: Path) -> dict[str, Path]:
    """Write the missions to plan."""
    from planner.demo import write_demo  # noqa: PLC0415 - heavy import

    found = {"kazakhstan-2022": work / "kazakhstan"}
    write_demo("kazakhstan-2022", found["kazakhstan-2022"], seed=2022)
    if SHARED.is_dir():
        from tests.real_missions import georgia_folder, moldova_folder  # noqa: PLC0415 - optional

        found["georgia-2024"] = georgia_folder(work / "georgia", SHARED)
        found["moldova-2024"] = moldova_folder(work / "moldova", SHARED)
    else:
        print(f"{SHARED} is not here: Georgia and Moldova are left out")
    return found


def main() -> None:
    """Measure all missions."""
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        digests = []
        for mission, folder in folders(work).items():
            for attempt in range(2 if mission.startswith("kazakhstan") else 1):
                output = work / f"{mission}-{attempt}.json"
                result, peak_mb = run(folder, output)
                show(f"{mission}, seed 1, run {attempt + 1}", result, peak_mb)
                if mission.startswith("kazakhstan"):
                    digests.append(hashlib.sha256(output.read_bytes()).hexdigest()[:16])
        print(f"\nkazakhstan-2022 twice: {'the same bytes' if len(set(digests)) == 1 else digests}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--plan"]:
        plan(*sys.argv[2:4])
    else:
        main()
