"""Blobs of a registry come whole or not at all, with the names of the target's errors."""

import pytest

from pratique.formats.image.reference import parse_reference
from pratique.kit.limits import Limits
from pratique.model.digest import Digest
from pratique.model.image import Descriptor
from pratique.sources._registry_client import RepositoryClient
from pratique.sources.interface import InvalidImage, Options, TargetNotFound, TargetUnreachable
from tests.makers.image import sha256
from tests.makers.registry import FakeRegistry

CONTENT = bytes(range(256)) * 8000
NAME = Digest(sha256(CONTENT))
SIZE = len(CONTENT)


@pytest.fixture
def server():
    with FakeRegistry().running() as registry:
        registry.blobs[NAME] = CONTENT
        yield registry


@pytest.fixture
def client(server):
    client = RepositoryClient(parse_reference(f"{server.host}/app:1"), Options(retries=2))
    yield client
    client.close()


def layer(size=SIZE, digest=NAME):
    return Descriptor(media_type="x", digest=digest, size_bytes=size)


def test_a_layer_resumes(server, client):
    """A body that is cut is gone on with from where it broke."""
    server.cut_after = 900_000

    with client.open_blob(layer()) as stream:
        assert stream.read(5) == CONTENT[:5]
        assert b"".join(iter(lambda: stream.read(70_000), b"")) == CONTENT[5:]
    assert [h.get("range") for h in server.asked("GET /v2/app/blobs")][1:] == [
        "bytes=900000-",
        "bytes=1800000-",
    ]


def test_a_layer_that_stays_broken(server, client):
    """After the retries the target is unreachable; no short layer is handed on."""
    server.cut_after = 10

    with client.open_blob(layer()) as stream, pytest.raises(TargetUnreachable, match="broke off"):
        stream.read()


def test_a_layer_that_is_too_long(server, client):
    """A registry that sends more than the descriptor says is cut off."""
    with client.open_blob(layer(1000)) as stream, pytest.raises(InvalidImage, match="larger"):
        stream.read()


def test_an_absent_layer(client):
    """A blob the registry has not is not found."""
    with pytest.raises(TargetNotFound, match="has no sha256:"):
        client.open_blob(layer(digest=Digest("sha256:" + "0" * 64)))


def test_documents_are_bounded(server):
    """A manifest or config over the limit is not read whole."""
    options = Options(retries=0, limits=Limits(json_bytes=1000))
    client = RepositoryClient(parse_reference(f"{server.host}/app:1"), options)

    with pytest.raises(InvalidImage):
        client.blob(NAME)
    with pytest.raises(InvalidImage):
        client.manifest(NAME)
    client.close()
