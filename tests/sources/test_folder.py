import os

import pytest

from pratique.kit.limits import Limits
from pratique.sources._folder import Folder
from pratique.sources.interface import InvalidImage


def test_files_are_read_and_bounded(tmp_path):
    """Documents are read whole up to the limit, blobs piecewise; what is absent is named."""
    (tmp_path / "a").write_bytes(b"12345")
    folder = Folder(tmp_path, Limits(json_bytes=5))
    assert folder.has("a")
    assert folder.read_small("a") == b"12345"
    with folder.open("a") as stream:
        assert stream.read(2) == b"12"
    assert not folder.has("b")
    with pytest.raises(InvalidImage, match="b"):
        folder.open("b")
    with pytest.raises(InvalidImage, match="5 bytes"):
        Folder(tmp_path, Limits(json_bytes=4)).read_small("a")


def test_only_regular_files(tmp_path):
    """A pipe is neither waited for nor read."""
    os.mkfifo(tmp_path / "p")
    folder = Folder(tmp_path, Limits())
    assert not folder.has("p")
    with pytest.raises(InvalidImage):
        folder.open("p")
