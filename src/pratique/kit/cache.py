"""
Keep what phase 1 learnt of layers between runs.

Law: ``get`` answers only for a pair (blob digest, diff ID) that ``put`` was given after this
program measured both; a config's claim alone finds nothing. The key also covers the record format,
this program's version, the units' versions and patterns, and the limits. A damaged file is a miss. Any number of processes
may share the folder: a file is written under a passing name and renamed. A folder that cannot be
written gives a warning and no cache, never a failure.

A file is ``PRATLYR2``, the record of ``kit.record`` deflated, and the sha256 of all before it. The
longest unused files go when the sum passes ``max_bytes``.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from pratique import __version__
from pratique.kit.kept import KeptFiles
from pratique.kit.limits import Limits
from pratique.kit.record import EntryBudget, RecordReader, RecordWriter
from pratique.kit.selector import Selector
from pratique.model.digest import Digest
from pratique.model.errors import FormatError
from pratique.model.layer import LayerFacts

MAX_BYTES = 2 << 30
"""Default bound; ``PRATIQUE_CACHE_MAX_BYTES`` sets another."""

_MAGIC = b"PRATLYR2"
_TRAILER = 32
_PIECE = 1 << 18
_STALE_S = 3600.0
_LEAVE = 0.9


class LayerKey(Struct, frozen=True):
    """What a cached result stands for; ``units`` from ``units_key``."""

    blob: Digest
    diff_id: Digest
    units: str

    def file_name(self) -> str:
        """Return the name of the file, with its folder of two digits."""
        name = hashlib.sha256(msgspec.msgpack.encode(self)).hexdigest()
        return f"{name[:2]}/{name[2:]}"


def units_key(units_version: str, selector: Selector, limits: Limits) -> str:
    """Return what of a cached result depends on this program's side, as one short text."""
    # The version of the program stands for the code that walks layers.
    parts = (_MAGIC, __version__, units_version, selector.patterns, limits)
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()


class LayerCache:
    """Layer facts in a folder, which is made when the first is put."""

    def __init__(self, folder: Path, max_bytes: int | None = None) -> None:
        self.folder = folder
        self.max_bytes = _bound_from_environment() if max_bytes is None else max_bytes
        self._works = True
        self._grew = False

    def get(
        self, key: LayerKey, kept: KeptFiles, limits: Limits, budget: EntryBudget | None = None
    ) -> LayerFacts | None:
        """Return the facts put under ``key``, their kept files added to ``kept``, or None."""
        path = self.folder / key.file_name()
        try:
            with path.open("rb") as file:
                facts = _read(file, RecordReader(kept, limits, budget, verified=True))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, FormatError) as error:
            self._warn(f"a cached layer cannot be read: {error}", fatal=False)
            return None
        if (facts.blob, facts.diff_id) != (key.blob, key.diff_id):
            return None
        with suppress(OSError):
            os.utime(path)
        return facts

    def put(self, facts: LayerFacts, units: str, kept: KeptFiles, hashes: list[str]) -> None:
        """Keep ``facts`` and the files of ``kept`` that ``hashes`` names."""
        path = self.folder / LayerKey(facts.blob, facts.diff_id, units).file_name()
        if not self._works:
            return
        passing = path.with_name(f"{path.name}.{os.urandom(6).hex()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                with passing.open("xb") as file:
                    _write(file, facts, kept, hashes)
                passing.replace(path)
            finally:
                passing.unlink(missing_ok=True)
        except OSError as error:
            self._warn(f"layers are not cached: {error}", fatal=True)
            return
        self._grew = True

    def trim(self) -> None:
        """Remove the longest unused files above ``max_bytes``, if this run added any."""
        if not self._grew:
            return
        self._grew = False
        try:
            self._trim()
        except OSError as error:
            self._warn(f"the layer cache cannot be trimmed: {error}", fatal=False)

    def _trim(self) -> None:
        files = sorted((s.st_mtime, s.st_size, path) for path, s in self._files())
        total = sum(size for _, size, _ in files)
        room = self.max_bytes * _LEAVE if total > self.max_bytes else total
        for used, size, path in files:
            stale = path.suffix == ".tmp" and used < time.time() - _STALE_S
            if total > room or stale:
                with suppress(OSError):
                    path.unlink()
                total -= size

    def usage(self) -> tuple[int, int]:
        """Return how many layers are cached, and their bytes."""
        sizes = [stat.st_size for _, stat in self._files()]
        return len(sizes), sum(sizes)

    def clear(self) -> None:
        """
        Remove all cached layers.

        Raises:
            OSError: a file cannot be removed.
        """
        for path, _ in self._files():
            path.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self.folder.glob("??/*"):
            with suppress(FileNotFoundError):
                yield path, path.stat()

    def _warn(self, message: str, *, fatal: bool) -> None:
        import logging  # 10 ms that only a failing cache pays

        self._works = self._works and not fatal
        logging.getLogger(__name__).warning("%s", message)


def _write(file: BinaryIO, facts: LayerFacts, kept: KeptFiles, hashes: list[str]) -> None:
    from isal import isal_zlib  # its level 0 deflates as fast as zstd and is here anyway

    digest = hashlib.sha256(_MAGIC)
    deflater = isal_zlib.compressobj(0)

    def out(data: bytes) -> None:
        digest.update(data)
        file.write(data)

    file.write(_MAGIC)
    record = RecordWriter(lambda frame: out(deflater.compress(frame)))
    for sha256 in hashes:
        record.kept(sha256, kept.get(sha256) or b"")
    for entry in facts.entries:
        record.entry(entry)
    for found in facts.found:
        record.found(found)
    for sha256, others in facts.hashes.items():
        record.hashed(sha256, others)
    record.finish(msgspec.structs.replace(facts, entries=(), found=(), hashes={}))
    out(deflater.flush())
    file.write(digest.digest())


def _read(file: BinaryIO, reader: RecordReader) -> LayerFacts:
    from isal import isal_zlib

    left = _verified_length(file)
    file.seek(len(_MAGIC))
    inflater = isal_zlib.decompressobj()
    try:
        while left and (piece := file.read(min(left, _PIECE))):
            left -= len(piece)
            while piece:
                reader.feed(inflater.decompress(piece, _PIECE))
                piece = inflater.unconsumed_tail
        reader.feed(inflater.flush())
    except isal_zlib.error as error:  # type: ignore[misc]  # its stub calls it a value
        raise FormatError(f"a cached layer is damaged: {error}") from None
    return reader.finished()


def _verified_length(file: BinaryIO) -> int:
    """Return how many bytes of record the file has, once its checksum holds."""
    length = os.fstat(file.fileno()).st_size - len(_MAGIC) - _TRAILER
    digest = hashlib.sha256()
    left = length + len(_MAGIC)
    if length < 0 or file.read(len(_MAGIC)) != _MAGIC:
        raise FormatError("a cached layer is not one")
    file.seek(0)
    while left and (piece := file.read(min(left, _PIECE))):
        digest.update(piece)
        left -= len(piece)
    if left or file.read(_TRAILER) != digest.digest():
        raise FormatError("a cached layer is damaged")
    return length


def _bound_from_environment() -> int:
    text = os.environ.get("PRATIQUE_CACHE_MAX_BYTES", "")
    return int(text) if text.isdecimal() else MAX_BYTES
