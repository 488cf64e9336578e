"""
Keep beside the alerts what a watch sees: what was at work, what was learnt, every event.

Law: a disk that fails never ends a watch. What could not be kept is told as an alert and, but for the
recording, kept when the disk works again; a baseline that cannot be kept costs no other one.
"""

from collections.abc import Sequence
from pathlib import Path

from pratique.detections.in_use import InUseCollector
from pratique.kit.store import Store
from pratique.model.alert import Alert, Detector, Priority
from pratique.model.baseline import Baseline
from pratique.model.errors import PratiqueError, StorageError
from pratique.pipelines.in_use_evidence import keep_in_use
from pratique.pipelines.kept_baselines import keep_baselines
from pratique.pipelines.record_events import EventRecorder

NOT_KEPT = "evidence-not-kept"
NOT_READ = "store-not-read"
RECORDING_ENDED = "recording-ended"


class Keeping:
    """
    What of one watch is kept, and the troubles with it.

    Args:
        store: where what was at work goes, and what is known of images comes from.
        folder: the data folder, where baselines lie.
        node: whose watch it is.
    """

    def __init__(self, store: Store, folder: Path, node: str) -> None:
        self.recorder: EventRecorder | None = None
        self.node = node
        self._store, self._folder = store, folder
        self._unread = ""
        self._told_unread = ""
        self._told_recording = False

    def keep(
        self, in_use: InUseCollector, learnt: Sequence[Baseline], now_ns: int
    ) -> tuple[Alert, ...]:
        """Write what was seen at work and learnt; return what tells of what could not be written."""
        told = []
        seen = in_use.drain()
        try:
            keep_in_use(self._store, seen)
        except StorageError as error:
            in_use.give_back(seen)
            words = f"what was seen at work could not be kept: {error}"
            told.append(self._alert(NOT_KEPT, words, now_ns))
        for one in learnt:
            try:
                keep_baselines(self._folder, (one,))
            except PratiqueError as error:  # also a file that people broke meanwhile
                words = f"what {one.workload} does could not be kept: {error}"
                told.append(self._alert(NOT_KEPT, words, now_ns))
        return tuple(told)

    def unread(self, error: StorageError) -> None:
        """Learn that the store could not be asked for an image."""
        self._unread = str(error)

    def read_again(self) -> None:
        """Begin anew with what could not be read: the store is asked again."""
        self._told_unread, self._unread = self._unread, ""

    def troubles(self, now_ns: int) -> tuple[Alert, ...]:
        """Return what tells of a recording that ended and of a store that is not read, each once."""
        told = []
        recorder = self.recorder
        if recorder is not None and recorder.failed and not self._told_recording:
            self._told_recording = True
            words = f"the recording ends here, the watch goes on: {recorder.failed}"
            told.append(self._alert(RECORDING_ENDED, words, now_ns))
        if self._unread and not self._told_unread:
            words = f"images are judged as if nothing was known of them: {self._unread}"
            told.append(self._alert(NOT_READ, words, now_ns))
            self._told_unread = self._unread
        return tuple(told)

    def _alert(self, rule: str, words: str, now_ns: int) -> Alert:
        return Alert(
            rule=rule,
            priority=Priority.WARNING,
            time_ns=now_ns,
            last_ns=now_ns,
            detector=Detector.SENSOR,
            output=words,
            node=self.node,
        )
