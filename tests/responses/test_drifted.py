"""A file is not from the image exactly when the writable folder has an entry at its path."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.responses.drifted import Layers, is_drifted


@pytest.fixture(scope="module")
def layers(tmp_path_factory):
    """Give folders that look like an overlay's root and its writable folder."""
    top = tmp_path_factory.mktemp("layers")
    (top / "upper/tmp").mkdir(parents=True)
    (top / "upper/usr/local").mkdir(parents=True)
    (top / "upper/link").symlink_to("/")
    for name in ("root/tmp", "root/bin", "root/usr/local", "root/link/etc"):
        (top / name).mkdir(parents=True)
    for name in ("upper/tmp/evil", "root/tmp/evil", "root/bin/sh", "root/link/etc/passwd"):
        (top / name).touch()
    made = Layers(*(os.open(top / name, os.O_PATH | os.O_DIRECTORY) for name in ("root", "upper")))
    yield top / "root", made
    for one in made:
        os.close(one)


@pytest.mark.parametrize(
    ("path", "file", "drifted"),
    [
        ("/tmp/evil", "tmp/evil", True),
        ("/bin/sh", "bin/sh", False),
        ("/link/etc/passwd", "link/etc/passwd", False),
        ("/tmp/evil", "bin/sh", None),
        ("/bin/sh", "tmp/evil", None),
        ("/bin/none", "bin/sh", None),
        ("/bin/sh/below", "bin/sh", None),
        ("/bin/sh (deleted)", "bin/sh", True),
        ("/bin/../bin/sh", "bin/sh", True),
        ("/", "bin/sh", True),
    ],
)
def test_paths(layers, path, file, drifted) -> None:
    """The file must be the one at the path; no symlink is followed; what cannot be told is drifted."""
    root, made = layers

    assert is_drifted(made, path, (root / file).stat()) is drifted


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=80))
def test_any_path(layers, path) -> None:
    """An answer, never an exception, and no other file is taken for one of the image."""
    root, made = layers
    evil = (root / "tmp/evil").stat()

    assert is_drifted(made, path, evil) is not False
