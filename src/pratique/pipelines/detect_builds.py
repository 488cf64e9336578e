"""
Find what a repository builds and deploys: Dockerfiles, Compose files, charts and manifests.

Names decide, and for manifests the first bytes. What Compose says of a build (context, Dockerfile,
stage) is believed before the guess that a Dockerfile's context is its folder. Links are not
followed; ``MOST_ENTRIES`` files are looked at. A build whose names a pipeline could misread is left
out and told.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from pratique.formats.ci.interface import Build, is_plain
from pratique.formats.documents.value import mapping, text
from pratique.formats.documents.yaml import parse_yaml
from pratique.model.errors import FormatError, UsageError
from pratique.pipelines.lint_find import MOST_ENTRIES, SKIPPED, FileKind, kind_of

MOST_BUILDS = 50
_MOST_BYTES = 1 << 20
_HEAD_BYTES = 64 << 10
_NO_SLUG = re.compile(r"[^a-z0-9]+")


class Found(Struct, frozen=True, kw_only=True):
    """
    What lies in a repository, paths relative and sorted.

    ``left_out`` are clauses on builds that get no job, each with the reason.
    """

    builds: tuple[Build, ...] = ()
    dockerfiles: tuple[str, ...] = ()
    compose: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    manifests: int = 0
    left_out: tuple[str, ...] = ()

    @property
    def lints(self) -> bool:
        """Return whether there is something to lint."""
        return bool(self.dockerfiles or self.compose or self.charts or self.manifests)


def detect_builds(folder: Path) -> Found:
    """
    Return what lies below a folder.

    Raises:
        UsageError: it is no folder, or holds too many files.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder")
    kept: dict[str, list[str]] = {"": [], "chart": [], **{kind.value: [] for kind in FileKind}}
    for place in _files(folder):
        kept[_sort(folder / place)].append(place)
    dockerfiles, compose = kept[FileKind.DOCKERFILE], kept[FileKind.COMPOSE]
    said = [one for name in compose for one in _composed(folder, name)]
    known = {one.dockerfile for one in said}
    guessed = [_guess(one) for one in dockerfiles if one not in known]
    wanted = [one for one in said if one.dockerfile in dockerfiles] + guessed
    builds, left_out = _named(wanted)
    return Found(
        builds=builds,
        dockerfiles=tuple(dockerfiles),
        compose=tuple(compose),
        charts=tuple(str(PurePosixPath(one).parent) for one in kept["chart"]),
        manifests=len(kept[FileKind.KUBERNETES]),
        left_out=left_out,
    )


def _files(folder: Path) -> Iterator[str]:
    left = MOST_ENTRIES
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        for name in sorted(files):
            left -= 1
            if left < 0:
                raise UsageError(f"{folder} holds more than {MOST_ENTRIES} files")
            place = Path(root, name)
            if not place.is_symlink():
                yield place.relative_to(folder).as_posix()


def _sort(place: Path) -> str:
    if place.name in ("Chart.yaml", "Chart.yml"):
        return "chart"
    by_name = kind_of(place.name, b"")
    if by_name is None and place.suffix.lower() in (".yaml", ".yml", ".json"):
        by_name = kind_of(place.name, _read(place, _HEAD_BYTES))
    return by_name.value if by_name else ""


def _composed(folder: Path, name: str) -> Iterator[Build]:
    """Yield the builds of a Compose file; one that cannot be read says nothing here, lint tells it."""
    try:
        services = mapping(mapping(parse_yaml(_read(folder / name, _MOST_BYTES))).get("services"))
    except FormatError:
        return
    here = PurePosixPath(name).parent
    for service, value in services.items():
        build = mapping(value).get("build")
        context = text(build) if isinstance(build, str) else text(mapping(build).get("context"))
        if not build or "://" in context or context.startswith(("git@", "/", "~")):
            continue
        file = text(mapping(build).get("dockerfile")) or "Dockerfile"
        inside = _joined(here, context or ".")
        yield Build(
            name=service,
            dockerfile=_joined(PurePosixPath(inside), file),
            context=inside,
            target=text(mapping(build).get("target")),
        )


def _joined(folder: PurePosixPath, path: str) -> str:
    """Return a path as seen from the repository; one that leaves it begins with ``..``."""
    return os.path.normpath(folder / path)


def _guess(dockerfile: str) -> Build:
    place = PurePosixPath(dockerfile)
    words = place.name.lower().replace("containerfile", "dockerfile").split(".")
    own = "-".join(word for word in words if word != "dockerfile")
    folder = "" if str(place.parent) == "." else str(place.parent)
    name = "-".join(filter(None, (folder, own))) or "image"
    return Build(name=name, dockerfile=dockerfile, context=str(place.parent))


def _named(wanted: list[Build]) -> tuple[tuple[Build, ...], tuple[str, ...]]:
    """Return the builds that a pipeline can hold, each with a name of its own, and what is left."""
    builds: dict[str, Build] = {}
    left_out: list[str] = []
    met: set[tuple[str, str, str]] = set()
    for one in wanted:
        same = (one.dockerfile, one.context, one.target)
        if same in met:
            continue
        met.add(same)
        if not all(map(is_plain, (one.dockerfile, one.context, one.target or "x"))):
            left_out.append(f"{one.dockerfile}: a pipeline could misread its name or context")
        elif len(builds) == MOST_BUILDS:
            left_out.append(f"{one.dockerfile}: more than {MOST_BUILDS} images")
        else:
            name = _free(_NO_SLUG.sub("-", one.name.lower()).strip("-")[:40] or "image", builds)
            builds[name] = Build(
                name=name, dockerfile=one.dockerfile, context=one.context, target=one.target
            )
    return tuple(builds.values()), tuple(left_out)


def _free(name: str, taken: dict[str, Build]) -> str:
    number = 2
    free = name
    while free in taken or free == "lint":
        free, number = f"{name}-{number}", number + 1
    return free


def _read(place: Path, most: int) -> bytes:
    """Return the first bytes; what cannot be read is empty: lint tells it when it runs."""
    try:
        with place.open("rb") as file:
            return file.read(most)
    except OSError:
        return b""
