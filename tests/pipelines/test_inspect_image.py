"""An image is inspected to one tree; what is not as it says is refused, what is unread is said."""

from pathlib import Path

import msgspec
import pytest

from pratique.kit.cache import LayerCache
from pratique.kit.limits import DEFAULT
from pratique.model.digest import sha256_of
from pratique.model.image import Image
from pratique.model.units import Patterns
from pratique.model.unknown import Weight
from pratique.pipelines.inspect_image import Inspected, InspectSettings, inspect_image
from pratique.sources.interface import InvalidImage
from tests.makers import layer as make

OS = [Patterns(paths=("etc/os-release", "var/lib/db")), Patterns(names=("keep",))]
HERE = InspectSettings(in_process=True)

BASE = make.tar(
    make.folder("etc"),
    make.file("etc/os-release", b"ID=base"),
    make.file("var/lib/db", b"one"),
    make.file("opt/keep", b"k"),
)
UPDATE = make.tar(make.file("var/lib/db", b"one two"), make.whiteout("opt/keep"))


def inspect(
    image: Image,
    blobs: make.FakeBlobs,
    cache: LayerCache | None = None,
    settings: InspectSettings = HERE,
) -> Inspected:
    return inspect_image(
        image, blobs, patterns=OS, units_version="1", cache=cache, settings=settings
    )


def view(found: Inspected) -> tuple[object, ...]:
    """Return all that may not differ between ways to the same result."""
    leaves = {leaf.entry.path: leaf.entry for leaf in found.tree.leaves()}
    kept = {path: found.tree.read(path) for p in OS for path in found.tree.matching(p)}
    return leaves, kept, found.unknowns, found.ambiguous, found.facts


def test_two_layers_make_one_tree() -> None:
    """Bytes, layer, history of the database; nothing unknown."""
    blobs = make.FakeBlobs()
    found = inspect(make.image(blobs, BASE, UPDATE), blobs)
    assert found.tree.read("var/lib/db") == b"one two"
    ref = found.tree.layer_of("var/lib/db")
    assert ref is not None
    assert (ref.index, ref.created_by) == (1, "step 1")
    assert [content for _, content in found.tree.versions("var/lib/db")] == [b"one", b"one two"]
    assert found.tree.get("opt/keep") is None
    assert found.unknowns == found.ambiguous == ()


def test_workers_cache_and_in_process_agree(tmp_path: Path) -> None:
    """Five ways, one result: here, workers, cold cache, warm cache, warm and remote."""
    blobs = make.FakeBlobs()
    linked = make.tar(make.symlink("etc/os-release", "../odd"), make.file("odd", b"ID=odd"))
    image = make.image(blobs, BASE, UPDATE, linked)
    cache = LayerCache(tmp_path)
    expected = view(inspect(image, blobs))
    assert view(inspect(image, blobs, settings=InspectSettings(workers=2))) == expected
    assert view(inspect(image, blobs, cache)) == expected
    assert view(inspect(image, blobs, cache)) == expected
    blobs.local = False
    blobs.opened.clear()
    assert view(inspect(image, blobs, cache)) == expected
    assert blobs.opened == {}, "cached layers of a registry are not fetched again"


def test_what_only_a_link_leads_to_is_read_again() -> None:
    """Symlink, hardlink, linked directory: the bytes are there, whatever layer holds them."""
    blobs = make.FakeBlobs()
    low = make.tar(make.file("real/db", b"DB"), make.file("odd", b"ID=odd"))
    top = make.tar(make.symlink("etc/os-release", "/odd"), make.symlink("var/lib", "../real"))
    found = inspect(make.image(blobs, low, top), blobs)
    assert found.tree.read("etc/os-release") == b"ID=odd"
    assert found.tree.read("var/lib/db") == b"DB"
    hard = make.tar(make.file("odd", b"ID=hard"), make.hardlink("etc/os-release", "odd"))
    assert inspect(make.image(blobs, hard), blobs).tree.read("etc/os-release") == b"ID=hard"


@pytest.mark.parametrize("settings", [HERE, InspectSettings(workers=2)])
def test_bytes_that_are_not_their_digest_are_refused(settings: InspectSettings) -> None:
    """One byte changed, one more, one less."""
    for change in (lambda b: b[:-1] + b"x", lambda b: b + b"x", lambda b: b[:-1]):
        blobs = make.FakeBlobs()
        image = make.image(blobs, BASE)
        digest = image.layers[0].blob.digest
        blobs.content[digest] = change(blobs.content[digest])
        with pytest.raises(InvalidImage, match=digest):
            inspect(image, blobs, settings=settings)


