"""The configuration of a built image, as fields that can be compared."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.built_config import read_built_config
from pratique.model.errors import FormatError


def test_fields_of_both_levels():
    """What the image is and what it starts, in one form."""
    content = b'{"architecture": "amd64", "author": "me", "config": {"Cmd": ["a"], "Shell": ["b"]}}'

    assert read_built_config(content) == {
        "architecture": '"amd64"',
        "author": '"me"',
        "Cmd": '["a"]',
        "Shell": '["b"]',
    }


def test_what_differs_in_every_build_is_left_out():
    """Times, layers, history, and the label of the builder."""
    content = {
        "created": "x",
        "history": [{}],
        "rootfs": {"diff_ids": ["a"]},
        "container": "c",
        "container_config": {"Cmd": ["b"]},
        "config": {
            "Image": "sha",
            "Hostname": "h",
            "Labels": {"io.buildah.version": "1", "a": "b"},
        },
    }
    assert read_built_config(json.dumps(content).encode()) == {"Labels": '{"a":"b"}'}


def test_equal_meanings_are_equal():
    """The order of keys, and absent and empty lists."""
    one = b'{"config": {"Labels": {"a": "1", "b": "2"}, "Entrypoint": null, "Env": []}}'
    two = b'{"config": {"Labels": {"b": "2", "a": "1"}, "User": ""}}'

    assert read_built_config(one) == read_built_config(two)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"config": 3}'])
def test_what_is_no_configuration(content: bytes):
    """An error, never an image without fields."""
    with pytest.raises(FormatError):
        read_built_config(content)


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes):
    """Fields, or a FormatError."""
    try:
        read_built_config(content)
    except FormatError:
        pass
