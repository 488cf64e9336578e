"""
Name the subjects of a report, and their packages, inside an SBOM.

Law: a reference is unique in its document and made from content only. With one subject it is
``Package.key``; with several, the subject's own reference stands in front.
"""

from urllib.parse import quote

from msgspec import Struct

from pratique.formats.image.reference import DOCKER_HUB, parse_reference
from pratique.formats.purl import package_url
from pratique.model.errors import TargetError
from pratique.model.image import Image
from pratique.model.package import OS_TYPES, Package
from pratique.model.report import Report, Subject


class Place(Struct, frozen=True, kw_only=True):
    """
    One subject and the references of what is in it.

    ``packages`` pairs each package with its unique reference, in the order of the report.
    """

    subject: Subject
    ref: str
    name: str
    purl: str
    packages: tuple[tuple[str, Package], ...]

    @property
    def distro_ref(self) -> str:
        """Return the reference of the subject's operating system."""
        return f"{self.ref}#operating-system"


def places(report: Report) -> tuple[Place, ...]:
    """Return every subject of a report with the references it has in a document."""
    taken: set[str] = set()
    several = len(report.subjects) > 1
    found = []
    for subject in report.subjects:
        image = subject.image
        purl = image_purl(image) if image else ""
        ref = _unique(purl or str(subject.digest or "") or subject.target or "subject", taken)
        prefix = f"{ref}#" if several else ""
        packages = tuple(
            (_unique(prefix + package.key, taken), package) for package in subject.packages
        )
        name = (image.name if image else "") or subject.target or "unnamed"
        found.append(Place(subject=subject, ref=ref, name=name, purl=purl, packages=packages))
    return tuple(found)


def is_of_language(key: str) -> bool:
    """
    Return whether a ``Package.key`` names what no package manager of the system installed.

    >>> is_of_language("pkg:npm/a@1#x"), is_of_language("pkg:deb/debian/a@1"), is_of_language("")
    (True, False, False)
    """
    kind = key.removeprefix("pkg:").partition("/")[0]
    return bool(kind) and kind not in OS_TYPES


def image_purl(image: Image) -> str:
    """
    Return the package URL of an image, or an empty string.

    It names the manifest by digest, so an image known by its config only (from ``docker save``)
    has none.
    """
    if not image.name or image.digest == image.config_digest:
        return ""
    try:
        reference = parse_reference(image.name)
    except TargetError:
        return ""
    repository = f"{reference.host}/{reference.repository}"
    qualifiers = {
        "arch": image.config.platform.architecture,
        "repository_url": repository,
        "tag": reference.tag,
    }
    return package_url("oci", repository.rpartition("/")[2], image.digest, qualifiers=qualifiers)


def pseudo_path(subject: Subject) -> str:
    """Return a relative URI that stays the same from build to build."""
    name = (subject.image.name if subject.image else "") or subject.target
    try:
        reference = parse_reference(name)
    except TargetError:
        path = "library/" + (name.rstrip("/").rpartition("/")[2] or "unnamed")
    else:
        host = "" if reference.host == DOCKER_HUB else f"{reference.host}/"
        path = host + reference.repository
    return quote(path, safe="/-._~")


def _unique(wanted: str, taken: set[str]) -> str:
    ref, number = wanted, 2
    while ref in taken:
        ref, number = f"{wanted}#{number}", number + 1
    taken.add(ref)
    return ref
