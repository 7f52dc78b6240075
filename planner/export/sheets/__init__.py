"""The sheets of the workbook, one a file; each turns a plan into tables and knows no Excel."""
