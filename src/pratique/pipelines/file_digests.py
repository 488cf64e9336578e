"""
Answer what the digest of a file of the merged tree is, from what was measured of it.

Law: only digests that this program measured are given; what an image says of its own files is not
looked at here. A file that was not hashed has none.
"""

from collections.abc import Callable, Sequence

from pratique.model.layer import Hashes, LayerFacts
from pratique.model.units import FileTree


def digests_of(tree: FileTree, layers: Sequence[LayerFacts]) -> Callable[[str, str], str]:
    """
    Return the function from a path and an algorithm (``md5``, ``sha1``, ``sha256``) to the digest.

    It gives hexadecimal text, empty where the digest is not known.
    """
    measured: dict[str, Hashes] = {}
    for layer in layers:
        measured.update(layer.hashes)

    def digest_of(path: str, algorithm: str) -> str:
        node = tree.get(path)
        sha256 = node.entry.content if node else ""
        if algorithm == "sha256" or not sha256:
            return sha256
        hashes = measured.get(sha256)
        if hashes is None:
            return ""
        return {"sha1": hashes.sha1, "md5": hashes.md5}.get(algorithm, "")

    return digest_of
