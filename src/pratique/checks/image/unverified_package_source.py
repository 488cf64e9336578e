"""
Find package managers whose settings in the image switch signatures or certificates off.

Read: apt (sources.list, .sources, apt.conf), yum and dnf (.repo, dnf.conf, yum.conf). Settings of
pip and npm are not: they hold tokens, and what a check reads is kept in the cache of layers.
Sources: sources.list(5), apt.conf(5), dnf.conf(5).
"""

import re
from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import Scene, raise_first, sample
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting
from pratique.model.units import Patterns

NAME = "unverified-package-source"
TITLE = "a package manager of the image does not check signatures"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-DI-0011", "CIS-Docker-4.11")
RULES = {
    NAME: (
        "Settings in the image tell a package manager not to check signatures or certificates: "
        "trusted=yes or allow-insecure=yes for apt, gpgcheck=0 or sslverify=0 for yum and dnf. What was installed from there may be "
        "anybody's, and so will be what is installed next. Add the key of the source (signed-by=, "
        "gpgkey=) and take the setting away; for a mirror of your own, install its certificate."
    )
}
PATTERNS = Patterns(
    paths=("etc/apt/sources.list", "etc/apt/apt.conf", "etc/dnf/dnf.conf", "etc/yum.conf"),
    folders=("etc/apt/sources.list.d", "etc/apt/apt.conf.d", "etc/yum.repos.d"),
    max_bytes=1 << 20,
)
_APT = re.compile(r"\[[^\]]{0,500}\b(?:trusted|allow-insecure|allow-weak)=yes\b", re.IGNORECASE)
_FIELD = re.compile(r"(?:trusted|allow-insecure):\s*yes\b", re.IGNORECASE)
_CONF = re.compile(
    r"(?:APT::Get::AllowUnauthenticated|Acquire::AllowInsecureRepositories|APT::Get::Force-Yes)"
    r"\s+\"?(?:true|1|yes)",
    re.IGNORECASE,
)
_VERIFY = re.compile(r"Acquire::https::\S{0,100}Verify-(?:Peer|Host)\s+\"?(?:false|0|no)", re.I)
_REPO = re.compile(r"(gpgcheck|sslverify)\s*=\s*(?:0|no|false)\b", re.IGNORECASE)
_OFF = re.compile(r"enabled\s*=\s*(?:0|no|false)\b", re.IGNORECASE)
FIRES = (
    sample((("etc/apt/sources.list", "deb [trusted=yes] http://x.example/ ./\n"),)),
    sample((("etc/apt/sources.list.d/x.sources", "Types: deb\nTrusted: yes\n"),)),
    sample((("etc/yum.repos.d/x.repo", "[x]\nbaseurl=http://x.example\ngpgcheck=0\nenabled=1\n"),)),
)
SILENT = (
    sample((("etc/apt/sources.list", "deb [signed-by=/k.gpg] http://deb.example/ x main\n"),)),
    sample((("etc/yum.repos.d/x.repo", "[x]\ngpgcheck=0\nenabled=0\n[y]\ngpgcheck=1\n"),)),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer."""
    problems: list[FormatError] = []
    yield from scene.in_files([*_lines(scene, problems), *_repositories(scene, problems)])
    raise_first(problems)


def _lines(scene: Scene, problems: list[FormatError]) -> Iterator[Place]:
    """Yield lines that are bad whatever stands around them."""
    readers = (
        (("etc/apt/sources.list", *scene.files_in("etc/apt/sources.list.d")), (_APT, _FIELD)),
        (("etc/apt/apt.conf", *scene.files_in("etc/apt/apt.conf.d")), (_CONF, _VERIFY)),
    )
    for paths, patterns in readers:
        for path in paths:
            for number, line in scene.lines(path, problems):
                found = next((hit for one in patterns if (hit := one.search(line[:2_000]))), None)
                if found is not None:
                    yield Place(path, found[0][:100].strip("["), number)


def _repositories(scene: Scene, problems: list[FormatError]) -> Iterator[Place]:
    """Yield the lines of repositories that are switched on."""
    repos = [path for path in scene.files_in("etc/yum.repos.d") if path.endswith(".repo")]
    for path in ("etc/yum.conf", "etc/dnf/dnf.conf", *repos):
        bad: list[Place] = []
        enabled = True
        for number, line in (*scene.lines(path, problems), (0, "[")):
            if line.startswith("["):
                yield from bad if enabled else ()
                bad, enabled = [], True
            elif _OFF.match(line):
                enabled = False
            elif found := _REPO.match(line):
                bad.append(Place(path, found[0], number))
