"""Find keys by which sshd lets somebody in, shipped with the image."""

from collections.abc import Iterable

from pratique.checks.image._left import left_in_layers
from pratique.checks.image.interface import Scene, sample
from pratique.checks.image.listing import KEYS
from pratique.model.finding import Confidence
from pratique.model.layer import EntryKind
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "authorized-key-left"
TITLE = "the image lets the owner of a key log in"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "A layer holds a file authorized_keys. Where an SSH server runs in the container, now or "
        "after somebody installs one, the owner of the key can log in as that user, in every "
        "container of the image, until all are built anew. Attackers leave such keys as a way back "
        "in. Delete the file, and find out whose key it is; give keys by a mount where SSH is the "
        "image's purpose."
    )
}
FIRES = (
    sample((("root/.ssh/authorized_keys", "ssh-ed25519 AAAA ann@example\n"),)),
    sample((("home/x/.ssh/authorized_keys2", "k\n"),), (("home/x/.ssh/.wh.authorized_keys2", ""),)),
)
SILENT = (
    sample((("root/.ssh/authorized_keys", ""), ("root/.ssh/known_hosts", "x"))),
    sample((("usr/share/doc/ssh/authorized_keys", "example"),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer."""
    return left_in_layers(
        scene,
        (
            (marked, "keys that sshd lets in")
            for name in sorted(KEYS)
            for marked in scene.named.get(name, ())
            if marked.entry.kind is EntryKind.FILE
            and marked.entry.size_bytes
            and not marked.entry.path.startswith(("usr/share/", "usr/lib/"))
        ),
    )
