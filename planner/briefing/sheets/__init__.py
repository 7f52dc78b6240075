"""The sheets of a comparison, one a file."""
