"""Find files of credentials that version control keeps."""

from collections.abc import Iterable
from posixpath import dirname, join, normpath

from pratique.checks._secret_names import is_secret_name, is_value
from pratique.checks.compose.interface import ComposeFault, Sample, Scene, service
from pratique.formats.compose.dotenv import read_environment
from pratique.formats.compose.values import Value
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-file-committed"
TITLE = "a file of credentials is kept in version control"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "env_file, a secret's file or the project's .env is one that git keeps. Everybody who has the repository has what "
        "stands in it, for all times. Take it out of git (git rm --cached), write it into .gitignore, "
        "keep an example without values beside it, and change the credentials. The first and the last are told only "
        "where one of their names is that of a credential and has a value."
    )
}
_VALUE = "not-" + "shown-here-9"
_NAMED = "DB_PASS" + "WORD"
_SECRET = service("secrets: [key]") + "secrets:\n  key:\n    file: ./key.pem\n"
BAD = (
    Sample(
        files={"compose.yaml": service("env_file: web.env"), "web.env": f"{_NAMED}={_VALUE}\n"},
        committed=("compose.yaml", "web.env"),
    ),
    Sample(
        files={
            "compose.yaml": service("env_file: [{path: ./web.env}]"),
            "web.env": f"{_NAMED}={_VALUE}",
        },
        committed=("web.env",),
    ),
    Sample(files={"compose.yaml": _SECRET}, committed=("key.pem",)),
    Sample(
        files={"compose.yaml": service(), ".env": f"{_NAMED}={_VALUE}\n"},
        committed=("compose.yaml", ".env"),
    ),
)
GOOD = (
    Sample(
        files={"compose.yaml": service("env_file: web.env"), "web.env": f"{_NAMED}={_VALUE}\n"},
        committed=("compose.yaml",),
    ),
    Sample(
        files={"compose.yaml": service("env_file: web.env"), "web.env": f"PORT=1\n{_NAMED}=\n"},
        committed=("web.env",),
    ),
    Sample(files={"compose.yaml": _SECRET}, committed=("compose.yaml",)),
    _SECRET,
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each file."""
    if not scene.committed:
        return
    own = normpath(join(dirname(scene.project.file), ".env"))
    if own in scene.committed and _holds_credential(scene.environment_files.get(own)):
        note = f"{own[:80]} holds credentials and is kept by git"
        yield scene.told(None, scene.project.own, note, key=own)
    for one in scene.services:
        files = one.get("env_file")
        for item in (*files.texts(), *(entry.at("path") for entry in files.items)):
            name = _beside(item)
            if name in scene.committed and _holds_credential(scene.environment_files.get(name)):
                yield scene.told(
                    one, item, f"{name[:80]} holds credentials and is kept by git", key=name
                )
    for name, secret in scene.project.root.at("secrets").fields.items():
        file = secret.at("file")
        if file.text and _beside(file) in scene.committed:
            note = f"the file of the secret {name[:80]} is kept by git"
            yield scene.told(None, file, note, key=name[:80])


def _beside(value: Value) -> str:
    """Return a file's path in the project folder."""
    return normpath(join(dirname(value.file), value.text)) if value.text else ""


def _holds_credential(content: bytes | None) -> bool:
    found = read_environment(content).variables if content else ()
    return any(is_secret_name(one.name) and is_value(one.value) for one in found)
