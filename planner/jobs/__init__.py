"""Planning as a job: queued, run by a warm worker process, found again by its id."""

from planner.jobs.record import JobFault, JobOutcome, JobRecord, JobRequest, JobState
from planner.jobs.service import JobService

__all__ = ["JobFault", "JobOutcome", "JobRecord", "JobRequest", "JobService", "JobState"]
