"""
Gather what every producer has to say of one inspected image or folder.

Only wiring: packages and who owns them, tamper signs, secrets and malware, configuration. What a
producer did not understand becomes an Unknown of the subject.
"""

from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pratique.extractors.installed_twice import without_second_metadata
from pratique.extractors.joining import join
from pratique.extractors.noted import without_repeated_notes
from pratique.kit.store import Store
from pratique.model.errors import StorageError
from pratique.model.finding import Finding
from pratique.model.image import Image
from pratique.model.package import Package
from pratique.model.report import Subject
from pratique.model.spot import Scanner
from pratique.model.units import ImageUnit, Patterns
from pratique.model.unknown import Stage, Unknown
from pratique.pipelines.extract_packages import Extracted, extract_packages
from pratique.pipelines.file_digests import digests_of
from pratique.pipelines.find_contraband import find_contraband
from pratique.pipelines.find_tampering import find_tampering, scene_of
from pratique.pipelines.image_files import FileKeeper
from pratique.pipelines.inspect_image import Inspected
from pratique.pipelines.layer_units import LayerUnits
from pratique.pipelines.linked_names import hidden_by_links
from pratique.pipelines.load_contents import ContentSettings
from pratique.pipelines.part_layers import find_base, unread_layers
from pratique.pipelines.place_found import place_found
from pratique.pipelines.scan_contents import Contents


class Lookers(Struct, frozen=True):
    """
    What looked into the files of the layers, and what looks at the merged tree.

    ``version`` speaks for the units, not for the content scanners.
    """

    image: tuple[ImageUnit, ...]
    layer: LayerUnits
    contents: Contents
    version: str


class DescribeSettings(Struct, frozen=True, kw_only=True):
    """
    What to say of a subject; the fields are those of ``ReadSettings``.
    """

    contents: ContentSettings = ContentSettings()
    distrust: bool = False
    config_at: datetime | None = None
    store_folder: Path | None = None
    keeper: FileKeeper | None = None

    @property
    def patterns(self) -> tuple[Patterns, ...]:
        """Return the files whose bytes are wanted besides those that extractors want."""
        if self.config_at is None:
            return ()
        from pratique.pipelines.check_image import wanted  # only with the config scanner

        return wanted()


def describe_subject(
    subject: Subject,
    inspected: Inspected,
    lookers: Lookers,
    settings: DescribeSettings,
    image: Image | None = None,
) -> Subject:
    """
    Return the subject with its packages and findings; nothing is matched with advisories.

    ``image`` is the image as it is; that of ``subject`` is as it may be shown.
    """
    placed = tuple(place_found(inspected.tree, inspected.facts))
    found = extract_packages(inspected.tree, lookers.image, placed)
    contraband = find_contraband(image, inspected, lookers.contents, settings.contents)
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
    if settings.keeper is not None and subject.digest is not None:
        settings.keeper.take(subject.digest, inspected, described.packages, found.owned)
    described = _with_base(described, settings.store_folder)
    if Scanner.LICENCE in settings.contents.scanners:
        from pratique.pipelines.judge_licences import judge_licences, licence_files

        described = judge_licences(described, licence_files(inspected.tree, placed))
    if settings.config_at is not None and subject.image is not None:
        described = _checked(described, inspected, found, settings.config_at)
    return described


def _with_base(subject: Subject, folder: Path | None) -> Subject:
    """Return the subject with the image it was built on; a store that fails is told."""
    if subject.image is None:
        return subject
    store = Store(folder) if folder is not None else None
    try:
        base = find_base(subject.image, store, unread_layers(subject))
    except StorageError as error:
        reason = f"the base image was not looked up: {error}"
        unknown = Unknown(stage=Stage.EXTRACT, unit="find_base", location="/", reason=reason)
        return replace(subject, unknowns=tuple(sorted({*subject.unknowns, unknown})))
    finally:
        if store is not None:
            store.close()
    return replace(subject, base=base)


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
