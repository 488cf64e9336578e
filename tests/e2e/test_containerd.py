"""Images of a real containerd are read through `ctr`, by content digest."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

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
