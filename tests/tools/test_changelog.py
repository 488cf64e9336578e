"""Fragments are whole sentences under a fixed name, and a release moves them all."""

from pathlib import Path

import pytest

from tools import changelog


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of fragments with its rules, beside a changelog."""
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{changelog._MARK}\n## 0.1.0\n")
    made = tmp_path / "changelog.d"
    made.mkdir()
    (made / "README.md").write_text("Rules.\n")
    return made


def test_every_fragment_of_this_repository_is_right() -> None:
    """What waits for the next release can be released."""
    for path in changelog.fragments(changelog.FOLDER):
        assert changelog.faults(path) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sbom.md", "Write SBOMs."),
        ("sbom.new.md", "Write SBOMs."),
        ("SBOM.added.md", "Write SBOMs."),
        ("sbom.added.md", "Write SBOMs"),
        ("sbom.added.md", ""),
        ("sbom.added.md", "- Write SBOMs."),
        ("sbom.added.md", "Long. " * 200),
    ],
)
def test_a_wrong_fragment_is_named(folder: Path, name: str, text: str) -> None:
    """A wrong name, half a sentence, a list or an essay is told to its writer."""
    (folder / name).write_text(text)

    assert changelog.faults(folder / name)


def test_a_release_moves_all_fragments(folder: Path) -> None:
    """They stand under their kinds, above older releases; the rules stay where they are."""
    (folder / "scan.added.md").write_text("Scan\nimages.\n")
    (folder / "crash.fixed.md").write_text("No crash.\n")
    changelog.release(folder.parent / "CHANGELOG.md", "0.2.0", "2026-12-01")
    text = (folder.parent / "CHANGELOG.md").read_text()

    assert [path.name for path in folder.iterdir()] == ["README.md"]
    assert "## 0.2.0 (2026-12-01)\n\n### Added\n\n- Scan images.\n\n### Fixed" in text
    assert text.index("0.2.0") < text.index("0.1.0")


def test_a_version_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a version nothing is moved."""
    assert changelog.main([]) == 2
    assert changelog.main(["v2"]) == 2
    assert "usage" in capsys.readouterr().err
