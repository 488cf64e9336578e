"""Mounts are read in both forms, and volumes that bind a path are binds."""

import pytest

from pratique.formats.compose.mounts import mounts_of
from pratique.formats.compose.values import values_of
from pratique.formats.documents.yaml_nodes import read_nodes


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("./a:/b", ("bind", "a", "/b", False)),
        ("/a/:/b:ro", ("bind", "/a", "/b", True)),
        ("~/a:/b:ro,z", ("bind", "~/a", "/b", True)),
        ("//etc//x:/b", ("bind", "/etc/x", "/b", False)),
        ("data:/b", ("volume", "data", "/b", False)),
        ("/b", ("volume", "", "/b", False)),
        (r"C:\x:/b", ("bind", r"C:\x", "/b", False)),
        ("bound:/b", ("bind", "/srv", "/b", False)),
        ("{type: bind, source: /a, target: /b, read_only: true}", ("bind", "/a", "/b", True)),
        ("{type: tmpfs, target: /b}", ("tmpfs", "", "/b", False)),
        ("{src: data, dst: /b}", ("volume", "data", "/b", False)),
    ],
)
def test_forms(text: str, wanted: object):
    """Kind, source, target, whether it is read-only."""
    item = text if text.startswith("{") else f"'{text}'"
    content = f"v: [{item}]\nvolumes: {{bound: {{driver_opts: {{o: bind, device: /srv}}}}}}"
    root = values_of("f", read_nodes(content.encode())[0].root, {})

    (one,) = mounts_of(root.at("v"), root.at("volumes").fields)

    assert (one.kind, one.source, one.target, one.read_only) == wanted
