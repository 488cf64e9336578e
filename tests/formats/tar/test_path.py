"""Names become normalised paths, and climbing out is never missed."""

import posixpath

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.tar.path import clean
from pratique.model.paths import encode_path


@given(st.text("ab./", max_size=20))
def test_cleaning_is_lexical(name: str) -> None:
    """As ``filepath.Clean`` below a root; climbing is said for relative names only."""
    path, climbs = clean(name.encode())
    assert f"/{path}" == posixpath.normpath(f"/{name}").replace("//", "/")
    assert climbs == (posixpath.normpath(name or ".").split("/")[0] == "..")


@given(st.binary(max_size=20))
def test_other_bytes_are_kept(name: bytes) -> None:
    """Two different names stay different: the bytes come back."""
    path = clean(b"x/" + name.replace(b"/", b"").replace(b".", b"") + b"y")[0]
    assert encode_path(path) == b"x/" + name.replace(b"/", b"").replace(b".", b"") + b"y"
