"""Find credentials kept in config maps."""

from collections.abc import Iterator

from pratique.checks._secret_names import is_secret_name, is_value
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "credential-in-config-map"
TITLE = "a credential stands in a config map"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "KSV-0109",
    "KSV-01010",
    "C-0012",
)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.4.1",
    "MITRE T1552.001",
)
RULES = {
    NAME: (
        "Config maps are for what everybody may read: they are not encrypted in etcd, and "
        "roles for reading them are given freely. Put the value into a Secret, and change it: "
        "it is known."
    )
}
BAD = (manifest("ConfigMap", data={"db-password": "hun" + "ter2"}),)
GOOD = (manifest("ConfigMap", data={"db-password": "", "token-ttl": "5m"}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("ConfigMap"):
        for name, value in one.at("data").fields.items():
            if "\n" not in value.text and is_secret_name(name) and is_value(value.text):
                yield told(one, f"{name[:100]} has a value", "data", name, key=name)
