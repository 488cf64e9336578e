"""
Hand the candidates of an image's layers to a running clamd.

A second walk over the layers, in this process: a confined worker speaks to nobody. Law: what clamd
did not look at is an Unknown of that file (after a hundred in a layer one that blocks speaks for
the rest); a layer that cannot be read was told of before. A file
larger than ``Limits.unit_memory_bytes`` goes through a temporary file.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO, Protocol

from msgspec.structs import replace

from pratique.formats.compression import inflate
from pratique.formats.tar.walker import TarWalker
from pratique.kit.held_file import HeldFile
from pratique.kit.limits import Limits
from pratique.model.content import HEAD_BYTES
from pratique.model.errors import FormatError
from pratique.model.image import Image
from pratique.model.layer import EntryKind, FileFacts, LayerFacts
from pratique.model.spot import Spot
from pratique.model.units import LayerFile
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.sources.interface import Blobs, ForeignLayer

_UNIT = "clamd"
_MOST_UNKNOWNS = 100


class Scan(Protocol):
    """What looks at one file."""

    def scan(self, file: LayerFile) -> Iterator[Spot]:
        """Yield what it sees."""


def ask_clamd(
    image: Image,
    blobs: Blobs,
    facts: Sequence[LayerFacts],
    clamd: Scan,
    wants: Callable[[str, bytes, int], bool],
    limits: Limits,
) -> tuple[LayerFacts, ...]:
    """Return the facts of the layers with what clamd says of the files that ``wants`` takes."""
    told: list[LayerFacts] = []
    for layer, known in zip(image.layers, facts, strict=True):
        found: list[FileFacts] = []
        # The layer was read before: what stops here stopped then, and was told.
        with suppress(FormatError, ForeignLayer), blobs.open(layer.blob) as stored:
            walker = TarWalker(inflate(stored.read, limits), limits)
            found += _asked(walker, clamd, wants, limits)
        told.append(replace(known, found=(*known.found, *found)) if found else known)
    return tuple(told)


def _asked(
    walker: TarWalker, clamd: Scan, wants: Callable[[str, bytes, int], bool], limits: Limits
) -> Iterator[FileFacts]:
    position, refused = -1, 0
    while (entry := walker.next_entry()) is not None:
        position += 1
        size = entry.size_bytes
        if entry.kind is not EntryKind.FILE or not size:
            continue
        if not wants(entry.path, bytes(walker.head(HEAD_BYTES)), size):
            continue
        if size > limits.unit_file_bytes:
            reason = f"the file has {size} bytes, too many to be handed on"
            yield FileFacts(position, unknowns=(_unasked(reason),))
            continue
        with tempfile.TemporaryFile() as spool:
            file = _held(walker, entry.path, size, limits, spool)
            try:
                spots = tuple(clamd.scan(file))
            except FormatError as error:
                refused += 1
                if refused <= _MOST_UNKNOWNS:
                    yield FileFacts(position, unknowns=(_unasked(str(error)),))
                elif refused == _MOST_UNKNOWNS + 1:
                    told = _unasked(f"it and further files of the layer: {error}", Weight.BLOCKING)
                    yield FileFacts(position, unknowns=(told,))
                continue
        if spots:
            yield FileFacts(position, spots=spots)


def _held(walker: TarWalker, path: str, size: int, limits: Limits, spool: IO[bytes]) -> HeldFile:
    if size <= limits.unit_memory_bytes or walker.is_sparse:
        return HeldFile(path, 0o644, walker.body())
    for part in walker.slices():
        spool.write(part)
    spool.flush()
    return HeldFile(path, 0o644, spool.fileno(), size)


def _unasked(reason: str, weight: Weight = Weight.COVERAGE) -> Unknown:
    return Unknown(stage=Stage.CONTENT, unit=_UNIT, location="", reason=reason, weight=weight)
