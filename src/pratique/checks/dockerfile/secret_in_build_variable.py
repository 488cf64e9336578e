"""Find ARG and ENV that hold a credential, by their names and by the form of their values."""

from collections.abc import Iterable, Iterator

from pratique.checks._secret_names import is_secret_name, is_value
from pratique.checks.dockerfile._places import final_chain
from pratique.checks.dockerfile._secret_values import is_secret_value, password_in_address
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import pairs_of
from pratique.formats.dockerfile.stages import Stage
from pratique.formats.dockerfile.tree import Instruction
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-in-build-variable"
TITLE = "a build variable holds a credential"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "DL3064",
    "SecretsUsedInArgOrEnv",
    "DS-0031",
    "CIS-DI-0010",
    "CIS-Docker-4.10",
)
RULES = {
    NAME: (
        "What ENV sets stands in the config of the image and in every container; what is given to "
        "an ARG stands in the image's history, and in the provenance of the build, also where "
        "another stage than the last asks for it. Everybody who can pull the image reads it. Give "
        "secrets to single commands (RUN --mount=type=secret,id=…), and to containers when they "
        "start. Change a credential that was published. Its value is never shown here."
    )
}
_FORM = "gh" + "p_" + "a1" * 18
BAD = (
    "FROM alpine:3.22\nENV DB_PASSWORD=hunter-2\n",
    "FROM alpine:3.22\nARG NPM_TOKEN\nRUN npm ci\n",
    "ARG GITHUB_TOKEN\nFROM alpine:3.22\n",
    "FROM alpine:3.22\nENV X=" + _FORM + "\n",
    "FROM alpine:3.22\nARG URL=https://me:" + "hunter-2@x.example/\n",
)
GOOD = (
    "FROM alpine:3.22\nENV PASSWORD_FILE=/run/secrets/p DB_PASSWORD=\n",
    "FROM alpine:3.22\nENV GPG_KEY=ABCD SECRET_KEY=$OTHER\nARG TOKEN_URL=https://x.example\n",
    "FROM alpine:3.22\nRUN --mount=type=secret,id=t,env=NPM_TOKEN npm ci\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each variable; one in a stage that does not ship is graded medium."""
    shipped = {one.span.start for stage in final_chain(scene) for one in _taken(stage)}
    for one in scene.of("ARG", "ENV"):
        for pair in pairs_of(one, scene.file.escape):
            value = pair.value or ""
            formed = is_secret_value(value) or password_in_address(value)
            empty = one.keyword == "ENV" or value.strip("\"'") != ""
            if not formed and not (is_secret_name(pair.name) and (is_value(value) or not empty)):
                continue
            ships = one.span.start in shipped
            yield scene.at_span(
                pair.span,
                _note(one, pair.name[:80], formed=formed, ships=ships),
                key=f"{one.keyword} {pair.name[:80]}",
                severity=None if ships else Severity.MEDIUM,
                confidence=Confidence.HIGH if formed else None,
            )


def _taken(stage: Stage) -> Iterator[Instruction]:
    return (one.trigger or one for one in stage.instructions)


def _note(one: Instruction, name: str, *, formed: bool, ships: bool) -> str:
    what = "has the form of a credential" if formed else "has the name of a credential"
    if one.keyword == "ENV":
        where = "every container has it" if ships else "the stages built on this one have it"
    else:
        where = "the history of the image has it" if ships else "the provenance of the build has it"
    return f"{name} {what}, and {where}"
