"""A file's digest is what was measured of it."""

from pratique.model.digest import Digest
from pratique.model.layer import Hashes, LayerFacts
from pratique.pipelines.file_digests import digests_of
from tests.makers.tree import MemoryTree


def test_only_what_was_measured_is_given() -> None:
    """By each algorithm that packages use; nothing for what is absent or was not hashed."""
    tree = MemoryTree({"bin/a": b"abc", "bin/b": b"not hashed"})
    node = tree.get("bin/a")
    assert node is not None
    facts = LayerFacts(
        blob=Digest(""),
        diff_id=Digest(""),
        blob_bytes=0,
        tar_bytes=0,
        entries=(),
        hashes={node.entry.content: Hashes("one", "five")},
    )
    digest_of = digests_of(tree, [facts])
    assert digest_of("bin/a", "sha256").startswith("ba7816bf")
    assert digest_of("bin/a", "sha1") == "one"
    assert digest_of("bin/a", "md5") == "five"
    assert digest_of("bin/a", "sha512") == ""
    assert digest_of("bin/b", "md5") == ""
    assert digest_of("bin/c", "sha256") == ""
