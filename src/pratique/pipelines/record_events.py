"""
Keep a stream of events as a recording, and read it back as events.

Laws: a recording names a control group's container before the first observation of it, and again
when more is known, so that a replay joins as the watch did. What a replay gives equals what was
watched, but for what was cut off or taken out on purpose. A recording that its disk refuses ends behind
its last whole frame, and who records goes on without it. A recording holds arguments and names of files,
so only its owner may read it.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from pratique.formats.recording.reading import Recorded, Recording
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
    Write events to a new file; ``failed`` says why it ends before the watch does, if so.

    Raises:
        StorageError: the file cannot be made, or is there already.
    """

    def __init__(self, path: Path, header: Header) -> None:
        self._path = path
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            self._descriptor = os.open(path, flags, 0o600)
        except OSError as error:
            raise StorageError(
                f"cannot record to {path}: {error.strerror}", hint="name a file that is not there"
            ) from None
        self.failed = ""
        self._whole = 0
        self._redacts = header.redacted
        self._told: dict[tuple[int, int], Workload | None] = {}
        self._writer = RecordingWriter(self._send, header)
        if self.failed:
            path.unlink(missing_ok=True)
            raise StorageError(f"cannot record to {path}: {self.failed}")

    def take(self, event: Event) -> None:
        """Write one event, nothing where writing failed before."""
        if self.failed:
            return
        seen = event.observation
        if seen.pid:
            self._tell(event)
        self._writer.observation(redacted(seen) if self._redacts else seen)

    def process(self, process: Process, *, inside: bool) -> None:
        """Write a process that runs already, and whether it does in a container."""
        known = redacted_process(process) if self._redacts else process
        self._writer.process(ProcessFact(known, inside=inside))

    def flush(self) -> None:
        """Hand everything to the system, so that a crash loses nothing that came before."""
        self._writer.flush()

    def close(self, ended_ns: int) -> None:
        """
        Write the end.

        Raises:
            StorageError: the recording ended before.
        """
        self._writer.close(ended_ns)
        self._end()
        if self.failed:
            raise StorageError(
                f"cannot record to {self._path}: {self.failed}",
                hint="what was written before can be replayed; the rest was watched, not recorded",
            )

    def _tell(self, event: Event) -> None:
        seen = event.observation
        key = (seen.cgroup, seen.cgroup_v1)
        if key in self._told and self._told[key] is event.workload:
            return
        if len(self._told) >= MAX_GROUPS:
            self._told.clear()
        self._told[key] = event.workload
        self._writer.workload(WorkloadFact(*key, seen.time_ns, event.workload))

    def _send(self, frame: bytes) -> None:
        """Write a frame, all of it or nothing; after a failure none: what follows would not join."""
        if self.failed or self._descriptor < 0:
            return
        rest = memoryview(frame)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError as error:
            self.failed = error.strerror or str(error)
            with suppress(OSError):
                os.ftruncate(self._descriptor, self._whole)
            self._end()
        else:
            self._whole += len(frame)

    def _end(self) -> None:
        held, self._descriptor = self._descriptor, -1
        if held < 0:
            return
        try:
            os.close(held)
        except OSError as error:  # some file systems say only now that there is no room
            self.failed = self.failed or error.strerror or str(error)


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
        self._path = path
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise _unreadable(path, error) from None
        try:
            self._recording = Recording(self._file)
        except OSError as error:
            self._file.close()
            raise _unreadable(path, error) from None
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
            TargetError: the file cannot be read further.
        """
        who = self._who
        with self._file:
            for one in self._items():
                if isinstance(one, Observation):
                    yield who.joiner.join(one)
                elif isinstance(one, WorkloadFact):
                    who.index.tell(one.cgroup, one.cgroup_v1, self._known(one.workload))
                else:
                    who.tell_process(one)

    def _items(self) -> Iterator[Recorded]:
        try:
            yield from self._recording
        except OSError as error:
            raise _unreadable(self._path, error) from None

    def _known(self, workload: Workload | None) -> Workload | None:
        if workload is None or workload.facts is not None or self._facts is None:
            return workload
        return replace(workload, facts=self._facts(workload))


def _unreadable(path: Path, error: OSError) -> TargetError:
    return TargetError(f"cannot read {path}: {error.strerror}")
