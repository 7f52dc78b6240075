"""Views of a plan for people and other programs: document, workbook, maps."""
