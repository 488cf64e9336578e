"""
Gather what every producer has to say of one inspected image or folder.

Only wiring: packages and who owns them, tamper signs, secrets and malware, configuration. What a
producer did not understand becomes an Unknown of the subject.
"""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from pratique.extractors.installed_twice import without_second_metadata
from pratique.extractors.joining import join
from pratique.extractors.noted import without_repeated_notes
from pratique.model.finding import Finding
from pratique.model.package import Package
from pratique.model.report import Subject
from pratique.model.units import ImageUnit, Patterns
from pratique.pipelines.extract_packages import Extracted, extract_packages
from pratique.pipelines.file_digests import digests_of
from pratique.pipelines.find_contraband import find_contraband
from pratique.pipelines.find_tampering import find_tampering, scene_of
from pratique.pipelines.inspect_image import Inspected
from pratique.pipelines.layer_units import LayerUnits
from pratique.pipelines.linked_names import hidden_by_links
from pratique.pipelines.load_contents import ContentSettings
from pratique.pipelines.place_found import place_found
from pratique.pipelines.scan_contents import Contents


class Lookers(Struct, frozen=True):
    """What looked into the files of the layers, and what looks at the merged tree."""

    image: tuple[ImageUnit, ...]
    layer: LayerUnits
    contents: Contents


class DescribeSettings(Struct, frozen=True, kw_only=True):
    """
    What to say of a subject; the fields are those of ``ReadSettings``.
    """

    contents: ContentSettings = ContentSettings()
    distrust: bool = False
    config_at: datetime | None = None

    @property
    def patterns(self) -> tuple[Patterns, ...]:
        """Return the files whose bytes are wanted besides those that extractors want."""
        if self.config_at is None:
            return ()
        from pratique.pipelines.check_image import wanted  # only with the config scanner

        return wanted()


def describe_subject(
    subject: Subject, inspected: Inspected, lookers: Lookers, settings: DescribeSettings
) -> Subject:
    """Return the subject with its packages and findings; nothing is matched with advisories."""
    placed = tuple(place_found(inspected.tree, inspected.facts))
    found = extract_packages(inspected.tree, lookers.image, placed)
    contraband = find_contraband(subject.image, inspected, lookers.contents, settings.contents)
    tampering = find_tampering(scene_of(inspected, found, placed))
    unknowns = {*subject.unknowns, *inspected.unknowns, *found.unknowns, *tampering.unknowns}
    unknowns.update(hidden_by_links(inspected.tree, lookers.layer))
    unknowns.update(contraband.unknowns)
    described = replace(
        subject,
        distro=found.distro,
        packages=_owned(inspected, found, distrust=settings.distrust),
        owned=dict(found.owned),
        findings=(*tampering.findings, *contraband.findings),
        unknowns=tuple(sorted(unknowns)),
    )
    if settings.config_at is not None and subject.image is not None:
        described = _checked(described, inspected, found, settings.config_at)
    return described


def _owned(inspected: Inspected, found: Extracted, *, distrust: bool) -> tuple[Package, ...]:
    """Return the packages, those that belong to an OS package joined with it."""
    if distrust:
        packages = tuple(replace(one, linked=None) for one in found.packages)
    else:
        digest_of = digests_of(inspected.tree, inspected.facts)
        packages = join(found.packages, found.owned, digest_of, found.offers)
    return without_second_metadata(without_repeated_notes(packages))


def _checked(subject: Subject, inspected: Inspected, found: Extracted, now: datetime) -> Subject:
    """Return the subject with what the checks of images say of it."""
    from pratique.pipelines import check_image  # only with the config scanner

    if subject.image is None:
        return subject
    scene = check_image.scene_of(subject.image, inspected, found, now)
    findings: tuple[Finding, ...] = subject.findings
    told = check_image.told_places(findings)
    checked = check_image.check_image(replace(scene, told=told, base=subject.base))
    return replace(
        subject,
        findings=(*findings, *checked.findings),
        unknowns=tuple(sorted({*subject.unknowns, *checked.unknowns})),
    )
