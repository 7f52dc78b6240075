"""Intake: a mission folder, or somebody's list, becomes domain objects and findings by row."""
