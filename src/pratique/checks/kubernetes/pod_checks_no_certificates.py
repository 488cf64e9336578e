"""Find containers told not to check certificates."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-checks-no-certificates"
TITLE = "a container is told not to check certificates"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("MITRE T1557",)
RULES = {
    NAME: (
        "The variable switches off the check of TLS certificates for a whole language or "
        "tool, so anybody on the way can answer in the server's place. Add the missing "
        "authority to the trusted ones instead."
    )
}
OFF = frozenset({
    ("NODE_TLS_REJECT_UNAUTHORIZED", "0"), ("PYTHONHTTPSVERIFY", "0"), ("GIT_SSL_NO_VERIFY", "true"),
    ("GIT_SSL_NO_VERIFY", "1"), ("NPM_CONFIG_STRICT_SSL", "false"), ("CURL_INSECURE", "1"),
    ("VAULT_SKIP_VERIFY", "true"), ("KUBECTL_INSECURE_SKIP_TLS_VERIFY", "true"),
})  # fmt: skip
BAD = (
    workload({"env": [{"name": "NODE_TLS_REJECT_UNAUTHORIZED", "value": "0"}]}),
    workload({"env": [{"name": "GIT_SSL_NO_VERIFY", "value": "true"}]}),
)
GOOD = (workload({"env": [{"name": "NODE_TLS_REJECT_UNAUTHORIZED", "value": "1"}]}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for number, env in enumerate(one.at("env").items):
            name, value = env.at("name").text, env.at("value").text.lower()
            if (name.upper(), value) in OFF:
                yield told(one, f"{name} is {value}", "env", number, key=name)
