"""How hard the fuzz tests try: a little and always the same in CI, more and ever new by hand.

``FUZZ=20 python -m pytest tests/fuzz`` tries twenty times as many missions, drawn anew each time.
A failure prints what to repeat it with; once it is understood, its mission becomes an ``@example``.
"""

import os

from hypothesis import HealthCheck, settings

FACTOR = float(os.environ.get("FUZZ", "1"))
"""How many times more examples than in CI."""


def examples(count: int) -> settings:
    """Return the settings of a test that draws ``count`` examples in CI.

    Missions are large draws and plans take their time; neither is a fault of a test.
    """
    return settings(
        max_examples=max(1, round(count * FACTOR)),
        derandomize=FACTOR == 1,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
