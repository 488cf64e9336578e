"""
Keep a stream of events as a recording, and read it back as events.

Laws: a recording names a control group's container before the first observation of it, and again
when more is known, so that a replay joins as the watch did. What a replay gives equals what was
watched, but for what was cut off or taken out on purpose. A recording holds arguments and names of
files, so only its owner may read it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from pratique.formats.recording.reading import Recording
from pratique.formats.recording.redacting import redacted, redacted_process
from pratique.formats.recording.values import Header, ProcessFact, WorkloadFact
from pratique.formats.recording.writing import RecordingWriter
from pratique.model.errors import StorageError, TargetError
from pratique.model.event import Event, Process
from pratique.model.observation import Observation
from pratique.model.workload import Workload
from pratique.pipelines.watch_who import Facts, ReplayedWho

MAX_GROUPS = 65_536
"""Control groups whose last word is remembered; beyond it they are told again."""


class EventRecorder:
    """
    Write events to a new file.

    Raises:
        StorageError: the file cannot be made, or is there already.
    """

    def __init__(self, path: Path, header: Header) -> None:
        self._path = path
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            self._file = os.fdopen(os.open(path, flags, 0o600), "wb")
        except OSError as error:
            raise StorageError(
                f"cannot record to {path}: {error.strerror}", hint="name a file that is not there"
            ) from None
        self._redacts = header.redacted
        self._told: dict[tuple[int, int], Workload | None] = {}
        self._writer = RecordingWriter(self._file.write, header)

    def take(self, event: Event) -> None:
        """
        Write one event.

        Raises:
            StorageError: the disk is full or gone.
        """
        seen = event.observation
        try:
            if seen.pid:
                self._tell(event)
            self._writer.observation(redacted(seen) if self._redacts else seen)
        except OSError as error:
            raise self._failed(error) from None

    def process(self, process: Process, *, inside: bool) -> None:
        """Write a process that runs already, and whether it does in a container."""
        known = redacted_process(process) if self._redacts else process
        self._writer.process(ProcessFact(known, inside=inside))

    def flush(self) -> None:
        """Hand everything to the system, so that a crash loses nothing that came before."""
        try:
            self._writer.flush()
            self._file.flush()
        except OSError as error:
            raise self._failed(error) from None

    def close(self, ended_ns: int) -> None:
        """Write the end."""
        try:
            self._writer.close(ended_ns)
            self._file.close()
        except OSError as error:
            raise self._failed(error) from None

    def _tell(self, event: Event) -> None:
        seen = event.observation
        key = (seen.cgroup, seen.cgroup_v1)
        if key in self._told and self._told[key] is event.workload:
            return
        if len(self._told) >= MAX_GROUPS:
            self._told.clear()
        self._told[key] = event.workload
        self._writer.workload(WorkloadFact(*key, seen.time_ns, event.workload))

    def _failed(self, error: OSError) -> StorageError:
        return StorageError(f"cannot record to {self._path}: {error.strerror}")


class Replay:
    """
    The events of a recording, once, from front to back.

    ``header`` says who recorded; ``cut`` after the last event how it was cut short, if it was.
    ``facts`` says what is known now of the images of which nothing was known then.

    Raises:
        TargetError: the file cannot be read.
        FormatError: it is no recording.
    """

    def __init__(self, path: Path, facts: Facts | None = None) -> None:
        self._facts = facts
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise TargetError(f"cannot read {path}: {error.strerror}") from None
        try:
            self._recording = Recording(self._file)
        except BaseException:
            self._file.close()
            raise
        self.header = self._recording.header
        self._who = ReplayedWho(self.header.node, self.header.booted_ns)

    @property
    def cut(self) -> str:
        """Return how the recording was cut short, or nothing."""
        return self._recording.cut

    def close(self) -> None:
        """Leave the file, read or not."""
        self._file.close()

    def events(self) -> Iterator[Event]:
        """
        Yield the events.

        Raises:
            FormatError: a frame is damaged.
        """
        who = self._who
        with self._file:
            for one in self._recording:
                if isinstance(one, Observation):
                    yield who.joiner.join(one)
                elif isinstance(one, WorkloadFact):
                    who.index.tell(one.cgroup, one.cgroup_v1, self._known(one.workload))
                else:
                    who.tell_process(one)

    def _known(self, workload: Workload | None) -> Workload | None:
        if workload is None or workload.facts is not None or self._facts is None:
            return workload
        return replace(workload, facts=self._facts(workload))
