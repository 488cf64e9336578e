"""Find credentials that stand in the build arguments of a service."""

from collections.abc import Iterable

from pratique.checks._secret_names import is_secret_name
from pratique.checks.compose._credentials import credential_in
from pratique.checks.compose.interface import ComposeFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-in-build-args"
TITLE = "a credential stands in the build arguments of a service"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "An entry of build.args has the name of a credential. A literal one stands in version control; "
        "and also one that comes from outside (${TOKEN}) is kept in the history of the image that is "
        "built, where everybody who can pull it reads it (graded medium). Use build.secrets with a file "
        "or an environment entry, and RUN --mount=type=secret in the Dockerfile."
    )
}
_VALUE = "not-" + "shown-here-9"
_NAMED = "NPM_" + "TOKEN"


def _built(*lines: str) -> str:
    return "".join(
        f"{line}\n" for line in ("services:", "  web:", "    build:", "      context: .", *lines)
    )


BAD = (
    _built("      args:", f"        {_NAMED}: {_VALUE}"),
    _built("      args:", f"        - {_NAMED}=${{{_NAMED}}}"),
    _built("      args:", f"        - {_NAMED}"),
)
GOOD = (
    _built("      args:", "        VERSION: 1.2", "        TOKEN_URL: https://x.example"),
    _built("      secrets: [npm]") + f"secrets:\n  npm:\n    environment: {_NAMED}\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each argument."""
    for one in scene.services:
        arguments = one.get("build", "args")
        for name, value in one.build_arguments.items():
            literal = credential_in(name, value)
            if literal or is_secret_name(name):
                at = value if value.node.line else arguments
                note = f"the build argument {name[:80]} {'holds' if literal else 'is'} a credential"
                grade = None if literal else Severity.MEDIUM
                yield scene.told(one, at, note, key=name[:80], severity=grade)
