"""Find roles that reach every address of the API server."""

from collections.abc import Iterator

from pratique.checks.kubernetes._rbac import ROLES, rules
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "wildcard-role-url"
TITLE = "a role reaches every address of the API server"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.3",)
RULES = {
    NAME: (
        "nonResourceURLs: * opens every path of the API server that is no resource, debugging "
        "and profiling among them. Name the paths (/metrics, /healthz)."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"nonResourceURLs": ["*"], "verbs": ["get"]}],
    ),
)
GOOD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"nonResourceURLs": ["/metrics"], "verbs": ["get"]}],
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for role in scene.of(*ROLES):
        for number, rule in rules(role):
            if {"*", "/*"} & {one.text for one in rule.at("nonResourceURLs").items}:
                yield told(
                    role,
                    "reaches every address",
                    "rules",
                    number,
                    "nonResourceURLs",
                    key=str(number),
                )
