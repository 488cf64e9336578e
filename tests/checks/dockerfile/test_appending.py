"""A command is appended in the style of what stands there, or not at all."""

import pytest

from pratique.checks.dockerfile._appending import append_command, append_line
from pratique.checks.dockerfile.interface import scene_of
from pratique.formats.edits import apply_edits


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("RUN a\n", "RUN a && z\n"),
        ("RUN a", "RUN a && z"),
        ("RUN a \\\n  && b\n", "RUN a \\\n  && b \\\n  && z\n"),
        ("RUN a; \\\n\tb\n", "RUN a; \\\n\tb \\\n\t&& z\n"),
        ("RUN a \\\r\n  && b\r\n", "RUN a \\\r\n  && b \\\r\n  && z\r\n"),
        ("RUN echo '#' b\n", "RUN echo '#' b && z\n"),
        ("RUN a;\n", None),
        ("RUN a &\n", None),
        ("RUN a # b\n", None),
        ('RUN ["a"]\n', None),
        ("RUN cat <<EOF\nx\nEOF\n", None),
    ],
)
def test_the_end_of_a_command(text: str, after: str | None):
    """Joined by ``&&``, so that a failure before it stays one."""
    scene = scene_of(f"FROM a:1\n{text}")
    edits = append_command(scene, scene.runs[0], "z")
    changed = apply_edits(scene.file.content, edits).decode()

    assert changed == f"FROM a:1\n{after or text}"
    assert bool(edits) is (after is not None)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("RUN <<EOF\na\nEOF\n", "RUN <<EOF\na\nz\nEOF\n"),
        ("RUN <<-EOF\n\ta\n\tEOF\n", "RUN <<-EOF\n\ta\n\tz\n\tEOF\n"),
        ("RUN <<EOF\na &&\nEOF\n", "RUN <<EOF\na &&\nEOF\n"),
    ],
)
def test_the_end_of_a_here_document(text: str, after: str):
    """A line of its own, unless the last one goes on."""
    scene = scene_of(f"FROM a:1\n{text}")
    edits = append_line(scene, scene.runs[0].instruction.heredocs[0].body, "z")

    assert apply_edits(scene.file.content, edits).decode() == f"FROM a:1\n{after}"
