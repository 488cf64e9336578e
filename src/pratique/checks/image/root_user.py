"""
Find images whose program runs as root.

Told are: no user, ``root`` or ``0`` in the config, and a name that the image's own passwd gives user
id 0. An image that only starts a shell (a base image) is graded low: what is built on it decides.
"""

from collections.abc import Iterable

from pratique.checks.image._started import only_a_shell
from pratique.checks.image.interface import Scene, at, sample
from pratique.formats.accounts import read_passwd
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting
from pratique.model.units import Patterns

NAME = "root-user"
TITLE = "the container runs as root"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-DI-0001", "CIS-Docker-4.1", "DL3002", "DS-0002")
RULES = {
    NAME: (
        "The image's config names no user, or root, so its program runs with user id 0 unless "
        "whoever starts it says otherwise. Who takes over the program is root in the container: "
        "may write every file, install tools, and needs one flaw of the kernel or one careless "
        "mount less to be root on the host. Make a user in the Dockerfile, give it the files it "
        "must write to, and end with USER and its number (a number, so that Kubernetes' "
        "runAsNonRoot can check it). An image that only starts a shell is graded low."
    )
}
PATTERNS = Patterns(paths=("etc/passwd",), max_bytes=1 << 20)
_ACCOUNTS = "root:x:0:0::/root:/bin/sh\nadmin:x:0:0::/:/bin/sh\napp:x:1000:1000::/:/bin/sh\n"
FIRES = (
    sample(user=""),
    sample(user="0:0"),
    sample(user="root"),
    sample((("etc/passwd", _ACCOUNTS),), user="admin"),
)
SILENT = (
    sample(user="1000"),
    sample((("etc/passwd", _ACCOUNTS),), user="app"),
    sample(user="nobody:0"),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting where the user is root."""
    user = scene.config.user.partition(":")[0].strip()
    note = _note(scene, user)
    if not note:
        return ()
    return scene.in_config((at("USER", note),), Severity.LOW if only_a_shell(scene) else None)


def _note(scene: Scene, user: str) -> str:
    if not user:
        return "none is named, so it is root"
    if user == "root" or (user.isascii() and user.isdigit() and int(user[:20]) == 0):
        return f"it is {user[:20]}"
    text = scene.text("etc/passwd") or ""
    if any(row.name == user and row.uid == 0 for row in read_passwd(text.encode())):
        return f"it is {user[:60]!r}, whose user id in etc/passwd is 0"
    return ""
