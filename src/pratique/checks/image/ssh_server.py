"""Find programs by which people log in from elsewhere: sshd, dropbear, telnetd and the like."""

from collections.abc import Iterable, Iterator

from pratique.checks.image._started import started
from pratique.checks.image.interface import File, Scene, sample
from pratique.checks.image.listing import SERVERS
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting

NAME = "ssh-server"
TITLE = "the image holds a server for logging in"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.7",)
RULES = {
    NAME: (
        "A layer holds a program by which people log in over the network (sshd, dropbear, telnetd, "
        "rshd). A container is no machine to log in to: keys and passwords have to be kept and "
        "changed in it, and what is done by hand is lost or, worse, stays. Leave the server out and "
        "use docker exec or kubectl exec, which ask who you are and keep a record. It is graded "
        "medium where the container starts it. An image whose purpose is SSH (a bastion, a git "
        "server) deserves an exception with a reason."
    )
}
_FOLDERS = ("sbin", "usr/sbin", "usr/bin", "bin", "usr/local/sbin", "usr/local/bin", "usr/libexec")
FIRES = (
    sample((("usr/sbin/sshd", File("x", 0o755)),)),
    sample((("usr/sbin/dropbear", File("x", 0o755)),), entrypoint=("/usr/sbin/dropbear", "-F")),
)
SILENT = (
    sample((("usr/bin/ssh", File("x", 0o755)), ("etc/init.d/sshd", File("x", 0o755)))),
    sample((("usr/sbin/sshd", File("x", 0o755)),), (("usr/sbin/.wh.sshd", ""),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer that brought a server."""
    running = {command.program for command in started(scene)}
    places = list(_servers(scene))
    runs = any(place.path.rpartition("/")[2] in running for place in places)
    return scene.in_files(places, severity=Severity.MEDIUM if runs else None)


def _servers(scene: Scene) -> Iterator[Place]:
    for name in sorted(SERVERS):
        for marked in scene.named.get(name, ()):
            folder = marked.entry.path.rpartition("/")[0]
            is_file = marked.entry.kind is EntryKind.FILE and marked.entry.mode & 0o111
            if folder in _FOLDERS and is_file and scene.stands(marked):
                yield Place(marked.entry.path, "lets people log in over the network")
