"""Faults become findings whose ids outlive what is put in above them."""

from pratique.checks.dockerfile import sudo_in_run
from pratique.checks.dockerfile.interface import scene_of
from pratique.model.finding import Finding
from pratique.pipelines.lint_looking import hits_of


def findings(text: str) -> list[Finding]:
    """Return what one check finds."""
    scene = scene_of(text)
    found = ((sudo_in_run, fault) for fault in sudo_in_run.look(scene))
    return [hit.finding for hit in hits_of(found, "Dockerfile", text.encode())]


def test_a_line_above_changes_no_id():
    """Only the line moves."""
    (before,) = findings("FROM a\nRUN sudo x\n")
    (after,) = findings("FROM a\n# more\nRUN  sudo x\n")

    assert (before.id, before.line + 1) == (after.id, after.line)


def test_equal_lines_are_told_apart():
    """By a number, in order."""
    first, second = findings("FROM a\nRUN sudo x\nRUN sudo x\n")

    assert second.id == f"{first.id}#2"
    assert (first.line, second.line) == (2, 3)
