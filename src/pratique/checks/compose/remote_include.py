"""Find parts of a project that are fetched from elsewhere at each start."""

import re
from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.formats.compose.project import REMOTE
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "remote-include"
TITLE = "a part of the project is fetched from elsewhere"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "include or extends names a file in a git repository or a registry (https://…git, oci://…). "
        "Who can write there decides what runs on this host, with which mounts and powers, at the next "
        "start. Pin it to a commit (#<40 hex digits>) or a digest (@sha256:…), which is not told, or keep "
        "a copy in the project."
    )
}
_PINNED = re.compile(r"#[0-9a-f]{40}(?::|\Z)|@sha256:[0-9a-f]{64}\Z")
_USER = re.compile(r"//[^/@\s]{0,500}@")
BAD = (
    "include:\n  - https://git.example/x.git\n" + service(),
    "include:\n  - path: oci://registry.example/x:latest\n" + service(),
    service("extends: {file: 'https://git.example/x.git', service: base}"),
)
GOOD = (
    f"include:\n  - https://git.example/x.git#{'0' * 40}:compose.yaml\n" + service(),
    f"include:\n  - oci://registry.example/x@sha256:{'0' * 64}\n" + service(),
    service(),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each name."""
    included = scene.project.own.at("include")
    for item in included.items or included.texts():
        for path in item.at("path").texts() if item.is_mapping else (item,):
            if _is_moving(path.text):
                yield scene.told(
                    None, path, "it is fetched from elsewhere at each start", key=_plain(path.text)
                )
    for one in scene.project.own.at("services").fields.values():
        file = one.at("extends", "file")
        if _is_moving(file.text):
            yield scene.told(
                None, file, "it is fetched from elsewhere at each start", key=_plain(file.text)
            )


def _is_moving(text: str) -> bool:
    return text.startswith(REMOTE) and not _PINNED.search(text)


def _plain(text: str) -> str:
    """Return an address without what it is asked with: that may be a password."""
    return _USER.sub("//", text)[:80]
