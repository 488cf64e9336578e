"""Bitnami's documents: each component once, damage said."""

import json

from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.embedded.bitnami import extract
from tests.makers.mutations import mutated
from tests.makers.tree import MemoryTree

COMPONENTS = "opt/bitnami/.bitnami_components.json"
REDIS = "opt/bitnami/redis/.spdx-redis.spdx"
GOOD = json.dumps({"redis": {"version": "7.4.1-0", "arch": "amd64", "distro": "debian-12"}})


def test_where_it_lies_and_in_which_layer() -> None:
    """A component has the document's path and layer, and the purl of its build."""
    (found,) = extract(MemoryTree({}, {COMPONENTS: GOOD.encode()})).packages
    assert found.purl == "pkg:bitnami/redis@7.4.1-0?arch=amd64&distro=debian-12"
    assert (found.location, found.layer and found.layer.index) == (COMPONENTS, 1)


def test_damage_costs_only_its_document() -> None:
    """A document that cannot be read is an Unknown; the others stand."""
    tree = MemoryTree({COMPONENTS: GOOD.encode(), REDIS: b"{"})
    found = extract(tree)
    assert [one.name for one in found.packages] == ["redis"]
    assert [one.location for one in found.unknowns] == [REDIS]
    assert len(extract(MemoryTree({COMPONENTS: b"[]"})).unknowns) == 1


def test_elsewhere_it_is_no_document_of_bitnami() -> None:
    """Only the folders of Bitnami's images count."""
    assert extract(MemoryTree({"srv/.spdx-redis.spdx": b"{"})) == extract(MemoryTree({}))


@given(mutated(GOOD.encode()), st.booleans())
def test_any_bytes_are_answered(content: bytes, spdx: bool) -> None:
    """Mutated documents are read or said to be damaged."""
    extract(MemoryTree({REDIS if spdx else COMPONENTS: content}))
