"""
Open an SBOM file: CycloneDX or SPDX.

The inventory is named by the sha256 of the file. Law: what the reader did not understand travels
as Unknowns; the file is bounded by ``Limits.kept_file_bytes``.
"""

import os
from pathlib import Path

from pratique.kit.limits import Limits
from pratique.kit.window import WindowReader
from pratique.model.digest import sha256_of
from pratique.model.errors import FormatError
from pratique.model.unknown import Stage, Unknown
from pratique.model.vex import VexStatement
from pratique.sources._archive import open_regular, refusing
from pratique.sources.interface import InvalidImage, Inventory, Opened, Options

NAME = "sbom"
PREFIX = "sbom"


def open_target(target: str, options: Options) -> Opened:
    """
    Open the SBOM file at ``target``.

    Raises:
        TargetError: absent, or no SBOM.
    """
    return open_held(open_regular(Path(target)), target, options)


def open_held(fd: int, target: str, options: Options) -> Opened:
    """
    Read an SBOM from an open file, which it closes.

    Raises:
        InvalidImage: too large, or no SBOM.
    """
    from pratique.formats.sbom.reading import read_sbom  # its formats: only for SBOMs

    size = os.fstat(fd).st_size
    with WindowReader(fd, 0, size, owns_fd=True) as window:
        if size > options.limits.kept_file_bytes:
            raise InvalidImage(f"{target}: {size} bytes are too many for an SBOM")
        content = window.read()
    with refusing(target):
        listed = read_sbom(content, options.limits)
    vex, gaps = _analyses(content, target, options.limits)
    inventory = Inventory(
        target=target,
        digest=sha256_of(content),
        packages=listed.packages,
        distro=listed.distro,
        unknowns=(*listed.unknowns, *gaps),
        vex=vex,
    )
    return Opened(inventory=inventory)


def _analyses(
    content: bytes, target: str, limits: Limits
) -> tuple[tuple[VexStatement, ...], tuple[Unknown, ...]]:
    """Return what a CycloneDX SBOM says of flaws in its own components, and what was left out."""
    if not all(word in content for word in (b'"bomFormat"', b'"vulnerabilities"', b'"analysis"')):
        return (), ()
    from pratique.formats.vex.cyclonedx_vex import read_cyclonedx_vex  # few SBOMs have analyses

    try:
        found = read_cyclonedx_vex(content, target, limits)
    except FormatError as error:
        return (), (_not_heeded(target, str(error)),)
    return found.statements, tuple(_not_heeded(target, one) for one in found.problems)


def _not_heeded(target: str, reason: str) -> Unknown:
    said = f"an analysis is not heeded: {reason}"
    return Unknown(stage=Stage.SOURCE, unit=NAME, location=target, reason=said)
