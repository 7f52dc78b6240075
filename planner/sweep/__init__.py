"""Sweeps: many scenarios of one mission, each a full plan with the referee's verdict."""
