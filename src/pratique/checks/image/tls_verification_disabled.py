"""Find environment entries that switch off the check of certificates or signatures."""

from collections.abc import Iterable

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
_OFF = ("0", "false", "no", "off", "none")
_ON = ("1", "true", "yes", "on")
_SWITCHES = {
    "NODE_TLS_REJECT_UNAUTHORIZED": _OFF,
    "PYTHONHTTPSVERIFY": _OFF,
    "GIT_SSL_NO_VERIFY": _ON,
    "NPM_CONFIG_STRICT_SSL": _OFF,
    "YARN_STRICT_SSL": _OFF,
    "YARN_ENABLE_STRICT_SSL": _OFF,
    "GOFLAGS": ("-insecure",),
    "GONOSUMDB": ("*",),
    "GOINSECURE": ("*",),
    "GOSUMDB": ("off",),
    "CARGO_HTTP_CHECK_REVOKE": _OFF,
    "PIP_TRUSTED_HOST": (),
    "UV_INSECURE_HOST": (),
    "CONDA_SSL_VERIFY": _OFF,
    "BUNDLE_SSL_VERIFY_MODE": ("0", "none"),
    "VAULT_SKIP_VERIFY": _ON,
    "CONSUL_HTTP_SSL_VERIFY": _OFF,
    "NOMAD_SKIP_VERIFY": _ON,
    "ANSIBLE_HOST_KEY_CHECKING": _OFF,
    "HELM_KUBEINSECURE_SKIP_TLS_VERIFY": _ON,
    "DOCKER_CONTENT_TRUST": ("0",),
    "PGSSLMODE": ("disable", "allow", "prefer"),
}
"""What each variable is set to where it switches the check off; with nothing listed, anything."""
_GRADED_LOW = frozenset({"PGSSLMODE", "DOCKER_CONTENT_TRUST", "CARGO_HTTP_CHECK_REVOKE"})
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
    found = [name for name, value in scene.environment() if _switches_off(name.upper(), value)]
    for low in (False, True):
        notes = (
            at(f"ENV {name}", "switches the check off")
            for name in found
            if (name.upper() in _GRADED_LOW) is low
        )
        yield from scene.in_config(notes, Severity.LOW if low else None)


def _switches_off(name: str, value: str) -> bool:
    bare = value.strip().strip("'\"").lower()
    wanted = _SWITCHES.get(name)
    if wanted is None or not bare:
        return False
    return not wanted or any(bare == one or one in bare.split() for one in wanted)
