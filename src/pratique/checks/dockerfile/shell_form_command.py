"""Find commands of the container that run below a shell."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile._places import in_stages
from pratique.checks.dockerfile.interface import Fault, FixClass, Scene
from pratique.formats.dockerfile.tree import Instruction
from pratique.model.built import Effect
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "shell-form-command"
TITLE = "a shell stands between the container and its program"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3025",
    "JSONArgsRecommended",
)
RULES = {
    NAME: (
        "In shell form CMD and ENTRYPOINT run as /bin/sh -c: the shell is process 1, it does not "
        "pass signals on, and docker stop kills the program after ten seconds instead of letting "
        "it end. An image without a shell cannot start it at all. Write a JSON list (CMD "
        '["nginx", "-g", "daemon off;"]); where a shell is wanted, begin with exec. HEALTHCHECK '
        "is not told: nobody sends it signals. Neither is a file that sets SHELL, as one that "
        "wants it."
    )
}
_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+=,-]+")
_BUILTINS = frozenset(
    {".", "cd", "eval", "exec", "export", "set", "source", "trap", "ulimit", "umask", "unset"}
)
"""Words that only a shell knows."""
BAD = (
    "FROM alpine:3.22\nCMD nginx -g x\n",
    "FROM alpine:3.22\nENTRYPOINT /app --port $PORT\n",
)
GOOD = (
    'FROM alpine:3.22\nCMD ["nginx", "-g", "daemon off;"]\n',
    "FROM alpine:3.22\nCMD exec /app --port $PORT\n",
    "FROM alpine:3.22\nHEALTHCHECK CMD curl -f http://x.example || exit 1\n",
    'FROM alpine:3.22\nSHELL ["/bin/bash", "-c"]\nCMD /app\n',
)
FIXED = (
    (
        "FROM alpine:3.22\nCMD nginx -g x\n",
        'FROM alpine:3.22\nCMD ["nginx", "-g", "x"]\n',
    ),
)
EFFECT = Effect(config=("Cmd", "Entrypoint"))


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such instruction; plain words are offered as a list."""
    told_to: dict[int, bool] = {}
    for stage, one, _ in in_stages(scene, "CMD", "ENTRYPOINT", "SHELL"):
        if one.keyword == "SHELL":
            told_to[stage.index] = True
        parent = told_to.get(stage.parent) if stage.parent is not None else False
        shell = told_to.setdefault(stage.index, bool(parent))
        text = one.text.strip()
        if one.json is not None or shell or not text or text.startswith("exec "):
            continue
        yield scene.at_instruction(
            one,
            f"{one.keyword} runs below /bin/sh",
            key=one.keyword,
            edits=_as_list(scene, one, text),
            fix=FixClass.VERIFIED,
            remedy="write it as a list",
        )


def _as_list(scene: Scene, one: Instruction, text: str) -> tuple[Edit, ...]:
    """Return the edit for words that a shell would not touch, on one line; else none."""
    words = text.split()
    plain = all(_PLAIN.fullmatch(word) for word in words) and not _BUILTINS.intersection(words[:1])
    if not plain or "=" in words[0] or one.line != one.end_line:
        return ()
    at = one.text.index(text)
    span = one.arguments.span(at, at + len(text))
    return (scene.edit(span, "[" + ", ".join(f'"{word}"' for word in words) + "]"),)
