"""The rulebook: one rule is one function with an id, a label, a severity and a source.

``planner.rules.book`` holds the whole book; the rules stand in files by subject.
"""
