from pratique.extractors.os import _gathering
from pratique.extractors.os._gathering import DAMAGES, Gathering
from pratique.formats.packages.damaged import Damaged
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError
from pratique.model.package import OwnedFile, Package, PackageType, Purl
from pratique.model.unknown import Weight


def package(name: str) -> Package:
    return Package(type=PackageType.DEB, name=name, version="1", purl=Purl(f"pkg:deb/{name}"))


def test_equal_packages_are_one() -> None:
    """Two identical rows of a database are merged."""
    gathering = Gathering("u")
    for name in ("a", "b", "a"):
        gathering.add(package(name), (OwnedFile(name),))

    done = gathering.done()
    assert [item.name for item in done.packages] == ["a", "b"]
    assert done.owned[package("a").key] == (OwnedFile("a"),)


def test_damage_is_told_and_the_rest_stands() -> None:
    """Every damaged record is a blocking Unknown."""
    gathering = Gathering("u")

    assert list(gathering.records(iter([1, Damaged("bad"), 2]), "db")) == [1, 2]
    (unknown,) = gathering.done().unknowns
    assert (unknown.reason, unknown.location, unknown.weight) == ("bad", "db", Weight.BLOCKING)


def test_endless_damage_is_given_up() -> None:
    """A database of nothing but damage ends after a bounded number of Unknowns."""
    gathering = Gathering("u")

    assert list(gathering.records(iter([Damaged("x")] * 10_000), "db")) == []
    assert len(gathering.done().unknowns) == DAMAGES + 1


def test_an_error_of_the_reader_is_an_unknown() -> None:
    """What was read before it stands."""

    def broken() -> object:
        yield 1
        raise FormatError("ends here")

    gathering = Gathering("u")

    assert list(gathering.records(broken(), "db")) == [1]  # type: ignore[arg-type]
    assert "ends here" in gathering.done().unknowns[0].reason


def test_files_are_bounded() -> None:
    """Past the bound packages still count, their files are left out, once aloud."""
    gathering = Gathering("u")
    many = (OwnedFile("x"),) * (DEFAULT.owned_files // 2 + 1)
    for name in ("a", "b", "c"):
        gathering.add(package(name), many)

    done = gathering.done()
    assert len(done.packages) == 3
    assert len(done.owned) == 1
    assert [unknown.weight for unknown in done.unknowns] == [Weight.COVERAGE]
    assert _gathering.DAMAGES == DAMAGES
