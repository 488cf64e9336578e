"""
Say of a check of files what its module holds: standards, what a fix may change, and samples.
"""

import json
import textwrap
from collections.abc import Iterator
from types import ModuleType

from pratique.cli.advisory_words import WIDTH

_MOST_LINES = 30


def check_words(unit: ModuleType) -> Iterator[str]:
    """Yield the lines on one check; none for a unit that has no samples of files."""
    if not getattr(unit, "BAD", ()):
        return
    for line in _facts(unit):
        yield from (*textwrap.wrap(line, WIDTH, break_on_hyphens=False), "")
    fixed = getattr(unit, "FIXED", ())
    yield from _shown("Found in", fixed[0][0] if fixed else unit.BAD[0])
    if fixed:
        yield from _shown("Mended by its fix", fixed[0][1])
    elif unit.GOOD:
        yield from _shown("Not found in", unit.GOOD[0])


def _facts(unit: ModuleType) -> Iterator[str]:
    grade = f"Graded {unit.SEVERITY.value}, with {unit.CONFIDENCE.value} confidence"
    yield (
        f"{grade}; told under --pedantic only." if getattr(unit, "PEDANTIC", False) else f"{grade}."
    )
    if references := getattr(unit, "REFERENCES", ()):
        yield "Standards: " + ", ".join(references) + "."
    if controls := getattr(unit, "CONTROLS", ()):
        yield "Controls of the Pod Security Standards: " + ", ".join(controls) + "."
    if effect := getattr(unit, "EFFECT", None):
        parts = {
            "removes": effect.removed,
            "adds": effect.added,
            "changes": effect.changed,
            "changes in the configuration": effect.config,
        }
        said = "; ".join(f"{verb} {', '.join(what)}" for verb, what in parts.items() if what)
        yield f"In what is built a fix at most {said}."


def _shown(title: str, sample: object) -> Iterator[str]:
    """Yield one sample, indented; its first file where it has several."""
    lines = _text(sample).rstrip("\n").split("\n")
    yield from (f"{title}:", "")
    yield from (f"    {line}".rstrip() for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield "    …"
    yield ""


def _text(sample: object) -> str:
    """Return a sample as a person writes it: JSON as YAML, of several files each."""
    if isinstance(sample, tuple):
        return "---\n".join(_text(one) for one in sample)
    if files := getattr(sample, "files", None):
        return "\n".join(f"# {name}\n{text}" for name, text in files.items())
    text = str(getattr(sample, "text", sample))
    if not text.startswith("{"):
        return text
    import yaml  # only for manifests, which are written as JSON in their modules

    return str(yaml.safe_dump(json.loads(text), sort_keys=False))
