"""Find services that run without a filter of system calls."""

from collections.abc import Iterable

from pratique.checks.compose._lifted import lifted
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unconfined-seccomp"
TITLE = "a service runs without seccomp"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.22",)
RULES = {
    NAME: (
        "seccomp=unconfined opens all system calls of the kernel to the container, also those by "
        "which most escapes went (keyctl, userfaultfd, unshare with mounts, bpf). The engine's own "
        "profile lets nearly every program run. Delete the line; where one call is missing write a "
        "profile that adds it (seccomp=./profile.json)."
    )
}
BAD = (
    service("security_opt: ['seccomp:unconfined']"),
    service("security_opt:", "  - seccomp=unconfined"),
)
GOOD = (service(), service("security_opt: ['seccomp:./web.json', 'no-new-privileges:true']"))
FIXED = (
    (
        service("security_opt:", "  - seccomp=unconfined", "  - no-new-privileges:true"),
        service("security_opt:", "  - no-new-privileges:true"),
    ),
)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    yield from lifted(scene, "seccomp", "unconfined", "it runs without a filter of system calls")
