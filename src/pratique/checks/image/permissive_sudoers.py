"""
Find rules of sudo (and doas) by which users become root without a password.

Source: sudoers(5), doas.conf(5). Rules for root itself are not told.
"""

import re
from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import Scene, raise_first, sample
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting
from pratique.model.units import Patterns

NAME = "permissive-sudoers"
TITLE = "users may become root without a password"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "A rule of sudo or doas lets a user, a group or everybody run any command as root without a "
        "password (NOPASSWD: ALL, Defaults !authenticate, permit nopass). The user that the image "
        "names then is root in all but name: whoever takes over its program needs one word more. "
        "Delete the rule, and sudo with it; do what needs root while building. A rule for one program "
        "is graded medium: many programs can be made to start a shell."
    )
}
PATTERNS = Patterns(
    paths=("etc/sudoers", "etc/doas.conf"),
    folders=("etc/sudoers.d", "etc/doas.d"),
    max_bytes=1 << 20,
)
_RULE = re.compile(r"([^\s=]{1,200}(?:\s*,\s*[^\s=,]{1,200}){0,20})\s+[^=]{1,200}=(.{1,2000})")
FIRES = (
    sample((("etc/sudoers", "root ALL=(ALL) ALL\napp ALL=(ALL:ALL) NOPASSWD: ALL\n"),)),
    sample((("etc/sudoers.d/app", "%wheel ALL = NOPASSWD:ALL"),)),
    sample((("etc/sudoers.d/x", "Defaults !authenticate\n"),)),
    sample((("etc/sudoers", "app ALL=NOPASSWD: /usr/bin/apt-get\n"),)),
    sample((("etc/doas.conf", "permit nopass keepenv :wheel\n"),)),
)
SILENT = (
    sample((("etc/sudoers", "# %wheel ALL=(ALL) NOPASSWD: ALL\n%sudo ALL=(ALL:ALL) ALL\n"),)),
    sample((("etc/sudoers", "root ALL=(ALL) NOPASSWD: ALL\nDefaults env_reset\n"),)),
    sample((("etc/doas.conf", "permit persist :wheel\n"), ("etc/sudoers.d/README", "# ALL\n"))),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return per layer one sighting for rules of all commands, and one for the others."""
    problems: list[FormatError] = []
    found = [*_sudoers(scene, problems), *_doas(scene, problems)]
    for everything in (True, False):
        places = [place for place, for_all in found if for_all is everything]
        yield from scene.in_files(places, severity=None if everything else Severity.MEDIUM)
    raise_first(problems)


def _sudoers(scene: Scene, problems: list[FormatError]) -> Iterator[tuple[Place, bool]]:
    for path in ("etc/sudoers", *scene.files_in("etc/sudoers.d")):
        for number, line in scene.lines(path, problems):
            if line.startswith("Defaults"):
                if re.search(r"!\s?authenticate\b", line):
                    yield Place(path, "Defaults !authenticate: sudo asks nobody", number), True
                continue
            rule = _RULE.match(line[:4_000])
            if rule is None or "NOPASSWD" not in rule[2] or rule[1] in ("root", "#0"):
                continue
            commands = re.split(r"NOPASSWD\s*:", rule[2], maxsplit=1)[-1]
            everything = bool(re.search(r"(?:^|[\s,:])ALL\b", commands))
            what = "everything" if everything else "some programs"
            yield (
                Place(path, f"{rule[1][:60]} may run {what} without a password", number),
                everything,
            )


def _doas(scene: Scene, problems: list[FormatError]) -> Iterator[tuple[Place, bool]]:
    for path in ("etc/doas.conf", *scene.files_in("etc/doas.d")):
        for number, line in scene.lines(path, problems):
            words = line.split()
            if words[:1] == ["permit"] and "nopass" in words and words[-1] != "root":
                everything = "cmd" not in words
                yield Place(path, "doas asks for no password", number), everything
