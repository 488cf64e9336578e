"""Find container engines that are asked, or listen, without TLS."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "engine-api-without-tls"
TITLE = "a container engine is reached without TLS"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "An engine listens on the network without TLS, or a service asks one that does: dockerd -H "
        "tcp://0.0.0.0 without --tlsverify, DOCKER_TLS_CERTDIR set to nothing, DOCKER_HOST on port 2375. "
        "Everybody on that network starts privileged containers there. Leave DOCKER_TLS_CERTDIR at its "
        "default and share the certificates by a volume (DOCKER_HOST=tcp://docker:2376, "
        "DOCKER_TLS_VERIFY=1), or use a socket in a volume."
    )
}
BAD = (
    service("environment: {DOCKER_TLS_CERTDIR: ''}", image="docker:27-dind"),
    service("environment: ['DOCKER_HOST=tcp://docker:2375']"),
    service("command: dockerd -H tcp://0.0.0.0:2375"),
)
GOOD = (
    service("environment: {DOCKER_HOST: 'tcp://docker:2376', DOCKER_TLS_VERIFY: 1}"),
    service("command: dockerd -H tcp://0.0.0.0:2376 --tlsverify"),
    service("command: dockerd -H unix:///run/docker.sock"),
    service("environment: ['DOCKER_HOST=tcp://socket-proxy:2375']"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each entry and command."""
    for one in scene.services:
        folder = one.environment.get("DOCKER_TLS_CERTDIR")
        if folder is not None and folder.node.line and not folder.text and not folder.unset:
            yield scene.told(one, folder, "TLS of the engine is switched off", key="certdir")
        host = one.environment.get("DOCKER_HOST")
        if host is not None and _is_open(host.text):
            yield scene.told(one, host, "it asks an engine without TLS", key="host")
        if _listens_openly((*one.words("entrypoint"), *one.words("command"))):
            field = "command" if one.get("command") else "entrypoint"
            yield scene.told_field(one, field, "an engine listens without TLS", key="dockerd")


def _is_open(address: str) -> bool:
    return address.startswith("tcp://") and address.endswith(":2375") and "proxy" not in address


def _listens_openly(words: tuple[str, ...]) -> bool:
    """Say whether an engine is started that listens on the network; a proxy is none."""
    programs = {word.rpartition("/")[2] for word in words}
    listens = any("tcp://" in word and "127.0.0.1" not in word for word in words)
    is_engine = not programs.isdisjoint(("dockerd", "dockerd-entrypoint.sh"))
    return listens and is_engine and not any(word.startswith("--tls") for word in words)
