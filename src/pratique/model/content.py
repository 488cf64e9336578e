"""
Say what content scanners (secrets, malware, licence texts) see in single files.

Siblings on the producers' floor meet here; only the pipeline knows where a file stands.
"""

from collections.abc import Iterable
from typing import Protocol

from pratique.model.spot import Scanner, Spot
from pratique.model.units import LayerFile


class ContentScanner(Protocol):
    """
    One scanner of file contents.

    It runs where the layer is read, in a confined worker: ``prepare`` is called before in the
    parent process and loads everything (no file is opened after it). What it sees is cached with the layer.
    """

    NAME: Scanner

    @property
    def version(self) -> str:
        """Return the text that changes whenever the result for the same file may change."""

    def prepare(self) -> None:
        """Load rules and engines; called again it does nothing."""

    def wants(self, path: str, head: bytes, size_bytes: int) -> bool:
        """Whether to look into a file, by its path, first bytes (up to ``HEAD_BYTES``) and size."""

    def scan(self, file: LayerFile) -> Iterable[Spot]:
        """
        Yield what is seen in one file; ``inside`` empty.

        Raises:
            FormatError: the file is not what it looked like (becomes a coverage Unknown).
        """


HEAD_BYTES = 512
"""How much of a file's start ``ContentScanner.wants`` is shown."""
