"""`pratique ci` writes a pipeline, says when it is stale, and overwrites nobody's work."""

from pathlib import Path

import pytest

from pratique.cli.ci import PROVIDERS
from pratique.pipelines.write_ci import providers
from tests.cli.scanning import Run

FROM = "https://github.com/acme/pratique@" + "0123456789" * 4
PLACE = ".github/workflows/pratique.yml"


@pytest.fixture(autouse=True)
def dockerfile(tmp_path: Path) -> Path:
    """Put a Dockerfile into the folder that commands run in."""
    place = tmp_path / "Dockerfile"
    place.write_text("FROM a\n")
    return place


def test_every_provider_can_be_asked_for() -> None:
    """The choices are spelt out, so that the command line need not load them."""
    assert set(PROVIDERS) == set(providers())


def test_a_pipeline_is_written_and_current(pratique: Run, tmp_path: Path) -> None:
    assert pratique("ci", "init", "github", "--from", FROM)[0] == 0
    assert "gate-image" in (tmp_path / PLACE).read_text()

    code, out, _ = pratique("ci", "init", "github", "--check")
    assert (code, out) == (0, f"{PLACE}: current\n")


def test_check_shows_what_is_stale_and_writes_nothing(pratique: Run, tmp_path: Path) -> None:
    pratique("ci", "init", "github", "--from", FROM)
    before = (tmp_path / PLACE).read_text()
    (tmp_path / "api").mkdir()
    (tmp_path / "api/Dockerfile").write_text("FROM a\n")
    code, out, _ = pratique("ci", "init", "github", "--check")

    assert code == 1
    assert out.startswith(f"{PLACE}: stale\n")
    assert "+  gate-api:" in out
    assert (tmp_path / PLACE).read_text() == before
    assert pratique("ci", "init", "github")[0] == 0
    assert pratique("ci", "init", "github", "--check")[0] == 0


def test_check_says_what_is_absent(pratique: Run) -> None:
    code, out, _ = pratique("ci", "init", "gitlab", "--check", "--from", FROM)

    assert (code, out) == (1, ".gitlab/pratique.yml: absent\n")


def test_the_work_of_others_stays(pratique: Run, tmp_path: Path) -> None:
    place = tmp_path / "bitbucket-pipelines.yml"
    place.write_text("pipelines: {}\n")
    code, _, err = pratique("ci", "init", "bitbucket", "--from", FROM)

    assert code == 2
    assert "is not written by us" in err
    assert place.read_text() == "pipelines: {}\n"
    assert pratique("ci", "init", "bitbucket", "--from", FROM, "--force")[0] == 0
    assert "pratique lint" in place.read_text()


def test_a_changed_file_stays(pratique: Run, tmp_path: Path) -> None:
    pratique("ci", "init", "github", "--from", FROM)
    with (tmp_path / PLACE).open("a") as file:
        file.write("# mine\n")
    code, _, err = pratique("ci", "init", "github")

    assert code == 2
    assert "was changed since we wrote it" in err


def test_print_writes_nowhere(pratique: Run, tmp_path: Path) -> None:
    code, out, _ = pratique("ci", "init", "tekton", "--from", "installed", "--print")

    assert code == 0
    assert "kind: Task" in out
    assert not (tmp_path / ".tekton").exists()


def test_a_build_without_a_job_is_told(pratique: Run, tmp_path: Path) -> None:
    (tmp_path / "a b.dockerfile").write_text("FROM a\n")
    _, out, err = pratique("ci", "init", "github", "--from", FROM, "--print")

    assert "no job for a b.dockerfile" in err
    assert "a b" not in out


def test_nobody_guesses_where_pratique_comes_from(pratique: Run) -> None:
    code, _, err = pratique("ci", "init", "github")

    assert code == 2
    assert "--from ADDRESS@COMMIT" in err


def test_a_comment_needs_a_report(pratique: Run) -> None:
    code, _, err = pratique("ci", "comment", "absent.md")

    assert code == 2
    assert "cannot read absent.md" in err


def test_outside_github_the_comment_says_what_is_missing(
    pratique: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)
    (tmp_path / "r.md").write_text("x\n")
    code, _, err = pratique("ci", "comment", "r.md")

    assert code == 2
    assert "GITHUB_EVENT_PATH is not set" in err
