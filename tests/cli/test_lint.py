"""`pratique lint` tells what is wrong with files, mends them, and keeps to the exit codes."""

from pathlib import Path

import pytest

from tests.cli.scanning import Run

BAD = "FROM a:1\nRUN apt-get update && apt-get install curl && rm -rf /var/lib/apt/lists/*\n"
GOOD = BAD.replace("install curl", "install -y curl")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with one Dockerfile, which is the current one."""
    (tmp_path / "Dockerfile").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_one_line_for_a_finding(pratique: Run, folder: Path):
    """Place, grade, rule, words, aliases; a count at the end."""
    code, out, err = pratique("lint", ".")

    assert code == 0
    assert err == ""
    assert "Dockerfile:2: low: apt-get-asks: " in out
    assert "DL3014" in out
    assert out.splitlines()[-1].endswith("in 1 file")


@pytest.mark.parametrize(("grade", "code"), [("low", 1), ("critical", 0)])
def test_fail_on(pratique: Run, folder: Path, grade: str, code: int):
    """One is answered where it is met."""
    assert pratique("lint", "Dockerfile", "--fail-on", grade)[0] == code


def test_usage(pratique: Run, folder: Path):
    """No path, a path that is not there, a file of no known kind."""
    (folder / "x").write_text("hello")
    for paths in ((), ("absent",), ("x",)):
        assert pratique("lint", *paths)[0] == 2


def test_an_empty_folder_is_told(pratique: Run, folder: Path):
    """A path that was typed wrong must not look like a clean project."""
    (folder / "Dockerfile").unlink()
    code, out, err = pratique("lint", ".")

    assert (code, out) == (0, "0 findings in 0 files\n")
    assert "no file that lint knows was found" in err


def test_undecided(pratique: Run, folder: Path):
    """A file that no build takes is not clean."""
    (folder / "Dockerfile").write_text("FROM a:1\nRUNN x\n")
    code, out, _ = pratique("lint", ".")

    assert code == 3
    assert "Dockerfile:2: unknown: there is no instruction RUNN" in out


def test_diff_writes_nothing(pratique: Run, folder: Path):
    """The patch goes to standard output, alone."""
    code, out, err = pratique("lint", ".", "--diff")

    assert code == 0
    assert out.startswith("--- a/Dockerfile\n+++ b/Dockerfile\n")
    assert "1 finding in 1 file to be mended" in err
    assert (folder / "Dockerfile").read_text() == BAD


def test_fix_writes_and_keeps_the_rights(pratique: Run, folder: Path):
    """Twice is as once."""
    (folder / "Dockerfile").chmod(0o600)
    for _ in range(2):
        code, _, _ = pratique("lint", "Dockerfile", "--fix")
        assert code == 0
        assert (folder / "Dockerfile").read_text() == GOOD
    assert (folder / "Dockerfile").stat().st_mode & 0o777 == 0o600


def test_comments_for_hadolint_are_asked_for(pratique: Run, folder: Path):
    """A right line that hadolint tells stays as it is, or gets a comment where somebody asks."""
    file = folder / "Dockerfile"
    file.write_text("FROM debian:13\nRUN apt-get update; apt-get dist-clean\n")
    pratique("lint", ".", "--fix")
    assert "hadolint" not in file.read_text()

    _, _, told = pratique("lint", ".", "--fix", "--quiet-hadolint")
    assert "1 place that is right, commented for hadolint" in told
    assert "\n# hadolint ignore=DL3009 # apt-get dist-clean" in file.read_text()


def test_a_verified_fix_is_asked_for(pratique: Run, folder: Path):
    """It may change what is built."""
    pratique("lint", ".", "--fix=verified")

    assert "--no-install-recommends" in (folder / "Dockerfile").read_text()


def test_a_baseline(pratique: Run, folder: Path):
    """Written once, it lets pass what was there."""
    assert pratique("lint", ".", "--write-baseline", "b.json")[0] == 0
    assert pratique("lint", ".", "--baseline", "b.json", "--fail-on", "negligible")[0] == 0
    (folder / "Dockerfile").write_text(f"{BAD}RUN sudo x\n")
    assert pratique("lint", ".", "--baseline", "b.json", "--fail-on", "negligible")[0] == 1
    (folder / "b.json").write_text("[]")
    assert pratique("lint", ".", "--baseline", "b.json")[0] == 2


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "markdown", "html", "gitlab", "table"])
def test_every_report(pratique: Run, folder: Path, form: str):
    """All formats take linted files."""
    code, _, err = pratique("lint", ".", "-o", f"{form}=report")

    assert (code, err) == (0, "")
    assert b"Dockerfile" in (folder / "report").read_bytes()


def test_a_forced_kind(pratique: Run, folder: Path):
    """A file is taken for what was said, not for what it looks like."""
    (folder / "notes").write_text(BAD)
    code, out, _ = pratique("lint", "notes", "--kind", "compose")

    assert code == 3
    assert "apt-get-asks" not in out
    assert pratique("lint", "notes", "--kind", "dockerfile")[0] == 0


@pytest.mark.parametrize(
    "options",
    [
        ("--verify-build",),
        ("--quiet-hadolint",),
        ("--fix", "--build-network"),
        ("--fix", "--build-base", "a=b"),
        ("--fix", "--verify-build", "--build-base", "a"),
    ],
)
def test_options_of_builds_need_each_other(pratique: Run, folder: Path, options: tuple[str, ...]):
    """What would do nothing is refused."""
    assert pratique("lint", ".", *options)[0] == 2


def test_builds_need_buildah(pratique: Run, folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Without it there is one line that says how to get it, and nothing is mended."""
    monkeypatch.setenv("PATH", str(folder))
    code, out, err = pratique("lint", ".", "--fix", "--verify-build")

    assert (code, out) == (2, "")
    assert "needs buildah" in err
    assert "apt-get install buildah" in err
    assert (folder / "Dockerfile").read_text() == BAD


def test_shellcheck_can_be_left_out(pratique: Run, folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Where it is installed it is asked, unless told not to."""
    program = folder / "shellcheck"
    program.write_text(f"#!/bin/sh\ntouch {folder}/asked\necho '{{\"comments\": []}}'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    assert pratique("lint", "Dockerfile", "--no-shellcheck")[0] == 0
    assert not (folder / "asked").exists()
    assert pratique("lint", "Dockerfile")[0] == 0
    assert (folder / "asked").exists()


def test_labels_that_are_asked_for(pratique: Run, folder: Path):
    """Nothing is asked for by itself."""
    (folder / "x.yaml").write_text(
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  labels: {team: b}\n"
    )
    out = {
        labels: pratique("lint", "x.yaml", *(f"--require-label={one}" for one in labels))[1]
        for labels in ((), ("team",), ("team", "owner"))
    }
    assert ["missing-required-label" in one for one in out.values()] == [False, False, True]
    assert "has no label owner" in out["team", "owner"]
