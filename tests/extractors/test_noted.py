"""Prove that a program's own note adds a package only where no database speaks of it."""

import pytest

from pratique.extractors.noted import ORIGIN, without_repeated_notes
from pratique.model.package import Package, PackageType, Purl


def _package(name, version, origin="dpkg", kind=PackageType.DEB, **more):
    return Package(
        type=kind,
        name=name,
        version=version,
        purl=Purl(f"pkg:{kind}/{name}"),
        origin=origin,
        **more,
    )


def _note(name, version, location, kind=PackageType.DEB):
    return _package(name, version, ORIGIN, kind, location=location)


@pytest.mark.parametrize(
    "known",
    [
        _package("systemd", "252.38-1"),
        _package("libsystemd0", "252.38-1", source_name="systemd"),
        _package("udev", "252.38-1+b1", source_name="systemd", source_version="252.38-1"),
        _package("systemd", "1:252.38-1"),
    ],
    ids=["the package", "its source", "rebuilt", "with an epoch"],
)
def test_what_a_database_lists_is_not_listed_again(known):
    """Each of a hundred programs says the same; the database has said it better."""
    note = _note("systemd", "252.38-1", "usr/bin/busctl")

    assert without_repeated_notes([known, note]) == (known,)


@pytest.mark.parametrize(
    "other",
    [
        _package("systemd", "251.1-1"),
        _package("curl", "252.38-1"),
        _package("systemd", "252.38-1", "rpm", PackageType.RPM),
        _package("systemd", "252.38-1", "wheel", PackageType.PYPI, source_name="systemd"),
    ],
    ids=["another version", "another name", "another type", "a language's"],
)
def test_what_differs_in_anything_stays(other):
    """A program copied in from elsewhere is news."""
    note = _note("systemd", "252.38-1", "usr/bin/busctl")

    assert without_repeated_notes([other, note]) == (other, note)


def test_one_of_several_equal_notes_speaks():
    """The first by place, whatever the order in which they came."""
    notes = [_note("tool", "1-1", f"opt/{name}") for name in "cab"]

    assert [one.location for one in without_repeated_notes(notes)] == ["opt/a"]
