"""What was kept is believed only where nobody else could have written it."""

from pathlib import Path

import pytest

from pratique.kit.compiled_file import keep, kept


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    """Whole, and readable by its user alone; an empty body too."""
    for body in (b"some bytes", b"", b"\0" * 70_000):
        place = tmp_path / "made" / "one.sieve"
        keep(place, body)

        assert kept(place) == (body, b"")
        assert place.stat().st_mode & 0o777 == 0o600
        assert [path.name for path in place.parent.iterdir()] == ["one.sieve"]


@pytest.mark.parametrize("spoil", ["cut", "changed", "shared", "gone"])
def test_anything_else_is_as_good_as_none(tmp_path: Path, spoil: str) -> None:
    """Damaged, writable by others, or not there."""
    place = tmp_path / "one.sieve"
    keep(place, b"some bytes")
    data = place.read_bytes()
    if spoil == "shared":
        place.chmod(0o620)
    elif spoil == "gone":
        place.unlink()
    else:
        place.write_bytes(data[:-1] if spoil == "cut" else b"S" + data[1:])

    assert kept(place) is None


def test_the_longest_unused_of_an_ending_go(tmp_path: Path) -> None:
    """Those of another ending are none of its business."""
    keep(tmp_path / "rules.yarx", b"rules")
    for number in range(12):
        keep(tmp_path / f"{number}.sieve", b"sieve")

    assert len(list(tmp_path.glob("*.sieve"))) == 8
    assert kept(tmp_path / "11.sieve") == (b"sieve", b"")
    assert kept(tmp_path / "rules.yarx") == (b"rules", b"")


def test_a_second_part_is_given_back_as_it_is(tmp_path: Path) -> None:
    """It is its reader that refuses it; what stands before it is still compared."""
    place = tmp_path / "one.hsdb"
    keep(place, b"bounds", b"database")
    assert kept(place) == (b"bounds", b"database")

    data = place.read_bytes()
    place.write_bytes(data[:-1])
    assert kept(place) == (b"bounds", b"databas")
    place.write_bytes(data.replace(b"bounds", b"bonds!"))
    assert kept(place) is None
