"""One layer is read once: hashes of both forms, entries, kept bytes, and what was not understood."""

import gzip
import hashlib
import io

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT, Limits
from pratique.kit.record import RecordReader, RecordWriter
from pratique.kit.selector import Selector
from pratique.model.digest import Digest, sha256_of
from pratique.model.image import Descriptor
from pratique.model.layer import LayerFacts
from pratique.model.package import Extraction, Package, PackageType, Purl
from pratique.model.units import LayerFile, Patterns
from pratique.model.unknown import Weight
from pratique.pipelines.inspect_layer import LayerTask, inspect_layer
from pratique.pipelines.layer_units import LayerUnits
from tests.makers import layer as make

STATUS = Patterns(paths=("var/lib/dpkg/status",), max_bytes=1000)
ELF = b"\x7fELF" + bytes(60)


def inspect(
    stored: bytes,
    limits: Limits = DEFAULT,
    positions: frozenset[int] = frozenset(),
    *,
    programs: bool = False,
    media_type: str = make.GZIP,
) -> tuple[LayerFacts, KeptFiles]:
    kept = KeptFiles(1 << 24, 1 << 24)
    blob = Descriptor(media_type=media_type, digest=sha256_of(stored), size_bytes=len(stored))
    task = LayerTask(blob, Selector([STATUS]), limits, positions=positions, hash_programs=programs)
    reader = RecordReader(kept, bounded(1 << 26))
    inspect_layer(io.BytesIO(stored), task, RecordWriter(reader.feed))
    return reader.finished(), kept


TAR = make.tar(
    make.file("var/lib/dpkg/status", b"Package: x\n"),
    make.file("bin/sh", ELF, mode=0o755),
    make.file("bin/run", b"#!/bin/sh\n", mode=0o755),
    make.file("data", b"#!not a program", mode=0o644),
    make.file("picture", b"no magic", mode=0o755),
)


@pytest.mark.parametrize(
    ("stored", "media_type"),
    [
        (TAR, make.PLAIN),
        (gzip.compress(TAR), make.GZIP),
        (zstandard.compress(TAR), make.ZSTD),
        (gzip.compress(TAR[:700]) + gzip.compress(TAR[700:]), make.GZIP),
    ],
    ids=["plain", "gzip", "zstd", "members"],
)
def test_both_forms_are_measured(stored: bytes, media_type: str) -> None:
    """Whatever the compression, digests and sizes are those of the bytes."""
    facts, kept = inspect(stored, media_type=media_type)
    assert (facts.blob, facts.blob_bytes) == (sha256_of(stored), len(stored))
    assert (facts.diff_id, facts.tar_bytes) == (sha256_of(TAR), len(TAR))
    assert facts.unknowns == facts.oddities == ()
    assert kept.get(facts.entries[0].content) == b"Package: x\n"
    assert [e.content for e in facts.entries[1:]] == [""] * 4


def test_programs_get_three_hashes_when_asked() -> None:
    """ELF files and scripts with an execute bit; others do not, whatever their mode or magic."""
    facts, _ = inspect(TAR, programs=True, media_type=make.PLAIN)
    contents = {entry.path: entry.content for entry in facts.entries}
    sha256 = hashlib.sha256(ELF).hexdigest()
    assert contents["bin/sh"] == sha256
    assert facts.hashes[sha256].sha1 == hashlib.sha1(ELF).hexdigest()
    assert facts.hashes[sha256].md5 == hashlib.md5(ELF).hexdigest()
    assert len(facts.hashes) == 2
    assert contents["data"] == contents["picture"] == ""


def test_sha512_digests_are_measured_as_such() -> None:
    """The blob's own algorithm and that of the diff ID."""
    blob = Descriptor(
        media_type=make.PLAIN, digest=Digest("sha512:" + "0" * 128), size_bytes=len(TAR)
    )
    reader = RecordReader(KeptFiles(1 << 20, 1 << 20), bounded(1 << 20))
    task = LayerTask(blob, Selector([]), DEFAULT, diff_algorithm="sha512")
    inspect_layer(io.BytesIO(TAR), task, RecordWriter(reader.feed))
    expected = "sha512:" + hashlib.sha512(TAR).hexdigest()
    assert reader.finished().blob == reader.finished().diff_id == expected


def test_positions_are_kept_as_well() -> None:
    """What an earlier merge found behind a link."""
    facts, kept = inspect(TAR, positions=frozenset({3}), media_type=make.PLAIN)
    assert kept.get(facts.entries[3].content) == b"#!not a program"


