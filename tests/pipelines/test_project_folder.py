"""The project folder is that of git, the one named, or the file's own; what lies outside is absent."""

from pathlib import Path

from pratique.pipelines.project_folder import committed_files, name_in, project_folder, reader


def test_which_folder(tmp_path: Path):
    """Git's first, then the one a person named, then the file's own."""
    place = tmp_path / "a" / "b" / "compose.yaml"
    place.parent.mkdir(parents=True)
    place.write_text("")

    assert project_folder(place, (str(place),)) == place.parent
    assert project_folder(place, (str(tmp_path / "a"),)) == tmp_path / "a"
    (tmp_path / ".git").mkdir()
    assert project_folder(place, (str(tmp_path / "a"),)) == tmp_path
    assert name_in(tmp_path, place) == "a/b/compose.yaml"


def test_what_is_read(tmp_path: Path):
    """Files inside; nothing by a name or link that leads out, no folder, nothing without a folder."""
    inside = tmp_path / "p"
    inside.mkdir()
    (inside / "a").write_text("a")
    (tmp_path / "out").write_text("secret")
    (inside / "link").symlink_to(tmp_path / "out")
    (inside / "near").symlink_to(inside / "a")
    read = reader(inside, "main", b"m")

    assert [read(name) for name in ("main", "a", "near")] == [b"m", b"a", b"a"]
    names = ("../out", "link", ".", "absent", str(tmp_path / "out"), "a\0")
    assert [read(name) for name in names] == [None] * 6
    assert [reader(None, "main", b"m")(name) for name in ("main", "a")] == [b"m", None]


def test_what_git_keeps_is_not_known_without_git(tmp_path: Path):
    """No index, or one that is none."""
    assert committed_files(tmp_path) is None
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").write_bytes(b"x")
    assert committed_files(tmp_path) is None
