"""
Find credentials that were given to the build as arguments: they stand in the image's history.

Told are arguments that a step was run with, and defaults of ARG, by their names.
"""

from collections.abc import Iterable, Iterator

from pratique.checks._secret_names import is_secret_name, is_value
from pratique.checks.image.interface import Scene, build_step, sample
from pratique.formats.image.history import Step
from pratique.model.finding import Confidence
from pratique.model.image import HistoryEntry
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "secret-in-build-argument"
TITLE = "a build argument in the image's history holds a credential"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("CIS-DI-0010", "CIS-Docker-4.10", "DL3064", "SecretsUsedInArgOrEnv")
RULES = {
    NAME: (
        "A step of the build was run with an argument (docker build --build-arg) that has the name "
        "of a credential. Its value stands in the image's history, and in the provenance of the "
        "build, for everybody who can pull the image. Use a secret mount instead (RUN "
        "--mount=type=secret,id=…), which leaves nothing behind, build anew, and change the "
        "credential: it has been published. The value is not shown here."
    )
}
_VALUE = "not-" + "shown-here-9"


def _built(*lines: str) -> tuple[HistoryEntry, ...]:
    return tuple(HistoryEntry(created_by=line, empty_layer=True) for line in lines)


FIRES = (
    sample(history=_built(f"RUN |1 GITHUB_TOKEN={_VALUE} /bin/sh -c make # buildkit")),
    sample(history=_built(f"|2 A=b NPM_TOKEN={_VALUE} /bin/sh -c make")),
    sample(history=_built(f"ARG DB_PASSWORD={_VALUE}")),
)
SILENT = (
    sample(history=_built("ARG GITHUB_TOKEN", "RUN |1 VERSION=1.2 /bin/sh -c make # buildkit")),
    sample(history=_built("RUN |1 NPM_TOKEN= /bin/sh -c make # buildkit")),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer with the names of the arguments."""
    return scene.in_steps((step, note) for step in scene.steps for note in _notes(scene, step))


def _notes(scene: Scene, step: Step) -> list[str]:
    """Return what to say of a step; nothing where its only one was told by the secrets scanner."""
    names = [name for name, value in _arguments(step) if is_secret_name(name) and is_value(value)]
    if len(names) == 1 and f"config: {build_step(step)}" in scene.told:
        return []
    return [
        f"the build argument {name[:100]} has the name of a credential and a value"
        for name in names
    ]


def _arguments(step: Step) -> Iterator[tuple[str, str]]:
    yield from step.build_arguments
    if step.instruction == "ARG":
        name, _, value = step.text.partition("=")
        yield name, value
