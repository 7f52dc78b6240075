"""What every table of results says of its run: versions, machine class, load."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version


def circumstances(*packages: str) -> dict[str, str]:
    """Return machine class, Python, versions of ``packages``, and the load when asked.

    Parameters
    ----------
    packages
        Distributions to name; one that is not installed is said to be absent.
    """
    found = {
        "machine": f"{platform.machine()}, {os.cpu_count()} shared cores",
        "python": platform.python_version(),
    }
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "absent"
    return found | {"load": f"{os.getloadavg()[0]:.1f}"}


def said(found: dict[str, str]) -> str:
    """Return circumstances as one line."""
    return ", ".join(f"{name} {value}" for name, value in found.items())
