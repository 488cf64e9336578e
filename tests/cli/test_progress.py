"""Progress is one wiped line on a terminal, and silence elsewhere."""

import io

import pytest

from pratique.cli.progress import Progress
from pratique.formats.text import columns


def test_silent_when_nobody_watches() -> None:
    """A pipe gets no byte, and callers are told not to report at all."""
    stream = io.StringIO()
    with Progress(watched=False, stream=stream) as progress:
        assert progress.step is None
        assert progress.bytes is None

    assert stream.getvalue() == ""


def test_the_line_is_wiped_at_the_end() -> None:
    """The last thing written erases the line, so the report starts clean."""
    stream = io.StringIO()
    with Progress(watched=True, stream=stream) as progress:
        assert progress.step is not None
        assert progress.bytes is not None
        progress.step("reading \x1b[31malpine")
        progress.bytes("sha256:" + "a" * 64, 1 << 20, 2 << 20)

    text = stream.getvalue()
    assert text.endswith("\r\x1b[2K")
    assert "aaaaaaaaaaaa 1.0 of 2.0 MB" in text
    assert "\x1b[31m" not in text


def test_the_line_never_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrapped line could not be wiped: what is written is narrower than the terminal."""
    monkeypatch.setenv("COLUMNS", "40")
    stream = io.StringIO()
    with Progress(watched=True, stream=stream) as progress:
        assert progress.step is not None
        progress.step("reading registry.example.invalid/team/日本/an-image:1.2.3 linux/amd64")

    written = stream.getvalue().split("\r\x1b[2K")[1]
    assert columns(written) < 40
