"""
Tell which hashes of programs an image calls for, beside the SHA-256.

Each package database records files by one kind of digest: dpkg by MD5, apk by SHA-1, rpm by what it
was built with. A layer that says it is Debian's is hashed without SHA-1, a quarter of the work. Law:
where the merged image has a database that may record SHA-1, such layers are read again with it;
what an image says of itself saves work, and takes no check away.
"""

from pratique.formats.packages.database_paths import APK, RPM
from pratique.model.layer import LayerFacts
from pratique.model.units import FileTree

DEBIAN = "etc/debian_version"
"""The file by which a layer says that it is of Debian or a distribution made of it."""


def lacks_sha1(facts: LayerFacts) -> bool:
    """Whether SHA-1 was left out for some of a layer's programs."""
    return not all(one.sha1 for one in facts.hashes.values())


def may_record_sha1(tree: FileTree) -> bool:
    """Whether an image has a package database that may know files by their SHA-1."""
    return any(tree.get(path) is not None for path in (*APK, *RPM))
