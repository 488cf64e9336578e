"""A file is what its bytes say; an archive of two kinds must mean one image."""

import pytest

from pratique.model.image import Platform
from pratique.sources._archive import open_regular
from pratique.sources._content import open_content
from pratique.sources.interface import AmbiguousTarget, InvalidImage, Options
from tests.makers.image import ImageMaker, archive, named, packed
from tests.sources.test_archive import open_files
from tests.sources.test_sbom import CYCLONEDX


def opened(path, tag="", **options):
    return open_content(open_regular(path), str(path), str(path), tag, Options(**options))


def hybrid(tmp_path, maker, oci, docker):
    members = maker.files(*oci) | maker.docker_files(*docker)
    return archive(tmp_path / "hybrid.tar", members, "gzip")


def test_kinds(tmp_path):
    """OCI archive, docker archive and SBOM are told apart, packed or not."""
    maker = ImageMaker()
    image = maker.image({"a": b"1"})
    oci = opened(archive(tmp_path / "a", maker.files(image)))
    docker = opened(archive(tmp_path / "b", maker.docker_files((image, ["x:1"])), "gzip"))
    (tmp_path / "c").write_bytes(packed(b"\xef\xbb\xbf " + CYCLONEDX, "plain"))

    assert oci.images[0].digest == image["digest"]
    assert docker.images[0].config_digest == oci.images[0].config_digest
    assert opened(tmp_path / "c").inventory is not None
    for one in (oci, docker):
        one.close()


def test_neither(tmp_path):
    """Other files are refused with what they could have been; nothing stays open."""
    (tmp_path / "text").write_bytes(b"hello")
    before = open_files()
    with pytest.raises(InvalidImage, match="neither an image archive nor an SBOM"):
        opened(tmp_path / "text")
    with pytest.raises(InvalidImage) as caught:
        opened(archive(tmp_path / "root.tar", {"etc/passwd": b""}))
    assert "dir:PATH" in caught.value.hint()
    assert open_files() == before


def test_a_hybrid(tmp_path):
    """Docker 25 writes both; the OCI half names the image by its manifest."""
    maker = ImageMaker()
    image = maker.image({"a": b"1"})
    path = hybrid(tmp_path, maker, [named(image, "x:1")], [(image, ["x:1"])])

    for tag in ("", "x:1"):
        found = opened(path, tag)
        assert found.images[0].digest == image["digest"]
        found.close()


def test_halves_that_differ(tmp_path):
    """Where one half leads to another image than the other, neither is believed."""
    maker = ImageMaker()
    one, two = maker.image({"a": b"1"}), maker.image({"a": b"2"})

    for oci, docker, tag in (
        ([named(one, "x:1")], [(two, ["x:1"])], ""),
        ([named(one, "x:1"), named(two, "y:1")], [(two, ["x:1"]), (one, ["y:1"])], "x:1"),
    ):
        path = hybrid(tmp_path, maker, oci, docker)
        with pytest.raises(InvalidImage, match="hold different images") as caught:
            opened(path, tag)
        assert "docker-archive:" in caught.value.hint()
    with pytest.raises(AmbiguousTarget):
        opened(hybrid(tmp_path, maker, [named(one, "x:1")], [(one, ["x:1"]), (two, ["y:1"])]))


def test_a_hybrid_of_several_platforms(tmp_path):
    """manifest.json lists one platform only; asking for another reads the OCI half."""
    maker = ImageMaker()
    index = maker.per_platform("linux/amd64", "linux/arm64")
    amd64 = maker.image({"arch": b"linux/amd64"})
    path = hybrid(tmp_path, maker, [named(index, "x:1")], [(amd64, ["x:1"])])

    found = opened(path, platform=Platform("linux", "arm64"))
    assert str(found.images[0].config.platform) == "linux/arm64"
    found.close()
