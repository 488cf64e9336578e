"""What a daemon says of an image is read like any other input."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.engine_inspect import read_history, read_inspect
from pratique.kit.limits import DEFAULT
from pratique.model.digest import InvalidDigest
from pratique.model.errors import FormatError

A, B = "sha256:" + "a" * 64, "sha256:" + "b" * 64


def test_inspect():
    """Id, platform, config and diff IDs are read; Podman's bare id is completed."""
    answer = {
        "Id": "c" * 64,
        "RepoTags": ["app:1"],
        "Os": "linux",
        "Architecture": "arm64",
        "Variant": "v8",
        "Config": {"Env": ["A=1"], "Labels": None},
        "RootFS": {"Type": "layers", "Layers": [A, B]},
    }

    found = read_inspect(json.dumps(answer).encode(), DEFAULT)

    assert found.id == "sha256:" + "c" * 64
    assert found.names == ("app:1",)
    assert str(found.config.platform) == "linux/arm64/v8"
    assert found.config.diff_ids == (A, B)
    assert found.config.env == ("A=1",)


@pytest.mark.parametrize(
    ("steps", "layers", "lines"),
    [
        ([("CMD x", 0), ("COPY b", 7), ("ADD a", 5)], 2, ("ADD a", "COPY b")),
        (
            [("/bin/sh -c #(nop)  CMD x", 0), ("WORKDIR /x", 0), ("ADD a", 5)],
            2,
            ("ADD a", "WORKDIR /x"),
        ),
        ([("b", 0), ("a", 0)], 2, ("a", "b")),
        ([("a", 1)], 2, ("", "")),
        ([], 0, ()),
    ],
)
def test_history(steps, layers, lines):
    """Each layer gets its step where the list allows to tell, and nothing where it does not."""
    answer = json.dumps([{"CreatedBy": text, "Size": size} for text, size in steps]).encode()

    assert read_history(answer, layers, DEFAULT) == lines


@given(st.binary(max_size=60) | st.just(b'{"Id": "x", "RootFS": {"Layers": ["y"]}}'))
def test_any_bytes(content):
    """No answer makes the readers raise anything but their own errors."""
    for read in (read_inspect, lambda text, limits: read_history(text, 3, limits)):
        try:
            read(content, DEFAULT)
        except (FormatError, InvalidDigest):
            pass
