"""Find instructions of which a stage obeys only the last."""

from collections.abc import Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.tree import Instruction
from pratique.model.edit import Edit


def replaced(scene: Scene, keyword: str) -> Iterator[Fault]:
    """Yield every instruction of a keyword that a later one of its stage replaces."""
    for stage in scene.stages:
        found = [one for one in stage.instructions if one.keyword == keyword]
        for one in found[:-1]:
            line = scene.line_of(found[-1].span.start)
            yield scene.at_instruction(
                one,
                f"the {keyword} in line {line} takes its place",
                key=f"{stage.index} {one.text[:80]}",
                edits=(_gone(scene, one),),
                remedy=f"delete this {keyword}",
            )


def _gone(scene: Scene, one: Instruction) -> Edit:
    """Return the edit that takes an instruction away, with its lines."""
    return Edit(scene.name, one.span.start, one.span.end, b"")
