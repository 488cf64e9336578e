"""Find Go programs that are installed without a version."""

from collections.abc import Iterable

from pratique.checks.dockerfile._installs import after, told
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-go-program"
TITLE = "a Go program is installed in whatever version there is"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3062",)
RULES = {
    NAME: (
        "go install and go run without @version, or with @latest, take what the module is that "
        "day: two builds of one Dockerfile differ, and a module taken over by somebody else runs "
        "in your build at once. Name the version (@v1.2.3); go then checks it against the "
        "checksum database."
    )
}
_VERBS = frozenset({"get", "install", "run"})
BAD = (
    "FROM golang:1.25\nRUN go install example.org/x/tool@latest\n",
    "FROM golang:1.25\nRUN go get example.org/x\n",
    "FROM golang:1.25\nRUN go run example.org/cmd@latest -v\n",
)
GOOD = (
    "FROM golang:1.25\nRUN go install example.org/x/tool@v1.2.3 ./cmd/...\n",
    "FROM golang:1.25\nRUN go install . && go build -o /app main.go && go run main.go && go install -v std\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each program; packages of the project itself are none."""
    for _, command, verb in told(scene, ("go",), _VERBS):
        packages = [word for word in after(command, verb) if word.value != "tool"]
        for word in packages[:1] if verb.value == "run" else packages:
            path, _, version = word.value.partition("@")
            remote = "." in path.partition("/")[0] and "/" in path and path[0] not in "./$"
            if remote and version in ("", "latest", "none", "upgrade", "patch"):
                note = f"{path[:80]} is taken in whatever version there is"
                yield scene.at_span(word.span, note, key=path[:80])
