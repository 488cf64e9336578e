"""On real files lint keeps what it has reached: what it mends, and where it agrees with other tools."""

from pathlib import Path

from bench.lint import unpacked
from bench.lint_fixes import Counts
from bench.lint_kubernetes import with_checkov, with_kube_linter, with_kubescape

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


def test_kubernetes_agrees_with_checkov(shared: Path):
    """Of the objects at which either fires, both do at nine of ten, and none is lost."""
    found = with_checkov(shared / "fixtures/kubernetes")

    assert len(found.both) >= 1640
    assert len(found.they) <= 169
    assert len(found.we) <= 18


def test_kubernetes_agrees_with_the_cases_of_kubescape_and_kube_linter(shared: Path):
    """What their own tests ask for, where we look for the same."""
    place = shared / "fixtures/kubernetes"
    kubescape, kube_linter = with_kubescape(place), with_kube_linter(place)

    assert len(kubescape.both) >= 91
    assert len(kubescape.they) <= 21
    assert len(kube_linter.both) >= 26
    assert len(kube_linter.they) <= 5
    assert not kube_linter.we
