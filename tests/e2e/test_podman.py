"""Images of a real Podman service are read through its socket, exported only when they must be."""

import subprocess
import tempfile
from pathlib import Path

import pytest

from pratique.kit.cache import LayerCache
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.sources.interface import Options, TargetNotFound
from pratique.sources.target import open_target
from tests.e2e.engines import podman_environ, podman_service
from tests.makers.image import ImageMaker, archive

pytestmark = pytest.mark.e2e

DAY = "2026-01-02T03:04:05Z"


@pytest.fixture(scope="module")
def service(need):
    """Give (environment for sources, log of the service) of a Podman with one image."""
    podman, _ = need("podman"), need("runc")
    with tempfile.TemporaryDirectory(prefix="pq-") as name:  # socket paths must be short
        folder = Path(name)
        maker = ImageMaker()
        layers = {"a": b"1"}, {"b": b"2" * 9000}
        steps = [{"created": DAY, "created_by": f"step {number}"} for number in range(2)]
        image = maker.image(*layers, config={"history": steps, "created": DAY})
        bare = maker.image(*layers, config={"history": []})
        tagged = (image, ["localhost/app:1"]), (bare, ["localhost/bare:1"])
        source = archive(folder / "x.tar", maker.docker_files(*tagged))
        environ = podman_environ(folder, "vfs")
        subprocess.run(
            [podman, "load", "-q", "-i", str(source)], check=True, capture_output=True, env=environ
        )
        with podman_service(podman, folder, environ) as address:
            yield {"CONTAINER_HOST": address, "DOCKER_HOST": address}, maker


def inspected(opened, cache=None):
    """Read the layers through phase 1, which verifies digests; return paths per layer."""
    found = inspect_image(
        opened.images[0],
        opened.blobs,
        patterns=(),
        units_version="x",
        cache=cache,
        settings=InspectSettings(in_process=True),
    )
    assert found.unknowns == ()
    return [[entry.path for entry in facts.entries] for facts in found.facts]


@pytest.mark.parametrize("prefix", ["podman", "docker"])
def test_an_image(service, prefix):
    """Podman's own and its Docker-compatible way give the image with its layers and steps."""
    environ, _ = service

    opened = open_target(f"{prefix}:localhost/app:1", Options(environ=environ))

    assert opened.images[0].name == "localhost/app:1"
    assert [layer.created_by for layer in opened.images[0].layers] == ["step 0", "step 1"]
    assert inspected(opened) == [["a"], ["b"]]
    opened.close()


def test_an_image_without_history(service):
    """An image that does not say how it was built has empty steps."""
    environ, _ = service

    opened = open_target("podman:localhost/bare:1", Options(environ=environ))

    assert [layer.created_by for layer in opened.images[0].layers] == ["", ""]
    assert inspected(opened) == [["a"], ["b"]]
    opened.close()


def test_known_layers_cost_no_export(service, tmp_path):
    """Layers that an earlier scan verified are taken from the cache; nothing is exported."""
    environ, _ = service
    cache = LayerCache(tmp_path / "cache")
    first = open_target("podman:localhost/app:1", Options(environ=environ))
    assert inspected(first, cache) == [["a"], ["b"]]
    first.close()

    second = open_target("podman:localhost/app:1", Options(environ=environ))
    assert inspected(second, cache) == [["a"], ["b"]]
    assert second.blobs._archive is None
    second.close()


def test_an_absent_image(service):
    """What Podman has not is not found."""
    environ, _ = service
    with pytest.raises(TargetNotFound, match="podman has no image"):
        open_target("podman:localhost/none:1", Options(environ=environ))
