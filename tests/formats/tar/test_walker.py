"""The walker reads what Go's archive/tar (and so every container engine) reads."""

import msgspec
import pytest

from pratique.formats.tar.walker import TarWalker
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.layer import Entry, EntryKind
from tests.makers import layer as make


def walk(
    content: bytes, limits: Limits = DEFAULT, piece: int = 1 << 20
) -> tuple[list[Entry], list[bytes], TarWalker]:
    """Return entries, the bytes of each file, and the walker, which has been drained."""
    pieces = (content[at : at + piece] for at in range(0, len(content), piece))
    walker = TarWalker(pieces, limits)
    entries, bodies = [], []
    while (entry := walker.next_entry()) is not None:
        entries.append(entry)
        bodies.append(walker.body() if entry.kind is EntryKind.FILE else b"")
    walker.drain()
    return entries, bodies, walker


def paths(content: bytes) -> list[str]:
    return [entry.path for entry in walk(content)[0]]


def test_the_common_shape() -> None:
    """Files, directories and links with mode, owner, time and size."""
    archive = make.tar(
        make.folder("etc"),
        make.file("./etc/motd", b"hello", mode=0o600, uid=7, gid=8, mtime=99),
        make.symlink("etc/link", "../motd"),
        make.hardlink("etc/hard", "./etc/motd"),
    )
    entries, bodies, walker = walk(archive)
    assert [(e.path, e.kind.name) for e in entries] == [
        ("etc", "DIRECTORY"),
        ("etc/motd", "FILE"),
        ("etc/link", "SYMLINK"),
        ("etc/hard", "HARDLINK"),
    ]
    motd = entries[1]
    assert (motd.mode, motd.uid, motd.gid, motd.mtime_s, motd.size_bytes) == (0o600, 7, 8, 99, 5)
    assert (entries[2].link, entries[3].link, bodies[1]) == ("../motd", "etc/motd", b"hello")
    assert walker.oddities == walker.skipped == []


@pytest.mark.parametrize("piece", [1, 100, 511, 512, 513, 5000])
def test_pieces_of_any_size(piece: int) -> None:
    """Headers and bodies that straddle pieces read the same."""
    archive = make.tar(*(make.file(f"f{n}", bytes([n]) * n * 97) for n in range(20)))
    assert walk(archive, piece=piece)[:2] == walk(archive)[:2]


def test_long_names_of_pax_and_gnu() -> None:
    """PAX path and linkpath, GNU L and K, the ustar prefix; GNU wins over PAX as in Go."""
    name = b"d/" + b"n" * 300
    archive = make.tar(
        make.pax([(b"path", name + b"1")]) + make.file(b"short"),
        make.long_name(name + b"2") + make.file(b"short"),
        make.file(b"tail", prefix=b"some/prefix"),
        make.pax([(b"linkpath", name)]) + make.symlink("s", "t"),
        make.long_name(name, kind=b"K") + make.symlink("t", "u"),
        make.pax([(b"path", b"pax")]) + make.long_name(b"gnu") + make.file(b"block"),
    )
    entries = walk(archive)[0]
    text = name.decode()
    assert [e.path for e in entries] == [
        text + "1",
        text + "2",
        "some/prefix/tail",
        "s",
        "t",
        "gnu",
    ]
    assert entries[3].link == entries[4].link == text


def test_pax_numbers_and_attributes() -> None:
    """Size (which frames the data), owner, time and xattrs come from the records."""
    records = [
        (b"size", b"3"),
        (b"uid", b"4294967294"),
        (b"mtime", b"17.9"),
        (b"SCHILY.xattr.security.capability", b"\1\0"),
        (b"LIBARCHIVE.xattr.user.a", b"aGk="),
    ]
    block = make.header(b"f", size=0)
    archive = make.tar(make.pax(records) + block + make.padded(b"abc"), make.file("g"))
    entries, bodies, _ = walk(archive)
    first = entries[0]
    assert (first.size_bytes, first.uid, first.mtime_s, bodies[0]) == (3, 4294967294, 17, b"abc")
    assert first.xattrs == ("security.capability=0100", "user.a=6869")
    assert entries[1].path == "g"


