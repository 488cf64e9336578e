"""Sparse files of all four forms are laid out as GNU tar means them."""

from collections.abc import Iterator

import pytest

from pratique.formats.tar import sparse
from pratique.formats.tar.walker import TarWalker
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers import layer as make

WHOLE = b"\0\0ab\0c\0"


def read(archive: bytes) -> tuple[str, int, bytes]:
    walker = TarWalker([archive], DEFAULT)
    entry = walker.next_entry()
    assert entry is not None
    assert walker.is_sparse
    body = walker.body()
    assert walker.next_entry() is not None, "the next entry is found"
    return entry.path, entry.size_bytes, body


def pax(*records: tuple[bytes, bytes]) -> bytes:
    return make.pax((b"GNU.sparse." + key, value) for key, value in records)


def test_pax_0_0() -> None:
    """Pairs of offset and length in order."""
    pairs = [(b"offset", b"2"), (b"numbytes", b"2"), (b"offset", b"5"), (b"numbytes", b"1")]
    meta = pax((b"size", b"7"), (b"numblocks", b"2"), *pairs)
    assert read(make.tar(meta + make.file("f", b"abc"), make.file("g"))) == ("f", 7, WHOLE)


def test_pax_0_1() -> None:
    """The map in one record, and a name of its own."""
    meta = pax((b"size", b"7"), (b"numblocks", b"2"), (b"map", b"2,2,5,1"), (b"name", b"real/name"))
    assert read(make.tar(meta + make.file("f", b"abc"), make.file("g"))) == ("real/name", 7, WHOLE)


def test_pax_1_0() -> None:
    """The map before the data, in whole blocks."""
    meta = pax((b"major", b"1"), (b"minor", b"0"), (b"realsize", b"7"), (b"name", b"n"))
    content = make.padded(b"2\n2\n2\n5\n1\n") + b"abc"
    assert read(make.tar(meta + make.file("f", content), make.file("g"))) == ("n", 7, WHOLE)


def test_pax_1_0_with_a_map_of_many_blocks() -> None:
    """The map may be longer than one block."""
    lines = b"".join(b"%d\n1\n" % (n * 3) for n in range(200))
    content = make.padded(b"200\n" + lines) + b"x" * 200
    meta = pax((b"major", b"1"), (b"minor", b"0"), (b"realsize", b"600"))
    body = read(make.tar(meta + make.file("f", content), make.file("g")))[2]
    assert body == b"x\0\0" * 200


def old_gnu(extended: int, pieces: list[tuple[int, int]], size: int, real: int) -> bytes:
    block = bytearray(make.header(b"f", kind=b"S", magic=b"ustar  \0", size=size))
    for index, (offset, length) in enumerate(pieces):
        at = 386 + 24 * index
        block[at : at + 24] = make.octal(offset, 12) + make.octal(length, 12)
    block[482] = extended
    block[483:495] = make.octal(real, 12)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def test_old_gnu_with_an_extension_block() -> None:
    """The map goes on in blocks of its own before the data."""
    extension = bytearray(512)
    extension[:24] = make.octal(5, 12) + make.octal(1, 12)
    entry = old_gnu(1, [(2, 2)], 3, 7) + bytes(extension) + make.padded(b"abc")
    assert read(make.tar(entry, make.file("g"))) == ("f", 7, WHOLE)


def test_endless_extensions_are_bounded() -> None:
    """Each block says that another follows."""
    extension = bytearray(512)
    extension[504] = 1
    with pytest.raises(LimitExceeded):
        sparse.old_gnu(old_gnu(1, [], 0, 0), lambda: bytes(extension), 4096)


def test_an_endless_map_is_bounded() -> None:
    """A map of PAX 1.0 that never ends."""
    with pytest.raises(LimitExceeded):
        sparse.in_data(lambda: b"9" * 512, 10, 4096)
    with pytest.raises(FormatError, match="impossible"):
        sparse.in_data(lambda: b"99999999\n".ljust(512, b"0"), 10, 4096)


@pytest.mark.parametrize(
    "fields", [b"0,1,0,1", b"5,1,2,1", b"0,9", b"0,-1", b"-1,1", b"0,1,2", b"0,x"]
)
def test_maps_that_cannot_be_are_refused(fields: bytes) -> None:
    """Overlapping, backwards, outside, negative, odd, no numbers."""
    blocks = b"%d" % (fields.count(b",") // 2 + 1)
    with pytest.raises(FormatError):
        sparse.from_records({b"GNU.sparse.map": fields, b"GNU.sparse.numblocks": blocks}, 8)


def test_a_map_that_does_not_fit_its_data_is_refused() -> None:
    """More or fewer bytes than it places."""
    with pytest.raises(FormatError, match="does not fit"):
        sparse.SparseMap(((0, 2),), 4).lay_out(b"abc")


def test_more_stored_bytes_than_the_file_has() -> None:
    """They are refused as they come, not gathered first: gigabytes can stand behind a small size."""
    taken = []

    def pieces() -> Iterator[bytes]:
        yield pax((b"size", b"7"), (b"numblocks", b"0"), (b"map", b"0,7"), (b"numblocks", b"1"))
        yield make.header(b"f", size=1 << 30)
        for number in range(1 << 11):
            taken.append(number)
            yield bytes(1 << 19)

    walker = TarWalker(pieces(), DEFAULT)
    assert walker.next_entry() is not None
    with pytest.raises(FormatError, match="more bytes than it has"):
        walker.body()
    assert len(taken) < 3
