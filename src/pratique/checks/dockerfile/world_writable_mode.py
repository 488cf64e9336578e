"""Find modes by which everybody may write."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "world-writable-mode"
TITLE = "everybody may write to files of the image"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "chmod 777 (a+w, o+w) lets every user and every program of the container change the file: "
        "what breaks in as a service's user can replace programs and settings that others run. "
        "Give the files to their user (chown, COPY --chown) and the mode 755 or 640. Folders with "
        "the sticky bit, as /tmp has, are not told."
    )
}
_OCTAL = re.compile(r"[0-7]{3,4}")
_WORDS = re.compile(r"[ug]*[oa][ugoa]*[+=][rxXst]*w[rwxXst]*")
BAD = (
    "FROM alpine:3.22\nRUN chmod -R 777 /app\n",
    "FROM alpine:3.22\nRUN chmod a+rwx /x && chmod o+w /y\n",
    "FROM alpine:3.22\nCOPY --chmod=0777 a /a\n",
)
GOOD = (
    "FROM alpine:3.22\nRUN chmod 755 /a && chmod 1777 /tmp && chmod +x /b && chmod go-w /c\n",
    "FROM alpine:3.22\nCOPY --chmod=755 a /a\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command or flag."""
    for _, command in scene.commands("chmod"):
        mode = command.plain[0] if command.plain else ""
        if _opens(mode):
            note = f"chmod {mode[:20]} lets everybody write"
            yield scene.at_span(command.span, note, key=" ".join(command.plain)[:80])
    for one in scene.of("COPY", "ADD"):
        for flag in one.flags:
            if flag.name == "chmod" and _opens(flag.value or ""):
                yield scene.at_span(flag.span, f"--chmod={flag.value} lets everybody write")


def _opens(mode: str) -> bool:
    if _OCTAL.fullmatch(mode):
        return int(mode, 8) & 0o1002 == 0o002
    return any(_WORDS.fullmatch(part) for part in mode[:80].split(","))
