"""
Inspect a root file system that lies unpacked on this host.

Law: no link is followed out of the folder (each step is opened relative to the last with
``O_NOFOLLOW``), no device or pipe is opened, and nothing is left out silently: other mounts and
what cannot be read become Unknowns.
"""

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from pratique.formats.overlay.merge import merge_layers
from pratique.kit.held_file import HeldFile
from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT, Limits
from pratique.kit.selector import Selector, as_selector
from pratique.model.digest import Digest
from pratique.model.errors import LimitExceeded
from pratique.model.layer import Entry, EntryKind, FileFacts, Hashes, LayerFacts
from pratique.model.paths import decode_path, encode_path
from pratique.model.units import Patterns
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.inspect_image import Inspected
from pratique.pipelines.layer_units import (
    NO_UNITS,
    PIECE_BYTES,
    LayerUnits,
    hashes_of,
    look_within,
)
from pratique.pipelines.scan_contents import NO_CONTENTS, Contents
from pratique.sources.interface import TargetNotFound, TargetRefused

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_MOST_UNKNOWNS = 1000
_MOST_NUMBERS = 1 << 16
Listing = tuple[int, str, Iterator[bytes]]
"""A directory being walked: its descriptor, its path, the names still to come."""

_KINDS = {
    stat.S_IFREG: EntryKind.FILE,
    stat.S_IFDIR: EntryKind.DIRECTORY,
    stat.S_IFLNK: EntryKind.SYMLINK,
    stat.S_IFCHR: EntryKind.CHARACTER_DEVICE,
    stat.S_IFBLK: EntryKind.BLOCK_DEVICE,
    stat.S_IFIFO: EntryKind.FIFO,
}


def inspect_folder(
    path: Path,
    patterns: Selector | Sequence[Patterns],
    limits: Limits = DEFAULT,
    units: LayerUnits = NO_UNITS,
    contents: Contents = NO_CONTENTS,
) -> Inspected:
    """
    Inspect the directory at ``path`` as the root of a system; ``units`` look into single files.

    Raises:
        TargetError: it is absent, no directory, or may not be read.
    """
    try:
        root = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except PermissionError as error:
        raise TargetRefused(
            f"{path}: {error.strerror}", hint="run as a user who may read it"
        ) from None
    except OSError as error:
        raise TargetNotFound(f"{path}: {error.strerror}") from None
    selector = as_selector(patterns)
    contents.prepare()
    walk = _Walk(root, selector, limits, (units, contents))
    try:
        facts = walk.facts()
        merged = merge_layers([(None, facts)], selector, walk.kept, limits)
        if unread := merged.tree.unread():
            facts = walk.with_contents(facts, unread[0])
            merged = merge_layers([(None, facts)], selector, walk.kept, limits)
    finally:
        os.close(root)
    unknowns = tuple(sorted({*facts.unknowns, *merged.unknowns}))
    return Inspected(tree=merged.tree, unknowns=unknowns, facts=(facts,))


