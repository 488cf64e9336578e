"""An image cannot get at, or leave behind, facts of layers that are not its own."""

import gzip
from pathlib import Path

import msgspec
import pytest

from pratique.kit.cache import LayerCache
from pratique.model.digest import sha256_of
from pratique.model.image import Image
from pratique.model.units import Patterns
from pratique.pipelines.inspect_image import Inspected, InspectSettings, inspect_image
from pratique.sources.interface import InvalidImage
from tests.makers import layer as make

CLEAN = make.tar(make.file("var/lib/dpkg/status", b"Package: clean\n"))
EVIL = make.tar(make.file("var/lib/dpkg/status", b"Package: evil\n"))
PATTERNS = [Patterns(paths=("var/lib/dpkg/status",))]


@pytest.fixture(params=[True, False], ids=["local", "registry"])
def blobs(request: pytest.FixtureRequest) -> make.FakeBlobs:
    return make.FakeBlobs(local=request.param)


def inspect(image: Image, blobs: make.FakeBlobs, cache: LayerCache) -> Inspected:
    return inspect_image(
        image,
        blobs,
        patterns=PATTERNS,
        units_version="1",
        cache=cache,
        settings=InspectSettings(in_process=True),
    )


def test_a_config_that_claims_a_cached_diff_id_gets_nothing(
    blobs: make.FakeBlobs, tmp_path: Path
) -> None:
    """Evil bytes under the diff ID of a clean, cached layer: read, found out, refused."""
    cache = LayerCache(tmp_path)
    clean = make.image(blobs, CLEAN)
    inspect(clean, blobs, cache)
    evil = make.layer(0, EVIL, blobs)
    lying = make.image_of((msgspec.structs.replace(evil, diff_id=sha256_of(CLEAN)),))
    for _ in range(2):
        with pytest.raises(InvalidImage):
            inspect(lying, blobs, cache)
    assert inspect(clean, blobs, cache).tree.read("var/lib/dpkg/status") == b"Package: clean\n"
    assert cache.usage()[0] == 1, "the lie left nothing behind"


def test_a_manifest_that_claims_a_cached_blob_gets_nothing(
    blobs: make.FakeBlobs, tmp_path: Path
) -> None:
    """A cached blob under another diff ID is not that pair: read again, and refused."""
    cache = LayerCache(tmp_path)
    clean = make.layer(0, CLEAN, blobs)
    inspect(make.image_of((clean,)), blobs, cache)
    lying = msgspec.structs.replace(clean, diff_id=sha256_of(EVIL))
    with pytest.raises(InvalidImage):
        inspect(make.image_of((lying,)), blobs, cache)


def test_local_bytes_are_hashed_before_the_cache_is_believed(tmp_path: Path) -> None:
    """The archive was changed behind an unchanged manifest: found on every run."""
    blobs, cache = make.FakeBlobs(), LayerCache(tmp_path)
    image = make.image(blobs, CLEAN)
    inspect(image, blobs, cache)
    digest = image.layers[0].blob.digest
    sound = blobs.content[digest]
    for content in (gzip.compress(EVIL, 1, mtime=0), sound + b"x", sound[:-1], b""):
        blobs.content[digest] = content
        with pytest.raises(InvalidImage):
            inspect(image, blobs, cache)


def test_a_layer_with_unknowns_is_read_each_time(blobs: make.FakeBlobs, tmp_path: Path) -> None:
    """What was not understood is not remembered as understood."""
    cache = LayerCache(tmp_path)
    stored = gzip.compress(CLEAN, 1, mtime=0)[:-9]
    image = make.image_of((make.layer(0, CLEAN, blobs, stored=stored),))
    first = inspect(image, blobs, cache)
    assert first.unknowns
    assert inspect(image, blobs, cache).unknowns == first.unknowns
    assert cache.usage()[0] == 0


def test_a_foreign_layer_is_not_taken_from_another_image(tmp_path: Path) -> None:
    """Unless this program has verified that very pair; then its facts are facts."""
    blobs, cache = make.FakeBlobs(local=False), LayerCache(tmp_path)
    layer = make.layer(0, CLEAN, blobs)
    image = make.image_of((layer,))
    del blobs.content[layer.blob.digest]
    assert inspect(image, blobs, cache).unknowns


def test_the_two_caches_of_two_unit_versions_do_not_mix(
    blobs: make.FakeBlobs, tmp_path: Path
) -> None:
    """Facts of older units are not those of newer ones."""
    cache = LayerCache(tmp_path)
    image = make.image(blobs, CLEAN)
    inspect(image, blobs, cache)
    blobs.opened.clear()
    inspect_image(
        image,
        blobs,
        patterns=PATTERNS,
        units_version="2",
        cache=cache,
        settings=InspectSettings(in_process=True),
    )
    assert blobs.opened
    assert cache.usage()[0] == 2
