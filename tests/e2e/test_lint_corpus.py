"""On real files lint keeps what it has reached: what it mends, and where it agrees with other tools."""

from pathlib import Path

from bench.lint import unpacked
from bench.lint_fixes import Counts

LEFT = 1
"""Places that no fix is offered for, as it would break a later stage."""


def test_what_is_mechanical_is_mended(shared: Path, tmp_path: Path):
    """At least 95 of 100 findings of such rules, and no fix fails its proof."""
    folder = unpacked(shared / "fixtures/dockerfiles/files.zip", tmp_path)
    (tmp_path / "mended").mkdir()
    counts = Counts(folder, tmp_path / "mended")

    assert counts.withdrawn.total() == 0
    assert counts.left.total() <= LEFT, counts.places
    assert counts.made.total() >= 250
    assert LEFT / (counts.made.total() + LEFT) < 0.05
