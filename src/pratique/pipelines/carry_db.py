"""
Carry shards to a machine without a network: one bundle out, one bundle in.

A bundle is a tar archive under zstd: ``manifest.json`` first, then the shard files. Laws: nothing
is swapped in before everything was verified (names, sizes, sha256, schema, every page); a name in a
bundle never becomes a path; equal shards and ``now`` make equal bytes. A bundle is not signed:
check where it comes from before you import it.
"""

import hashlib
import io
import tarfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

import msgspec
from msgspec import Struct

from pratique.advisories.shards import schema as shard_schema
from pratique.advisories.shards.shard import Shard
from pratique.advisories.shards.writer import sync
from pratique.kit.clock import iso
from pratique.kit.limits import DEFAULT, Limits
from pratique.kit.memory import bounded_memory
from pratique.kit.whole_file import growing
from pratique.model.errors import FormatError, LimitExceeded, StorageError, UsageError
from pratique.pipelines import shard_files

KIND = "pratique advisory bundle 1"
_MANIFEST = "manifest.json"
_MANIFEST_BYTES = 4 << 20
_MAX_SHARDS = 1000
_LEVEL = 9
_BLOCK = 1 << 20


class Carried(Struct, frozen=True, kw_only=True):
    """One shard of a bundle; ``built`` is when its content last changed (ISO 8601)."""

    shard: str
    file: str
    sha256: str
    size_bytes: int
    built: str


class Manifest(Struct, frozen=True, kw_only=True):
    """The first member of a bundle."""

    kind: str
    schema: int
    created: str
    shards: tuple[Carried, ...]


def export_bundle(
    folder: Path, file: Path, now: datetime, shards: Iterable[str] = ()
) -> tuple[Carried, ...]:
    """
    Write shards (all, if none are named) into ``file``, which appears only when it is whole.

    Raises:
        UsageError: there is no such shard, or none at all.
        StorageError: a shard cannot be read, or the file cannot be written.
    """
    names = tuple(shards) or shard_schema.shards_in(folder)
    if not names:
        raise UsageError("there are no advisory data to export", hint="run `pratique db update`")
    carried = tuple(_carried(folder, name) for name in names)
    manifest = Manifest(
        kind=KIND, schema=shard_schema.SCHEMA_VERSION, created=iso(now), shards=carried
    )
    with shard_files.storage(file.parent), growing(file) as out:
        _write(out, folder, manifest)
    return carried


def import_bundle(file: Path, folder: Path, limits: Limits = DEFAULT) -> tuple[Carried, ...]:
    """
    Verify a whole bundle, then put its shards in place of those of the same names.

    Raises:
        UsageError: the bundle cannot be opened, or read to its end.
        FormatError: it is no bundle, is damaged, or one of another version.
        StorageError: the folder cannot be written or is full. Every shard stays as it was, unless the
            disk fails while they are renamed: then each is the old or the new one, whole.
    """
    try:
        opened = file.open("rb")
    except OSError as error:
        raise UsageError(f"cannot open {file}: {error.strerror}") from None
    with opened, shard_files.storage(folder), shard_files.importing(folder) as place:
        with bounded_memory(limits.memory_bytes):
            manifest = _unpack(cast(IO[bytes], _Bundle(opened, file)), place, limits)
        for carried in manifest.shards:
            _verify(place / carried.file, carried)
        for carried in manifest.shards:
            _swap(place / carried.file, folder, carried)
    return manifest.shards


def _carried(folder: Path, name: str) -> Carried:
    path = shard_files.shard_path(folder, name)
    if not path.is_file():
        raise UsageError(f"there is no shard {name[:80]!r}", hint="see `pratique db status`")
    shard = Shard(path)
    built = shard.built
    shard.close()
    with shard_files.storage(folder), path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        size = content.tell()
    return Carried(shard=name, file=path.name, sha256=digest, size_bytes=size, built=built)


