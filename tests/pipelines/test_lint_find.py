"""Files to lint are found by name and content, each once."""

from pathlib import Path

import pytest

from pratique.model.errors import TargetError
from pratique.pipelines.lint_find import FileKind, find_files, kind_of

EVERY = frozenset(FileKind)
POD = b"apiVersion: v1\nkind: Pod\n"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Dockerfile", b"", FileKind.DOCKERFILE),
        ("Dockerfile.dev", b"", FileKind.DOCKERFILE),
        ("app.dockerfile", b"", FileKind.DOCKERFILE),
        ("Containerfile", b"", FileKind.DOCKERFILE),
        ("compose.prod.yaml", b"", FileKind.COMPOSE),
        ("docker-compose.yml", b"", FileKind.COMPOSE),
        ("x.yaml", POD, FileKind.KUBERNETES),
        ("x.json", b'{"apiVersion": "v1", "kind": "Pod"}', FileKind.KUBERNETES),
        ("x.yaml", b"a: b\n", None),
        ("Dockerfile.dockerignore", b"", None),
        ("Dockerfile.md", b"", None),
        ("Dockerfile.j2", b"", None),
        ("dockerfile_test.py", b"", None),
        ("readme", b"FROM a\n", None),
    ],
)
def test_the_kind_of_a_file(name: str, content: bytes, kind: FileKind | None):
    """Names decide for Dockerfiles and Compose, what stands in it for manifests."""
    assert kind_of(name, content) is kind


def test_a_folder_is_searched(tmp_path: Path):
    """In order, without what tools keep, without symbolic links."""
    for name in ("b/Dockerfile", "a.yaml", "node_modules/Dockerfile", ".git/Dockerfile", "other"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(POD)
    (tmp_path / "Dockerfile").symlink_to(tmp_path / "other")

    found = [one.name for one in find_files([str(tmp_path)], EVERY, "")]

    assert found == [f"{tmp_path}/a.yaml", f"{tmp_path}/b/Dockerfile"]


def test_a_file_is_taken_once(tmp_path: Path):
    """Named itself and by its folder, and by content whatever it is called."""
    (tmp_path / "build").write_bytes(b"FROM a\n")
    (tmp_path / "Dockerfile").write_bytes(b"FROM a\n")
    paths = [f"{tmp_path}/build", str(tmp_path), f"{tmp_path}/Dockerfile"]

    assert [Path(one.name).name for one in find_files(paths, EVERY, "")] == ["build", "Dockerfile"]


def test_what_is_not_there_or_not_known_is_refused(tmp_path: Path):
    """A typing error must not pass for a clean file."""
    (tmp_path / "x").write_bytes(b"hello\n")
    for path in ("x", "absent"):
        with pytest.raises(TargetError):
            list(find_files([f"{tmp_path}/{path}"], EVERY, ""))


def test_a_file_that_is_too_large_is_told(tmp_path: Path):
    """It is found, and it has trouble instead of content."""
    (tmp_path / "Dockerfile").write_bytes(b"FROM a\n" + b"#" * (5 << 20))
    (one,) = find_files([str(tmp_path)], EVERY, "")

    assert one.content is None
    assert "larger" in one.trouble


def test_a_forced_kind(tmp_path: Path):
    """What is named is of that kind whatever it holds; of a folder only such files are taken."""
    (tmp_path / "notes").write_text("no more")
    (tmp_path / "Dockerfile").write_text("FROM a\n")
    (tmp_path / "x.yaml").write_bytes(POD)
    for path, kind, names in (
        (tmp_path / "notes", FileKind.COMPOSE, ["notes"]),
        (tmp_path / "x.yaml", FileKind.DOCKERFILE, ["x.yaml"]),
        (tmp_path, FileKind.KUBERNETES, ["x.yaml"]),
    ):
        found = list(find_files((str(path),), EVERY, "", kind))
        assert [(Path(one.name).name, one.kind) for one in found] == [(n, kind) for n in names]
