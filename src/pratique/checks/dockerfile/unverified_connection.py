"""Find downloads that believe any certificate."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.shell import Command
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unverified-connection"
TITLE = "a download believes any certificate"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "CKV2_DOCKER_2",
    "CKV2_DOCKER_3",
)
RULES = {
    NAME: (
        "curl -k (--insecure), wget --no-check-certificate and their like take what anybody on "
        "the way sends, as if it came from the server. What they fetch goes into the image. "
        "Install the authority's certificate (ca-certificates, or --cacert) and leave the option "
        "away."
    )
}
_OPTIONS = {
    "curl": ("-k", "--insecure", "--proxy-insecure"),
    "wget": ("--no-check-certificate",),
    "aria2c": ("--check-certificate=false",),
    "git": ("--no-ssl-verify",),
    "helm": ("--insecure-skip-tls-verify",),
    "kubectl": ("--insecure-skip-tls-verify",),
    "oc": ("--insecure-skip-tls-verify",),
}
_GIT = re.compile(r"http\.(?:\S{1,200}\.)?sslverify[= ](?:false|0|no|off)\b")
BAD = (
    "FROM debian:12\nRUN curl -fsSLk https://x.example/a -o a\n",
    "FROM debian:12\nRUN wget --no-check-certificate https://x.example/a\n",
    "FROM debian:12\nRUN git -c http.sslVerify=false clone https://x.example/a\n",
)
GOOD = (
    "FROM debian:12\nRUN curl -fsSL --cacert /ca.pem https://x.example/a -o k && wget -q https://x.example/a\n",
    "FROM debian:12\nRUN curl --key k https://x.example/-k\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command."""
    for _, command in scene.commands(*_OPTIONS):
        if command.has(*_OPTIONS[command.program]) or _by_setting(command):
            place = command.plain[-1][:80] if command.plain else ""
            note = f"{command.program} is told to believe any certificate"
            yield scene.at_span(command.span, note, key=f"{command.program} {place}")


def _by_setting(command: Command) -> bool:
    """Say whether ``git -c`` or ``git config`` switches the check off."""
    said = " ".join(command.arguments).lower()
    return command.program == "git" and _GIT.search(said) is not None
