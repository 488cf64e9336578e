"""
Run every tamper sign over one image and gather the findings.

A sign that runs into a limit has said nothing: that is a coverage Unknown in its name, and the
others stand.
"""

from collections.abc import Iterable
from typing import cast

from msgspec import Struct

from pratique.kit import registry
from pratique.model.errors import FormatError
from pratique.model.finding import Finding
from pratique.model.unknown import Stage, Unknown
from pratique.pipelines.extract_packages import Extracted
from pratique.pipelines.inspect_image import Inspected
from pratique.pipelines.place_found import Found
from pratique.pipelines.tell_apart import told_apart
from pratique.tamper.interface import Scene, TamperSign, tampering


class Tampering(Struct, frozen=True, kw_only=True):
    """What the signs found, sorted by rule and layer, and where they gave up."""

    findings: tuple[Finding, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


def find_tampering(scene: Scene) -> Tampering:
    """Return where the image lies about itself."""
    findings: list[Finding] = []
    unknowns: list[Unknown] = []
    for name, module in sorted(registry.load("tamper").items()):
        sign = cast(TamperSign, module)
        try:
            # One by one: what was seen before a sign gives up has been seen.
            for finding in told_apart(tampering(sign, seen) for seen in sign.look(scene)):
                findings.append(finding)
        except FormatError as error:
            unknowns.append(
                Unknown(stage=Stage.EXTRACT, unit=name, location="/", reason=str(error))
            )
    return Tampering(findings=tuple(findings), unknowns=tuple(unknowns))


def scene_of(inspected: Inspected, found: Extracted, placed: Iterable[Found] = ()) -> Scene:
    """Return what the signs look at."""
    return Scene(
        tree=inspected.tree,
        facts=inspected.facts,
        ambiguous=inspected.ambiguous,
        distro=found.distro,
        packages=found.packages,
        owned=found.owned,
        signs=tuple((one.path, sign) for one in placed for sign in one.facts.signs),
    )
