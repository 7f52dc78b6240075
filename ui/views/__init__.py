"""The views, one a file, each with ``show``. Never a folder named ``pages``: those run alone."""
