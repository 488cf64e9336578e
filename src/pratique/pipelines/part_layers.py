"""
Find the base of an image, and tell what came with it from what was built on top.

Laws: a base has fewer layers than the image, so no image is its own base; layers that could not be
read prove nothing, so a stack is compared only up to the first of them, and such an image is not
kept in the catalogue. A claim in a label that the catalogue shows to be false is not repeated.
"""

from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.image.lineage import BASE_DIGEST, BASE_NAME, chain_ids, guessed_boundary
from pratique.kit.store import Store
from pratique.model.digest import Digest, InvalidDigest, parse_digest
from pratique.model.finding import Finding
from pratique.model.image import Image
from pratique.model.package import Package
from pratique.model.part import BaseImage, Part, Recognition, part_of
from pratique.model.report import Subject
from pratique.model.stored import StoredImage
from pratique.model.unknown import Stage, Weight

_NAME_CHARS = 512
_MOST_NAMES = 20


def with_base(subject: Subject, store: Store | None) -> Subject:
    """
    Return a subject with its base, and everything in it told apart; anything but an image as it is.

    Raises:
        StorageError: the store cannot be read.
    """
    if subject.image is None:
        return subject
    return split(replace(subject, base=find_base(subject.image, store, unread_layers(subject))))


def find_base(
    image: Image, store: Store | None, unread: Collection[Digest] = ()
) -> BaseImage | None:
    """
    Return the base of an image, None where nothing tells.

    The stored image with most of the lowest layers wins; else what annotations or labels say; else
    what the build history looks like. ``unread`` are the blobs of layers that were not read.

    Raises:
        StorageError: the store cannot be read.
    """
    return _by_layers(image, store, unread) or _by_label(image, store) or _by_history(image)


def split(subject: Subject) -> Subject:
    """Return a subject whose packages and findings say which part of the image they are in."""
    base = subject.base
    packages = tuple(_parted(one, base) for one in subject.packages)
    part_of_package = {one.key: one.part for one in packages}
    findings = tuple(_finding_parted(one, base, part_of_package) for one in subject.findings)
    return replace(subject, packages=packages, findings=findings)


class Share(Struct, frozen=True, kw_only=True):
    """How many packages and findings (those that count) a part of an image has."""

    packages: int = 0
    findings: int = 0


def shares(subject: Subject) -> dict[Part, Share]:
    """Return what each part has; parts that have nothing are left out."""
    found: dict[Part, Share] = {}
    for package in subject.packages:
        had = found.get(package.part, Share())
        found[package.part] = replace(had, packages=had.packages + 1)
    for finding in subject.findings:
        if not finding.suppressed:
            had = found.get(finding.part, Share())
            found[finding.part] = replace(had, findings=had.findings + 1)
    return found


def catalogued(subject: Subject, stored: str) -> StoredImage | None:
    """
    Return an image as the catalogue keeps it; None for what is no image or was not read whole.

    Args:
        subject: what was scanned.
        stored: when, ISO 8601 in UTC.
    """
    image = subject.image
    if image is None or not image.layers or unread_layers(subject):
        return None
    distro = subject.distro
    return StoredImage(
        digest=image.digest,
        target=image.name or subject.target,
        chain=chain_ids(layer.diff_id for layer in image.layers)[-1],
        layers=len(image.layers),
        created=image.config.created,
        distro=f"{distro.id} {distro.version}".strip() if distro else "",
        labels=tuple(sorted(image.config.labels.items())),
        stored=stored,
    )


def unread_layers(subject: Subject) -> frozenset[Digest]:
    """Return the blobs of the layers that were not, or not wholly, read."""
    layers = subject.image.layers if subject.image else ()
    blobs = {layer.blob.digest for layer in layers}
    blocked = {
        one.location
        for one in subject.unknowns
        if one.stage in (Stage.LAYER, Stage.SOURCE) and one.weight is Weight.BLOCKING
    }
    return frozenset(blobs if blocked - blobs else blobs & blocked)


def _by_layers(image: Image, store: Store | None, unread: Collection[Digest]) -> BaseImage | None:
    if store is None:
        return None
    sound = []
    for layer in image.layers:
        if layer.blob.digest in unread:
            break
        sound.append(layer.diff_id)
    chains = chain_ids(sound)[: len(image.layers) - 1]
    known = store.images(chains) if chains else ()
    most = max((one.layers for one in known), default=0)
    same = [one for one in known if one.layers == most]
    if not same:
        return None
    first = same[0]
    return BaseImage(
        how=Recognition.LAYERS,
        layers=first.layers,
        name=first.target,
        digest=first.digest,
        names=tuple(sorted({one.target for one in same}))[:_MOST_NAMES],
        distro=first.distro,
        created=first.created,
    )


def _by_label(image: Image, store: Store | None) -> BaseImage | None:
    said = {**image.config.labels, **image.annotations}
    name, digest = said.get(BASE_NAME, "")[:_NAME_CHARS].strip(), _digest(said.get(BASE_DIGEST))
    if not name and digest is None:
        return None
    if digest == image.digest or (store and digest and store.images(digest=digest)):
        return None  # an image that is known, and whose layers are not these
    guessed = guessed_boundary(image.config.history, len(image.layers)) or 0
    return BaseImage(
        how=Recognition.LABEL,
        layers=guessed,
        name=name,
        digest=digest,
        names=(name,) if name else (),
        guessed=bool(guessed),
    )


def _by_history(image: Image) -> BaseImage | None:
    layers = guessed_boundary(image.config.history, len(image.layers))
    return BaseImage(how=Recognition.HISTORY, layers=layers, guessed=True) if layers else None


def _digest(text: str | None) -> Digest | None:
    try:
        return parse_digest(text) if text else None
    except InvalidDigest:
        return None


def _parted(package: Package, base: BaseImage | None) -> Package:
    part = part_of(package.layer.index if package.layer else None, base)
    return package if part is package.part else replace(package, part=part)


def _finding_parted(
    finding: Finding, base: BaseImage | None, part_of_package: dict[str, Part]
) -> Finding:
    if finding.layer is not None:
        part = part_of(finding.layer.index, base)
    else:
        part = part_of_package.get(finding.package, finding.part)
    return finding if part is finding.part else replace(finding, part=part)
