"""Find files with credentials that are copied into the image."""

from collections.abc import Iterable

from pratique.checks.dockerfile._installs import ships
from pratique.checks.dockerfile._places import in_stages
from pratique.checks.dockerfile._secret_files import is_secret_file
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import sources_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-file-copied"
TITLE = "a file with credentials is copied into the image"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "CIS-Docker-4.10",
    "CIS-DI-0010",
)
RULES = {
    NAME: (
        "A private key, .npmrc, .netrc, .env, kubeconfig or the like is copied from the context: "
        "its layer keeps it, also when a later RUN deletes it. Mount it in the one RUN that needs "
        "it (RUN --mount=type=secret,id=…,target=…), and add it to .dockerignore. In a stage that "
        "does not ship it is graded low: the build cache keeps it."
    )
}
BAD = (
    "FROM alpine:3.22\nCOPY id_rsa /root/.ssh/id_rsa\n",
    "FROM alpine:3.22\nADD .npmrc .env /app/\n",
    "FROM alpine:3.22\nCOPY --chown=1 config/prod/.aws/credentials /root/.aws/\n",
    "FROM alpine:3.22\nCOPY tls/server.key /etc/tls/\n",
)
GOOD = (
    "FROM alpine:3.22\nCOPY id_rsa.pub .env.example /x/\n",
    "FROM alpine:3.22\nCOPY . /app\nCOPY --from=a /root/.npmrc /x\nCOPY keys.pem.md config.json /x/\n",
    "FROM alpine:3.22\nCOPY <<EOF /root/.npmrc\nx\nEOF\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such source."""
    for stage, one, _ in in_stages(scene, "COPY", "ADD"):
        if one.flag("from"):
            continue
        for word in sources_of(one, scene.file.escape)[0]:
            if is_secret_file(word.value):
                yield scene.at_span(
                    word.span,
                    f"{word.value[:80]} holds credentials by its name",
                    key=word.value[:80],
                    severity=None if ships(scene, stage.index) else Severity.LOW,
                )
