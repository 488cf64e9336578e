"""Find entrypoints that hand an environment variable to a shell as a command."""

import re
from collections.abc import Iterable

from pratique.checks.image._started import shell_script
from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "environment-run-as-command"
TITLE = "the entrypoint runs an environment variable as a command"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "The container starts a shell that runs the text of an environment variable, by eval or by a "
        'variable where a command stands (sh -c "$CMD"). Whoever may set one variable (a deployment '
        "file, a build job, another service's settings) then runs any command. Start the program "
        "directly (the JSON form of ENTRYPOINT) and give it its settings as arguments or files; "
        '"$@" and exec "$@" are fine.'
    )
}
FIRES = (
    sample(entrypoint=("/bin/sh", "-c", "exec $APP_CMD")),
    sample(entrypoint=("sh", "-c", 'eval "$START"')),
    sample(entrypoint=(), cmd=("/bin/bash", "-lc", "${COMMAND} --port 80")),
)
SILENT = (
    sample(entrypoint=("/bin/sh", "-c", 'exec java $JAVA_OPTS -jar /app.jar "$@"')),
    sample(entrypoint=("/bin/sh", "-c", 'exec "$@"')),
    sample(entrypoint=("/bin/sh", "-c", "exec $JAVA_HOME/bin/java -jar x; exec $0 x")),
    sample(entrypoint=("/usr/bin/app", "$HOME")),
)
_AS_COMMAND = re.compile(
    r"(?:^|[;&|]\s{0,20}|\bexec\s{1,20}|\beval\s{1,20})\"?\$\{?([A-Za-z_]\w{0,100})[^\s/;]{0,100}(?=\s|;|$)"
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting with the names of the variables."""
    script = shell_script((*scene.config.entrypoint, *scene.config.cmd))[:10_000]
    return scene.in_config(
        at("ENTRYPOINT", f"the shell runs the text of ${found[1]}")
        for found in _AS_COMMAND.finditer(script)
    )
