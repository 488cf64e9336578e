"""Around a Dockerfile only names are read, as many as the bounds allow."""

from pathlib import Path

from pratique.model.finding import Finding
from pratique.pipelines.build_context import MOST_NAMES, Contexts, ignored_around
from pratique.pipelines.lint_dockerfile import Around, checks, look_at


def test_names(tmp_path: Path) -> None:
    """Files of all folders but the large ones; of .git one name; links are not followed."""
    for name in (".env", "src/a.py", "node_modules/x/y", ".git/HEAD", ".git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "loop").symlink_to(tmp_path)

    assert Contexts().around(tmp_path / "Dockerfile") == (".env", "loop", ".git/HEAD", "src/a.py")
    assert Contexts().around(None) is None
    assert Contexts().around(tmp_path / "absent/Dockerfile") == ()


def test_names_are_bounded(tmp_path: Path) -> None:
    """A folder with more files than the bound gives that many."""
    for number in range(MOST_NAMES + 3):
        (tmp_path / str(number)).touch()

    assert len(Contexts().around(tmp_path / "Dockerfile") or ()) == MOST_NAMES


def test_the_ignore_file_of_one_dockerfile_wins(tmp_path: Path) -> None:
    """``x.dockerignore`` stands before ``.dockerignore``, as for BuildKit."""
    (tmp_path / ".dockerignore").write_text("a\n")
    (tmp_path / "x.dockerignore").write_text("b\nc\n")

    assert ignored_around(tmp_path / "x") == ("b", "c")
    assert ignored_around(tmp_path / "y") == ("a",)
    assert ignored_around(None) == ()


def test_a_secret_in_the_context_is_told() -> None:
    """The names reach the checks."""
    around = Around(context=(".env", "a.py"))
    looked = look_at(b"FROM a:1\nCOPY . /a\n", "Dockerfile", checks(pedantic=False), around=around)
    found: dict[str, Finding] = {hit.finding.rule: hit.finding for hit in looked.hits}

    assert ".env" in found["secret-file-in-context"].description
