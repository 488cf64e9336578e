"""
Gather the secrets and the malware of one image: in its layers, and in what its config says.
"""

from collections.abc import Iterator, Sequence
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from pratique.model.errors import StorageError
from pratique.model.finding import Finding
from pratique.model.image import Image
from pratique.model.layer import LayerFacts
from pratique.model.spot import Scanner
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.fingerprint_key import fingerprint_key
from pratique.pipelines.inspect_image import Inspected
from pratique.pipelines.load_contents import ContentSettings
from pratique.pipelines.place_spots import Fingerprint, fingerprint_under, place_spots
from pratique.pipelines.scan_config import TextScanner, scan_config
from pratique.pipelines.scan_contents import Contents

_MOST_UNKNOWNS = 1_000
_MOST_PROBLEMS = 20


class Contraband(Struct, frozen=True, kw_only=True):
    """What was found, sorted by id, and what was not looked at."""

    findings: tuple[Finding, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


def find_contraband(
    image: Image | None, inspected: Inspected, contents: Contents, settings: ContentSettings
) -> Contraband:
    """Return the findings of content scanners on an image or folder."""
    if not contents:
        return Contraband()
    make = _Fingerprints(settings)
    unknowns = [*_unseen(inspected.facts), *_not_honoured(contents.problems)]

    def too_many(reason: str) -> None:
        unknowns.append(replace(_unknown("/", reason), weight=Weight.BLOCKING))

    most = contents.limits.image_spots
    findings = place_spots(inspected.tree, inspected.facts, make, most, too_many)

    def tell(reason: str) -> None:
        reason = f"not all of the config was looked through: {reason}"
        unknowns.append(_unknown("config", reason))

    scanner = text_scanner(contents)
    if scanner is not None and image is not None:
        findings += scan_config(image, scanner, make, inspected.tree.refs, tell)
    return Contraband(findings=findings, unknowns=tuple(unknowns))


def text_scanner(contents: Contents) -> TextScanner | None:
    """Return the scanner that sees secrets in texts too, None where secrets are not looked for."""
    found = (one for one in contents.scanners if one.NAME is Scanner.SECRET)
    return cast("TextScanner | None", next(found, None))


def _not_honoured(problems: Sequence[str]) -> Iterator[Unknown]:
    """Yield what a user asked for and is not looked for."""
    for problem in problems[:_MOST_PROBLEMS]:
        yield _unknown("/", problem)
    if (more := len(problems) - _MOST_PROBLEMS) > 0:
        yield _unknown("/", f"{more} more rules or settings of your own are not honoured")


def _unseen(layers: Sequence[LayerFacts]) -> tuple[Unknown, ...]:
    """Return what was not looked at, in files that are deleted later too."""
    unseen = [
        replace(unknown, location=layer.entries[facts.position].path + unknown.location)
        for layer in layers
        for facts in layer.found
        for unknown in facts.unknowns
        if unknown.stage is Stage.CONTENT
    ]
    if len(unseen) <= _MOST_UNKNOWNS:
        return tuple(unseen)
    reason = f"{len(unseen) - _MOST_UNKNOWNS} more files were not looked into for what they hold"
    return (*unseen[:_MOST_UNKNOWNS], _unknown("/", reason))


def _unknown(location: str, reason: str) -> Unknown:
    return Unknown(stage=Stage.CONTENT, unit="find_contraband", location=location, reason=reason)


class _Fingerprints:
    """Make fingerprints; the key is fetched with the first one."""

    def __init__(self, settings: ContentSettings) -> None:
        self._settings = settings
        self._make: Fingerprint | None = None

    def __call__(self, digest: str) -> str:
        """Return the fingerprint of a value, empty where no key can be kept."""
        if self._make is None:
            self._make = self._made()
        return self._make(digest)

    def _made(self) -> Fingerprint:
        settings = self._settings
        try:
            return fingerprint_under(
                fingerprint_key(settings.fingerprint_key, settings.data_folder)
            )
        except StorageError:
            # A folder that cannot be written is no reason to hide a secret.
            return lambda digest: ""
