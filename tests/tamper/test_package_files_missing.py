"""Hollow packages are told, graded by how many there are; thin images are not."""

from pratique.model.severity import Severity
from pratique.model.sighting import Sighting
from pratique.tamper.package_files_missing import look
from tests.makers.scene import scene_of

DATABASE = "lib/apk/db/installed"


def package(name: str, *files: str) -> str:
    rows = "".join(f"F:{path.rpartition('/')[0]}\nR:{path.rpartition('/')[2]}\n" for path in files)
    return f"P:{name}\nV:1-r0\nA:x86_64\n{rows}\n"


def seen(*sample: tuple[tuple[str, str], ...]) -> list[Sighting]:
    return list(look(scene_of(sample)))


def system(packages: int, hollow: int) -> tuple[tuple[str, str], ...]:
    rows = "".join(package(f"p{n}", f"usr/bin/p{n}") for n in range(packages))
    files = ((f"usr/bin/p{n}", "x") for n in range(hollow, packages))
    return ((DATABASE, rows), *files)


def test_one_in_many_is_low() -> None:
    """A program deleted to make an image small or hard to misuse."""
    (one,) = seen(system(20, 1))
    assert one.severity is Severity.LOW
    assert one.places[0].note == "p0 1-r0 lists it; 1 of its 1 programs and libraries are absent"


def test_a_third_of_all_is_medium() -> None:
    """The database speaks of another system."""
    (one,) = seen(system(30, 12))
    assert one.severity is Severity.MEDIUM
    assert (len(one.places), one.more) == (10, 2)


def test_two_of_two_are_low() -> None:
    """Too few to say more."""
    (one,) = seen(system(2, 2))
    assert one.severity is Severity.LOW


def test_less_than_half_of_a_package_is_not_told() -> None:
    """One tool of three was removed."""
    rows = package("a", "usr/bin/a", "usr/bin/b", "usr/bin/c")
    assert seen(((DATABASE, rows), ("usr/bin/a", "x"), ("usr/bin/b", "x"))) == []


def test_documents_and_settings_do_not_count() -> None:
    """As in Debian's slim images, or with rpm's nodocs."""
    rows = package("a", "usr/share/doc/a", "usr/share/man/man1/a.1", "etc/a.conf", "usr/bin/a")
    assert seen(((DATABASE, rows), ("usr/bin/a", "x"))) == []


def test_a_dangling_link_is_there() -> None:
    """What a package installed is a link; where it leads is another's business."""
    assert seen(((DATABASE, package("a", "usr/bin/a")), ("usr/bin/a", "-> nowhere"))) == []


def test_who_deleted_it_is_said() -> None:
    """By the whiteout of a layer."""
    (one,) = seen(system(20, 0), (("usr/bin/.wh.p3", ""),))
    assert one.places[0].note.endswith("are absent; layer 1 deleted it")
