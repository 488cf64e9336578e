"""Find users other than root that have root's number."""

from collections.abc import Iterable

from pratique.checks.image.interface import Scene, sample
from pratique.formats.accounts import read_passwd
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting
from pratique.model.units import Patterns

NAME = "root-twin"
TITLE = "a user other than root has root's number"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "A row of /etc/passwd other than root's has the user id 0. The kernel knows numbers only, so "
        "this user is root, under a name that nobody watches. No distribution for containers ships "
        "one; attackers add one as a way back in. Delete the row, and find out which step made it."
    )
}
PATTERNS = Patterns(paths=("etc/passwd",), max_bytes=1 << 20)
FIRES = (sample((("etc/passwd", "root:x:0:0::/root:/bin/sh\nbackup:x:0:0::/:/bin/sh\n"),)),)
SILENT = (
    sample((("etc/passwd", "root:x:0:0::/root:/bin/sh\nhalt:x:7:0::/:/sbin/halt\n"),)),
    sample(
        (("etc/passwd", "root:x:0:0::/:/x\ny:x:0:0::/:/x\n"),),
        (("etc/passwd", "root:x:0:0::/:/x\n"),),
    ),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting with all of them."""
    return scene.in_files(
        Place("etc/passwd", f"{row.name[:60]} has the user id 0", row.line)
        for row in read_passwd((scene.text("etc/passwd") or "").encode())
        if row.uid == 0 and row.name != "root"
    )
