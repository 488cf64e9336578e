"""Find servers that are told to let everybody in."""

from collections.abc import Iterable
from itertools import pairwise

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "authentication-disabled"
TITLE = "a service is told to let everybody in"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "An environment entry or an option switches authentication off: ALLOW_EMPTY_PASSWORD, "
        "MYSQL_ALLOW_EMPTY_PASSWORD, POSTGRES_HOST_AUTH_METHOD=trust, xpack.security.enabled=false, "
        "NEO4J_AUTH=none, --protected-mode no, a Jupyter without token. Every container on its networks "
        "is its administrator, and with a published port everybody else. Delete the entry and give the "
        "server a password by a secret."
    )
}
_YES = frozenset({"yes", "true", "1", "on"})
_NO = frozenset({"no", "false", "0", "off"})
_SWITCHES = {
    "ALLOW_EMPTY_PASSWORD": _YES,
    "ALLOW_ANONYMOUS_LOGIN": _YES,
    "ALLOW_PLAINTEXT_LISTENER": _YES,
    "MYSQL_ALLOW_EMPTY_PASSWORD": _YES,
    "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": _YES,
    "MARIADB_ALLOW_EMPTY_PASSWORD": _YES,
    "POSTGRES_HOST_AUTH_METHOD": frozenset({"trust"}),
    "XPACK.SECURITY.ENABLED": _NO,
    "XPACK_SECURITY_ENABLED": _NO,
    "PLUGINS.SECURITY.DISABLED": _YES,
    "DISABLE_SECURITY_PLUGIN": _YES,
    "NEO4J_AUTH": frozenset({"none"}),
    "NEO4J_DBMS_SECURITY_AUTH__ENABLED": _NO,
    "INFLUXDB_HTTP_AUTH_ENABLED": _NO,
    "GF_AUTH_ANONYMOUS_ENABLED": _YES,
    "GF_AUTH_DISABLE_LOGIN_FORM": _YES,
    "ARANGO_NO_AUTH": _YES,
    "ME_CONFIG_BASICAUTH": _NO,
    "DISABLE_AUTH": _YES,
    "AUTH_DISABLED": _YES,
    "PGADMIN_CONFIG_SERVER_MODE": frozenset({"false"}),
}
_OPTIONS = frozenset({
    "--noauth", "--no-auth", "--skip-grant-tables", "--disable-auth", "--insecure-skip-auth",
    "--NotebookApp.token=", "--ServerApp.token=", "--IdentityProvider.token=", "--auth=none",
})  # fmt: skip
BAD = (
    service("environment: {MYSQL_ALLOW_EMPTY_PASSWORD: 'yes'}"),
    service("environment: ['POSTGRES_HOST_AUTH_METHOD=trust']"),
    service("environment: ['xpack.security.enabled=false']"),
    service("command: redis-server --protected-mode no"),
    service("command: [mongod, --noauth]"),
)
GOOD = (
    service(
        "environment: {MYSQL_ALLOW_EMPTY_PASSWORD: 'no', POSTGRES_HOST_AUTH_METHOD: scram-sha-256}"
    ),
    service("command: redis-server --protected-mode yes"),
    service("environment: ['xpack.security.enabled=${SECURE}']"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each entry and option."""
    for one in scene.services:
        for name, value in one.environment.items():
            wanted = _SWITCHES.get(name.upper(), ())
            if value.text.strip().lower() in wanted and not value.unset:
                yield scene.told(one, value, f"{name} switches authentication off", key=name)
        for field in ("command", "entrypoint"):
            words = one.words(field)
            found = next((word for word in words if word in _OPTIONS), "")
            if not found and ("--protected-mode", "no") in pairwise(words):
                found = "--protected-mode no"
            if found:
                note = f"{found} switches authentication off"
                yield scene.told(one, one.get(field), note, key=found)
