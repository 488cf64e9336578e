"""What was put in is found and nothing else is, however many files there are."""

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from pratique.kit.image_files import MOST_BYTES, FileRow, ImageFiles, hold, unpack
from pratique.model.errors import StorageError
from pratique.model.image_index import ImageIndex

PATHS = st.text(alphabet="/ab\u00e9\ufffd", min_size=1, max_size=6).map(lambda text: f"/{text}")
DIGESTS = st.sampled_from(["", "ab" * 32, "cd" * 32])
ROWS = st.lists(st.builds(FileRow, PATHS, st.sampled_from(["", "pkg:a", "pkg:b"]), DIGESTS))


@given(
    ROWS, PATHS, st.dictionaries(PATHS, st.lists(st.sampled_from(["pkg:b", "pkg:c"])), max_size=3)
)
def test_what_is_put_in_is_found(rows, other, inside):
    """The first row of a path counts, before and after the store."""
    first = {row.path: row for row in reversed(rows)}
    made = hold(rows, inside)
    for held in (made, unpack(made.packed())):
        index: ImageIndex = held
        assert len(held) == len(first)
        assert index.complete
        for path, row in first.items():
            assert index.has(path)
            assert (index.owner(path), index.digest_of(path)) == (row.owner, row.sha256)
        assert index.has(other) == (other in first)
        assert all(index.packages_in(path) == tuple(keys) for path, keys in inside.items())


def test_what_is_not_there():
    """An absent file has neither owner nor digest."""
    held = hold([FileRow("/a")])
    assert (held.owner("/b"), held.digest_of("/b"), held.packages_in("/b")) == ("", "", ())
    assert not held.has("")
    assert not hold([]).has("/a")


def test_bounds():
    """What does not fit is left out, and said to be."""
    held = hold([FileRow("/a"), FileRow("/b")], most=1)
    assert (len(held), held.complete, held.has("/b")) == (1, False, False)
    assert not hold([FileRow("/a")], complete=False).complete
    assert not unpack(held.packed()).complete


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zstd",
        zstandard.compress(b"no msgpack"),
        zstandard.compress(msgspec.msgpack.encode([True, [], b"", b"123", b"", b"", b"", {}])),
        zstandard.compress(msgspec.msgpack.encode([True, [], b"", b"1234", b"", b"", b"", {}])),
    ],
)
def test_what_is_damaged(content):
    """A damaged row of the store is refused."""
    with pytest.raises(StorageError):
        unpack(content)


def test_a_bomb():
    """What claims to be huge is not unpacked."""
    frame = zstandard.ZstdCompressor(level=1).compress(bytes(MOST_BYTES + 1))
    with pytest.raises(StorageError, match="take"):
        unpack(frame)


def test_memory():
    """A hundred thousand files take some megabytes."""
    held = hold(
        FileRow(f"/usr/lib/python3/dist-packages/mod{n}/file{n}.py") for n in range(100_000)
    )
    assert isinstance(held, ImageFiles)
    assert sum(map(len, (held._paths, held._ends, held._owners, held._measured))) < 8_000_000
    assert held.has("/usr/lib/python3/dist-packages/mod77777/file77777.py")
