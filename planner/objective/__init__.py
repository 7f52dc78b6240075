"""What each stage strives for, computed from documents only: optimizer and referee use the same.

A module a stage: ``planner.objective.<stage>`` with ``<stage>_objective(mission, plan, travel)``.
"""