@pytest.mark.parametrize(
    ("limits", "reason"),
    [({}, "too many to be looked at"), ({"kept_layer_bytes": 100}, "too many bytes")],
)
def test_files_over_the_limits_are_unknown(limits: dict[str, int], reason: str) -> None:
    """Blocking: a package database may be among them. The entry itself is listed."""
    size = 2000 if not limits else 500
    tar = make.tar(make.file("var/lib/dpkg/status", b"x" * size))
    facts, _ = inspect(tar, msgspec.structs.replace(DEFAULT, **limits), media_type=make.PLAIN)
    (unknown,) = facts.unknowns
    assert (unknown.location, unknown.weight) == ("var/lib/dpkg/status", Weight.BLOCKING)
    assert reason in unknown.reason
    assert facts.entries[0].content == ""


@pytest.mark.parametrize("cut", [20, 200])
def test_a_layer_cut_short_keeps_what_was_read(cut: int) -> None:
    """The rest is a blocking Unknown; the stored bytes are still hashed to their end."""
    stored = gzip.compress(make.tar(*(make.file(f"f{n}", bytes([n]) * 999) for n in range(50))))
    facts, _ = inspect(stored[:-cut])
    assert facts.blob == sha256_of(stored[:-cut])
    assert facts.diff_id == ""
    assert [unknown.weight for unknown in facts.unknowns] == [Weight.BLOCKING]
    if cut == 20:
        assert len(facts.entries) > 10


def test_a_broken_tar_in_a_sound_gzip_has_its_diff_id() -> None:
    """So that a lying config is still found."""
    tar = make.file("a") + b"garbage" * 1000
    facts, _ = inspect(gzip.compress(tar))
    assert facts.diff_id == sha256_of(tar)
    assert [entry.path for entry in facts.entries] == ["a"]
    assert facts.unknowns[0].weight is Weight.BLOCKING


def test_a_bomb_is_stopped_and_its_blob_still_hashed() -> None:
    """Bounded work; the digest of the stored bytes is known all the same."""
    stored = gzip.compress(make.tar(make.file("zeros", bytes(8 << 20))))
    tight = msgspec.structs.replace(DEFAULT, inflate_floor_bytes=1 << 20)
    facts, _ = inspect(stored, tight)
    assert facts.blob == sha256_of(stored)
    assert "400 times" in facts.unknowns[0].reason


def test_no_more_is_read_than_the_blob_may_have() -> None:
    """One byte over, so that the difference shows; not the whole of an endless stream."""

    class Endless(io.RawIOBase):
        def read(self, size: int = -1, /) -> bytes:
            return bytes(size)

    blob = Descriptor(media_type=make.PLAIN, digest=sha256_of(b""), size_bytes=5000)
    reader = RecordReader(KeptFiles(0, 0), bounded(1 << 20))
    task = LayerTask(blob, Selector([]), DEFAULT)
    inspect_layer(Endless(), task, RecordWriter(reader.feed))  # type: ignore[arg-type]
    assert reader.finished().blob_bytes == 5001


def test_a_full_disk_costs_the_large_file_only() -> None:
    """What does not fit the temporary file is said, and the files behind it are read."""

    class Jars:
        NAME, VERSION, PATTERNS = "jars", 1, Patterns(suffixes=(".jar",))

        def extract_file(self, file: LayerFile) -> Extraction:
            found = Package(type=PackageType.MAVEN, name=file.path, version="1", purl=Purl(""))
            return Extraction(packages=(found,))

    stored = gzip.compress(make.tar(make.file("a.jar", bytes(5000)), make.file("b.jar", b"x")))
    tight = msgspec.structs.replace(DEFAULT, unit_memory_bytes=1000)
    blob = Descriptor(media_type=make.GZIP, digest=sha256_of(stored), size_bytes=len(stored))
    task = LayerTask(blob, Selector([]), tight, units=LayerUnits([Jars()]))
    reader = RecordReader(KeptFiles(1 << 24, 1 << 24), bounded(1 << 26))
    with open("/dev/full", "r+b", buffering=0) as full:
        inspect_layer(io.BytesIO(stored), task, RecordWriter(reader.feed), full.fileno())
    first, second = reader.finished().found
    assert [u.reason for u in first.unknowns] == [
        "the temporary file cannot hold it: No space left on device"
    ]
    assert [package.name for package in second.packages] == ["b.jar"]


def test_a_media_type_that_lies_is_said() -> None:
    """Some engines go by it."""
    facts, _ = inspect(zstandard.compress(TAR), media_type=make.GZIP)
    assert [(u.weight, "says gzip" in u.reason) for u in facts.unknowns] == [
        (Weight.COVERAGE, True)
    ]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=1500), st.booleans(), st.integers(0, 3000))
def test_any_bytes_give_facts(noise: bytes, packed: bool, at: int) -> None:
    """Nothing escapes: every layer has facts, and what is wrong is in them."""
    tar = TAR[: at % len(TAR)] + noise + TAR[at % len(TAR) :]
    stored = gzip.compress(tar) if packed else tar
    facts, _ = inspect(stored)
    assert facts.blob == sha256_of(stored)


def bounded(result_bytes: int) -> Limits:
    """Return limits with this bound on a record."""
    return msgspec.structs.replace(DEFAULT, result_bytes=result_bytes)