def test_base256_numbers() -> None:
    """GNU's form for what octal cannot hold, negative times included."""
    archive = make.tar(
        make.header(
            b"f",
            size=make.base256(2, 12),
            uid=make.base256(1 << 40, 8),
            mtime=make.base256(-5, 12),
            magic=b"ustar  \0",
        )
        + make.padded(b"ok")
    )
    entries, bodies, _ = walk(archive)
    assert (entries[0].uid, entries[0].mtime_s, bodies) == (1 << 40, -5, [b"ok"])


def test_v7_headers_have_no_prefix_and_slash_makes_directories() -> None:
    """Without a magic, byte 345 on means nothing; type NUL with a slash is a directory."""
    archive = make.tar(
        make.header(b"old/", kind=b"\0", magic=b"", size=9, prefix=b"ignored"),
        make.file(b"old/f", b"x", kind=b"\0", magic=b""),
    )
    entries = walk(archive)[0]
    assert [(e.path, e.kind) for e in entries] == [
        ("old", EntryKind.DIRECTORY),
        ("old/f", EntryKind.FILE),
    ]


def test_links_and_directories_have_no_data() -> None:
    """Whatever their size field says: Go skips none, so the next header follows at once."""
    archive = make.tar(
        make.header(b"d/", kind=b"5", size=1024),
        make.header(b"h", kind=b"1", link=b"d", size=512),
        make.file("f", b"1"),
    )
    assert paths(archive) == ["d", "h", "f"]


def test_a_global_header_changes_no_entry() -> None:
    """Go and the engines ignore it; that GNU tar does not is noted."""
    archive = make.tar(
        make.pax([(b"path", b"elsewhere"), (b"comment", b"c")], kind=b"g"), make.file("here")
    )
    entries, _, walker = walk(archive)
    assert [e.path for e in entries] == ["here"]
    assert "global" in walker.oddities[0].reason
    harmless = make.tar(make.pax([(b"comment", b"c")], kind=b"g"), make.file("here"))
    assert walk(harmless)[2].oddities == []


def test_the_archive_ends_at_two_zero_blocks() -> None:
    """Concatenated archives are not read on, as engines do not; the hidden data is noted."""
    archive = make.tar(make.file("seen"))
    entries, _, walker = walk(archive + make.tar(make.file("hidden")))
    assert [e.path for e in entries] == ["seen"]
    assert "behind the end" in walker.oddities[0].reason
    assert walk(archive + bytes(10240))[2].oddities == []


@pytest.mark.parametrize("end", [b"", bytes(512), bytes(1024), bytes(1100)])
def test_an_archive_may_end_between_entries(end: bytes) -> None:
    """Without the zero blocks, with one, or with more."""
    assert paths(make.tar(make.file("f", b"x"), end=end)) == ["f"]


def test_padding_may_be_missing_at_the_end() -> None:
    """Go accepts a last file without its padding."""
    assert paths(make.file("f", b"abc")[: 512 + 3]) == ["f"]


@pytest.mark.parametrize(
    ("archive", "reason"),
    [
        (make.file("f", b"abcd")[:514], "inside a file"),
        (make.file("f")[:300], "inside a header"),
        (make.header(b"f", checksum=b"000001\0 ") + make.END, "checksum"),
        (make.file("f") + bytes(512) + make.file("g"), "lone zero block"),
        (make.header(b"f", size=b"garbage") + make.END, "octal"),
        (make.header(b"f", size=make.base256(-9, 12)) + make.END, "negative"),
        (make.pax([(b"size", b"-1")]) + make.file("f"), "negative"),
        (make.file(b"x", b"99 path=x\n", kind=b"x") + make.file("f"), "length"),
    ],
)
def test_broken_framing_ends_the_walk(archive: bytes, reason: str) -> None:
    """What cannot be read on from raises, with the reason."""
    with pytest.raises(FormatError, match=reason):
        walk(archive)


