"""Find old policies and OpenShift constraints that let privileged pods in."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "privileged-pods-admitted"
TITLE = "a policy lets privileged pods in"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "scc-deny-privileged-container",
    "CKV_K8S_2",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.2.2",)
RULES = {
    NAME: (
        "A SecurityContextConstraints or PodSecurityPolicy that allows privileged containers "
        "gives the nodes to everybody who may use it. Keep it to the accounts of the agents "
        "that need it."
    )
}
BAD = (
    "apiVersion: security.openshift.io/v1\nkind: SecurityContextConstraints\nmetadata: {name: a}\nallowPrivilegedContainer: true\n",
)
GOOD = (
    "apiVersion: security.openshift.io/v1\nkind: SecurityContextConstraints\nmetadata: {name: a}\nallowPrivilegedContainer: false\n",
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("SecurityContextConstraints", "PodSecurityPolicy"):
        for path in (("allowPrivilegedContainer",), ("spec", "privileged")):
            if one.at(*path).truth:
                yield told(one, "allows privileged containers", *path)
