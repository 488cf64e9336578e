"""Find containers that open a port only root may open by default."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "privileged-container-port"
TITLE = "a container opens a port below 1024"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "KSV-0117",
    "privileged-ports",
)
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "A port below 1024 needs root or NET_BIND_SERVICE, unless the sysctl "
        "net.ipv4.ip_unprivileged_port_start says otherwise (containerd and Docker set it to "
        "0 nowadays). A Service may map any port, so the program can listen on a high one."
    )
}
BAD = (workload({"ports": [{"containerPort": 80}]}),)
GOOD = (
    workload({"ports": [{"containerPort": 8080}]}),
    workload(
        {"ports": [{"containerPort": 80}]},
        {
            "securityContext": {
                "sysctls": [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "0"}]
            }
        },
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        sysctls = one.pod.at("securityContext", "sysctls").items
        if "net.ipv4.ip_unprivileged_port_start" in {item.at("name").text for item in sysctls}:
            continue
        for number, port in enumerate(one.at("ports").items):
            said = port.at("containerPort").number
            if said is not None and 0 < said < 1024:
                yield told(
                    one, f"opens port {said}", "ports", number, "containerPort", key=str(said)
                )
