"""Find secret mounts whose content a RUN keeps."""

from collections.abc import Iterable

from pratique.checks.dockerfile._installs import ships
from pratique.checks.dockerfile._kept import kept
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.runs import Run
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-mount-kept"
TITLE = "a RUN writes a mounted secret into its layer"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "RUN --mount=type=secret leaves nothing behind by itself, but this RUN copies the secret "
        "into a file, or writes it into a setting, and the file stays in the layer for everybody "
        "who pulls the image. Let the program read the mount where it is (target=/root/.npmrc, "
        "env=NPM_TOKEN), or delete the file in the same RUN. In a stage that does not ship it is "
        "graded low: the build cache keeps it."
    )
}
BAD = (
    "FROM alpine:3.22\nRUN --mount=type=secret,id=npmrc cp /run/secrets/npmrc /root/.npmrc && npm ci\n",
    "FROM alpine:3.22\nRUN --mount=type=secret,id=t cat /run/secrets/t > /etc/t\n",
    "FROM alpine:3.22\nRUN --mount=type=secret,id=t export T=$(cat /run/secrets/t) && git config --global x.y $T\n",
    "FROM alpine:3.22\nRUN --mount=type=secret,id=t,env=TOKEN echo $TOKEN > /etc/t\n",
)
GOOD = (
    "FROM alpine:3.22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n",
    'FROM alpine:3.22\nRUN --mount=type=secret,id=t curl -H "A: $(cat /run/secrets/t)" https://x.example -o /a\n',
    "FROM alpine:3.22\nRUN --mount=type=secret,id=t cp /run/secrets/t /t && use /t && rm /t\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each file."""
    for run in scene.runs:
        names, files = _mounted(run)
        if not files:
            continue
        for one in kept(run.commands, names, "/", files):
            yield scene.at_span(
                one.span,
                f"{one.origin} is written to {one.path[:80]}",
                key=f"{one.path[:80]} {one.origin[:80]}",
                severity=None if ships(scene, run.stage) else Severity.LOW,
            )


def _mounted(run: Run) -> tuple[dict[str, str], dict[str, str]]:
    """Return the variables and the files that hold a mounted secret."""
    names: dict[str, str] = {}
    files: dict[str, str] = {}
    for mount in run.mounts:
        if mount.type != "secret":
            continue
        said = mount.options
        target = said.get("target") or said.get("dst") or said.get("destination") or ""
        called = f"the secret {(said.get('id') or target)[:80]}"
        if said.get("env"):
            names[said["env"]] = called
        files[target or f"/run/secrets/{said.get('id', '')}"] = called
    return names, files
