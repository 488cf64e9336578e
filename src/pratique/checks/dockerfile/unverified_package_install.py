"""Find installs of packages whose signatures nothing checks."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unverified-package-install"
TITLE = "a package is installed without the check of its signature"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "CKV2_DOCKER_7",
    "CKV2_DOCKER_8",
    "CKV2_DOCKER_9",
    "CKV2_DOCKER_10",
    "CKV2_DOCKER_11",
    "CIS-Docker-4.11",
)
RULES = {
    NAME: (
        "apk --allow-untrusted, apt-get --allow-unauthenticated or --force-yes, yum and dnf "
        "--nogpgcheck, zypper --no-gpg-checks and rpm --nosignature install what nobody has "
        "signed: a mirror, or whoever is on the way, puts programs into the image. Import the "
        "publisher's key and leave the option away."
    )
}
_APT = ("--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories")
_RPM = ("--nogpgcheck", "--no-gpgchecks")
_OPTIONS = {
    "apk": ("--allow-untrusted",),
    "apt": _APT,
    "apt-get": _APT,
    "aptitude": ("--allow-untrusted",),
    "yum": _RPM,
    "dnf": _RPM,
    "tdnf": _RPM,
    "microdnf": _RPM,
    "zypper": ("--no-gpg-checks", "--gpg-auto-import-keys", "--allow-unsigned-rpm"),
    "rpm": ("--nosignature", "--nodigest", "--noverify"),
}
_LONGEST = 20_000
_TRUSTED = re.compile(r"\[[^\]\n]{0,200}\btrusted=yes\b|\bgpgcheck ?= ?0\b")
BAD = (
    "FROM alpine:3.22\nRUN apk add --allow-untrusted a.apk\n",
    "FROM debian:12\nRUN apt-get install -y --force-yes x\n",
    "FROM fedora:42\nRUN dnf -y --nogpgcheck install x\n",
    "FROM fedora:42\nRUN rpm -i --nosignature x.rpm\n",
    "FROM debian:12\nRUN echo 'deb [trusted=yes] http://x.example ./' > /etc/apt/sources.list.d/x.list\n",
)
GOOD = (
    "FROM alpine:3.22\nRUN apk add --no-cache curl\n",
    "FROM debian:12\nRUN apt-get install -y curl\n",
    "FROM fedora:42\nRUN rpm -i x.rpm && echo --nogpgcheck\n",
    "FROM debian:12\nRUN echo 'deb [ trusted=yes ] file:///a ./' > /etc/apt/sources.list.d/x.list\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command."""
    for _, command in scene.commands(*_OPTIONS):
        for option in _OPTIONS[command.program]:
            if command.has(option):
                note = f"{command.program} {option} checks no signature"
                key = f"{option} {' '.join(command.plain)[:80]}"
                yield scene.at_span(command.span, note, key=key)
    for _, command in scene.commands("echo", "printf", "tee", "sed"):
        said = " ".join(command.arguments)[:_LONGEST]
        if _TRUSTED.search(said) and "file:" not in said:
            yield scene.at_span(command.span, "a repository is trusted without a signature")
