"""Find debug switches that are on: of web frameworks, and debuggers that wait for connections."""

import re
from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting

NAME = "debug-mode"
TITLE = "the image starts its program in debug mode"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "ENV entries or the command line switch on a debug or development mode, a development server, "
        "or a debugger that waits for connections (jdwp, --inspect=0.0.0.0). Debug pages show "
        "settings and source code, some run what a visitor types; a debugger runs anything. Build "
        "the image for production and switch it on for a single start where you need it. A debugger "
        "that listens on all addresses is graded high."
    )
}
_TRUE = ("1", "true", "yes", "on", "t", "y")
_SWITCHES = {
    "DJANGO_DEBUG": _TRUE,
    "FLASK_DEBUG": _TRUE,
    "FLASK_ENV": ("development",),
    "APP_DEBUG": _TRUE,
    "APP_ENV": ("dev", "development", "local"),
    "SYMFONY_DEBUG": _TRUE,
    "WERKZEUG_DEBUG_PIN": ("off",),
    "RAILS_ENV": ("development",),
    "RACK_ENV": ("development",),
    "ASPNETCORE_ENVIRONMENT": ("development",),
    "DOTNET_ENVIRONMENT": ("development",),
    "NODE_ENV": ("development",),
    "GIN_MODE": ("debug",),
    "WP_DEBUG": _TRUE,
}
_SERVERS = (
    (re.compile(r"(?:^|/)manage\.py$"), "runserver", "Django's development server"),
    (re.compile(r"(?:^|/)flask$"), "run", "Flask's development server"),
    (re.compile(r"(?:^|/)artisan$"), "serve", "Laravel's development server"),
)
_JDWP = re.compile(r"jdwp[=:]\S{0,200}address=(?:\*|0\.0\.0\.0)[:\d]")
_INSPECT = re.compile(r"--inspect(?:-brk)?=0\.0\.0\.0")
FIRES = (
    sample(env=("DJANGO_DEBUG=1",)),
    sample(entrypoint=("python3", "manage.py", "runserver", "0.0.0.0:8000")),
    sample(env=("JAVA_TOOL_OPTIONS=-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005",)),
    sample(entrypoint=("node", "--inspect=0.0.0.0:9229", "server.js")),
)
SILENT = (
    sample(env=("DJANGO_DEBUG=0", "NODE_ENV=production", "FLASK_DEBUG=")),
    sample(entrypoint=("node", "--inspect", "server.js")),
    sample(entrypoint=("gunicorn", "app:app")),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting for debuggers that listen, and one for the rest."""
    yield from scene.in_config(_debuggers(scene), Severity.HIGH)
    yield from scene.in_config(_switches(scene))


def _debuggers(scene: Scene) -> Iterator[Place]:
    said = [(f"ENV {name[:100]}", value) for name, value in scene.environment()]
    said += [("ENTRYPOINT", word) for word in _words(scene)]
    for where, text in said:
        if _JDWP.search(text[:10_000]):
            yield at(where, "a Java debugger listens on all addresses")
        if _INSPECT.search(text[:10_000]):
            yield at(where, "a Node.js debugger listens on all addresses")


def _switches(scene: Scene) -> Iterator[Place]:
    for name, value in scene.environment():
        if value.strip().lower() in _SWITCHES.get(name.upper(), ()):
            yield at(f"ENV {name}", value.strip()[:20])
    words = _words(scene)
    for pattern, verb, what in _SERVERS:
        if any(map(pattern.search, words)) and verb in words:
            yield at("ENTRYPOINT", f"{what} is started")


def _words(scene: Scene) -> tuple[str, ...]:
    return (*scene.config.entrypoint, *scene.config.cmd)
