"""Read an archive, bounded in everything it can lie about."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.formats.zip.archive import Budget, ZipArchive, is_zip
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.mutation import damaged
from tests.makers.zips import Part, deflate, jar_of, zip_of

SAMPLES = (
    jar_of({"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n\n", "a.jar": jar_of({"b": b"b"})}),
    zip_of(
        [Part(name=b"a", content=b"x" * 999), Part(name=b"b")], wide=True, before=b"#!/bin/sh\n"
    ),
)


def _archive(content: bytes, budget: int = 1 << 30) -> ZipArchive:
    return ZipArchive(io.BytesIO(content), DEFAULT, Budget(budget))


@given(damaged(SAMPLES) | st.binary(max_size=300))
def test_a_damaged_archive_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError comes out, and never more than was asked for."""
    try:
        archive = _archive(content)
        members = archive.members()
    except FormatError:
        return
    for member in members:
        try:
            assert len(archive.read(member, 2000)) <= 2000
            assert len(archive.start(member, 10)) <= 10
            archive.open(member).read(100)
        except FormatError:
            pass
    try:
        assert len(archive.oddities) < 1000
    except FormatError:
        pass


def test_a_member_is_taken_only_as_far_as_asked() -> None:
    """The declared size decides before anything is unpacked."""
    archive = _archive(jar_of({"a": b"x" * 100}))
    (member,) = archive.members()

    assert archive.read(member, 100) == b"x" * 100
    with pytest.raises(LimitExceeded, match="more than 99"):
        archive.read(member, 99)


def test_the_start_of_a_large_member_costs_its_start() -> None:
    """A signed jar's manifest has megabytes, of which the first lines matter."""
    archive = _archive(jar_of({"a": b"line\n" * 10_000_000}), budget=1 << 20)
    (member,) = archive.members()

    assert archive.start(member, 9) == b"line\nline"


def test_all_reading_is_bounded_together() -> None:
    """Fifield's bomb: many names for the same bytes; each is small, all together are not."""
    packed = deflate(bytes(1 << 20))
    first = Part(name=b"0", content=bytes(1 << 20))
    more = [Part(name=b"%d" % number, content=bytes(1 << 20), at=0) for number in range(1, 20)]
    assert len(packed) < 2000
    archive = _archive(zip_of([first, *more]), budget=5 << 20)

    members = archive.members()

    with pytest.raises(LimitExceeded, match="archive_bytes"):
        any(archive.read(member, 2 << 20) == b"" for member in members)


def test_an_inner_archive_shares_the_budget() -> None:
    """Nesting does not multiply what may be unpacked."""
    inner = jar_of({"a": b"x" * 5000})
    budget = Budget(6000)
    outer = ZipArchive(io.BytesIO(jar_of({"i.jar": inner}, stored=True)), DEFAULT, budget)
    archive = ZipArchive(outer.open(outer.members()[0]), DEFAULT, budget)

    archive.read(archive.members()[0], 5000)
    assert not budget.is_spent
    with pytest.raises(LimitExceeded):
        archive.read(archive.members()[0], 5000)
    assert budget.is_spent


@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize("size", [100, 9 << 20])
def test_an_inner_archive_is_read_in_place(stored: bool, size: int) -> None:
    """Stored, deflated into memory, and deflated anew at each seek."""
    filling = os.urandom(1 << 10) * (size >> 10)
    inner = jar_of({"filling": filling, "last": b"found"}, stored=True)
    outer = _archive(jar_of({"i.jar": inner}, stored=stored))

    archive = _archive_in(outer)

    assert archive.read(archive.members()[1], 10) == b"found"
    assert archive.read(archive.members()[0], len(filling)) == filling


def _archive_in(outer: ZipArchive) -> ZipArchive:
    return ZipArchive(outer.open(outer.members()[0]), DEFAULT)


def test_an_inner_archive_that_grows_too_much_is_refused() -> None:
    """No honest archive is packed four hundredfold."""
    outer = _archive(jar_of({"i.jar": bytes(2 << 20)}))

    with pytest.raises(LimitExceeded, match="inflate_ratio"):
        outer.open(outer.members()[0])


def test_a_stored_member_with_two_sizes_is_refused() -> None:
    """One reader would take the one, the next the other."""
    outer = _archive(zip_of([Part(name=b"a", content=b"xyz", deflated=False, size=2)]))

    with pytest.raises(FormatError, match="two sizes"):
        outer.open(outer.members()[0])


def test_the_directory_counts_as_unpacked() -> None:
    """Ten thousand names for one inner archive cost what they cost."""
    with pytest.raises(LimitExceeded, match="archive_bytes"):
        _archive(jar_of({"a": b""}), budget=10)


def test_one_damaged_member_fails_alone() -> None:
    """The others are read."""
    archive = _archive(
        zip_of([Part(name=b"a", content=b"x", crc=1), Part(name=b"b", content=b"y")])
    )
    bad, good = archive.members()

    with pytest.raises(FormatError):
        archive.read(bad, 10)
    assert archive.read(good, 10) == b"y"


def test_limits_reach_the_directory() -> None:
    """The caller's bounds, not the defaults."""
    archive = ZipArchive(io.BytesIO(jar_of({"a": b"", "b": b""})), replace(DEFAULT, zip_entries=1))

    with pytest.raises(LimitExceeded):
        archive.members()


def test_a_zip_is_told_by_its_first_bytes() -> None:
    """RAR archives and resource adapters share a suffix."""
    assert is_zip(io.BytesIO(jar_of({"a": b""})))
    assert not is_zip(io.BytesIO(b"Rar!\x1a\x07\x01\x00"))
    assert not is_zip(io.BytesIO(b""))
