"""A file that only a link names like a package is not passed over in silence."""

from pathlib import Path

from pratique.extractors.programs import xz
from pratique.extractors.python import wheel
from pratique.pipelines.inspect_folder import inspect_folder
from pratique.pipelines.layer_units import LayerUnits
from pratique.pipelines.linked_names import hidden_by_links

UNITS = LayerUnits([wheel, xz])
METADATA = "Name: a\nVersion: 1\n"


def hidden(root: Path) -> list[str]:
    """Return where something is hidden below ``root``."""
    tree = inspect_folder(root, [], units=UNITS).tree
    return [unknown.location for unknown in hidden_by_links(tree, UNITS)]


def test_a_link_to_a_file_of_another_name_is_said(tmp_path: Path) -> None:
    """Python follows it, and the file's own name tells nobody what it is."""
    (tmp_path / "store").write_text(METADATA)
    (tmp_path / "a-1.dist-info").mkdir()
    (tmp_path / "a-1.dist-info/METADATA").symlink_to("../store")
    assert hidden(tmp_path) == ["a-1.dist-info/METADATA"]


def test_a_link_to_a_folder_of_another_name_is_said(tmp_path: Path) -> None:
    """The names below it are what counts."""
    (tmp_path / "store").mkdir()
    (tmp_path / "store/METADATA").write_text(METADATA)
    (tmp_path / "a-1.dist-info").symlink_to("store")
    assert hidden(tmp_path) == ["a-1.dist-info/METADATA"]


def test_links_that_hide_nothing_are_silent(tmp_path: Path) -> None:
    """Linked folders of packages, links to nowhere and in circles, and programs of many names."""
    (tmp_path / "packages/a-1.dist-info").mkdir(parents=True)
    (tmp_path / "packages/a-1.dist-info/METADATA").write_text(METADATA)
    (tmp_path / "site-packages").symlink_to("packages")
    (tmp_path / "b-1.dist-info").symlink_to("packages/a-1.dist-info")
    (tmp_path / "c-1.dist-info").symlink_to("c-1.dist-info")
    (tmp_path / "d-1.dist-info").symlink_to("nowhere")
    (tmp_path / "busybox").write_bytes(b"\x7fELF")
    (tmp_path / "xz").symlink_to("busybox")
    assert hidden(tmp_path) == []
    assert hidden_by_links(inspect_folder(tmp_path, []).tree, LayerUnits()) == ()
