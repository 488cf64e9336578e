"""Scanners see every file and what is in archives; their failures are told without a word of theirs."""

import gzip
from collections.abc import Iterator

from msgspec.structs import replace

from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError
from pratique.model.spot import Spot
from pratique.model.units import LayerFile
from pratique.model.unknown import Weight
from pratique.pipelines.scan_contents import Contents, Seen
from tests.makers.layer_file import layer_file
from tests.makers.spotter import Spotter
from tests.makers.zips import jar_of


def look(content: bytes, path: str = "srv/x", **limits: int) -> Seen:
    return Contents([Spotter()], replace(DEFAULT, **limits)).look(layer_file(path, content))


def places(seen: Seen) -> list[tuple[str, int]]:
    return [(spot.inside, spot.line) for spot in seen.spots]


def test_a_file_is_seen_with_its_line() -> None:
    """The spot is the scanner's own."""
    assert places(look(b"sand\na treasure\n")) == [("", 2)]


def test_archives_in_archives_are_seen() -> None:
    """A place inside is written with a mark for each archive."""
    inner = jar_of({"b/c.txt": b"treasure"})
    outer = jar_of(
        {"a/in.jar": inner, "plain.txt": b"\ntreasure", "p.gz": gzip.compress(b"treasure")}
    )
    assert sorted(places(look(outer))) == [
        ("!a/in.jar!b/c.txt", 1),
        ("!p.gz!p", 1),
        ("!plain.txt", 2),
    ]


def test_too_deep_is_told() -> None:
    """Archives in each other end at the limit, aloud."""
    content = b"treasure"
    for _ in range(4):
        content = jar_of({"in.zip": content})
    assert places(look(content))
    seen = look(content, archive_depth=3)
    assert not seen.spots
    assert "more than 3 archives" in seen.unknowns[0].reason


def test_a_scanner_that_fails_blocks_and_says_nothing_of_the_file() -> None:
    """The words of an exception could hold the secret."""
    seen = look(b"my treasure !!!")
    (unknown,) = seen.unknowns
    assert unknown.weight is Weight.BLOCKING
    assert unknown.reason == "the scanner failed: ValueError"


def test_a_flood_is_cut_and_told() -> None:
    """One file cannot fill the report."""
    seen = look(b"treasure\n" * 500)
    assert len(seen.spots) == DEFAULT.file_spots
    assert seen.unknowns
    flood = jar_of({f"{n}.txt": b"treasure\n" * 60 for n in range(9)})
    assert len(look(flood).spots) == DEFAULT.file_spots


def test_an_encrypted_member_is_told() -> None:
    """Nobody can look into it, so it is unknown."""
    packed = bytearray(jar_of({"a.txt": b"treasure"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + at] |= 1
    seen = look(bytes(packed))
    assert [unknown.location for unknown in seen.unknowns] == ["!a.txt"]
    assert "encrypted" in seen.unknowns[0].reason


def test_no_scanner_wants_nothing() -> None:
    """A scan without content scanners asks no file for its start."""

    def head(size: int) -> bytes:
        raise AssertionError(size)

    assert not Contents().wants("etc/motd", head, 10)


def test_an_archive_over_its_bounds_is_told_once() -> None:
    """Not for each of the members that come behind; plain ones are still seen."""
    small = gzip.compress(b"x")
    members = {f"{n}.gz": small for n in range(50)} | {"last.txt": b"treasure"}
    seen = look(jar_of(members), archive_archives=10)
    assert places(seen) == [("!last.txt", 1)]
    (unknown,) = seen.unknowns
    assert "archive_archives" in unknown.reason


def test_an_archive_that_takes_too_much_memory_costs_only_itself() -> None:
    """The layer's worker goes on."""

    class Hungry(Spotter):
        def wants(self, path: str, head: bytes, size_bytes: int) -> bool:
            if path.endswith(".big"):
                raise MemoryError
            return super().wants(path, head, size_bytes)

    archive = layer_file("srv/x", jar_of({"a.txt": b"treasure", "b.big": b"x"}))
    seen = Contents([Hungry()]).look(archive)
    assert places(seen) == [("!a.txt", 1)]
    assert [one.reason for one in seen.unknowns] == ["unpacking it takes too much memory"]


class GivingUp(Spotter):
    """A scanner that gives up on a file after what it has seen in it."""

    def scan(self, file: LayerFile) -> Iterator[Spot]:
        yield from super().scan(file)
        raise FormatError("the engine gave up")


def test_what_was_seen_before_a_scanner_gives_up_counts() -> None:
    """A file cannot hide what it holds by an end that no scanner can take."""
    seen = Contents([GivingUp()], DEFAULT).look(layer_file("x", b"treasure"))
    assert places(seen) == [("", 1)]
    assert [unknown.reason for unknown in seen.unknowns] == ["FormatError"]
