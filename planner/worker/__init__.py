"""The worker process: ``python -m planner.worker``, started and told by ``planner.jobs``."""
