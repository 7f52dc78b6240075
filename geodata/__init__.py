"""Where things are: boundaries, towns, coordinates, travel times, clocks. Knows no mission."""
