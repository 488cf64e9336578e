"""Find files taken from a stage that does not exist at that place."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import in_stages, is_stage
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import stages_named
from pratique.formats.dockerfile.stages import Stage
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "copy-from-unknown-stage"
TITLE = "files are taken from a stage that is not there"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("DL3022",)
RULES = {
    NAME: (
        "COPY --from and RUN --mount with from= name an earlier stage, its number, or an image. A "
        "name that is none of the stages above is looked up as an image on the registry: a "
        "misspelt stage becomes a stranger's image, and its files come into yours. Name an "
        "earlier stage, or write the image with its tag or digest. Named build contexts "
        "(--build-context) have such names too."
    )
}
BAD = (
    "FROM alpine:3.22\nCOPY --from=biuld /a /a\n",
    "FROM alpine:3.22 AS a\nCOPY --from=b /x /x\nFROM alpine:3.22 AS b\n",
    "FROM alpine:3.22\nCOPY --from=3 /a /a\n",
    "FROM alpine:3.22\nRUN --mount=type=bind,from=tools,target=/t /t/run\n",
)
GOOD = (
    "FROM alpine:3.22 AS build\nFROM alpine:3.22\nCOPY --from=build /a /a\nCOPY --from=0 /b /b\n",
    "FROM alpine:3.22\nCOPY --from=nginx:1.29 /etc/nginx /etc/nginx\n",
    "FROM alpine:3.22\nCOPY --from=$STAGE /a /a\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such name."""
    for stage, one, _ in in_stages(scene, "COPY", "ADD", "RUN"):
        for name in stages_named(one):
            plain = name.strip("\"'")
            if not plain or any(mark in plain for mark in ":@$") or plain.lower() == "scratch":
                continue
            if is_stage(scene, plain, stage.index) or _is_own(plain, stage):
                continue
            yield scene.at_instruction(one, _note(scene, plain), key=plain[:80])


def _is_own(name: str, stage: Stage) -> bool:
    return name == str(stage.index) or name.lower() == stage.name


def _note(scene: Scene, name: str) -> str:
    if name.isdigit():
        return f"there is no stage {name} above"
    if any(one.name == name.lower() for one in scene.stages):
        return f"the stage {name[:80]} comes later"
    return f"{name[:80]} is no stage above, so it means an image without a tag"
