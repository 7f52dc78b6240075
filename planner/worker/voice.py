"""What a worker says while it plans: events on a pipe, from several threads."""

import threading
import time
from typing import BinaryIO

from planner.domain.plan import StageName
from planner.jobs.messages import Beat, Event, Progressed
from planner.jobs.record import StageProgress
from planner.optimizer.stage import gap

EVERY_S = 0.2
"""At most so often is the progress of one stage told."""
BEAT_S = 1.0


class Voice:
    """The pipe of events.

    Parameters
    ----------
    pipe
        Where events go. If nobody reads any more, they are dropped: the job goes on to its end.
    """

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self.heard = True

    def say(self, event: Event) -> None:
        """Send one event."""
        with self._lock:
            try:
                self._pipe.write(event.model_dump_json().encode() + b"\n")
                self._pipe.flush()
            except (OSError, ValueError):
                self.heard = False


class Telling:
    """A stage's ``Progress`` that goes to the service, and the wish to stop that comes from it.

    Parameters
    ----------
    job
        Id of the job.
    voice
        Where to tell.
    stop
        Set once somebody wants the best plan so far. A ``threading.Event`` of this process: set
        by the thread that reads the pipe of orders.
    """

    def __init__(self, job: str, voice: Voice, stop: threading.Event) -> None:
        self._job = job
        self._voice = voice
        self._stop = stop
        self._lock = threading.Lock()
        self._started = time.monotonic()
        self._told_at = 0.0
        self._pending: StageProgress | None = None
        self._stage: StageName | None = None
        self._over = threading.Event()
        self._heart = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        self._heart.start()

    @property
    def cancelled(self) -> bool:
        """True once the user wants the best plan so far."""
        return self._stop.is_set()

    def report(self, stage: StageName, incumbent: float | None, bound: float | None) -> None:
        """Tell a stage's best objective and bound; the first and the last of a stage always."""
        apart = None if incumbent is None or bound is None else gap(incumbent, bound)
        with self._lock:
            moment = time.monotonic()
            news = StageProgress(
                stage=stage,
                incumbent=incumbent,
                bound=bound,
                gap=apart,
                elapsed_s=round(moment - self._started, 3),
            )
            if stage is not self._stage:
                self._flush()
                self._stage = stage
            elif moment - self._told_at < EVERY_S:
                self._pending = news
                return
            self._pending = news
            self._flush()
            self._told_at = moment

    def over(self) -> None:
        """Tell what is left to tell, and let the heart stop."""
        with self._lock:
            self._flush()
        self._over.set()
        self._heart.join()

    def _flush(self) -> None:
        if self._pending is not None:
            self._voice.say(Progressed(job=self._job, progress=self._pending))
            self._pending = None

    def _beat(self) -> None:
        while not self._over.wait(BEAT_S):
            self._voice.say(Beat(job=self._job))
