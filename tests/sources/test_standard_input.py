"""What is piped in is recognised by its content."""

import io
import sys

import pytest

from pratique.model.errors import UsageError
from pratique.sources.interface import InvalidImage, Options
from pratique.sources.standard_input import open_target
from tests.makers.image import ImageMaker, packed, tar_of


def pipe_in(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


@pytest.mark.parametrize("way", ["plain", "gzip"])
def test_an_archive(monkeypatch, way):
    """An image archive of either kind may be piped in."""
    maker = ImageMaker()
    image = maker.image({"a": b"1"})
    for members in (maker.files(image), maker.docker_files((image, ["a:1"]))):
        pipe_in(monkeypatch, packed(tar_of(members), way))
        opened = open_target("", Options())
        with opened.blobs.open(opened.images[0].layers[0].blob) as stream:
            assert stream.read(1)
        opened.close()


def test_something_else(monkeypatch):
    """Other content is refused."""
    pipe_in(monkeypatch, b"hello")
    with pytest.raises(InvalidImage, match="standard input: neither"):
        open_target("", Options())


def test_a_terminal(monkeypatch):
    """Nothing is waited for on a terminal or without standard input."""

    class Terminal(io.BytesIO):
        def isatty(self):
            return True

    for stream in (io.TextIOWrapper(Terminal()), None):
        monkeypatch.setattr(sys, "stdin", stream)
        with pytest.raises(UsageError) as caught:
            open_target("", Options())
        assert "docker save" in caught.value.hint()
