"""Find files with credentials that a whole folder takes along, because no .dockerignore leaves them out."""

from collections.abc import Iterable
from functools import lru_cache

from pratique.checks.dockerfile._installs import ships
from pratique.checks.dockerfile._places import in_stages
from pratique.checks.dockerfile._secret_files import is_secret_file
from pratique.checks.dockerfile.interface import Fault, Sample, Scene
from pratique.formats.dockerfile.ignoring import cleaned, leaves_out, patterns_of
from pratique.formats.dockerfile.reading import sources_of
from pratique.formats.dockerfile.stages import Stage
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-file-in-context"
TITLE = "a folder that is copied holds files with credentials"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("CIS-Docker-4.10",)
RULES = {
    NAME: (
        "COPY . takes everything below the folder that .dockerignore does not leave out, and "
        "among that are files with credentials, or the history of version control, which holds "
        "all that ever was in the project. Add them to .dockerignore, or copy by name. Told only "
        "where the files of the context are known."
    )
}
_HISTORY = ".git"
BAD = (
    Sample(text="FROM alpine:3.22\nCOPY . /app\n", context=("a.py", ".env")),
    Sample(text="FROM alpine:3.22\nCOPY conf /app\n", context=("conf/id_rsa",), ignored=("*.md",)),
    Sample(text="FROM alpine:3.22\nADD ./ /app\n", context=(".git/config", "a.py")),
)
GOOD = (
    Sample(text="FROM alpine:3.22\nCOPY . /app\n", context=("a.py", ".env"), ignored=("**/.env",)),
    Sample(
        text="FROM alpine:3.22\nCOPY src /app\nCOPY --from=0 . /x\n", context=("src/a.py", ".env")
    ),
    "FROM alpine:3.22\nCOPY . /app\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each source that takes such files, with the first three of them."""
    if scene.context is None:
        return
    patterns = patterns_of(scene.ignored)
    left = [path for path in _wanted(scene.context) if not leaves_out(patterns, path)]
    for stage, one, _ in in_stages(scene, "COPY", "ADD"):
        if one.flag("from") or not left:
            continue
        for word in sources_of(one, scene.file.escape)[0]:
            folder = cleaned(word.value)
            found = [path for path in left if not folder or path.startswith(f"{folder}/")]
            shown = sorted({_HISTORY if _is_history(path) else path[:60] for path in found})
            if shown:
                more = f" and {len(shown) - 3} more" if len(shown) > 3 else ""
                yield scene.at_span(
                    word.span,
                    f"takes along {', '.join(shown[:3])}{more}",
                    key=word.value[:80],
                    severity=_grade(scene, stage, found),
                )


@lru_cache(maxsize=8)  # many Dockerfiles share one context
def _wanted(context: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for path in context if is_secret_file(path) or _is_history(path))


def _is_history(path: str) -> bool:
    return path.startswith(f"{_HISTORY}/")


def _grade(scene: Scene, stage: Stage, found: list[str]) -> Severity | None:
    """Return low in a stage that does not ship, medium where it is the history alone."""
    if not ships(scene, stage.index):
        return Severity.LOW
    return Severity.MEDIUM if all(map(_is_history, found)) else None
