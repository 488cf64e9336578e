"""What was found in single files stands where those files do."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pratique.kit.cache import LayerCache
from pratique.model.package import Extraction, Package, PackageType, Purl
from pratique.model.units import LayerFile, Patterns
from pratique.model.unknown import Stage, Unknown
from pratique.pipelines.inspect_folder import inspect_folder
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.pipelines.layer_units import LayerUnits
from pratique.pipelines.place_found import Found, place_found
from tests.makers import layer as make


def extract_file(file: LayerFile) -> Extraction:
    """Return one package named by the content, and an Unknown inside the file."""
    name = file.read(0, 20).decode().strip()
    purl = Purl(f"pkg:generic/{name}@1")
    package = Package(
        type=PackageType.GENERIC, name=name, version="1", purl=purl, location="!inner"
    )
    unknown = Unknown(stage=Stage.EXTRACT, unit="t", location="!odd", reason="r")
    return Extraction(packages=(package,), unknowns=(unknown,))


UNIT: Any = SimpleNamespace(
    NAME="t", VERSION=1, PATTERNS=Patterns(suffixes=(".lock",)), extract_file=extract_file
)


def found_in(
    *layers: bytes, in_process: bool = True, cache: LayerCache | None = None, spool: bool = False
) -> list[Found]:
    blobs = make.FakeBlobs()
    image = make.image(blobs, *layers)
    settings = InspectSettings(in_process=in_process, workers=2, units=LayerUnits([UNIT]))
    inspected = inspect_image(
        image, blobs, patterns=(), units_version="1", cache=cache, settings=settings
    )
    assert inspected.unknowns == ()
    return list(place_found(inspected.tree, inspected.facts))


BASE = make.tar(
    make.file("a/one.lock", b"one"),
    make.file("a/two.lock", b"two"),
    make.file("a/three.lock", b"three"),
)
UPDATE = make.tar(make.whiteout("a/one.lock"), make.file("a/two.lock", b"newer"))


@pytest.mark.parametrize("in_process", [True, False])
def test_deleted_and_replaced_files_have_nothing_in_them(in_process: bool) -> None:
    """As a container would see it; each package knows its file and layer."""
    three, two = found_in(BASE, UPDATE, in_process=in_process)
    assert [p.name for f in (three, two) for p in f.facts.packages] == ["three", "newer"]
    (package,) = two.facts.packages
    assert (package.location, package.layer and package.layer.index) == ("a/two.lock!inner", 1)
    assert [u.location for u in two.facts.unknowns] == ["a/two.lock!odd"]


def test_a_file_of_several_names_is_placed_once() -> None:
    """Under the first name that is left."""
    linked = make.tar(
        make.file("b.lock", b"same"),
        make.hardlink("a.lock", "b.lock"),
        make.hardlink("c.x", "b.lock"),
    )
    (once,) = found_in(linked)
    assert once.path == "a.lock"
    (left,) = found_in(linked, make.tar(make.whiteout("a.lock"), make.whiteout("b.lock")))
    assert left.path == "c.x"


def test_what_is_recalled_is_what_was_found(tmp_path: Path) -> None:
    cache = LayerCache(tmp_path)
    first = found_in(BASE, UPDATE, cache=cache)
    assert found_in(BASE, UPDATE, cache=cache) == first
    assert cache.usage()[0] == 2


@pytest.mark.parametrize("in_process", [True, False])
def test_a_file_too_large_for_memory_is_looked_into_all_the_same(in_process: bool) -> None:
    """Through an unnamed temporary file, in a confined worker too."""
    large = b"large".ljust(20) + bytes(17 << 20)
    layer = make.tar(make.file("x.lock", large), make.file("y.lock", b"small"))
    found = found_in(layer, in_process=in_process)
    assert [p.name for f in found for p in f.facts.packages] == ["large", "small"]


def test_a_folder_is_looked_into_like_a_layer(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.lock").write_bytes(b"one")
    (tmp_path / "b.txt").write_bytes(b"none")
    inspected = inspect_folder(tmp_path, (), units=LayerUnits([UNIT]))
    (found,) = place_found(inspected.tree, inspected.facts)
    (package,) = found.facts.packages
    assert (package.name, package.location, package.layer) == ("one", "a/x.lock!inner", None)
    node = inspected.tree.get("a/x.lock")
    assert node is not None
    assert node.entry.content in inspected.facts[0].hashes
