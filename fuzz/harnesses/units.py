"""
Every layer unit, on files of the kind it asks for: programs, archives, lockfiles, manifests.

The first byte of an input chooses among the units of a harness, the rest is the file. What a unit
is fed in its fixtures is the seed.
"""

import importlib
from typing import cast

from fuzz.harness import Harness
from pratique.kit import registry
from pratique.kit.held_file import HeldFile
from pratique.model.units import LayerUnit, Patterns
from tests.fixtures.case import content_of

MOST_SEED_BYTES = 64 << 10


def path_for(patterns: Patterns) -> str:
    """
    Return a path that a unit asks for.

    >>> path_for(Patterns(names=("poetry.lock",))), path_for(Patterns(globs=("x/*/METADATA",)))
    ('srv/poetry.lock', 'x/a/METADATA')
    """
    if patterns.names:
        return f"srv/{patterns.names[0]}"
    if patterns.suffixes:
        return f"srv/a{patterns.suffixes[0]}"
    if patterns.globs:
        return patterns.globs[0].replace("*", "a")
    if patterns.endings:
        return "/a".join(patterns.endings[0])
    return "usr/bin/program"


def _seeds_of(name: str) -> list[tuple[str, bytes]]:
    """Return (path, content) of the files of a unit's fixtures."""
    try:
        cases = importlib.import_module(f"tests.fixtures.{name}.cases").CASES
    except ModuleNotFoundError:
        return []
    files = [(path, content_of(what)) for case in cases for path, what in case.files.items()]
    return [(path, content) for path, content in files if len(content) <= MOST_SEED_BYTES]


def _harness(name: str, units: tuple[LayerUnit, ...]) -> Harness:
    choices: list[tuple[LayerUnit, str]] = []
    seeds: list[bytes] = []
    for unit in units:
        files = _seeds_of(unit.NAME)
        paths = dict.fromkeys([path for path, _ in files] or [path_for(unit.PATTERNS)])
        first = {path: len(choices) + number for number, path in enumerate(paths)}
        choices += [(unit, path) for path in paths]
        seeds += [bytes([first[path] % 256]) + content for path, content in files]

    def run(content: bytes) -> None:
        if content:
            unit, path = choices[content[0] % len(choices)]
            unit.extract_file(HeldFile(path, 0o755, content[1:]))

    return Harness(name, run, lambda: seeds or [bytes([n]) for n in range(len(choices))])


def _all() -> tuple[Harness, ...]:
    """Return one harness per extractor family, so that each byte choice stays meaningful."""
    families: dict[str, list[LayerUnit]] = {}
    modules = registry.load("extractors") | registry.load("tamper")
    for _, module in sorted(modules.items()):
        if hasattr(module, "extract_file"):
            family = module.__name__.split(".")[-2]
            families.setdefault(family, []).append(cast(LayerUnit, module))
    return tuple(
        _harness(f"units-{name}", tuple(found)) for name, found in sorted(families.items())
    )


HARNESSES = _all()
