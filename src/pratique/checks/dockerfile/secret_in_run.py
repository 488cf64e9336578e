"""Find credentials that stand in a command of RUN."""

from collections.abc import Iterable

from pratique.checks._secret_names import is_secret_name, is_value
from pratique.checks.dockerfile._secret_values import is_secret_value, password_in_address
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.shell import Command
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-in-run"
TITLE = "a credential stands in a command of the build"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "CIS-Docker-4.10",
    "CIS-DI-0010",
)
RULES = {
    NAME: (
        "A password or token is written into the command: it stands in the Dockerfile, in its "
        "repository and in the history of the image for everybody who can pull it. Read it from a "
        "mount (RUN --mount=type=secret,id=…), and change the credential: it has been published. "
        "Its value is never shown here."
    )
}
_FORM = "gh" + "p_" + "a1" * 18
BAD = (
    "FROM alpine:3.22\nRUN git clone https://me:" + "hunter-2@git.example/a\n",
    "FROM alpine:3.22\nRUN curl -u me:" + "hunter-2 https://x.example\n",
    "FROM alpine:3.22\nRUN API_TOKEN=" + "hunter-2 make\n",
    "FROM alpine:3.22\nRUN mysql --password=" + "hunter-2 < a.sql\n",
    "FROM alpine:3.22\nRUN echo " + _FORM + " > /a\n",
    "FROM alpine:3.22\nCOPY <<EOF /a\n" + _FORM + "\nEOF\n",
)
GOOD = (
    "FROM alpine:3.22\nRUN --mount=type=secret,id=t API_TOKEN=$(cat /run/secrets/t) make\n",
    "FROM alpine:3.22\nRUN curl -u me:$PASSWORD https://x.example && mysql --password=$P && git clone https://x:$T@x.example/a\n",
    "FROM alpine:3.22\nRUN export TOKEN_URL=https://x.example && adduser --disabled-password app\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each command, and one for each here-document of COPY."""
    for _, command in scene.commands():
        note = _told(command)
        if note:
            yield scene.at_span(command.span, note, key=f"{command.program} {note}"[:80])
    for one in scene.of("COPY", "ADD"):
        for heredoc in one.heredocs:
            body = heredoc.body.of(scene.file.content).decode("utf-8", "replace")
            if is_secret_value(body) or password_in_address(body):
                yield scene.at_span(heredoc.body, "the text holds a credential")


def _told(command: Command) -> str:
    """Return what stands in a command, without its value; empty where nothing does."""
    exported = command.words[1:] if command.program == "export" else ()
    for word in (*command.before, *exported):
        name, equals, value = word.value.partition("=")
        if equals and is_secret_name(name) and is_value(value) and "$" not in value:
            return f"{name[:60]} is set to a value"
    for word in command.words:
        name, _, value = word.value.partition("=")
        if is_secret_value(word.value):
            return "a word has the form of a credential"
        if password_in_address(word.value):
            return "an address has a password"
        option = name.startswith("--") and is_secret_name(name.lstrip("-"))
        if option and is_value(value) and "$" not in value and "`" not in value:
            return f"{name[:60]} is given a value"
    user = command.value("-u", "--user") or ""
    _, colon, password = user.partition(":")
    if command.program in ("curl", "http") and colon and is_value(password) and "$" not in password:
        return "the option -u has a password"
    return ""
