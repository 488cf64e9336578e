"""A file is not from the image exactly when the writable folder has an entry at its path."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.responses.drifted import is_drifted


@pytest.fixture(scope="module")
def upper(tmp_path_factory):
    place = tmp_path_factory.mktemp("upper")
    (place / "tmp").mkdir()
    (place / "tmp/evil").touch()
    (place / "usr/local").mkdir(parents=True)
    (place / "link").symlink_to("/")
    (place / "gone").symlink_to("nowhere")
    descriptor = os.open(place, os.O_PATH | os.O_DIRECTORY)
    yield descriptor
    os.close(descriptor)


@pytest.mark.parametrize(
    ("path", "drifted"),
    [
        ("/tmp/evil", True),
        ("/tmp/other", False),
        ("/bin/busybox", False),
        ("/usr/local/x", False),
        ("/tmp/evil/below", False),
        ("/gone", True),
        ("/link/etc/passwd", False),
        ("/tmp/x (deleted)", True),
        ("/merged/tmp/evil", True),
        ("/merged/bin/sh", False),
        ("/a/../tmp/evil", True),
        ("/", True),
    ],
)
def test_paths(upper, path, drifted) -> None:
    """No symlink is followed, no path leads out; what cannot be told counts as drifted."""
    assert is_drifted(upper, path, "/merged") is drifted


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=80))
def test_any_path(upper, path) -> None:
    """An answer, never an exception, whatever the kernel tells."""
    assert is_drifted(upper, path) in (True, False)
