"""Find containers that may send forged packets."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-keeps-raw-sockets"
TITLE = "a container may open raw sockets"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "drop-net-raw-capability",
    "CKV_K8S_28",
)
REFERENCES: tuple[str, ...] = (
    "PSS restricted",
    "CIS-K8s-5.2.8",
    "NSA/CISA Pod security",
    "MITRE T1557",
)
PEDANTIC = True
RULES = {
    NAME: (
        "NET_RAW, which most engines grant, lets a container forge packets: it can answer ARP "
        "and DNS for its neighbours on the node. Only ping and network tools need it. Drop "
        "it, or better ALL."
    )
}
BAD = (
    workload(),
    workload({"securityContext": {"capabilities": {"add": ["NET_RAW"], "drop": ["ALL"]}}}),
)
GOOD = (
    workload({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}),
    workload({"securityContext": {"capabilities": {"drop": ["all"]}}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        said = one.at("securityContext", "capabilities")
        dropped = {item.text.upper() for item in said.at("drop").items}
        added = {item.text.upper() for item in said.at("add").items}
        if not dropped & {"ALL", "NET_RAW"} or "NET_RAW" in added:
            yield told(one, "keeps NET_RAW", "securityContext", "capabilities")
