"""
Run every check of images over one image and gather the findings.

A check that runs into a file it cannot read has said nothing: that is a coverage Unknown in its
name, and the others stand.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from types import ModuleType
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from pratique.checks.image.interface import Scene
from pratique.checks.image.listing import MOST, named, special
from pratique.checks.interface import Check, misconfiguration
from pratique.formats.image.history import MOST_IN_ALL, read_history
from pratique.kit import registry
from pratique.model.errors import FormatError
from pratique.model.finding import Finding, FindingKind
from pratique.model.image import Image
from pratique.model.units import Patterns
from pratique.model.unknown import Stage, Unknown
from pratique.pipelines.extract_packages import Extracted
from pratique.pipelines.inspect_image import Inspected

_CONFIG = "config: "


class Checked(Struct, frozen=True, kw_only=True):
    """What the checks found, by rule and layer, and where they gave up."""

    findings: tuple[Finding, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


def check_image(scene: Scene) -> Checked:
    """Return what is badly configured in an image."""
    findings: list[Finding] = []
    unknowns: list[Unknown] = []
    for name, module in _checks():
        check = cast("Check[Scene]", module)
        try:
            # One by one: what was seen before a check gives up has been seen.
            for seen in check.look(scene):
                findings.append(misconfiguration(check, seen))
        except FormatError as error:
            unknowns.append(
                Unknown(stage=Stage.EXTRACT, unit=name, location="/", reason=str(error))
            )
    unknowns += _cut(scene)
    return Checked(findings=tuple(_told_apart(findings)), unknowns=tuple(unknowns))


def _cut(scene: Scene) -> Iterator[Unknown]:
    """Yield what the checks were not shown, because there is more of it than the bounds allow."""
    said = sum(len(one.created_by) for one in scene.config.history)
    lists = (scene.special, *scene.named.values())
    for over, where, what in (
        (said > MOST_IN_ALL, "config: history", f"longer than {MOST_IN_ALL} characters"),
        (any(len(one) >= MOST for one in lists), "/", f"more than {MOST} files of one sort"),
    ):
        if over:
            reason = f"{what}: the checks saw a part"
            yield Unknown(stage=Stage.EXTRACT, unit="check_image", location=where, reason=reason)


def wanted() -> tuple[Patterns, ...]:
    """Return the files that the checks read: their bytes must be kept when layers are read."""
    found = (getattr(module, "PATTERNS", None) for _, module in _checks())
    return tuple(one for one in found if isinstance(one, Patterns))


def scene_of(image: Image, inspected: Inspected, found: Extracted, now: datetime) -> Scene:
    """
    Return what the checks look at.

    What only others know (the base image, signatures, ``told_places``) is added by
    ``msgspec.structs.replace``.
    """
    return Scene(
        image=image,
        tree=inspected.tree,
        now=now,
        steps=read_history(image.config.history, len(image.layers)),
        facts=inspected.facts,
        special=special(inspected.facts),
        named=named(inspected.facts),
        packages=found.packages,
        distro=found.distro,
    )


def told_places(findings: Iterable[Finding]) -> frozenset[str]:
    """Return the places in the config at which the secrets scanner saw something."""
    secrets = [one for one in findings if one.kind is FindingKind.SECRET]
    named = (evidence.name for one in secrets for evidence in one.evidence)
    places = {*(one.location for one in secrets), *named}
    return frozenset(place for place in places if place.startswith(_CONFIG))


def _told_apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings, ids that were used already with a number: two layers may show the same."""
    used: Counter[str] = Counter()
    for finding in findings:
        used[finding.id] += 1
        number = used[finding.id]
        yield finding if number == 1 else replace(finding, id=f"{finding.id}#{number}")


def _checks() -> Iterator[tuple[str, ModuleType]]:
    yield from sorted(registry.load("checks.image").items())
