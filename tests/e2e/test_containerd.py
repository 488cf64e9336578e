"""Images of a real containerd are read from its files and through `ctr`, by content digest."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.sources.interface import Options, TargetNotFound
from pratique.sources.target import open_target
from tests.e2e.engines import containerd_service
from tests.makers.image import ImageMaker, archive, named

pytestmark = pytest.mark.e2e


def test_an_image(need):
    """All platforms that were imported are read; an unknown name is not found."""
    containerd, ctr = need("containerd"), need("ctr")
    maker = ImageMaker()
    index = maker.per_platform("linux/amd64", "linux/arm64")
    with tempfile.TemporaryDirectory(prefix="pq-") as name:  # socket paths must be short
        folder = Path(name)
        source = archive(folder / "x.tar", maker.files(named(index, "localhost/app:1")))
        with containerd_service(containerd, folder) as address:
            environ = {**os.environ, "CONTAINERD_ADDRESS": address}
            command = [ctr, "images", "import", "--no-unpack", "--all-platforms", str(source)]
            subprocess.run(command, check=True, capture_output=True, env=environ)

            opened = open_target(
                "containerd:localhost/app:1", Options(environ=environ, all_platforms=True)
            )
            for image in opened.images:
                found = inspect_image(
                    image,
                    opened.blobs,
                    patterns=(),
                    units_version="x",
                    settings=InspectSettings(in_process=True),
                )
                assert found.unknowns == ()
                assert [entry.path for entry in found.facts[0].entries] == ["arch"]
            assert len(opened.images) == 2
            assert {image.index_digest for image in opened.images} == {index["digest"]}
            with pytest.raises(TargetNotFound):
                open_target("containerd:localhost/none:1", Options(environ=environ))


def test_its_files(need, short_folder):
    """Many images in two namespaces are read from disk, while it runs and after it stopped."""
    containerd, ctr = need("containerd"), need("ctr")
    maker = ImageMaker()
    index = maker.per_platform("linux/amd64", "linux/arm64")
    names = [f"localhost/app-{n}:1" for n in range(40)]
    options = Options(environ={}, containerd_root=short_folder / "root", all_platforms=True)
    with containerd_service(containerd, short_folder) as address:
        for space in ("default", "k8s.io"):
            entries = [named(index, f"{name}-{space}") for name in names]
            source = archive(short_folder / "x.tar", maker.files(*entries))
            command = [ctr, "-n", space, "images", "import", "--no-unpack", "--all-platforms"]
            environ = {**os.environ, "CONTAINERD_ADDRESS": address}
            subprocess.run([*command, str(source)], check=True, capture_output=True, env=environ)
            asked = [ctr, "-n", space, "images", "list", "--quiet"]
            listed = subprocess.run(asked, check=True, capture_output=True, env=environ, text=True)
            assert listed.stdout.split() == sorted(f"{name}-{space}" for name in names)
        for name in names:
            opened = open_target(f"containerd:{name}-default", options)
            assert {image.index_digest for image in opened.images} == {index["digest"]}
    elsewhere = replace(options, environ={"CONTAINERD_NAMESPACE": "k8s.io"})
    opened = open_target(f"containerd:{names[7]}-k8s.io", elsewhere)
    for image in opened.images:
        with opened.blobs.open(image.layers[0].blob) as stream:
            assert stream.read() == maker.blobs[image.layers[0].blob.digest]
    with pytest.raises(TargetNotFound) as caught:
        open_target(f"containerd:{names[7]}-k8s.io", options)
    assert "CONTAINERD_NAMESPACE=k8s.io" in caught.value.hint()
