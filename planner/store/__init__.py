"""What a mission remembers: plans, decisions, uploads, jobs, and who did what.

Open it with :func:`planner.store.open.open_store`. The package itself imports nothing heavy;
SQLAlchemy and alembic come with ``planner.store.open`` (0.8 s), so import that where it is needed.
"""
