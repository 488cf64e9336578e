"""A report is written whole or not at all."""

from pathlib import Path

import pytest

from pratique.cli import outputs
from pratique.model.errors import StorageError, UsageError


def test_parse_format_version_and_file() -> None:
    """``FORMAT[@VERSION][=FILE]`` is taken apart."""
    one, two = outputs.parse_outputs(["cyclonedx@1.7=a=b.json", "table"], ["cyclonedx", "table"])

    assert (one.format, one.version, one.file) == ("cyclonedx", "1.7", Path("a=b.json"))
    assert (two.format, two.version, two.file) == ("table", "", None)


@pytest.mark.parametrize(
    "texts", [["xml"], ["json="], ["json=/nowhere/r.json"], ["json", "table"], [""]]
)
def test_refuses_what_cannot_be_honoured(texts: list[str]) -> None:
    """Unknown formats, empty names, absent folders and two streams to one terminal are usage errors."""
    with pytest.raises(UsageError):
        outputs.parse_outputs(texts, ["json", "table"])


def test_replace_keeps_the_old_file_when_the_folder_is_gone(tmp_path: Path) -> None:
    """No folder: a StorageError that names the file, and nothing is made."""
    with pytest.raises(StorageError, match=r"r\.json"):
        outputs.replace_file(tmp_path / "absent" / "r.json", b"{}")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """``/dev/full`` is written in place and says so; a regular file is replaced atomically."""
    target = tmp_path / "r.json"
    outputs.replace_file(target, b"old")
    outputs.replace_file(target, b"new")

    assert target.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["r.json"]
    with pytest.raises(StorageError, match="No space left"):
        outputs.replace_file(Path("/dev/full"), b"x")


def test_what_changed_meanwhile_is_left(tmp_path: Path) -> None:
    """Nobody's work is lost, and only what is still as it was read is replaced."""
    place = tmp_path / "Dockerfile"
    place.write_bytes(b"theirs")
    with pytest.raises(StorageError, match="changed meanwhile"):
        outputs.replace_unchanged(place, b"read", b"mended")
    assert place.read_bytes() == b"theirs"
    outputs.replace_unchanged(place, b"theirs", b"mended")
    assert place.read_bytes() == b"mended"


def test_a_report_keeps_the_rights_of_the_one_before(tmp_path: Path) -> None:
    """What only its owner could read is not opened to everybody."""
    place = tmp_path / "r.json"
    place.write_bytes(b"old")
    place.chmod(0o600)
    outputs.replace_file(place, b"new")
    assert place.stat().st_mode & 0o7777 == 0o600


def test_every_format_of_the_folder_is_offered() -> None:
    """The formats are the folder's listing."""
    assert {"table", "json", "cyclonedx", "spdx", "sarif"} <= set(outputs.formats())
