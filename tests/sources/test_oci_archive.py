"""An OCI archive is read in place, packed as a whole or not, with any layer compression."""

import pytest

from pratique.sources.interface import InvalidImage, Options, TargetNotFound
from pratique.sources.oci_archive import open_target
from tests.makers.image import ImageMaker, archive, named, packed, tar_of


@pytest.mark.parametrize("whole", ["plain", "gzip", "zstd"])
@pytest.mark.parametrize("layers", ["plain", "gzip", "zstd"])
def test_forms(tmp_path, layers, whole):
    """Layers come out as stored, whatever packs them and the archive."""
    maker = ImageMaker()
    image = maker.image({"a": b"1"}, way=layers)
    path = archive(tmp_path / "x.tar", maker.files(named(image, "app:1")), whole)

    opened = open_target(f"{path}:app:1", Options())
    with opened.blobs.open(opened.images[0].layers[0].blob) as stream:
        assert stream.read() == packed(tar_of({"a": b"1"}), layers)
    assert opened.images[0].digest == image["digest"]
    assert opened.blobs.local
    opened.close()


@pytest.mark.parametrize("name", ["index.json", "oci-layout"])
def test_no_layout(tmp_path, name):
    """Both documents of a layout must be there, once."""
    maker = ImageMaker()
    files = maker.files(maker.image({"a": b""}))
    twice = tmp_path / "twice.tar"
    twice.write_bytes(tar_of({name: files[name]})[:1024] + tar_of(files))

    with pytest.raises(InvalidImage, match="stands twice"):
        open_target(str(twice), Options())
    del files[name]
    with pytest.raises(InvalidImage, match=f"{name} is missing"):
        open_target(str(archive(tmp_path / "x.tar", files)), Options())


def test_no_file(tmp_path):
    """A path that is not there is not found."""
    with pytest.raises(TargetNotFound):
        open_target(f"{tmp_path}/none.tar:tag", Options())
