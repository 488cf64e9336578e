"""The lists of containers/storage say which image a container is made from."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.runtime.containers_storage import (
    Places,
    StoredContainer,
    read_containers,
    read_images,
    read_places,
)
from pratique.model.errors import FormatError
from tests.formats.runtime.hostile import JSON


def listed(metadata, **more):
    """Return what is read of one container with this metadata."""
    row = {"id": "c1", "names": ["n1"], "image": "i1", "layer": "l1", "metadata": metadata, **more}
    return read_containers(json.dumps([row]).encode())[0]


def test_a_container():
    """Names stand in the metadata, ids beside it."""
    told = json.dumps({"image-name": "localhost/a:1", "image-id": "i1", "name": "web"})
    expected = StoredContainer(
        id="c1", name="web", image="localhost/a:1", image_id="i1", layer="l1"
    )

    assert listed(told) == expected


@pytest.mark.parametrize("metadata", ["", "no JSON", "[1]", '{"name": 3}'])
def test_metadata_of_another_program(metadata):
    """Without metadata of the known shape, the list's own words stand."""
    assert listed(metadata) == StoredContainer(id="c1", name="n1", image_id="i1", layer="l1")


def test_places():
    """What the file leaves open is empty."""
    assert read_places(b'[storage]\ndriver = "overlay"\nrunroot = "/r"') == Places("", "/r")
    assert read_places(b"") == Places("", "")


@pytest.mark.parametrize(
    "content", [b"[storage", b"\xff", b"[storage]\ngraphroot = 1", b"#" * 300_000]
)
def test_no_places(content):
    """What is no storage.conf is refused."""
    with pytest.raises(FormatError):
        read_places(content)


@given(st.binary(max_size=64) | JSON.map(lambda value: json.dumps(value).encode()))
def test_never_crashes(content):
    """Whatever it is, it is read or refused."""
    for read in (read_containers, read_images, read_places):
        try:
            read(content)
        except FormatError:
            pass
