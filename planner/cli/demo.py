"""``mission-planner demo``: write a mission folder to try things with."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.show import ERR


def demo(
    name: Annotated[str, typer.Argument(help="Name of the demo, e.g. kazakhstan-2022.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write.")],
    seed: Annotated[int, typer.Option(min=0, help="Seed of everything synthetic.")] = 2022,
) -> None:
    """Write a demo mission: real regions and counts, synthetic stations and observers."""
    from planner.demo import write_demo  # noqa: PLC0415 - heavy import

    write_demo(name, folder, seed=seed)
    ERR.print(f"{name} is in {folder}; stations, commissions, beds and observers are synthetic.")
