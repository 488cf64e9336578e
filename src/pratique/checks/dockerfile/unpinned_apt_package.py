"""Report that apt installs whatever version is newest."""

from collections.abc import Iterator

from pratique.checks.dockerfile._installed import APT_VALUED, apt_installs, few, known, packages
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-apt-package"
TITLE = "apt installs whatever version is newest"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3008",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without name=version the build takes what the mirror has that day. Whether pinning "
        "helps depends on the mirror: Debian and Ubuntu drop old versions, so a pinned build "
        "breaks when a security update arrives, unless a snapshot service is used. Pin the "
        "base image by digest first; this is told with --pedantic only."
    )
}
BAD = (
    "FROM debian:12\nRUN apt-get install -y g++\n",
    'FROM debian:12\nRUN deps="a b" && apt-get install -y $deps\n',
    "FROM debian:12\nRUN apt-get update && apt-get install -y curl git=1:2\n",
    'FROM debian:12\nARG P="a b=1"\nRUN apt-get install -y $P\n',
)
GOOD = (
    "FROM debian:12\nRUN apt-get install -y curl=8.0\n",
    "FROM debian:12\nRUN apt-get install -y ./x.deb foo/stable\n",
    "FROM debian:12\nRUN apt-get install -y $UNKNOWN\n",
    "FROM debian:12\nRUN apt-get update\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each install of a package that has no version, one fault for all of its packages."""
    for run, one, verb in apt_installs(scene):
        words = packages(one, verb, APT_VALUED)
        loose = [name for name in known(run, words) if not _is_pinned(name)]
        if loose:
            yield scene.at_span(one.span, f"no version of {few(loose)}")


def _is_pinned(name: str) -> bool:
    return "=" in name or "/" in name or name.endswith((".deb", "-"))
