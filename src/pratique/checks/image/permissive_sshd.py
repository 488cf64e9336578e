"""
Find settings of sshd that let in whom they should not.

Source: sshd_config(5). The first value of a keyword counts; lines below ``Match`` are judged too.
"""

from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import Scene, raise_first, sample
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting
from pratique.model.units import Patterns

NAME = "permissive-sshd"
TITLE = "the SSH server's settings let in too many"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "The settings of sshd allow root to log in with a password, accounts without a password, "
        "passwords at all, or version 1 of the protocol. Passwords are guessed by machines all day. "
        "Leave the server out of the image; where it is the image's purpose, set PermitRootLogin no, "
        "PasswordAuthentication no, PermitEmptyPasswords no, and let keys or certificates in only. "
        "Empty passwords are graded high."
    )
}
PATTERNS = Patterns(
    paths=("etc/ssh/sshd_config",), endings=(("etc/ssh/sshd_config.d", ".conf"),), max_bytes=1 << 20
)
_BAD = {
    "permitrootlogin": ("yes",),
    "permitemptypasswords": ("yes",),
    "passwordauthentication": ("yes",),
    "protocol": ("1", "2,1", "1,2"),
    "hostbasedauthentication": ("yes",),
    "permituserenvironment": ("yes",),
    "strictmodes": ("no",),
}
_HIGH = ("permitemptypasswords",)
FIRES = (
    sample((("etc/ssh/sshd_config", "PermitRootLogin yes\nPasswordAuthentication=yes\n"),)),
    sample((("etc/ssh/sshd_config.d/x.conf", "PermitEmptyPasswords   yes\n"),)),
)
SILENT = (
    sample((("etc/ssh/sshd_config", "#PermitRootLogin yes\nPermitRootLogin prohibit-password\n"),)),
    sample((("etc/ssh/sshd_config", "PasswordAuthentication no\nPasswordAuthentication yes\n"),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer and grade."""
    problems: list[FormatError] = []
    found = list(_settings(scene, problems))
    for high in (True, False):
        places = [place for place, grave in found if grave is high]
        yield from scene.in_files(places, severity=Severity.HIGH if high else None)
    raise_first(problems)


def _settings(scene: Scene, problems: list[FormatError]) -> Iterator[tuple[Place, bool]]:
    # Debian and others include the folder at the top, so its files come first.
    paths = [path for path in scene.files_in("etc/ssh/sshd_config.d") if path.endswith(".conf")]
    seen: set[str] = set()
    for path in (*paths, "etc/ssh/sshd_config"):
        in_match = False
        for number, line in scene.lines(path, problems):
            word, _, value = line.replace("=", " ", 1).partition(" ")
            name = word.lower()
            in_match = in_match or name == "match"
            if name in seen and not in_match:
                continue
            seen.add(name)
            said = value.strip().strip('"').lower()
            if said in _BAD.get(name, ()):
                yield Place(path, f"{word} {said}", number), name in _HIGH
