"""The mission in the field's own words: frozen models that import nothing of ours."""
