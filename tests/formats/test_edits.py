"""Edits change the bytes they name and no others; a patch gives the new file."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.formats.edits import apply_edits, overlap, unified_diff
from pratique.model.edit import Edit
from pratique.model.errors import FormatError


def edit(start: int, end: int, text: bytes) -> Edit:
    return Edit("f", start, end, text)


def test_edits_are_made_from_the_old_positions() -> None:
    assert (
        apply_edits(b"abcdef", [edit(4, 6, b"X"), edit(0, 1, b"YY"), edit(2, 2, b"+")])
        == b"YYb+cdX"
    )


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply_edits(b"ab", [edit(1, 1, b"1"), edit(1, 1, b"2")]) == b"a12b"


@pytest.mark.parametrize("edits", [[(0, 3), (2, 4)], [(5, 9)], [(3, 2)]])
def test_what_cannot_be_made_is_refused(edits: list[tuple[int, int]]) -> None:
    with pytest.raises(FormatError):
        apply_edits(b"abcdef", [edit(start, end, b"") for start, end in edits])


def test_overlap() -> None:
    assert overlap([edit(0, 3, b"")], [edit(2, 4, b"")])
    assert not overlap([edit(0, 3, b"")], [edit(3, 4, b"")])
    assert not overlap([edit(0, 3, b"")], [Edit("g", 0, 3, b"")])


@settings(max_examples=25)
@given(st.lists(st.sampled_from([b"a\n", b"b\r\n", b"c", b"\n", b"\xff\n"]), max_size=8), st.data())
def test_the_patch_makes_the_new_file(lines: list[bytes], data: st.DataObject) -> None:
    """Git's own `apply` agrees, also without a last line end."""
    before = b"".join(lines)
    at = data.draw(st.integers(0, len(before)))
    after = before[:at] + data.draw(st.sampled_from([b"x", b"y\n", b""])) + before[at + 1 :]
    patch = unified_diff("f", before, after)
    if not patch or not before or not shutil.which("git"):
        assert patch or before == after
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "f").write_bytes(before)
        (folder / "p").write_bytes(patch)
        command = ["git", "apply", "--whitespace=nowarn", "p"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        assert (folder / "f").read_bytes() == after
