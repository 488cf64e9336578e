"""Find secrets whose values stand in the manifest."""

from collections.abc import Iterator

from pratique.checks._secret_names import is_value
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-in-manifest"
TITLE = "the value of a secret stands in the manifest"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.4.2",
    "NSA/CISA",
    "MITRE T1552.001",
)
RULES = {
    NAME: (
        "base64 hides nothing: whoever reads the repository has the value, and its history "
        "keeps it. Let the secret be made in the cluster (External Secrets, Sealed Secrets, a "
        "CSI driver) or encrypted with SOPS, and change it. Empty values and placeholders are "
        "left alone, and so are public certificates."
    )
}
PUBLIC = (".crt", ".pub", "username", "ca.pem", ".user", "user", "namespace")
BAD = (
    manifest("Secret", stringData={"password": "hun" + "ter2"}),
    manifest("Secret", data={"password": "aHVu" + "dGVyMg=="}),
)
GOOD = (
    manifest("Secret", stringData={"password": "<password>"}, data={"ca.crt": "LS0t"}),
    manifest("Secret", data={"password": "RU5D" + "W0FFUw=="}, sops={"version": "3"}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Secret"):
        if one.at("sops"):
            continue  # encrypted by SOPS
        for field in ("data", "stringData"):
            for name, value in one.at(field).fields.items():
                if value.text and is_value(value.text) and not name.lower().endswith(PUBLIC):
                    yield told(one, f"{name[:100]} has a value", field, name, key=f"{field}.{name}")