def test_a_checksum_of_signed_bytes_holds() -> None:
    """Some old writers summed bytes above 127 as negative."""
    block = make.header(b"caf\xe9")
    total = sum(block) - sum(block[148:156]) + 8 * 32 - 256
    signed = make.header(b"caf\xe9", checksum=b"%06o\0 " % total)
    assert paths(signed) == ["caf\uf7e9"]


def test_whiteouts() -> None:
    """Only a real name deletes, only the exact name makes opaque, AUFS's own are dropped."""
    names = [
        "a/.wh.b",
        "a/.wh..wh..opq",
        ".wh.",
        ".wh..",
        "a/.wh...",
        ".wh..wh.plnk",
        ".wh..wh..opqX",
    ]
    entries, _, walker = walk(make.tar(*map(make.file, names)))
    assert [(e.path, e.kind.name) for e in entries] == [("a/b", "WHITEOUT"), ("a", "OPAQUE")]
    assert [odd.path for odd in walker.oddities] == [".wh.", ".wh..", "a/.wh...", ".wh..wh..opqX"]


def test_overlayfs_own_marks_are_noted() -> None:
    """Device 0:0 deletes under overlayfs; its attributes are applied by some engines."""
    archive = make.tar(
        make.header(b"gone", kind=b"3", device=(0, 0)),
        make.header(b"null", kind=b"3", device=(1, 3)),
        make.pax([(b"SCHILY.xattr.trusted.overlay.opaque", b"y")]) + make.folder("d"),
    )
    entries, _, walker = walk(archive)
    assert [e.kind.name for e in entries] == ["WHITEOUT", "CHARACTER_DEVICE", "DIRECTORY"]
    assert [odd.path for odd in walker.oddities] == ["gone", "d"]


def test_names_are_normalised_and_climbing_is_noted() -> None:
    """Absolute names are relative to the root; the root itself is nothing."""
    archive = make.tar(
        make.folder("."),
        make.file("/etc//passwd"),
        make.file("a/../b"),
        make.file("../../etc/shadow"),
    )
    entries, _, walker = walk(archive)
    assert [e.path for e in entries] == ["etc/passwd", "b", "etc/shadow"]
    assert [odd.path for odd in walker.oddities] == ["etc/shadow"]


def test_names_over_the_limits_are_left_out() -> None:
    """Too long or too deep: said in ``skipped``, and the walk goes on."""
    deep = b"/".join([b"d"] * 300)
    archive = make.tar(
        make.pax([(b"path", b"n" * 5000)]) + make.file(b"x", b"body"),
        make.pax([(b"path", deep)]) + make.file(b"y"),
        make.file("fine"),
    )
    entries, _, walker = walk(archive)
    assert [e.path for e in entries] == ["fine"]
    assert len(walker.skipped) == 2


@pytest.mark.parametrize(
    "limits",
    [{"entries": 2}, {"names_bytes": 5}, {"header_bytes": 10}],
)
def test_limits(limits: dict[str, int]) -> None:
    """Entries, names and extended headers are bounded."""
    archive = make.tar(
        make.pax([(b"comment", b"c" * 20)]) + make.file("abc"),
        make.file("defg"),
        make.file("hi"),
    )
    with pytest.raises(LimitExceeded):
        walk(archive, msgspec.structs.replace(DEFAULT, **limits))


@pytest.mark.parametrize("kind", [b"7", b"Z", b"\xff"])
def test_unknown_types_are_noted_and_their_data_skipped(kind: bytes) -> None:
    """Engines refuse the layer; what stands behind is read all the same."""
    archive = make.tar(make.file("weird", b"data", kind=kind), make.file("f"))
    entries, _, walker = walk(archive)
    assert [(e.path, e.kind.name) for e in entries] == [("weird", "OTHER"), ("f", "FILE")]
    assert "refuse" in walker.oddities[0].reason


def test_pipes_and_devices_are_recorded() -> None:
    """They are entries like others; nobody opens them."""
    archive = make.tar(make.header(b"p", kind=b"6"), make.header(b"b", kind=b"4", device=(8, 1)))
    assert [e.kind.name for e in walk(archive)[0]] == ["FIFO", "BLOCK_DEVICE"]
