"""A walk verifies each document, visits each once, and chooses the platform engines would."""

import pytest

from pratique.formats.image.oci import IndexEntry
from pratique.kit.limits import Limits
from pratique.model.digest import Digest
from pratique.model.image import Descriptor, Platform
from pratique.sources._walk import Walk, read_verified
from pratique.sources.interface import InvalidImage, Options, TargetNotFound
from tests.makers.image import OCI_INDEX, OCI_MANIFEST, ImageMaker, as_json, sha256


class HeapStore:
    """A store over the blobs of a maker; counts reads."""

    label = "heap"

    def __init__(self, maker):
        self.maker, self.reads = maker, []

    def read(self, blob):
        self.reads.append(blob.digest)
        return self.maker.blobs[blob.digest]

    def holds(self, blob):
        return blob.digest in self.maker.blobs


def entry(made, **more):
    kind = {"media_type": str(made["mediaType"]), "size_bytes": int(made["size"])}
    descriptor = Descriptor(digest=Digest(made["digest"]), **(kind | more))
    return IndexEntry(descriptor=descriptor)


def picked(maker, root, **options):
    walk = Walk(HeapStore(maker), Options(**options))
    return [str(found.config.platform) for found in walk.pick(walk.leaves((entry(root),)))]


@pytest.mark.parametrize(
    ("wanted", "platform"),
    [
        (Platform("linux", "arm64"), "linux/arm64/v8"),
        (Platform("linux", "arm"), "linux/arm/v7"),
        (Platform("linux", "amd64"), "linux/amd64"),
    ],
)
def test_the_wanted_platform(wanted, platform):
    """--platform takes the image that runs there."""
    maker = ImageMaker()
    root = maker.per_platform("linux/amd64", "linux/arm64/v8", "linux/arm/v7")

    assert picked(maker, root, platform=wanted) == [platform]


def test_no_image_for_a_platform():
    """What is not there is said with what is."""
    maker = ImageMaker()
    root = maker.per_platform("linux/amd64", "linux/arm64")

    with pytest.raises(TargetNotFound, match="linux/s390x") as caught:
        picked(maker, root, platform=Platform("linux", "s390x"))
    assert "linux/amd64, linux/arm64" in caught.value.hint()


def test_the_only_platform_is_taken():
    """One image is taken whatever it runs on; several foreign ones are not guessed from."""
    maker = ImageMaker()

    assert picked(maker, maker.per_platform("linux/s390x")) == ["linux/s390x"]
    with pytest.raises(TargetNotFound, match="this machine"):
        picked(maker, maker.per_platform("linux/s390x", "linux/mips"))


def test_platforms_of_configs_count_where_the_index_is_silent():
    """Entries without a platform are told apart by their configs."""
    maker = ImageMaker()
    root = maker.index(maker.image({"a": b""}, platform="linux/s390x"), maker.image({"b": b""}))

    assert picked(maker, root, platform=Platform("linux", "s390x")) == ["linux/s390x"]


def test_an_annotation_alone_hides_nothing():
    """An image that calls itself an attestation but names a real platform is an image."""
    maker = ImageMaker()
    image = maker.image({"a": b""})
    hidden = image | {
        "platform": {"os": "linux", "architecture": "amd64"},
        "annotations": {"vnd.docker.reference.type": "attestation-manifest"},
    }

    assert picked(maker, maker.index(hidden)) == ["linux/amd64"]


def test_attestations_are_left_out_aloud():
    """What no engine runs is left out and named with what it speaks of."""
    maker = ImageMaker()
    image = maker.image({"a": b""})
    root = maker.index(image, maker.attestation(image))
    walk = Walk(HeapStore(maker), Options())

    assert len(walk.leaves((entry(root),))) == 1
    assert walk.skipped[0].endswith(f": attestation manifest of {image['digest']}")


def test_artifacts_are_no_images():
    """A manifest with another kind of config is said to be an artifact."""
    maker = ImageMaker()
    chart = {
        "schemaVersion": 2,
        "config": maker.add(b"{}", "application/vnd.cncf.helm.config.v1+json"),
        "layers": [],
    }
    root = maker.add(as_json(chart), OCI_MANIFEST)
    walk = Walk(HeapStore(maker), Options())

    assert walk.pick(walk.leaves((entry(root),))) == []
    assert "an artifact (application/vnd.cncf.helm" in walk.skipped[0]


def test_two_to_the_n_paths_cost_n_reads():
    """An index that lists its child twice at each level is read once per level."""
    maker = ImageMaker()
    root = maker.image({"a": b""})
    for _ in range(4):
        root = maker.index(root, root)
    store = HeapStore(maker)
    walk = Walk(store, Options())

    assert len(walk.leaves((entry(root),))) == 1
    assert len(store.reads) == 4


def test_bounds():
    """Depth and number of manifests are bounded."""
    maker = ImageMaker()
    deep = maker.image({"a": b""})
    for _ in range(5):
        deep = maker.index(deep)
    wide = maker.index(*(maker.image({"a": bytes([n])}) for n in range(3)))

    with pytest.raises(InvalidImage, match="nested more than 4"):
        picked(maker, deep)
    with pytest.raises(InvalidImage, match="manifests"):
        Walk(HeapStore(maker), Options(limits=Limits(manifests=2))).leaves((entry(wide),))


def test_mislabelled_documents():
    """An index called a manifest and the other way round are refused (CVE-2021-41190)."""
    maker = ImageMaker()
    image = maker.image({"a": b""})
    index = maker.index(image)

    with pytest.raises(InvalidImage, match="though called an index"):
        picked(maker, image | {"mediaType": OCI_INDEX})
    with pytest.raises(InvalidImage, match="though called a manifest"):
        picked(maker, index | {"mediaType": OCI_MANIFEST})
    assert picked(maker, image | {"mediaType": ""}) == ["linux/amd64"]
    assert picked(maker, index | {"mediaType": ""}) == ["linux/amd64"]


def test_unknown_media_types_are_left_out_aloud():
    """An entry of another kind is not followed."""
    maker = ImageMaker()
    other = maker.add(b"x", "application/vnd.example+json")
    walk = Walk(HeapStore(maker), Options())

    assert walk.leaves((entry(other),)) == []
    assert "application/vnd.example+json" in walk.skipped[0]


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        (b"other", "not its|does not match"),
        (b"longer than it was", "bytes, not"),
        (b"", "bytes, not"),
    ],
)
def test_verified(lie, reason):
    """Content of another size or digest is refused; so is a claim over the limit, unread."""
    maker = ImageMaker()
    made = maker.add(b"right", OCI_MANIFEST)
    store = HeapStore(maker)

    assert read_verified(store, entry(made).descriptor, Options()) == b"right"
    maker.blobs[sha256(b"right")] = lie
    with pytest.raises(InvalidImage, match=reason):
        read_verified(store, entry(made).descriptor, Options())
    with pytest.raises(InvalidImage, match="too large a document"):
        read_verified(store, entry(made, size_bytes=1 << 62).descriptor, Options())
    assert len(store.reads) == 2
