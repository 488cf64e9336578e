"""
Gather the secrets and the malware of one image: in its layers, and in what its config says.
"""

from msgspec import Struct

from pratique.model.errors import StorageError
from pratique.model.finding import Finding
from pratique.model.image import Image
from pratique.model.unknown import Unknown
from pratique.pipelines.fingerprint_key import fingerprint_key
from pratique.pipelines.inspect_image import Inspected
from pratique.pipelines.load_contents import ContentSettings
from pratique.pipelines.place_spots import Fingerprint, fingerprint_under, place_spots


class Contraband(Struct, frozen=True, kw_only=True):
    """What was found, sorted by id, and what was not looked at."""

    findings: tuple[Finding, ...] = ()
    unknowns: tuple[Unknown, ...] = ()


def find_contraband(
    image: Image | None, inspected: Inspected, settings: ContentSettings
) -> Contraband:
    """Return the findings of content scanners on an image or folder."""
    if not settings.scanners:
        return Contraband()
    make = _Fingerprints(settings)
    return Contraband(findings=place_spots(inspected.tree, inspected.facts, make))


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
