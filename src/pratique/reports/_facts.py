"""
Name what an SBOM format has no field for: the words after ``pratique:`` in all SBOM reports.

``formats.sbom.reading`` reads the same names back (docs/explanation/reports.md lists them).
"""

import re

from pratique.model.distro import Distro
from pratique.model.package import Package
from pratique.model.report import Subject

_CPE = re.compile(r"cpe:2\.3:[aho](?::(?:[A-Za-z0-9._*?-]|\\[!-/:-@\[-`{-~])+){10}")


def package_facts(package: Package) -> dict[str, str]:
    """Return the facts of a package; empty ones mean "not known" and are not written."""
    layer = package.layer
    return {
        "arch": package.arch,
        "source:name": package.source_name,
        "source:version": package.source_version,
        "source:rpm": package.source_rpm,
        "module": package.module,
        "declared": "true" if package.declared else "",
        "scope": package.scope.value,
        "unpublished": "true" if package.unpublished else "",
        "owner": package.owner,
        "cpes": " ".join(cpe_names(package)),
        "extractor": package.origin,
        "part": package.part.value,
        "licence:expression": package.licence_expression,
        "licence:class": package.licence_class.value if package.licence_class else "",
        "layer:index": str(layer.index) if layer and layer.index >= 0 else "",
        "layer:digest": layer.blob if layer else "",
        "layer:diff_id": layer.diff_id if layer else "",
    }


def cpe_names(package: Package) -> tuple[str, ...]:
    """
    Return the CPE names of a package that are well formed (NISTIR 7695, 6.2.3).

    An SBOM that was read may hold others, which would make the one written invalid.
    """
    return tuple(cpe for cpe in package.cpes if len(cpe) < 1000 and _CPE.fullmatch(cpe))


def distro_facts(distro: Distro) -> dict[str, str]:
    """Return the facts of a distribution."""
    facts = {
        "id": distro.id,
        "version": distro.version,
        "codename": distro.codename,
        "like": " ".join(distro.like),
        "variant": distro.variant,
        "cpe": distro.cpe,
        "location": distro.location,
    }
    return {f"distro:{name}": value for name, value in facts.items()}


def image_facts(subject: Subject) -> list[tuple[str, str]]:
    """Return the platform and layers of an image, lowest first; nothing of other subjects."""
    if subject.image is None:
        return []
    layers = [("image:layer:diff_id", str(layer.diff_id)) for layer in subject.image.layers]
    return [("image:platform", str(subject.image.config.platform)), *layers]
