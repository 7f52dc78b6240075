"""Scenarios side by side for people who decide: a two-page briefing and a workbook."""
