"""Say where a crate comes from, in its package URL."""

from pratique.formats.purl import language_purl
from pratique.model.package import PackageType, Purl

_GIT = "git+"
_OWN = ("registry+https://github.com/rust-lang/crates.io-index", "sparse+https://index.crates.io")


def is_published(source: str) -> bool:
    """
    Say whether a lockfile's ``source`` is crates.io, or git, where a published crate may come from.

    >>> is_published("git+https://github.com/rust-random/rand#0f3"), is_published("")
    (True, False)
    """
    return source.startswith((_GIT, *_OWN))


def crate_purl(name: str, version: str, source: str = "") -> Purl:
    """
    Return the package URL of a crate, with its place where that is not crates.io.

    >>> crate_purl("rand", "0.8.5", "git+https://github.com/rust-random/rand?rev=0f3#0f3c")
    'pkg:cargo/rand@0.8.5?vcs_url=git%2Bhttps://github.com/rust-random/rand%400f3c'
    """
    if source.startswith(_GIT):
        address, _, commit = source.partition("#")
        place = address.partition("?")[0] + (f"@{commit}" if commit else "")
        return language_purl(PackageType.CARGO, name, version, {"vcs_url": place})
    if source and not source.startswith(_OWN):
        place = source.partition("+")[2] or source
        return language_purl(PackageType.CARGO, name, version, {"repository_url": place})
    return language_purl(PackageType.CARGO, name, version)
