"""Find services that run in debug mode, and debuggers of theirs that wait for connections."""

import re
from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "debug-service"
TITLE = "a service runs in debug mode"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "An environment entry or the command switches on a debug mode, a development server, or a "
        "debugger that waits for connections on all addresses (graded high, because it runs what "
        "anybody sends). Debug pages show settings and source code. Right on a developer's machine: keep "
        "it in compose.override.yaml, which a server does not use."
    )
}
_TRUE = ("1", "true", "yes", "on")
_SWITCHES = {
    "DEBUG": ("1", "true", "yes", "on"),
    "DJANGO_DEBUG": _TRUE,
    "FLASK_DEBUG": _TRUE,
    "FLASK_ENV": ("development",),
    "APP_DEBUG": _TRUE,
    "WP_DEBUG": _TRUE,
    "WORDPRESS_DEBUG": _TRUE,
    "WERKZEUG_DEBUG_PIN": ("off",),
    "RAILS_ENV": ("development",),
    "ASPNETCORE_ENVIRONMENT": ("development",),
    "GIN_MODE": ("debug",),
}
_DEBUGGERS = (
    re.compile(r"jdwp[=:]\S{0,200}address=(?:\*|0\.0\.0\.0)[:\d]"),
    re.compile(r"--inspect(?:-brk)?=0\.0\.0\.0"),
    re.compile(r"debugpy.{0,40}--listen[= ]0\.0\.0\.0"),
)
BAD = (
    service("environment: {FLASK_DEBUG: 1}"),
    service("command: node --inspect=0.0.0.0:9229 app.js"),
    service(
        "environment: ['JAVA_OPTS=-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005']"
    ),
)
GOOD = (
    service("environment: {FLASK_DEBUG: 0, DEBUG: 'app:*', NODE_ENV: production}"),
    service("command: node --inspect app.js"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each entry and command."""
    for one in scene.services:
        said = {name: value.text for name, value in one.environment.items()}
        said |= {field: " ".join(one.words(field)) for field in ("command", "entrypoint")}
        for name, text in said.items():
            at = one.environment.get(name) or one.get(name)
            if any(pattern.search(text[:10_000]) for pattern in _DEBUGGERS):
                note = f"{name[:80]}: a debugger waits for connections on all addresses"
                yield scene.told(one, at, note, key=name[:80], severity=Severity.HIGH)
            elif text.strip().lower() in _SWITCHES.get(name.upper(), ()):
                yield scene.told(one, at, f"{name[:80]} switches a debug mode on", key=name[:80])
