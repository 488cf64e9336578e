"""
Read one layer once: inflate, hash both forms, walk the tar stream, keep what units asked for.

Files that layer units want are looked into in passing; one too large for memory goes to a spool.
Law: the result depends on the stored bytes, the selector, the units and the limits only; it is the same in a
worker process and in this one. What cannot be read becomes an Unknown of the layer; what was read
before it stands, and the stored bytes are hashed to their end in any case.
"""

import hashlib
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from pratique.extractors.interface import partly_read
from pratique.formats.compression import disagreement, inflate, sniff
from pratique.formats.tar.walker import TarWalker
from pratique.kit.held_file import HeldFile
from pratique.kit.limits import Limits
from pratique.kit.record import RecordWriter
from pratique.kit.selector import Selector
from pratique.model.digest import Digest
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.image import Descriptor
from pratique.model.layer import Entry, EntryKind, FileFacts, LayerFacts, Oddity
from pratique.model.units import LayerUnit
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.layer_units import (
    PIECE_BYTES,
    LayerUnits,
    hashes_of,
    look_within,
    too_many,
)
from pratique.pipelines.needed_hashes import DEBIAN
from pratique.pipelines.scan_contents import NO_CONTENTS, Contents, Rationed, not_seen

_EXECUTABLE = 0o111
_ELF = b"\x7fELF"
_MAGICS = (_ELF, b"#!")
_PROGRESS_STEP = 4 << 20
_REST = 1 << 20
_MOST_UNKNOWNS = 100


class LayerTask(Struct, frozen=True):
    """
    One layer to read.

    ``diff_algorithm`` names the hash of the unpacked form (``sha256``, ``sha512``); ``positions``
    are entries to keep besides those the selector wants, found by an earlier merge.
    ``hash_programs`` gives every program and script with an execute bit its three hashes, and every
    library that a unit or scanner looks into: only for units that look at them, as it costs more
    than hashing the layer. Of a layer of Debian's, ``every_hash`` False leaves out SHA-1
    (``pipelines.needed_hashes``).
    ``content_seconds`` is the CPU time after which ``contents`` look into no more files.
    """

    blob: Descriptor
    selector: Selector
    limits: Limits
    diff_algorithm: str = "sha256"
    positions: frozenset[int] = frozenset()
    hash_programs: bool = False
    every_hash: bool = False
    units: LayerUnits = LayerUnits()
    contents: Contents = NO_CONTENTS
    content_seconds: float = math.inf


_NO_FACTS = FileFacts(-1)
"""Of a file that no unit wanted and in which nothing was seen: most files."""


