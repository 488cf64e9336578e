"""Find builds from a repository whose content may change."""

import re
from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene
from pratique.formats.compose.merging import named_values
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-build-context"
TITLE = "a service is built from a repository that may change"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "build (or an additional context) is a git repository or an address without a commit, or over "
        "plain http or git://, where anybody on the way can change it. Who can write there decides what "
        "is built and run. Write #<40 hex digits> behind the address, and https."
    )
}
_COMMIT = re.compile(r"#[0-9a-f]{40}(?::|\Z)")
_ADDRESS = re.compile(r"(?:https?|git|ssh)://|git@|github\.com/")
BAD = (
    "services:\n  web:\n    build: https://git.example/web.git#main\n",
    "services:\n  web:\n    build:\n      context: git@git.example:team/web.git\n",
    "services:\n  web:\n    build:\n      context: .\n      additional_contexts: ['x=https://x.example/x.git']\n",
)
GOOD = (
    f"services:\n  web:\n    build: https://git.example/web.git#{'0' * 40}\n",
    "services:\n  web:\n    build: ./web\n",
    "services:\n  web:\n    build:\n      context: .\n      additional_contexts: {base: service:x}\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each context."""
    for one in scene.services:
        build = one.get("build")
        contexts = {"": build if build.text else build.at("context")}
        contexts |= named_values(build.at("additional_contexts"))
        for name, value in contexts.items():
            text = value.text
            plain = text.startswith(("http://", "git://"))
            if _ADDRESS.match(text) and (plain or not _COMMIT.search(text)):
                note = "what it is built from may change"
                yield scene.told(one, value, note, key=name[:80])
