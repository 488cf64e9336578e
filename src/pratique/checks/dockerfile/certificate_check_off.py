"""Find builds that switch off the check of certificates, signatures or hosts for what comes after."""

import re
from collections.abc import Iterable

from pratique.checks._tls_switches import WEAKENS, switches_off
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import pairs_of
from pratique.formats.dockerfile.tree import Span
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "certificate-check-off"
TITLE = "the check of certificates is switched off"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "CKV2_DOCKER_4",
    "CKV2_DOCKER_5",
    "CKV2_DOCKER_6",
    "CKV2_DOCKER_12",
    "CKV2_DOCKER_13",
    "CKV2_DOCKER_14",
    "CKV2_DOCKER_15",
    "CKV2_DOCKER_16",
)
RULES = {
    NAME: (
        "An ENV, an ARG or a setting tells programs to believe any certificate: "
        "NODE_TLS_REJECT_UNAUTHORIZED=0, PYTHONHTTPSVERIFY=0, GIT_SSL_NO_VERIFY, npm config set "
        "strict-ssl false, pip --trusted-host, sslverify=0 of yum, StrictHostKeyChecking no of "
        "ssh. Whoever sits on the way can change what is fetched and read what is sent; an ENV "
        "goes on doing so in every container. Install the certificate of the authority instead."
    )
}
_LONGEST = 20_000
_SETTING = re.compile(
    r"\bstrict-ssl[= ]false\b|--strict-ssl=false\b|--trusted-host\b|\bsslverify ?= ?(?:0|false|no)\b"
    r"|StrictHostKeyChecking[= ](?:no|off)\b|\bssl_verify[= ](?:false|no)\b|--disable-ssl-verif\w*",
    re.IGNORECASE,
)
BAD = (
    "FROM alpine:3.22\nENV NODE_TLS_REJECT_UNAUTHORIZED=0\n",
    "FROM alpine:3.22\nRUN npm config set strict-ssl false\n",
    "FROM alpine:3.22\nRUN pip install --trusted-host pypi.example x\n",
    "FROM alpine:3.22\nARG GIT_SSL_NO_VERIFY=1\n",
    "FROM alpine:3.22\nRUN export PYTHONHTTPSVERIFY=0 && ./x\n",
    "FROM alpine:3.22\nRUN GIT_SSL_NO_VERIFY=true git clone https://x.example/a\n",
    "FROM centos:7\nRUN echo sslverify=0 >> /etc/yum.conf\n",
    "FROM alpine:3.22\nRUN ssh -o StrictHostKeyChecking=no x.example\n",
)
GOOD = (
    "FROM alpine:3.22\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\nRUN npm config set strict-ssl true\n",
    "FROM alpine:3.22\nRUN pip install x && ssh -o StrictHostKeyChecking=accept-new x.example\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such entry, setting or option."""
    for one in scene.of("ENV", "ARG"):
        for pair in pairs_of(one, scene.file.escape):
            if switches_off(pair.name.upper(), pair.value or ""):
                yield _fault(scene, pair.span, pair.name)
    for _, command in scene.commands():
        words = (*command.before, *(command.words if command.program == "export" else ()))
        for word in words:
            name, _, value = word.value.partition("=")
            if switches_off(name.upper(), value):
                yield _fault(scene, word.span, name)
        said = " ".join((command.program, *command.arguments))[:_LONGEST]
        found = _SETTING.search(said)
        if found:
            yield _fault(scene, command.span, found[0])


def _fault(scene: Scene, span: Span, what: str) -> Fault:
    severity = Severity.LOW if what.upper() in WEAKENS else None
    return scene.at_span(
        span, f"{what[:60]} switches the check off", key=what[:60], severity=severity
    )
