"""
Tell whether an OS package says that it holds a package of a language, at that version.

Debian builds several projects from one source (``node-babel7`` holds 150 packages of npm, the Ruby
library 70 gems) and says which with versioned Provides: ``node-babel-traverse (= 7.20.13)``. Law:
the name is the one Debian's policy for that language makes of the package's, the versions agree.
Sources: Debian Policy 7.5; https://wiki.debian.org/Javascript/Policy;
https://wiki.debian.org/Teams/Ruby/Packaging.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from pratique.extractors._upstream import same_upstream
from pratique.model.package import Package, PackageType

_PREFIXES = {PackageType.NPM: "node-", PackageType.GEM: "ruby-", PackageType.PYPI: "python3-"}


def is_offered(owner: Package, package: Package, offers: Iterable[tuple[str, str]]) -> bool:
    """
    Return whether one of ``offers``, pairs of name and version, is ``package``.

    >>> from pratique.model.package import Purl
    >>> deb = Package(type=PackageType.DEB, name="node-babel7", version="7.20.15+ds1-3", purl=Purl(""))
    >>> npm = Package(type=PackageType.NPM, name="@babel/core", version="7.20.12", purl=Purl(""))
    >>> is_offered(deb, npm, [("node-babel-core", "7.20.12")])
    True
    >>> is_offered(deb, npm, [("node-babel-core", "7.20.11"), ("node-babel-cli", "7.20.12")])
    False
    """
    if owner.type is not PackageType.DEB:
        return False
    names = set(debian_names(package))
    return any(
        name in names and same_upstream(replace(owner, version=version), package)
        for name, version in offers
    )


def debian_names(package: Package) -> Iterator[str]:
    """
    Yield what Debian calls a package of a language.

    >>> from pratique.model.package import Purl
    >>> gem = Package(type=PackageType.GEM, name="did_you_mean", version="1", purl=Purl(""))
    >>> list(debian_names(gem)), list(debian_names(replace(gem, name="ruby-prof")))
    (['ruby-did-you-mean'], ['ruby-ruby-prof', 'ruby-prof'])
    """
    prefix = _PREFIXES.get(package.type)
    if prefix is None:
        return
    bare = package.name.lower().removeprefix("@").replace("/", "-").replace("_", "-")
    yield prefix + bare
    if bare.startswith(prefix):
        yield bare