class Readable(Protocol):
    """Stored bytes of a layer."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


def inspect_layer(stored: Readable, task: LayerTask, record: RecordWriter, spool: int = -1) -> None:
    """
    Read a layer and write what it holds to ``record``.

    ``spool`` is the descriptor of a temporary file; without one, files that units want and that
    are larger than ``Limits.unit_memory_bytes`` stay unknown.
    """
    _Inspection(stored, task, record, spool).run()


class _Inspection:
    def __init__(self, stored: Readable, task: LayerTask, record: RecordWriter, spool: int) -> None:
        self.task = task
        self._with_sha1 = True
        self._spool = spool
        self._unit_room = task.limits.unit_layer_bytes
        self._small = min(task.limits.unit_memory_bytes, task.limits.unit_file_bytes)
        self._package_room = task.limits.layer_packages
        self._contents = Rationed(task.contents, task.limits, task.content_seconds)
        self.record = record
        self.unknowns: list[Unknown] = []
        self._stored = stored
        self._blob_hash: _Hash = hashlib.new(task.blob.digest.partition(":")[0])
        self._tar_hash: _Hash = hashlib.new(task.diff_algorithm)
        self._head = b""
        claimed, bound = task.blob.size_bytes, task.limits.blob_bytes
        self._most_bytes = min(claimed, bound) if claimed >= 0 else bound
        self._blob_bytes = 0
        self._tar_bytes = 0
        self._told = 0
        self._inflated = False
        self._kept_room = task.limits.kept_layer_bytes
        self._kept: set[str] = set()

    def run(self) -> None:
        pieces = self._pieces()
        walker = TarWalker(pieces, self.task.limits)
        try:
            self._walk(walker)
            walker.drain()
        except LimitExceeded as error:
            self._unknown(f"{error}; the rest of the layer was not looked at")
        except FormatError as error:
            self._unknown(f"{error}; nothing behind this can be read")
            self._hash_on(pieces)
        while self._read(_REST):
            pass
        if self._contents.problem:
            self._unknown(f"{self._contents.problem}; further files were not looked into")
        for skipped in walker.skipped:
            self._unknown(f"left out: {skipped.reason}", skipped.path, Weight.COVERAGE)
        self._compare_media_type()
        self.record.finish(self._facts(tuple(walker.oddities)))

    def _hash_on(self, pieces: Iterator[bytes]) -> None:
        """Hash the rest of a stream whose tar is broken, so that its diff ID can be checked."""
        with suppress(FormatError):
            for _ in pieces:
                pass

    def _compare_media_type(self) -> None:
        with suppress(FormatError):
            odd = disagreement(self.task.blob.media_type, sniff(self._head))
            if odd:
                self._unknown(f"{odd}, so some engines refuse it", weight=Weight.COVERAGE)

    def _facts(self, oddities: tuple[Oddity, ...]) -> LayerFacts:
        blob_algorithm = self.task.blob.digest.partition(":")[0]
        blob = Digest(f"{blob_algorithm}:{self._blob_hash.hexdigest()}")
        diff_id = f"{self.task.diff_algorithm}:{self._tar_hash.hexdigest()}"
        return LayerFacts(
            blob=blob,
            diff_id=Digest(diff_id if self._inflated else ""),
            blob_bytes=self._blob_bytes,
            tar_bytes=self._tar_bytes,
            entries=(),
            unknowns=tuple(self.unknowns),
            oddities=oddities,
        )

    def _read(self, size: int) -> bytes:
        """Read stored bytes, hashing them; never more than one over what the blob may have."""
        room = self._most_bytes + 1 - self._blob_bytes
        chunk = self._stored.read(min(size, room)) if room > 0 else b""
        if chunk:
            self._blob_hash.update(chunk)
            self._blob_bytes += len(chunk)
            if len(self._head) < 6:
                self._head = (self._head + chunk)[:6]
            if self._blob_bytes - self._told >= _PROGRESS_STEP:
                self._told = self._blob_bytes
                self.record.progress(self._told)
        return chunk

    def _pieces(self) -> Iterator[bytes]:
        for piece in inflate(self._read, self.task.limits):
            self._tar_hash.update(piece)
            self._tar_bytes += len(piece)
            yield piece
        self._inflated = True

    def _walk(self, walker: TarWalker) -> None:
        limit, send, positions = self.task.selector.limit, self.record.entry, self.task.positions
        hash_programs, position = self.task.hash_programs, -1
        wanting, starting, head = self.task.units.wanting, self.task.units.starting, walker.head
        looks, wants_it = bool(self._contents), self._contents.wants
        # Asked of every entry: one selector of all, before those of units and of kept files.
        everything = (*self.task.selector.patterns, *self.task.units.patterns)
        may_want = Selector(everything).may_want
        while (entry := walker.next_entry()) is not None:
            position += 1
            if entry.kind is EntryKind.FILE:
                if may_want(entry.path):
                    allowed, units = limit(entry.path), wanting(entry.path, head)
                    if entry.path == DEBIAN:
                        self._with_sha1 = self.task.every_hash
                else:
                    allowed, units = 0, starting(head)
                if position in positions:
                    allowed = self.task.limits.kept_file_bytes
                if units or (looks and wants_it(entry.path, head, entry.size_bytes)):
                    entry = self._look(walker, entry, units, position, allowed)
                elif allowed:
                    entry = self._keep(walker, entry, allowed)
                elif hash_programs and entry.mode & _EXECUTABLE and not walker.is_sparse:
                    entry = self._hash_program(walker, entry)
            send(entry)

    def _look(
        self,
        walker: TarWalker,
        entry: Entry,
        units: Sequence[LayerUnit],
        position: int,
        allowed: int,
    ) -> Entry:
        """Have units look into a file, and keep its bytes where that is wanted as well."""
        size, limits = entry.size_bytes, self.task.limits
        odd = size > self._small or size > self._unit_room
        if odd and (problem := self._unfit(walker, size)):
            self.record.found(_not_looked_into(position, units, self._contents, problem))
            return self._keep(walker, entry, allowed) if allowed else entry
        self._unit_room -= size
        keep = bool(allowed) and not self._unkeepable(size, allowed)
        if size <= limits.unit_memory_bytes or walker.is_sparse or keep:
            content = walker.body()
            file = HeldFile(entry.path, entry.mode, content)
            if allowed:
                entry = self._keep_content(entry, content, allowed)
        else:
            if allowed:
                self._unknown(self._unkeepable(size, allowed), entry.path)
            if problem := self._fill_spool(walker):
                self.record.found(_not_looked_into(position, units, self._contents, problem))
                return entry
            file = HeldFile(entry.path, entry.mode, self._spool, size)
        facts = self._facts_of(file, units, position)
        if facts is not _NO_FACTS and (
            facts.packages or facts.unknowns or facts.signs or facts.spots
        ):
            self.record.found(facts)
        if facts.packages or (self.task.hash_programs and _is_program(entry, file.read(0, 4))):
            entry = self._hashed(entry, file.pieces(PIECE_BYTES))
        return entry

    def _facts_of(self, file: HeldFile, units: Sequence[LayerUnit], position: int) -> FileFacts:
        """Return what units and content scanners find in a file."""
        limits = self.task.limits
        facts = look_within(file, units, position, limits) if units else _NO_FACTS
        if facts.packages:
            self._package_room -= len(facts.packages)
            if self._package_room < 0:
                raise LimitExceeded(f"the layer has more than {limits.layer_packages} packages")
        seen = self._contents.look(file)
        if seen.spots or seen.unknowns:
            unknowns = (*facts.unknowns, *seen.unknowns)
            facts = replace(facts, position=position, spots=seen.spots, unknowns=unknowns)
        return facts

    def _unfit(self, walker: TarWalker, size: int) -> str:
        """Return why no unit may look into a file of this size, empty when they may."""
        limits = self.task.limits
        if size > limits.unit_file_bytes:
            return too_many(size)
        if size > self._unit_room:
            return "the files to be looked into in this layer are too many bytes"
        if size > limits.unit_memory_bytes:
            if walker.is_sparse and size > limits.kept_file_bytes:
                return "the file has holes and is too large to be laid out"
            if self._spool < 0:
                return "there is no room for a temporary file"
        return ""

    def _fill_spool(self, walker: TarWalker) -> str:
        """Write the current file to the spool; return why that cannot be done, else nothing."""
        offset = 0
        for part in walker.slices():
            while part:
                try:
                    written = os.pwrite(self._spool, part, offset)
                except OSError as error:  # the disk is full, or ``RLIMIT_FSIZE`` is smaller
                    return f"the temporary file cannot hold it: {error.strerror}"
                offset += written
                part = part[written:]
        return ""

    def _keep(self, walker: TarWalker, entry: Entry, allowed: int) -> Entry:
        """Keep a file's bytes, or say which limit forbids it."""
        if problem := self._unkeepable(entry.size_bytes, allowed):
            self._unknown(problem, entry.path)
            return entry
        content = walker.body()
        entry = self._keep_content(entry, content, allowed)
        is_program = entry.mode & _EXECUTABLE and content.startswith(_MAGICS)
        if self.task.hash_programs and is_program:
            entry = self._hashed(entry, (content,))
        return entry

    def _unkeepable(self, size: int, allowed: int) -> str:
        if size > min(allowed, self.task.limits.kept_file_bytes):
            return f"the file has {size} bytes, too many to be looked at"
        if size > self._kept_room:
            return "the files to be looked at in this layer are too many bytes"
        return ""

    def _keep_content(self, entry: Entry, content: bytes | bytearray, allowed: int) -> Entry:
        if problem := self._unkeepable(len(content), allowed):
            self._unknown(problem, entry.path)
            return entry
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 not in self._kept:
            self._kept.add(sha256)
            self._kept_room -= len(content)
            self.record.kept(sha256, content)
        return replace(entry, content=sha256)

    def _hash_program(self, walker: TarWalker, entry: Entry) -> Entry:
        """Give a program its hashes; what only has the mode of one stays unhashed."""
        if not walker.head(4).startswith(_MAGICS):
            return entry
        return self._hashed(entry, walker.slices())

    def _hashed(self, entry: Entry, pieces: Iterable[bytes | bytearray | memoryview]) -> Entry:
        sha256, hashes = hashes_of(pieces, with_sha1=self._with_sha1)
        self.record.hashed(sha256, hashes)
        return replace(entry, content=sha256)

    def _unknown(self, reason: str, path: str = "", weight: Weight = Weight.BLOCKING) -> None:
        if len(self.unknowns) < _MOST_UNKNOWNS:
            location = path or str(self.task.blob.digest)
            self.unknowns.append(
                Unknown(
                    stage=Stage.LAYER,
                    unit="inspect_layer",
                    location=location,
                    reason=reason,
                    weight=weight,
                )
            )


def _is_program(entry: Entry, head: bytes) -> bool:
    """Whether a file is a program, a library (which need no execute bit) or a script to execute."""
    if not head.startswith(_MAGICS):
        return False  # most files
    return head.startswith(_ELF) or bool(entry.mode & _EXECUTABLE)


def _not_looked_into(
    position: int, units: Sequence[LayerUnit], contents: Rationed, reason: str
) -> FileFacts:
    unknowns = [partly_read(unit.NAME, "", reason) for unit in units]
    if contents:
        unknowns.append(not_seen(reason))
    return FileFacts(position, unknowns=tuple(unknowns))
