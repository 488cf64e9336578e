"""Podman's own word on a container: its labels and image."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.runtime.libpod import LibpodContainer, find_in_bolt, read_libpod
from pratique.model.errors import FormatError
from tests.formats.runtime.hostile import JSON
from tests.makers.bolt import bolt


def test_a_container():
    """The fields have the names that Podman gives them."""
    content = json.dumps(
        {
            "name": "web",
            "rootfsImageID": "i1",
            "rootfsImageName": "localhost/a:1",
            "RawImageName": "a",
            "pod": "p1",
            "labels": {"app": "x"},
            "privileged": True,
        }
    ).encode()

    assert read_libpod(content) == LibpodContainer(
        name="web",
        image="localhost/a:1",
        image_id="i1",
        pod_id="p1",
        labels=(("app", "x"),),
        privileged=True,
    )


def test_in_the_database():
    """The configuration lies below the container's id."""
    content = bolt({b"ctr": {b"c1": {b"config": b"{}"}}})

    def read(offset, size):
        return content[offset : offset + size]

    assert find_in_bolt(read, "c1") == b"{}"
    assert find_in_bolt(read, "c2") is None


def test_no_database():
    """What is no bolt database is refused."""
    with pytest.raises(FormatError):
        find_in_bolt(lambda offset, size: b"", "c1")


@given(st.binary(max_size=64) | JSON.map(lambda value: json.dumps(value).encode()))
def test_never_crashes(content):
    """Whatever it is, it is read or refused."""
    try:
        read_libpod(content)
    except FormatError:
        pass
