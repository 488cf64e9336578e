"""Find libraries that the image loads into every program: LD_PRELOAD, LD_AUDIT, /etc/ld.so.preload."""

from collections.abc import Iterable, Iterator

from pratique.checks.image._folders import is_open
from pratique.checks.image.interface import Scene, at, raise_first, sample
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Place, Sighting
from pratique.model.units import Patterns

NAME = "preloaded-library"
TITLE = "a library is loaded into every program of the container"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "An ENV entry (LD_PRELOAD, LD_AUDIT) or the file /etc/ld.so.preload has the dynamic linker "
        "load a library into every program. Allocators such as jemalloc are used this way, and so "
        "are rootkits that hide files and steal passwords. Know the library and where it came from, "
        "and set the variable for the one program that needs it. It is graded medium where the path "
        "is relative, in a folder everybody may write to, or in /etc/ld.so.preload, which honest "
        "images have no use for."
    )
}
PATTERNS = Patterns(paths=("etc/ld.so.preload",), max_bytes=64 << 10)
_VARIABLES = ("LD_PRELOAD", "LD_AUDIT", "LD_PRELOAD_32", "LD_PRELOAD_64")
FIRES = (
    sample(env=("LD_PRELOAD=/usr/lib/libjemalloc.so.2",)),
    sample(env=("LD_AUDIT=./audit.so",)),
    sample((("etc/ld.so.preload", "/usr/lib/libselinux.so.9\n"),)),
)
SILENT = (sample(env=("LD_PRELOAD=",)), sample((("etc/ld.so.preload", "# nothing\n"),)))


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting for ENV entries, one where they are unsafe, one for the file."""
    found = [
        (name, library)
        for name, value in scene.environment()
        if name in _VARIABLES
        for library in value.replace(":", " ").split()
    ]
    for unsafe in (True, False):
        notes = (
            at(f"ENV {n}", f"loads {lib[:200]}")
            for n, lib in found
            if _is_unsafe(scene, lib) is unsafe
        )
        yield from scene.in_config(notes, Severity.MEDIUM if unsafe else None)
    problems: list[FormatError] = []
    yield from scene.in_files(_listed(scene, problems), severity=Severity.MEDIUM)
    raise_first(problems)


def _is_unsafe(scene: Scene, library: str) -> bool:
    folder, slash, _ = library.rpartition("/")
    return bool(slash) and (not library.startswith("/") or is_open(scene, folder))


def _listed(scene: Scene, problems: list[FormatError]) -> Iterator[Place]:
    for number, line in scene.lines("etc/ld.so.preload", problems):
        yield Place("etc/ld.so.preload", f"loads {line[:200]}", number)
