import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.formats.bolt import Bolt, Bucket
from pratique.model.errors import FormatError
from tests.makers import bolt as make
from tests.makers.mutation import damaged

KEYS = st.binary(min_size=1, max_size=12)
TREES = st.recursive(
    st.dictionaries(KEYS, st.binary(max_size=300), max_size=6),
    lambda inner: st.dictionaries(KEYS, inner | st.binary(max_size=20), max_size=5),
    max_leaves=8,
)
LARGE = {b"v1": {b"%05d" % n: {b"x": b"y" * (n % 90)} for n in range(700)}, b"z": b"1"}
SAMPLE = make.bolt(LARGE, page_size=512, fanout=5, inline=60)


def opened(content: bytes) -> Bolt:
    return Bolt(lambda offset, size: content[offset : offset + size])


def whole(bucket: Bucket) -> dict:
    """Return everything in a bucket, however deep."""
    found: dict = {}
    for key in bucket.keys():  # noqa: SIM118
        inner = bucket.bucket(key)
        found[key] = bucket.get(key) if inner is None else whole(inner)
    return found


@settings(max_examples=60)
@given(
    TREES,
    st.sampled_from([512, 4096, 65536]),
    st.integers(2, 7),
    st.sampled_from([0, 80, 500]),
    st.sampled_from("<>"),
)
def test_what_is_written_is_read(tree, page_size, fanout, inline, order):
    """Any tree, in pages of any size, shallow or deep, buckets inline or not, either byte order."""
    content = make.bolt(tree, page_size=page_size, fanout=fanout, inline=inline, order=order)
    assert whole(opened(content).root) == tree


def test_deep_trees_and_long_values():
    """Branches over branches are descended; a value longer than a page spills over."""
    bolt = opened(SAMPLE)
    assert list(bolt.root.bucket(b"v1").keys()) == sorted(LARGE[b"v1"])
    assert bolt.root.bucket(b"v1", b"00089").get(b"x") == b"y" * 89
    long = make.bolt({b"a": b"1" * 9000, b"b": b"2"}, page_size=512)
    assert opened(long).root.get(b"a") == b"1" * 9000


def test_what_is_not_there():
    """Absent keys, buckets asked as values and values asked as buckets are None."""
    root = opened(SAMPLE).root
    assert root.get(b"none") is root.get(b"v1") is root.get(b"") is root.get(b"zz") is None
    assert root.bucket(b"z") is root.bucket(b"none") is root.bucket(b"v1", b"99999") is None


@pytest.mark.parametrize("hurt", [0, 1])
def test_one_meta_page_is_enough(hurt: int):
    """A meta page torn by a crash is passed over for the other, wherever it lies."""
    content = bytearray(SAMPLE)
    content[512 * hurt + 30] ^= 1
    assert opened(bytes(content)).root.get(b"z") == b"1"


def test_the_newer_meta_page_counts():
    """Of two valid meta pages the one with the later transaction is right."""
    old, new = make.bolt({b"a": b"old"}), make.bolt({b"a": b"new"})
    body = old + new[3 * 4096 :].replace(struct.pack("<Q", 3), struct.pack("<Q", 4), 1)
    for place, other in ((0, 1), (1, 0)):
        metas = {place: make.meta(place, 4, 5, 9), other: make.meta(other, 3, 4, 8)}
        assert opened(metas[0] + metas[1] + body[8192:]).root.get(b"a") == b"new"


def test_a_commit_in_between_is_noticed():
    """After a further transaction what was read may be a mix, and that is said."""
    content = bytearray(SAMPLE)
    bolt = Bolt(lambda offset, size: bytes(content[offset : offset + size]))
    assert bolt.unchanged()
    content[:512] = make.meta(0, 3, 4, 77, 512)
    assert not bolt.unchanged()
    content[:1024] = bytes(1024)
    assert not bolt.unchanged()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no bolt database"),
        (bytes(9000), "no bolt database"),
        (SAMPLE[:600], "cut short"),
        (make.meta(0, 1, 9, 1) + bytes(9 * 4096), "page 1 of 9"),
        (make.meta(0, 9, 9, 1) + bytes(9 * 4096), "page 9 of 9"),
        (make.meta(0, 4, 9, 1) + bytes(9 * 4096), "page 4 is damaged"),
    ],
)
def test_damage_is_said(content: bytes, words: str):
    """What is no database, cut short, or points astray is a FormatError with the place."""
    with pytest.raises(FormatError, match=words):
        opened(content).root.get(b"a")


def page(kind: int, count: int, rest: bytes, number: int = 3, overflow: int = 0) -> bytes:
    head = struct.pack("<QHHI", number, kind, count, overflow)
    return (
        make.meta(0, 3, 4, 1)
        + make.meta(1, 3, 4, 1)
        + bytes(4096)
        + (head + rest).ljust(4096, b"\0")
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (page(2, 65535, b""), "claims 65535"),
        (page(2, 1, struct.pack("<IIII", 0, 16, 9999, 1)), "beyond"),
        (page(2, 1, struct.pack("<IIII", 0, 0xFFFFFFFF, 1, 1)), "beyond"),
        (page(1, 0, b""), "without children"),
        (page(1, 1, struct.pack("<IIQ", 16, 1, 3) + b"a"), "deeper"),
        (page(3, 1, b""), "damaged"),
        (page(2, 1, b"", overflow=0xFFFFFFFF), "claims 4294967295 more"),
        (page(2, 1, struct.pack("<IIII", 1, 16, 1, 3) + b"aXXX"), "bucket cut short"),
        (page(2, 1, struct.pack("<IIII", 1, 16, 1, 16) + b"a" + bytes(16)), "page cut short"),
    ],
)
def test_lies_are_refused(content: bytes, words: str):
    """Counts, places and loops that cannot be are refused before they cost anything."""
    root = opened(content).root
    with pytest.raises(FormatError, match=words):
        root.bucket(b"a")


def test_a_tree_that_loops_ends():
    """Branches that name each other are refused when listed, too."""
    content = page(1, 2, struct.pack("<IIQIIQ", 32, 1, 3, 17, 1, 3) + b"ab")
    with pytest.raises(FormatError):
        list(opened(content).root.keys())


@settings(max_examples=200)
@given(damaged([SAMPLE, make.bolt({b"v1": {b"a": {b"b": b"c"}}}, page_size=512)]))
def test_damaged_databases_are_read_or_refused(content: bytes):
    """Nothing but FormatError leaves the reader, and it ends."""
    try:
        root = opened(content).root
        for key in root.keys():  # noqa: SIM118
            root.get(key)
            inner = root.bucket(key)
            for one in inner.keys() if inner else ():
                inner.bucket(one)
    except FormatError:
        pass
