"""
Name what an SBOM format has no field for: the words after ``pratique:`` in both SBOM reports.

``formats.sbom.reading`` reads the same names back (docs/explanation/reports.md lists them).
"""

from pratique.model.distro import Distro
from pratique.model.package import Package


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
        "extractor": package.origin,
        "layer:index": str(layer.index) if layer and layer.index >= 0 else "",
        "layer:digest": layer.blob if layer else "",
        "layer:diff_id": layer.diff_id if layer else "",
    }


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
