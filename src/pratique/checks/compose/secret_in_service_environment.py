"""Find credentials that stand in the environment of a service."""

from collections.abc import Iterable

from pratique.checks._secret_names import is_secret_name
from pratique.checks.compose._credentials import credential_in
from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, service
from pratique.formats.compose.values import Value
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-in-service-environment"
TITLE = "a credential stands in the environment of a service"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("CKV_SECRET_4", "CKV_SECRET_6")
RULES = {
    NAME: (
        "An entry of environment (or a default in it, ${NAME:-value}, which every host has that sets "
        "nothing) has the name of a credential and a value. It is in version control, in the output of "
        "docker inspect, and in every child process. Use secrets: with a file, and NAME_FILE where the "
        "image knows it; or ${NAME:?} with the value outside of the file, as the fix does. Change the "
        "credential: it has been read. A URL with a password in it counts as well. One that everybody "
        "tries first (root, admin, changeme, the name of the database) is told with high confidence."
    )
}
_VALUE = "not-" + "shown-here-9"
_NAMED = "DB_PASS" + "WORD"
_TRIED_FIRST = frozenset({
    "admin", "administrator", "changeme", "changeit", "default", "demo", "docker", "guest", "letmein",
    "pass", "passw0rd", "password", "postgres", "qwerty", "root", "secret", "test", "toor", "user",
    "123456", "12345678", "minioadmin", "mysql", "mongo", "redis", "rabbitmq", "wordpress", "grafana",
})  # fmt: skip
BAD = (
    service("environment:", f"  {_NAMED}: {_VALUE}"),
    service("environment:", f"  - {_NAMED}={_VALUE}"),
    service("environment:", f"  {_NAMED}: ${{{_NAMED}:-{_VALUE}}}"),
    service("environment:", f"  DATABASE_URL: postgres://ann:{_VALUE}@db/web"),
    service("environment: &shared", f"  {_NAMED}: {_VALUE}"),
)
GOOD = (
    service("environment:", f"  {_NAMED}_FILE: /run/secrets/db", f"  {_NAMED}: ${{{_NAMED}}}"),
    service("environment:", f"  - {_NAMED}", f"  - {_NAMED}_LENGTH=12", "  - TOKEN="),
    service("environment:", f"  {_NAMED}: ${{{_NAMED}:?set it}}"),
    service(
        "environment:", "  DATABASE_URL: postgres://ann:${PASS}@db/web", "  URL: http://a:80/x"
    ),
    service("environment:", f"  {_NAMED}:"),
)
FIXED = (
    (
        service("environment:", f"  {_NAMED}: {_VALUE} # db"),
        service("environment:", f"  {_NAMED}: ${{{_NAMED}:?}} # db"),
    ),
    (
        service("environment:", f'  - "{_NAMED}={_VALUE}"'),
        service("environment:", f'  - "{_NAMED}=${{{_NAMED}:?}}"'),
    ),
)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each entry."""
    for one in scene.services:
        for name, value in one.environment.items():
            found = credential_in(name, value)
            if found:
                yield scene.told(
                    one,
                    value,
                    f"{name[:80]} {_how(name, value)}",
                    key=name[:80],
                    confidence=Confidence.HIGH if found.lower() in _TRIED_FIRST else None,
                    edits=_outside(scene, name, value),
                    fix=FixClass.VERIFIED,
                    remedy="take the value from outside",
                )


def _how(name: str, value: Value) -> str:
    if not is_secret_name(name):
        return "holds a URL with a password"
    return "has a credential as its default" if value.raw != value.written else "holds a credential"


def _outside(scene: Scene, name: str, value: Value) -> tuple[Edit, ...]:
    if not is_secret_name(name) or "$" in value.raw or not name.isidentifier():
        return ()
    outside = f"${{{name}:?}}"
    if value.part:
        return scene.rewrite_part(value, f"{name}={value.raw}", f"{name}={outside}")
    return scene.rewrite(value, outside)
