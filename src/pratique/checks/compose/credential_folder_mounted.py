"""Find mounts of folders in which people keep their keys."""

import re
from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "credential-folder-mounted"
TITLE = "a service mounts a folder of somebody's credentials"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "A folder or file in which people keep their keys is mounted (~/.ssh, ~/.aws, ~/.kube, "
        "~/.docker/config.json, ~/.gnupg, ~/.netrc, the whole home). Whatever runs in the container, "
        "also a dependency that turned bad, can use all of them, for other systems too. Give the one "
        "credential that is needed as a secret of the service (secrets:), forward the ssh agent, or use "
        "a role of the machine."
    )
}
_KEPT = (
    ".ssh", ".aws", ".kube", ".docker", ".gnupg", ".azure", ".config/gcloud", ".netrc", ".npmrc",
    ".pypirc", ".git-credentials", ".vault-token", ".config/gh", ".terraform.d", ".password-store",
)  # fmt: skip
_HOME = re.compile(r"(?:~|/root|/home/[^/]+|/Users/[^/]+)(?:/(.*))?")
BAD = (
    service("volumes: ['~/.ssh:/root/.ssh:ro']"),
    service("volumes: ['${HOME}/.aws:/root/.aws']"),
    service("volumes:", "  - {type: bind, source: /root/.kube/config, target: /kube}"),
    service("volumes: ['~:/host-home']"),
)
GOOD = (
    service(
        "volumes: ['~/src/web:/src', './.ssh:/x', '~/.ssh/known_hosts:/etc/ssh/known_hosts:ro']"
    ),
    service("secrets: [key]") + "secrets:\n  key:\n    file: ./key\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each mount."""
    for one in scene.services:
        for mount in one.mounts:
            home = _HOME.fullmatch(mount.source) if mount.kind == "bind" else None
            if home is None or mount.source == "/root":
                continue
            inside = home[1] or ""
            kept = next((name for name in _KEPT if f"{inside}/".startswith(f"{name}/")), "")
            if (kept or not inside) and not inside.endswith(("known_hosts", ".pub")):
                said = f"{kept} of a home folder" if kept else "a whole home folder"
                yield scene.told(one, mount.at, f"{said} is mounted", key=kept or "home")
