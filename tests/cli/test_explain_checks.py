"""`pratique explain` shows what a check of files is after: standards, effects and samples."""

import pytest

from pratique.cli.explain_checks import check_words
from pratique.kit import registry
from tests.cli.scanning import Run


def test_a_check_of_manifests(pratique: Run):
    """Its standards, the controls it decides, and what it fires on, as YAML."""
    code, out, _ = pratique("explain", "privileged-pod")

    assert code == 0
    assert "Standards: PSS baseline, CIS-K8s-5.2.2" in out
    assert "Controls of the Pod Security Standards: privileged." in out
    assert "Also called KSV-0017" in out
    assert "privileged: true" in out


def test_a_check_of_dockerfiles(pratique: Run):
    """What its fix makes of a file, and what it may change in what is built."""
    _, out, _ = pratique("explain", "DL3009")

    assert "a fix at most removes var/lib/apt/lists/*" in out
    assert "    RUN apt-get update && apt-get install -y x\n" in out
    assert "    RUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\n" in out


def test_a_check_of_images_has_no_files_to_show(pratique: Run):
    """Its samples are images."""
    _, out, _ = pratique("explain", "root-user")

    assert "Found in" not in out


@pytest.mark.parametrize("folder", ["dockerfile", "kubernetes", "compose"])
def test_every_check_can_be_shown(folder: str):
    """Each has words, and none is longer than a screen."""
    for name, unit in registry.load(f"checks.{folder}").items():
        lines = list(check_words(unit))
        assert lines[0].startswith("Graded "), name
        assert any(line.startswith("Found in") for line in lines), name
        assert len(lines) < 110, name