def _write(out: IO[bytes], folder: Path, manifest: Manifest) -> None:
    import zstandard  # only here and in import

    compressor = zstandard.ZstdCompressor(level=_LEVEL)
    with (
        compressor.stream_writer(out, closefd=False) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
        archive.addfile(_member(_MANIFEST, len(text)), io.BytesIO(text))
        for carried in manifest.shards:
            with (folder / carried.file).open("rb") as content:
                archive.addfile(_member(carried.file, carried.size_bytes), content)


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = 0o644
    return member


class _Bundle:
    """A bundle whose disk may fail: that is not the fault of the folder that it is unpacked into."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self._file, self._path = file, path

    def read(self, size: int = -1) -> bytes:
        try:
            return self._file.read(size)
        except OSError as error:
            raise UsageError(f"cannot read {self._path}: {error.strerror}") from None


def _unpack(bundle: IO[bytes], place: Path, limits: Limits) -> Manifest:
    """Write the shards of a bundle into ``place`` under our own names."""
    import zstandard  # see _write

    decompressor = zstandard.ZstdDecompressor(max_window_size=limits.zstd_window_bytes)
    try:
        with (
            decompressor.stream_reader(bundle, closefd=False) as stream,
            tarfile.open(fileobj=stream, mode="r|") as archive,
        ):
            members = iter(archive)
            manifest = _manifest(archive, next(members, None))
            expected = {carried.file: carried for carried in manifest.shards}
            for member in members:
                carried = expected.pop(member.name, None)
                if carried is None or not member.isreg() or member.size != carried.size_bytes:
                    raise FormatError(f"the bundle has an unexpected member {member.name[:80]!r}")
                _extract(archive.extractfile(member), place / carried.file, carried, limits)
            if expected:
                raise FormatError(f"the bundle lacks {min(expected)}")
            return manifest
    except (tarfile.TarError, zstandard.ZstdError, EOFError, ValueError) as error:
        raise FormatError(f"the bundle is damaged: {error}") from None
    except (MemoryError, RecursionError):
        # tarfile holds an extended header whole, and calls itself for each one that follows.
        raise FormatError("the bundle has headers that no bundle of ours has") from None


def _manifest(archive: tarfile.TarFile, member: tarfile.TarInfo | None) -> Manifest:
    if member is None or member.name != _MANIFEST or member.size > _MANIFEST_BYTES:
        raise FormatError("not a bundle: its first member is not the manifest")
    content = archive.extractfile(member)
    try:
        manifest = msgspec.json.decode(content.read() if content else b"", type=Manifest)
    except (msgspec.DecodeError, RecursionError) as error:
        raise FormatError(f"the bundle's manifest is not one: {error}") from None
    if manifest.kind != KIND or manifest.schema != shard_schema.SCHEMA_VERSION:
        raise FormatError(
            f"a bundle of another version: {manifest.kind[:40]!r}, schema {manifest.schema}",
            hint="export it with the same version of pratique",
        )
    names = [carried.file for carried in manifest.shards]
    if len(names) != len(set(names)) or len(names) > _MAX_SHARDS:
        raise FormatError("the bundle's manifest names a shard twice, or too many")
    for carried in manifest.shards:
        if shard_schema.shard_name(carried.file) != carried.shard:
            raise FormatError(f"not the file name of a shard: {carried.file[:80]!r}")
    return manifest


def _extract(source: IO[bytes] | None, path: Path, carried: Carried, limits: Limits) -> None:
    if source is None or carried.size_bytes > limits.feed_bytes:
        raise LimitExceeded(f"{carried.file} has {carried.size_bytes} bytes")
    digest = hashlib.sha256()
    with path.open("wb") as out:
        while block := source.read(_BLOCK):
            digest.update(block)
            out.write(block)
    if digest.hexdigest() != carried.sha256:
        raise FormatError(f"{carried.file} differs from the manifest: damaged on the way")
    sync(path)


def _verify(path: Path, carried: Carried) -> None:
    try:
        shard = Shard(path)
        try:
            shard.check()
            same = shard.name == carried.shard and shard.built == carried.built
        finally:
            shard.close()
    except StorageError as error:
        raise FormatError(f"the bundle holds a bad shard: {error}") from None
    if not same:
        raise FormatError(f"{carried.file} is not the shard the manifest says")


def _swap(path: Path, folder: Path, carried: Carried) -> None:
    """Put a shard in place; it counts as checked when it was built, so that age stays true."""
    try:
        built = datetime.fromisoformat(carried.built)
    except ValueError:
        built = datetime.fromtimestamp(0, UTC)
    with (
        shard_files.locked(folder, carried.shard, lambda: None),
        shard_files.replacing(folder, carried.shard, built) as temporary,
    ):
        path.replace(temporary)
