"""On real files lint keeps what it has reached: what it mends, and where it agrees with other tools."""

from collections.abc import Callable
from pathlib import Path

from bench.lint import hadolint_says, unpacked
from bench.lint_fixes import Counts
from bench.lint_kubernetes import with_checkov, with_kube_linter, with_kubescape

MISREAD = 11
"""Places of mended files that are right, and that hadolint 2.15.1 tells all the same."""


def test_what_is_mechanical_is_mended(shared: Path, tmp_path: Path):
    """Every finding of such rules, and no fix fails its proof."""
    folder = unpacked(shared / "fixtures/dockerfiles/files.zip", tmp_path)
    (tmp_path / "mended").mkdir()
    counts = Counts(folder, tmp_path / "mended")

    assert counts.withdrawn.total() == 0
    assert not counts.places
    assert counts.made.total() >= 250


def test_hadolint_falls_silent_over_mended_files(
    shared: Path, tmp_path: Path, assessor: Callable[[str], str]
):
    """Of the rules whose mending is mechanical it tells nothing, once it is told what is right."""
    hadolint = Path(assessor("hadolint"))
    folder = unpacked(shared / "fixtures/dockerfiles/files.zip", tmp_path)
    (tmp_path / "mended").mkdir()
    (tmp_path / "quiet").mkdir()
    plain = Counts(folder, tmp_path / "mended")
    quiet = Counts(folder, tmp_path / "quiet", quiet=True)
    left = {name: hadolint_says(hadolint, tmp_path / name) for name in ("mended", "quiet")}
    ruled = set(plain.names.values())

    assert sum(left["mended"][code] for code in ruled) <= MISREAD
    assert not [code for code in ruled if left["quiet"][code]]
    assert quiet.quieted == MISREAD


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
