"""Docker's files say who a container is and what it may touch."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.runtime.docker_state import (
    DockerContainer,
    read_container,
    read_privileged,
    read_repositories,
)
from pratique.model.errors import FormatError
from pratique.model.workload import BindMount
from tests.formats.runtime.hostile import JSON

CONTAINER = {
    "ID": "a1",
    "Name": "/web",
    "Image": "sha256:c0",
    "Driver": "overlay2",
    "Config": {"Image": "nginx:1", "Labels": {"k": "v"}},
    "State": {"Pid": 7, "Running": True},
    "MountPoints": {"/d": {"Source": "/srv", "Destination": "/d", "RW": False}},
    "ImageManifest": None,
}


def test_a_container():
    """The name loses its slash; a mount that may not be written says so."""
    assert read_container(json.dumps(CONTAINER).encode()) == DockerContainer(
        id="a1",
        name="web",
        image="nginx:1",
        image_digest="sha256:c0",
        labels=(("k", "v"),),
        mounts=(BindMount("/srv", "/d", writable=False),),
        driver="overlay2",
        pid=7,
        running=True,
    )


def test_a_container_of_the_containerd_store():
    """Newer versions name the manifest themselves."""
    content = {**CONTAINER, "ImageManifest": {"digest": "sha256:m0"}}
    assert read_container(json.dumps(content).encode()).manifest_digest == "sha256:m0"


@pytest.mark.parametrize("read", [read_container, read_privileged, read_repositories])
@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"Repositories": [], "Privileged": 3}'])
def test_another_shape(read, content):
    """What is not of the shape is refused."""
    with pytest.raises(FormatError):
        read(content)


@given(st.binary(max_size=64) | JSON.map(lambda value: json.dumps(value).encode()))
def test_never_crashes(content):
    """Whatever it is, it is read or refused."""
    for read in (read_container, read_privileged, read_repositories):
        try:
            read(content)
        except FormatError:
            pass
