"""Find builds that let a program run as its owner."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "setuid-bit-set"
TITLE = "a program is made to run as its owner"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "CIS-Docker-4.8",
    "CIS-DI-0008",
)
RULES = {
    NAME: (
        "A program with the setuid bit runs with the rights of its owner, mostly root, whoever "
        "starts it: a flaw in it makes every user of the container root. Few containers need one. "
        "Give it the one capability that it needs (setcap), or leave it to its user; "
        "no-new-privileges switches the bit off anyway. The setgid bit is not told: on folders it "
        "is of use."
    )
}
_OCTAL = re.compile(r"[0-7]{4}")
_WORDS = re.compile(r"(?:[goa]*u[ugoa]*|[oga]*a[ugoa]*|)[+=][rwxXt]*s[rwxXst]*")
BAD = (
    "FROM alpine:3.22\nRUN chmod u+s /app/x\n",
    "FROM alpine:3.22\nRUN chmod 4755 /app/x\n",
    "FROM alpine:3.22\nCOPY --chmod=6755 a /a\n",
)
GOOD = (
    "FROM alpine:3.22\nRUN chmod 0755 /a && chmod u-s /b && chmod 1777 /tmp && chmod 2775 /d && chmod g+s /e\n",
    "FROM alpine:3.22\nRUN find / -perm /6000 -exec chmod a-s {} +\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command or flag."""
    for _, command in scene.commands("chmod"):
        mode = command.plain[0] if command.plain else ""
        if _sets(mode):
            note = f"chmod {mode[:20]} lets others run it as its owner"
            yield scene.at_span(command.span, note, key=" ".join(command.plain)[:80])
    for one in scene.of("COPY", "ADD"):
        for flag in one.flags:
            if flag.name == "chmod" and _sets(flag.value or ""):
                yield scene.at_span(
                    flag.span, f"--chmod={flag.value} lets others run it as its owner"
                )


def _sets(mode: str) -> bool:
    if _OCTAL.fullmatch(mode):
        return int(mode, 8) & 0o4000 != 0
    return any(_WORDS.fullmatch(part) for part in mode[:80].split(","))
