from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.nix import nix_store
from pratique.extractors.nix.nix_store import split_store_name
from tests.makers.tree import Link, MemoryTree

HASH = "h0cnbmfcn93xm5dg2x27ixhag1cwndga"


def test_files_links_and_other_folders_are_no_packages() -> None:
    """Only folders that are named like store objects."""
    tree = MemoryTree(
        {
            f"nix/store/{HASH}-curl-8.5.0.tar.xz": b"",
            f"nix/store/{HASH}-curl-8.5.0-bin": Link(f"{HASH}-glibc-2.38"),
            "nix/store/.links/x": b"",
            "nix/store/EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE-a-1.0/x": b"",
            "nix/store/short-a-1.0/x": b"",
            f"nix/store/{HASH}-glibc-2.38/lib/libc.so.6": b"",
        }
    )

    assert [(p.name, p.version) for p in nix_store.extract(tree).packages] == [("glibc", "2.38")]


def test_outputs_are_one_package_of_the_layer_that_brought_the_first() -> None:
    """Its place is the first in order."""
    tree = MemoryTree(
        {f"nix/store/{HASH}-curl-8.5.0-bin/x": b""}, {f"nix/store/{HASH}-curl-8.5.0/x": b""}
    )
    (found,) = nix_store.extract(tree).packages

    assert found.location == f"nix/store/{HASH}-curl-8.5.0"
    assert found.layer is not None
    assert found.layer.index == 1


def test_an_image_without_a_store_has_none() -> None:
    """Nothing is looked for."""
    assert nix_store.extract(MemoryTree({"etc/passwd": b""})).packages == ()


@given(st.text(max_size=60))
def test_name_and_version_are_parts_of_the_base(rest: str) -> None:
    """Joined again they begin it."""
    base = f"{HASH}-{rest}"
    name, version = split_store_name(base)

    assert not version or base.startswith(f"{HASH}-{name}-{version}")
