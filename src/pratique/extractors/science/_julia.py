"""Write package URLs of Julia, which tell equal names apart by their UUID (purl-spec, types/julia)."""

from pratique.formats.purl import language_purl
from pratique.model.package import PackageType, Purl


def julia_url(name: str, version: str, uuid: str) -> Purl:
    """
    Return the package URL of a Julia package.

    >>> julia_url("JSON", "0.21.4", "682c06a0-de6a-54ab-a142-c8b1cf79cde6")
    'pkg:julia/JSON@0.21.4?uuid=682c06a0-de6a-54ab-a142-c8b1cf79cde6'
    """
    return language_purl(PackageType.JULIA, name, version, {"uuid": uuid})
