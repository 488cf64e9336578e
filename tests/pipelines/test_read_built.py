"""What a build made is read as a scan reads it, every file with its digest."""

import hashlib
from pathlib import Path

import pytest

from pratique.model.errors import FormatError, TargetError
from pratique.model.layer import EntryKind
from pratique.pipelines.read_built import read_built
from tests.makers.image import ImageMaker, archive

CONFIG = b'{"config": {"User": "app"}}'


def saved(place: Path, *layers: dict[str, bytes | str]) -> Path:
    """Write an archive of one image."""
    maker = ImageMaker()
    return archive(place / "x.tar", maker.docker_files((maker.image(*layers), ["x:1"])))


def test_files_of_the_merged_image(tmp_path: Path):
    """Upper layers win, what they delete is gone, links keep their targets."""
    path = saved(
        tmp_path, {"a/b": b"old", "c": b"c", "l": "a/b"}, {"a/b": b"new!", ".wh.c": b"", "d": b""}
    )
    built = read_built(path, CONFIG)

    assert sorted(built.files) == ["a", "a/b", "d", "l"]
    assert built.files["a/b"].content == hashlib.sha256(b"new!").hexdigest()
    assert built.files["d"].content == hashlib.sha256(b"").hexdigest()
    assert (built.files["l"].kind, built.files["l"].content) == (EntryKind.SYMLINK, "a/b")
    assert built.files["a"].kind is EntryKind.DIRECTORY
    assert built.size_bytes == 4
    assert built.config == {"User": '"app"'}


def test_half_an_image_is_no_image(tmp_path: Path):
    """A layer that is cut short must not pass for one with fewer files."""
    maker = ImageMaker()
    members = maker.docker_files((maker.image({"a": b"x" * 9000}), ["x:1"]))
    cut = {
        name: content[:4000] if name.endswith(".tar") and isinstance(content, bytes) else content
        for name, content in members.items()
    }
    with pytest.raises(FormatError):
        read_built(archive(tmp_path / "x.tar", cut), CONFIG)


def test_what_is_no_archive(tmp_path: Path):
    """The file is named."""
    (tmp_path / "x.tar").write_bytes(b"none")
    with pytest.raises(TargetError, match=r"x\.tar"):
        read_built(tmp_path / "x.tar", CONFIG)


def test_a_configuration_that_is_none(tmp_path: Path):
    """What the builder told must be one."""
    with pytest.raises(FormatError):
        read_built(saved(tmp_path, {"a": b""}), b"nothing")
