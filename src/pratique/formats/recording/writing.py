"""
Write a recording, frame by frame.

Law: what ``read_recording`` gives back equals what was put in, in the same order; after ``flush`` all
of it is with ``send``. Frames that do not shrink are stored as they are.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from pratique.formats.recording.values import (
    MAGIC,
    MAX_FRAME_BYTES,
    RUN,
    End,
    Header,
    ProcessFact,
    WorkloadFact,
)
from pratique.model.observation import Observation

if TYPE_CHECKING:
    import zstandard

_WORTH_BYTES = 256
"""Below this packing gains nothing."""
_LEVEL = 3


class RecordingWriter:
    """
    Turn observations and facts into bytes, handed to ``send`` in order.

    Args:
        send: takes bytes; a file's ``write``.
        header: what stands first.
        packed: whether frames are packed with zstd.
    """

    def __init__(
        self, send: Callable[[bytes], object], header: Header, *, packed: bool = True
    ) -> None:
        self._send = send
        self._run: list[Observation] = []
        self._encode = msgspec.msgpack.Encoder().encode
        self._packer = _packer() if packed else None
        self._seen = self._workloads = self._processes = 0
        send(MAGIC)
        self._put(b"H", self._encode(header))

    def observation(self, observation: Observation) -> None:
        """Take the next observation; it may stay here until ``flush``."""
        self._run.append(observation)
        if len(self._run) >= RUN:
            self.flush()

    def workload(self, fact: WorkloadFact) -> None:
        """Take what is known of a control group from here on."""
        self.flush()
        self._workloads += 1
        self._put(b"W", self._encode(fact))

    def process(self, fact: ProcessFact) -> None:
        """Take a process that is there already."""
        self.flush()
        self._processes += 1
        self._put(b"P", self._encode(fact))

    def flush(self) -> None:
        """Hand over what was held back."""
        if self._run:
            self._seen += len(self._run)
            run, self._run = self._run, []
            self._put_run(run)

    def close(self, ended_ns: int) -> None:
        """Write the end; nothing may follow."""
        self.flush()
        end = End(
            observations=self._seen,
            workloads=self._workloads,
            processes=self._processes,
            ended_ns=ended_ns,
        )
        self._put(b"E", self._encode(end))

    def _put_run(self, run: list[Observation]) -> None:
        payload = self._encode(run)
        if len(payload) > MAX_FRAME_BYTES and len(run) > 1:
            half = len(run) // 2
            self._put_run(run[:half])
            self._put_run(run[half:])
        else:
            self._put(b"O", payload)

    def _put(self, kind: bytes, payload: bytes) -> None:
        if self._packer is not None and kind in b"OWP" and len(payload) >= _WORTH_BYTES:
            packed = self._packer.compress(payload)
            if len(packed) < len(payload):
                kind, payload = kind.lower(), packed
        self._send(kind + len(payload).to_bytes(4, "big") + payload)


def _packer() -> "zstandard.ZstdCompressor":
    import zstandard  # only who records packed pays

    return zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True)