def test_a_wrong_size_is_refused_without_being_believed() -> None:
    """Nothing is allocated by what a descriptor says."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, BASE)
    for size in (0, 1, 1 << 62):
        with pytest.raises(InvalidImage):
            inspect(_sized(image, size), blobs)


def test_a_daemons_layer_of_unknown_size_is_still_its_digest() -> None:
    """Size -1 means that only the export will tell; the digest is checked all the same."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, BASE)
    assert inspect(_sized(image, -1), blobs).tree.read("etc/os-release") == b"ID=base"
    blobs.content[image.layers[0].blob.digest] += b"x"
    with pytest.raises(InvalidImage):
        inspect(_sized(image, -1), blobs)


def _sized(image: Image, size: int) -> Image:
    blob = msgspec.structs.replace(image.layers[0].blob, size_bytes=size)
    return make.image_of((msgspec.structs.replace(image.layers[0], blob=blob),))


def test_a_wrong_diff_id_is_refused() -> None:
    """Also when the tar inside is broken."""
    for tar in (BASE, BASE[:700] + b"x" * 900):
        blobs = make.FakeBlobs()
        layer = make.layer(0, tar, blobs)
        lying = msgspec.structs.replace(layer, diff_id=sha256_of(b"another"))
        with pytest.raises(InvalidImage, match="its config says"):
            inspect(make.image_of((lying,)), blobs)


def test_a_damaged_layer_leaves_the_others(tmp_path: Path) -> None:
    """Its readable part stands, it is a blocking Unknown, and it is not cached."""
    blobs = make.FakeBlobs()
    good = make.layer(0, BASE, blobs)
    stored = blobs.content[good.blob.digest][:-30]
    bad = make.layer(1, UPDATE, blobs, stored=stored)
    cache = LayerCache(tmp_path)
    found = inspect(make.image_of((good, bad)), blobs, cache)
    assert [u.weight for u in found.unknowns] == [Weight.BLOCKING]
    assert found.tree.read("etc/os-release") == b"ID=base"
    assert cache.usage()[0] == 1


def test_a_foreign_layer_is_a_blocking_unknown() -> None:
    """Said aloud; the tree is that of the others."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, BASE, UPDATE)
    del blobs.content[image.layers[1].blob.digest]
    found = inspect(image, blobs)
    (unknown,) = found.unknowns
    assert (unknown.location, unknown.weight) == (image.layers[1].blob.digest, Weight.BLOCKING)
    assert "foreign" in unknown.reason
    assert found.tree.read("var/lib/db") == b"one"


def test_the_same_layer_twice_is_read_once() -> None:
    """And stands at both places."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, BASE, UPDATE, BASE)
    found = inspect(image, blobs)
    assert set(blobs.opened.values()) == {1}
    assert found.tree.read("var/lib/db") == b"one"


def test_entries_of_the_whole_image_are_bounded() -> None:
    """What is over the limit is not merged, and said."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, BASE, make.tar(*(make.file(f"f{n}") for n in range(50))))
    limits = msgspec.structs.replace(DEFAULT, image_entries=20)
    found = inspect(image, blobs, settings=InspectSettings(in_process=True, limits=limits))
    assert found.tree.get("f1") is None
    assert [u.weight for u in found.unknowns] == [Weight.BLOCKING]
    assert found.tree.get("etc/os-release") is not None


def test_reading_again_does_not_use_up_the_bound() -> None:
    """An image near the limit may still have its links followed."""
    blobs = make.FakeBlobs()
    tar = make.tar(
        *(make.file(f"f{n}") for n in range(20)),
        make.file("odd", b"ID=odd"),
        make.symlink("etc/os-release", "../odd"),
    )
    limits = msgspec.structs.replace(DEFAULT, image_entries=25)
    settings = InspectSettings(in_process=True, limits=limits)
    found = inspect(make.image(blobs, tar), blobs, settings=settings)
    assert found.tree.read("etc/os-release") == b"ID=odd"
    assert found.unknowns == ()


def test_ambiguous_places_travel_with_the_result() -> None:
    """The tamper signs turn them into findings."""
    blobs = make.FakeBlobs()
    found = inspect(
        make.image(blobs, BASE, make.tar(make.file("../../etc/os-release", b"x"))), blobs
    )
    assert [place.path for place in found.ambiguous] == ["etc/os-release"]


def test_an_image_without_layers() -> None:
    """Nothing in it, nothing unknown."""
    found = inspect(make.image_of(()), make.FakeBlobs())
    assert found.unknowns == ()
    assert list(found.tree.children("")) == []
