"""Nobody waits for scipy who does not ask for an exact interval."""

import subprocess
import sys


def test_the_package_loads_without_scipy_and_statsmodels() -> None:
    code = (
        "import sys, planner.precision; "
        "print(sorted({'scipy', 'statsmodels', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
