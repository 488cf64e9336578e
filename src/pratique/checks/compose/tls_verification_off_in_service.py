"""Find environment entries of services that switch off the check of certificates."""

from collections.abc import Iterable

from pratique.checks._tls_switches import WEAKENS, switches_off
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "tls-verification-off-in-service"
TITLE = "a service believes any certificate"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "An environment entry tells the programs of the service to believe any certificate "
        "(NODE_TLS_REJECT_UNAUTHORIZED=0, PYTHONHTTPSVERIFY=0, GIT_SSL_NO_VERIFY=1, PGSSLMODE=disable). "
        "Whoever sits on the way reads and changes what they send and fetch. Delete the entry; where a "
        "server has a certificate of your own authority, mount that authority's certificate and name it "
        "(NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE, GIT_SSL_CAINFO)."
    )
}
BAD = (
    service("environment: {NODE_TLS_REJECT_UNAUTHORIZED: 0}"),
    service("environment: ['PGSSLMODE=disable']"),
)
GOOD = (
    service("environment: {NODE_TLS_REJECT_UNAUTHORIZED: 1, PGSSLMODE: verify-full}"),
    service("environment: ['PGSSLMODE=${MODE}']"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each entry."""
    for one in scene.services:
        for name, value in one.environment.items():
            if switches_off(name.upper(), value.text) and not value.unset:
                weak = Severity.LOW if name.upper() in WEAKENS else None
                note = f"{name[:80]} switches the check of certificates off"
                yield scene.told(one, value, note, key=name[:80], severity=weak)
