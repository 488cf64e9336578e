"""
Write lines to a stream that is open already: standard output.

Where the reader of a pipe is gone, the error of the system is passed on: the program ends as any other
does behind ``| head``.
"""

from collections.abc import Sequence
from typing import BinaryIO

from pratique.outputs.channels.interface import NotDelivered


class StreamChannel:
    """Lines on a binary stream, which stays open."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def send(self, records: Sequence[bytes]) -> None:
        """Write and flush the records as lines."""
        try:
            self._stream.write(b"".join(record + b"\n" for record in records))
            self._stream.flush()
        except BrokenPipeError:
            raise
        except (OSError, ValueError) as error:
            raise NotDelivered(f"cannot write to standard output: {error}") from None

    def close(self) -> None:
        """Leave the stream open: it is not ours."""
