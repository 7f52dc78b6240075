"""The mission planner: model, rulebook, optimizer, referee and exports."""

__version__ = "0.1.0"
