"""Find environment entries that switch off the check of certificates or signatures."""

from collections.abc import Iterable

from pratique.checks._tls_switches import WEAKENS, switches_off
from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "tls-verification-disabled"
TITLE = "an environment entry switches off the check of certificates"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "An ENV entry tells the programs of the container to believe any certificate, for example "
        "NODE_TLS_REJECT_UNAUTHORIZED=0, PYTHONHTTPSVERIFY=0, GIT_SSL_NO_VERIFY=1 or "
        "PIP_TRUSTED_HOST. Whoever sits on the way can read and change what they send and fetch, "
        "passwords and packages too. Delete the entry. Where a server has a certificate of your own "
        "authority, install that authority's certificate (update-ca-certificates, "
        "NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE, GIT_SSL_CAINFO)."
    )
}
FIRES = (
    sample(env=("NODE_TLS_REJECT_UNAUTHORIZED=0",)),
    sample(env=("PIP_TRUSTED_HOST=*", "PATH=/bin")),
    sample(env=("npm_config_strict_ssl=false",)),
    sample(env=("PGSSLMODE=disable",)),
)
SILENT = (
    sample(env=("NODE_TLS_REJECT_UNAUTHORIZED=1", "GIT_SSL_NO_VERIFY=", "PGSSLMODE=verify-full")),
    sample(env=("GOINSECURE=", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt")),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting for all entries, and one for those that only weaken the check."""
    found = [name for name, value in scene.environment() if switches_off(name.upper(), value)]
    for low in (False, True):
        notes = (
            at(f"ENV {name}", "switches the check off")
            for name in found
            if (name.upper() in WEAKENS) is low
        )
        yield from scene.in_config(notes, Severity.LOW if low else None)
