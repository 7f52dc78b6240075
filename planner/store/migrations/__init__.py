"""The schema's history, run in process by :func:`planner.store.migrate.migrate`."""
