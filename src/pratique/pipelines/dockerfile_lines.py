"""
Say which lines of a Dockerfile made an image, so that reports can point at them.

The layers are joined with the instructions by the image's history (``remedies/_origins.py``): where the
two part ways, nothing is said of what is below. What came with the base is at the FROM of the first
stage, what concerns the image as a whole at the instruction
that set it, or at the FROM of its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.reading import pairs_of
from pratique.formats.dockerfile.stages import Stage, chain_of, stages_of
from pratique.formats.dockerfile.tree import Dockerfile
from pratique.model.errors import FormatError, UsageError
from pratique.model.report import Recipe, Subject
from pratique.pipelines.read_manifests import read_bounded
from pratique.remedies._origins import origins_of

_SETTING = frozenset({
    "CMD", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "SHELL", "STOPSIGNAL", "USER", "VOLUME",
    "WORKDIR",
})  # fmt: skip


def read_chain(
    place: Path, stage: str, arguments: Mapping[str, str]
) -> tuple[Dockerfile, tuple[Stage, ...]]:
    """
    Return a Dockerfile and the stages that one of its stages, empty for the last, is built on.

    Raises:
        UsageError: the file cannot be read or has no such stage.
    """
    try:
        file = parse(read_bounded(place))
        stages = stages_of(file, arguments)
    except FormatError as error:
        raise UsageError(f"{place}: {error}", hint="is it a Dockerfile?") from None
    return file, _chain(stages, stage, place)


def with_recipe(
    subjects: Sequence[Subject],
    place: Path,
    chain: tuple[Stage, ...],
    note: Callable[[str], None] = lambda _: None,
) -> tuple[Subject, ...]:
    """Return the subjects with the lines of the Dockerfile that made them, as far as history agrees."""
    found = tuple(replace(one, recipe=recipe_of(one, place, chain)) for one in subjects)
    for one in found:
        if one.image is not None and one.recipe is None:
            note(f"{place} did not make {one.target}: no layer of its history agrees")
    return found


def recipe_of(subject: Subject, place: Path, chain: tuple[Stage, ...]) -> Recipe | None:
    """Return the lines behind an image's layers, None where the file did not make it."""
    origins = origins_of(subject.image, chain)
    if not origins.made:
        return None
    return Recipe(
        file=_name(place),
        layers={index: one.line for index, one in sorted(origins.made.items())},
        base_layers=origins.base_layers or 0,
        base=chain[0].opening.line,
        last=chain[-1].opening.line,
        settings=dict(_settings(chain)),
    )


def _settings(chain: Sequence[Stage]) -> Iterator[tuple[str, int]]:
    """Yield each instruction of the configuration with its line, ENV and LABEL by name too."""
    for one in (one for stage in chain for one in stage.instructions):
        if one.keyword in _SETTING:
            yield one.keyword, one.line
        if one.keyword in ("ENV", "LABEL"):
            for pair in pairs_of(one):
                yield f"{one.keyword} {pair.name}", one.line


def _name(place: Path) -> str:
    """Return a path as the repository has it, as far as that can be known: below this folder."""
    here = Path.cwd()
    whole = (here / place).resolve()
    return whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(place)


def _chain(stages: tuple[Stage, ...], name: str, place: Path) -> tuple[Stage, ...]:
    if not stages:
        raise UsageError(f"{place}: no stage (FROM) is in it", hint="is it a Dockerfile?")
    named = [
        one for one in stages if not name or name.lower() == one.name or name == str(one.index)
    ]
    if not named:
        known = ", ".join(one.name or str(one.index) for one in stages)
        raise UsageError(f"{place}: no stage {name[:40]!r}", hint=f"stages: {known}")
    return chain_of(stages, named[-1])
