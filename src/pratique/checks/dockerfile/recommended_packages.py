"""Report that apt-get installs recommended packages too."""

import re
from collections.abc import Iterator

from pratique.checks.dockerfile._installed import apt_installs
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.tree import Span
from pratique.model.built import Effect
from pratique.model.fault import FixClass
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "recommended-packages"
TITLE = "apt-get installs recommended packages too"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3015",
    "DS-0029",
    "AVD-DS-0029",
)
RULES = {
    NAME: (
        "apt installs what packages recommend as well, most of which a container never uses: "
        "more to download, to patch and to attack. --no-install-recommends leaves it out; "
        "look at the result, since now and then something recommended is needed "
        "(ca-certificates for curl)."
    )
}
BAD = ("FROM debian:12\nRUN apt-get install -y curl\n",)
GOOD = (
    "FROM debian:12\nRUN apt-get install -y --no-install-recommends curl\n",
    "FROM debian:12\nRUN apt-get install -y -o APT::Install-Recommends=false curl\n",
    "FROM debian:12\nRUN echo 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/99x && apt-get install -y a\n",
)
FIXED = (
    (
        "FROM debian:12\nRUN apt-get install -y curl\n",
        "FROM debian:12\nRUN apt-get install --no-install-recommends -y curl\n",
    ),
)
_BY_PACKAGES = (
    *("var/lib/dpkg/*", "var/lib/apt/*", "var/cache/*", "var/lib/systemd/*"),
    *("etc/ld.so.cache", "etc/alternatives/*", "etc/ssl/certs/*", "etc/mailcap", "etc/shells"),
    *("etc/passwd*", "etc/group*", "etc/shadow*", "etc/gshadow*", "usr/share/info/dir"),
    *("usr/share/mime/*", "usr/share/applications/*", "usr/lib/*.cache"),
)
"""What the scripts of packages write for all packages together."""
EFFECT = Effect(removed=("*",), changed=_BY_PACKAGES)


_CONFIGURED = re.compile(r"APT::Install-Recommends[\s\"'=:]*(?:0|false|no)\b", re.IGNORECASE)


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each install by apt that leaves recommended packages in, unless apt is configured."""
    configured = {run.stage for run in scene.runs if _CONFIGURED.search(run.instruction.text)}
    for run, one, verb in apt_installs(scene, "apt-get", "apt"):
        if run.stage in configured or one.has("--no-install-recommends"):
            continue
        end = verb.span.end
        yield scene.at_span(
            one.span,
            "no --no-install-recommends",
            edits=(scene.edit(Span(end, end), " --no-install-recommends"),),
            fix=FixClass.VERIFIED,
            remedy="add --no-install-recommends",
        )
