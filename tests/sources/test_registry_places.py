"""Mirrors are asked first and are registries of their own; authorities are found by host."""

import pytest

from pratique.formats.image.reference import parse_reference
from pratique.model.errors import UsageError
from pratique.sources._registry_places import Place, own_authority, places
from pratique.sources.interface import Options

ALPINE = parse_reference("alpine")


def test_docker_hub():
    """Docker Hub's registry has another address than its name; its login is its name's."""
    assert places(ALPINE, Options()) == (
        Place("registry-1.docker.io", "library/alpine", "docker.io"),
    )


def test_mirrors():
    """Mirrors come in order, with their path and their own login; others' are left out."""
    environ = {
        "PRATIQUE_REGISTRY_MIRRORS": "ghcr.io=x, docker.io=m1/hub/,docker.io=https://m2:5000"
    }

    found = places(ALPINE, Options(environ=environ))

    assert found[:2] == (
        Place("m1", "hub/library/alpine", "m1"),
        Place("m2:5000", "library/alpine", "m2:5000"),
    )
    assert len(found) == 3
    assert len(places(ALPINE, Options(environ=environ, mirrors=("docker.io=m3",)))) == 2


@pytest.mark.parametrize("mirror", ["docker.io", "=m", "docker.io=", "docker.io=http://m"])
def test_malformed(mirror):
    """A mirror that cannot be meant is a usage error, not passed by."""
    with pytest.raises(UsageError, match="not a registry mirror"):
        places(ALPINE, Options(mirrors=(mirror,)))


def test_own_authority(tmp_path):
    """certs.d/HOST/ca.crt of the user is taken."""
    options = Options(environ={"HOME": str(tmp_path)})
    place = tmp_path / ".config/containers/certs.d/h:5000/ca.crt"
    assert own_authority("h:5000", options) is None
    place.parent.mkdir(parents=True)
    place.touch()

    assert own_authority("h:5000", options) == place
