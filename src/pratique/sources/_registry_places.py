"""
Say where a repository can be fetched: its mirrors, then the registry itself, and whom to trust.

Law: a mirror is a place of its own, with its own login; that of the registry it stands for never
reaches it.
"""

from pathlib import Path

from msgspec import Struct

from pratique.formats.image.reference import DOCKER_HUB, Reference
from pratique.model.errors import UsageError
from pratique.sources.interface import Options

_HUB_ADDRESS = "registry-1.docker.io"
_CERTIFICATE_FOLDERS = ("/etc/containers/certs.d", "/etc/docker/certs.d")


class Place(Struct, frozen=True):
    """
    Where a repository can be fetched: ``address`` is ``host[:port]``.

    ``login_host`` is the registry whose login fits.
    """

    address: str
    repository: str
    login_host: str


def places(reference: Reference, options: Options) -> tuple[Place, ...]:
    """
    Return where to fetch a repository: its mirrors, then the registry itself.

    Raises:
        UsageError: a mirror is not written ``HOST=MIRROR[/PATH]``.

    >>> from pratique.formats.image.reference import parse_reference
    >>> options = Options(mirrors=("docker.io=mirror.corp/hub",))
    >>> [place.address for place in places(parse_reference("alpine"), options)]
    ['mirror.corp', 'registry-1.docker.io']
    """
    written = options.mirrors or tuple(
        options.environ.get("PRATIQUE_REGISTRY_MIRRORS", "").replace(",", " ").split()
    )
    found = []
    for item in written:
        host, equals, mirror = item.strip().partition("=")
        mirror = mirror.removeprefix("https://").rstrip("/")
        if not (host and equals and mirror) or "://" in mirror:
            raise UsageError(
                f"not a registry mirror: {item[:100]!r}",
                hint="write HOST=MIRROR[/PATH], for example docker.io=mirror.corp/hub",
            )
        if host == reference.host:
            address, _, path = mirror.partition("/")
            repository = f"{path}/{reference.repository}" if path else reference.repository
            found.append(Place(address, repository, address))
    address = _HUB_ADDRESS if reference.host == DOCKER_HUB else reference.host
    return (*found, Place(address, reference.repository, reference.host))


def own_authority(address: str, options: Options) -> Path | None:
    """Return the authority that the machine keeps for this registry (``certs.d/HOST/ca.crt``)."""
    home = options.environ.get("HOME")
    folders = [*([f"{home}/.config/containers/certs.d"] if home else []), *_CERTIFICATE_FOLDERS]
    found = (Path(folder) / address / "ca.crt" for folder in folders)
    return next((path for path in found if path.is_file()), None)