class _Walk:
    def __init__(
        self,
        root: int,
        selector: Selector,
        limits: Limits,
        lookers: tuple[LayerUnits, Contents],
    ) -> None:
        self.kept = KeptFiles(limits.kept_memory_bytes, limits.kept_image_bytes)
        self._root = root
        self._selector = selector
        self._limits = limits
        self._units, self._contents = lookers
        self._found: list[FileFacts] = []
        self._hashes: dict[str, Hashes] = {}
        self._package_room = limits.layer_packages
        self._spot_room = limits.layer_spots
        self._position = 0
        self._unknowns: list[Unknown] = []
        self._numbers: dict[int, int] = {}

    def facts(self) -> LayerFacts:
        """Return the folder as if it were one layer."""
        entries: list[Entry] = []
        names = 0
        for entry in self._entries():
            names += len(entry.path) + len(entry.link)
            if len(entries) >= self._limits.entries or names > self._limits.names_bytes:
                self._unknown("", "it holds more than the limits allow", blocking=True)
                break
            entries.append(entry)
        return LayerFacts(
            blob=Digest(""),
            diff_id=Digest(""),
            blob_bytes=0,
            tar_bytes=0,
            entries=tuple(entries),
            hashes=self._hashes,
            found=tuple(self._found),
            unknowns=tuple(self._unknowns),
        )

    def with_contents(self, facts: LayerFacts, positions: set[int]) -> LayerFacts:
        """Return ``facts`` with the bytes of some more files kept: those that links led to."""
        entries = list(facts.entries)
        for position in sorted(positions):
            entry = entries[position]
            parent, _, name = encode_path(entry.path).rpartition(b"/")
            try:
                folder = self._open_folder(parent)
            except OSError as error:
                self._unknown(entry.path, f"cannot be read: {error.strerror}", blocking=True)
                continue
            try:
                most = self._limits.kept_file_bytes
                entries[position] = self._with_content(entry, folder, name, most)
            finally:
                os.close(folder)
        return replace(facts, entries=tuple(entries), unknowns=tuple(self._unknowns))

    def _entries(self) -> Iterator[Entry]:
        """Yield everything below the root, parents first, depth first, sorted by name."""
        root_device = os.fstat(self._root).st_dev
        stack = [self._listing(os.dup(self._root), "")]
        try:
            while stack:
                folder, path, names = stack[-1]
                name = next(names, None)
                if name is None:
                    os.close(stack.pop()[0])
                    continue
                entry, device = self._entry(folder, name, path)
                if entry is None:
                    continue
                looked = self._units.units or self._contents
                if entry.kind is EntryKind.FILE and looked and entry.size_bytes:
                    entry = self._look(entry, folder, name)
                self._position += 1
                yield entry
                if entry.kind is not EntryKind.DIRECTORY:
                    continue
                if device != root_device:
                    self._unknown(entry.path, "another file system is mounted here; not looked at")
                elif len(stack) > self._limits.path_depth:
                    self._unknown(entry.path, "it lies too deep")
                elif (child := self._descend(folder, name, entry.path)) is not None:
                    stack.append(child)
        finally:
            for folder, _, _ in stack:
                os.close(folder)

    def _descend(self, folder: int, name: bytes, path: str) -> Listing | None:
        try:
            return self._listing(os.open(name, _FOLDER, dir_fd=folder), path)
        except OSError as error:
            self._unknown(path, f"cannot be read: {error.strerror}", blocking=self._matters(path))
            return None

    def _listing(self, folder: int, path: str) -> Listing:
        try:
            with os.scandir(folder) as found:
                return folder, path, iter(sorted(os.fsencode(item.name) for item in found))
        except OSError:
            os.close(folder)
            raise

    def _entry(self, folder: int, name: bytes, parent: str) -> tuple[Entry | None, int]:
        text = decode_path(name)
        path = f"{parent}/{text}" if parent else text
        try:
            found = os.stat(name, dir_fd=folder, follow_symlinks=False)
            kind = _KINDS.get(stat.S_IFMT(found.st_mode), EntryKind.OTHER)
            link = os.readlink(name, dir_fd=folder) if kind is EntryKind.SYMLINK else b""
        except OSError as error:
            self._unknown(path, f"cannot be looked at: {error.strerror}")
            return None, 0
        size = self._same(found.st_size) if kind is EntryKind.FILE else 0
        mode = self._same(stat.S_IMODE(found.st_mode))
        mtime_s = self._same(found.st_mtime_ns // 1_000_000_000)
        target = decode_path(link)
        entry = Entry(path, kind, mode, found.st_uid, found.st_gid, size, mtime_s, target)
        if kind is EntryKind.FILE and (allowed := self._selector.limit(path)):
            most = min(allowed, self._limits.kept_file_bytes)
            entry = self._with_content(entry, folder, name, most)
        return entry, found.st_dev

    def _same(self, number: int) -> int:
        """Return a number that was met before, so that a host's 700,000 files share a few."""
        if len(self._numbers) < _MOST_NUMBERS:
            return self._numbers.setdefault(number, number)
        return self._numbers.get(number, number)

    def _with_content(self, entry: Entry, folder: int, name: bytes, most: int) -> Entry:
        """Keep the bytes of a file some unit wants, or say why not."""
        try:
            with open(os.open(name, _FILE, dir_fd=folder), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise OSError(0, "it is no regular file any more")
                content = file.read(most + 1)
            if len(content) > most:
                raise LimitExceeded(f"more than {most} bytes, too many to be looked at")
            sha256 = hashlib.sha256(content).hexdigest()
            self.kept.add(sha256, content)
        except OSError as error:
            self._unknown(entry.path, f"cannot be read: {error.strerror}", blocking=True)
            return entry
        except LimitExceeded as error:
            self._unknown(entry.path, str(error), blocking=True)
            return entry
        return replace(entry, content=sha256, size_bytes=len(content))

    def _look(self, entry: Entry, folder: int, name: bytes) -> Entry:
        """Have units look into a file of the host, opened once."""
        try:
            file = os.open(name, _FILE, dir_fd=folder)
        except OSError as error:
            if self._contents or self._units.wanting(entry.path, lambda size: b""):
                self._unknown(entry.path, f"cannot be read: {error.strerror}", blocking=True)
            return entry
        try:
            return self._look_into(entry, file)
        except OSError as error:  # it became a folder or a pipe, or the disk is damaged
            self._unknown(entry.path, f"cannot be read: {error.strerror}", blocking=True)
            return entry
        finally:
            os.close(file)

    def _look_into(self, entry: Entry, file: int) -> Entry:
        def head(size: int) -> bytes:
            return os.pread(file, size, 0)

        units = self._units.wanting(entry.path, head)
        seen = self._contents.wants(entry.path, head, entry.size_bytes)
        if not (units or seen) or not stat.S_ISREG(os.fstat(file).st_mode):
            return entry
        held = HeldFile(entry.path, entry.mode, file, entry.size_bytes)
        facts = look_within(held, units, self._position, self._limits)
        self._package_room -= len(facts.packages)
        if self._package_room < 0:
            self._unknown("", "it holds more packages than layer_packages", blocking=True)
            return entry
        if seen:
            facts = self._with_spots(facts, held)
        if facts.packages or facts.unknowns or facts.signs or facts.spots:
            self._found.append(facts)
        return self._hashed(entry, held) if facts.packages else entry

    def _with_spots(self, facts: FileFacts, file: HeldFile) -> FileFacts:
        if self._spot_room < 0:
            return facts
        seen = self._contents.look(file)
        self._spot_room -= len(seen.spots)
        if self._spot_room < 0:
            most = self._limits.layer_spots
            self._unknown("", f"more than {most} things were seen; the rest is left", blocking=True)
        return replace(facts, spots=seen.spots, unknowns=(*facts.unknowns, *seen.unknowns))

    def _hashed(self, entry: Entry, file: HeldFile) -> Entry:
        sha256, hashes = hashes_of(file.pieces(PIECE_BYTES))
        self._hashes[sha256] = hashes
        return replace(entry, content=sha256)

    def _open_folder(self, path: bytes) -> int:
        """Open a directory below the root, refusing a link at every step."""
        folder = os.dup(self._root)
        for part in filter(None, path.split(b"/")):
            try:
                inner = os.open(part, _FOLDER, dir_fd=folder)
            finally:
                os.close(folder)
            folder = inner
        return folder

    def _matters(self, path: str) -> bool:
        """Whether a unit names something below ``path``."""
        selector = self._selector
        places = (*selector.paths, *selector.folders, *selector.trees)
        return any(place == path or place.startswith(f"{path}/") for place in places)

    def _unknown(self, path: str, reason: str, *, blocking: bool = False) -> None:
        if len(self._unknowns) < _MOST_UNKNOWNS:
            self._unknowns.append(
                Unknown(
                    stage=Stage.LAYER,
                    unit="inspect_folder",
                    location=path or "/",
                    reason=reason,
                    weight=Weight.BLOCKING if blocking else Weight.COVERAGE,
                )
            )
