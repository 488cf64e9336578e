"""The names in a git index are those that git itself lists."""

import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.git_index import read_index_names
from pratique.model.errors import FormatError

NAMES = ["a", "b/c.txt", "b/cd.txt", "long/" + "x" * 200, "é.env", "zzzzzzzz"]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_what_git_writes(tmp_path: Path, version: str):
    """All versions, padded and compressed."""
    for name in NAMES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True, capture_output=True)

    git("init", "-q")
    git("-c", f"index.version={version}", "add", *NAMES)
    (tmp_path / "later").write_text("x")
    git("add", "--intent-to-add", "later")
    git("update-index", f"--index-version={version}")

    found = read_index_names((tmp_path / ".git" / "index").read_bytes())

    assert found == {*NAMES, "later"}


@pytest.mark.parametrize("content", [b"", b"DIRC", b"XXXX" + bytes(8)])
def test_what_is_none(content: bytes):
    """It is refused."""
    with pytest.raises(FormatError):
        read_index_names(content)


@given(st.sampled_from([2, 3, 4]), st.integers(0, 9), st.binary(max_size=300))
def test_no_bytes_break_it(version: int, count: int, rest: bytes):
    """Names or a refusal; never more names than the header says."""
    try:
        found = read_index_names(struct.pack(">4sII", b"DIRC", version, count) + rest)
    except FormatError:
        return
    assert len(found) <= count
