"""The files in an archive come by, each with its place; what is left out is told, once."""

from msgspec.structs import replace

from pratique.kit.limits import DEFAULT
from pratique.pipelines.inner_files import InnerFiles
from tests.makers.layer_file import layer_file
from tests.makers.zips import jar_of


def walked(
    content: bytes, wanted: str = "", **limits: int
) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    told: list[tuple[str, str]] = []
    inner = InnerFiles(
        replace(DEFAULT, **limits),
        lambda path, head, size: path.endswith(wanted),
        lambda inside, reason: told.append((inside, reason)),
    )
    found = inner.walk(layer_file("srv/a.jar", content))
    return {inside: file.content() for inside, file in found}, told


def test_an_archive_that_nobody_wants_is_walked_all_the_same() -> None:
    """Only what is wanted comes out of it, by its own name."""
    outer = jar_of({"in.jar": jar_of({"b/c.txt": b"1", "d.bin": b"2"}), "e.bin": b"3"})

    assert walked(outer, ".txt") == ({"!in.jar!b/c.txt": b"1"}, [])


def test_a_member_lies_where_its_archive_does() -> None:
    """Its path says so to whoever is asked about it, and to whoever looks at it."""
    asked: list[str] = []

    def wants(path: str, _head: bytes, _size: int) -> bool:
        asked.append(path)
        return True

    inner = InnerFiles(DEFAULT, wants, lambda *_: None)
    outer = layer_file("usr/share/doc/a.jar", jar_of({"in.jar": jar_of({"b/c.txt": b"1"})}))
    found = {inside: file.path for inside, file in inner.walk(outer)}

    assert found == {
        "!in.jar": "usr/share/doc/a.jar/in.jar",
        "!in.jar!b/c.txt": "usr/share/doc/a.jar/in.jar/b/c.txt",
    }
    assert asked == list(found.values())


def test_what_is_no_archive_has_no_files() -> None:
    """Nothing is told of it either."""
    assert walked(b"plain words") == ({}, [])


def test_a_large_archive_in_an_archive_is_read_where_it_lies() -> None:
    """A large member that is none is left out and told."""
    inner = jar_of({"a.txt": b"1", "b.txt": b"2" * 5000})
    found, told = walked(jar_of({"in.jar": inner}), ".txt", unit_memory_bytes=100)

    assert found == {"!in.jar!a.txt": b"1"}
    assert [inside for inside, _ in told] == ["!in.jar!b.txt"]


def test_that_too_much_is_unpacked_is_told_once() -> None:
    """Not of each of a thousand members behind."""
    many = jar_of({f"{number}.txt": b"x" * 10_000 for number in range(50)})
    found, told = walked(many, archive_bytes=100_000)

    assert 0 < len(found) <= 10
    assert len(told) == 1
    assert "archive_bytes" in told[0][1]


def test_a_broken_archive_is_told() -> None:
    """By its place; what stands before the break was seen."""
    found, told = walked(jar_of({"a.txt": b"1"})[:-30])

    assert found == {}
    assert told
