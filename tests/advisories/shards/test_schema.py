"""Shard names and file names stand for each other, safely."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.advisories.shards.schema import shard_file, shard_name, shards_in


@given(st.text(min_size=1, max_size=40))
def test_names_survive_the_trip(name: str) -> None:
    """Every name has one file name, which is one harmless path component."""
    file = shard_file(name)

    assert shard_name(file) == name
    assert Path(file).name == file
    assert not file.startswith(".")
    assert file.isascii()


@pytest.mark.parametrize(
    "file", ["x", ".sqlite", "../x.sqlite", "a/b.sqlite", "%2f.sqlite", "%41.sqlite", "%FF.sqlite"]
)
def test_other_files_are_no_shards(file: str) -> None:
    """Also not spellings that we would not write ourselves."""
    assert shard_name(file) is None


def test_a_folder_lists_its_shards(tmp_path: Path) -> None:
    """Locks, temporary files and strangers are left out."""
    for file in ("Red%20Hat.sqlite", "kev.sqlite", ".kev.sqlite.lock", ".kev.sqlite.1.tmp", "x"):
        (tmp_path / file).touch()

    assert shards_in(tmp_path) == ("Red Hat", "kev")
    assert shards_in(tmp_path / "absent") == ()
