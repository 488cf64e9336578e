"""List what vcpkg installed."""

from hypothesis import given, settings

from pratique.extractors.cpp import vcpkg_status
from tests.makers.tree import MemoryTree
from tests.makers.unit_fuzz import damaged_files, survives

RECORD = "Package: {0}\nVersion: 1\nArchitecture: x64-linux\nStatus: {1}\n\n"


def _names(files: dict[str, bytes]) -> list[str]:
    return [one.name for one in vcpkg_status.extract(MemoryTree(files)).packages]


def test_later_updates_win() -> None:
    """Over the status and over each other, by their number."""
    files = {
        "v/vcpkg/status": RECORD.format("a", "install ok installed"),
        "v/vcpkg/updates/0000000001": RECORD.format("a", "purge ok not-installed"),
        "v/vcpkg/updates/0000000000": RECORD.format("b", "install ok half-installed"),
        "v/vcpkg/updates/0000000002": RECORD.format("b", "install ok installed"),
    }

    assert _names({path: text.encode() for path, text in files.items()}) == ["b"]


def test_trees_do_not_mix() -> None:
    """Each folder has its own status; numbered files elsewhere are others."""
    record = RECORD.format("a", "install ok installed").encode()

    assert _names({"x/vcpkg/status": record, "y/vcpkg/status": record}) == ["a", "a"]
    assert _names({"data/0000000000": record, "data/updates/0000000001": record}) == []


def test_a_damaged_record_is_told() -> None:
    """The records before it stand."""
    text = RECORD.format("a", "install ok installed") + "Version: 1\n"

    found = vcpkg_status.extract(MemoryTree({"v/vcpkg/status": text.encode()}))

    assert [one.name for one in found.packages] == ["a"]
    assert [one.location for one in found.unknowns] == ["v/vcpkg/status"]


@settings(max_examples=40)
@given(damaged_files("vcpkg_status"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(vcpkg_status, files)
