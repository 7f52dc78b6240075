"""Scenarios: a mission with changes, planned and judged before anybody travels."""
