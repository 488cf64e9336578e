"""All but the last instruction of a keyword are told, stage by stage."""

from pratique.checks.dockerfile._replaced import replaced
from pratique.checks.dockerfile.interface import scene_of
from pratique.formats.edits import apply_edits


def test_the_last_stays() -> None:
    """Three in one stage give two; another stage has its own."""
    scene = scene_of("FROM a\nCMD 1\nCMD 2\nCMD 3\nFROM b\nCMD 4\n")
    found = list(replaced(scene, "CMD"))
    edits = [edit for fault in found for edit in fault.edits]

    assert [fault.line for fault in found] == [2, 3]
    assert apply_edits(scene.file.content, edits) == b"FROM a\nCMD 3\nFROM b\nCMD 4\n"
