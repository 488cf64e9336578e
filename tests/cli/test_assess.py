"""`pratique assess` judges an application whole, and names what it could not look at."""

import json
from pathlib import Path

import pytest

from tests.cli.scanning import Run, subject
from tests.makers.fake_tools import BANDIT, program


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("PRATIQUE_TOOLS", raising=False)
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a.py").write_text("x = 1\nprint(eval(x))\n")
    (folder / "requirements.txt").write_text("flask==1.0\n")
    program(tmp_path / "tools", "bandit", BANDIT)
    return folder


def test_a_folder_is_judged_whole(pratique: Run, project: Path, tmp_path: Path) -> None:
    """Packages, secrets and source in one report; the SBOM beside it; missing tools by name."""
    wanted = ("-o", "json", "--sbom", tmp_path / "s.json", "--tools", tmp_path / "tools")
    code, out, err = pratique("assess", project, *wanted, "--assessors", "bandit", "--offline")
    one = subject(out)

    assert code == 3
    assert one["verdict"]["answer"] == "undecided"
    assert "bandit:B307" in {found["rule"] for found in one["findings"]}
    assert [package["name"] for package in one["packages"]] == ["flask"]
    assert {unknown["unit"] for unknown in one["unknowns"]} >= {"sandbox"}
    assert "bandit read 1 file: 1 finding" in err
    names = [part["name"] for part in json.loads((tmp_path / "s.json").read_bytes())["components"]]
    assert names == ["flask"]


def test_a_missing_tool_is_named(pratique: Run, project: Path, monkeypatch) -> None:
    """With the line that installs it, in the table too."""
    monkeypatch.setenv("PATH", "/nowhere")
    code, out, _ = pratique("assess", project, "--scanners", "config", "--no-run", "--full")

    assert code == 0
    assert "semgrep is not installed" in " ".join(out.split())
    assert "pipx install semgrep" in " ".join(out.split())


def test_a_policy_may_deny(pratique: Run, project: Path, tmp_path: Path) -> None:
    """Weaknesses of the application are rules of a policy as any other."""
    policy = tmp_path / "policy.yaml"
    policy.write_text(
        "pratique-policy: 1\nname: acme\nextends: permissive\nmodes:\n  code-weakness: deny\n"
    )
    tools = ("--tools", tmp_path / "tools", "--assessors", "bandit")
    code, out, _ = pratique(
        "assess", project, "--scanners", "config", "--no-run", *tools, "--policy", policy
    )
    assert code == 1
    assert "a weakness in the source of the application" in " ".join(out.split())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--assessors", "nobody"), "no assessor 'nobody'"),
        (("--openapi", "openapi.json"), "--openapi is a path"),
        (("--tools", "/nowhere"), "does not exist"),
        (("--port", "0"), "not in the range"),
    ],
)
def test_what_cannot_be_done_is_said(
    pratique: Run, project: Path, options: tuple[str, ...], words: str
) -> None:
    """Before anything is read."""
    code, _, err = pratique("assess", project, *options)
    assert code == 2
    assert words in err
