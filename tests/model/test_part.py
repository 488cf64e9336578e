"""What stands below the boundary came with the base; without one nobody knows."""

from pratique.model.part import BaseImage, Part, Recognition, part_of

BASE = BaseImage(how=Recognition.LAYERS, layers=2)


def test_the_boundary_is_the_number_of_layers() -> None:
    """Layers are counted from 0."""
    assert [part_of(index, BASE) for index in range(4)] == [
        Part.BASE,
        Part.BASE,
        Part.APP,
        Part.APP,
    ]


def test_nothing_is_told_apart_without_a_boundary() -> None:
    """A label names a base and not how many layers came with it."""
    labelled = BaseImage(how=Recognition.LABEL, name="debian:12")

    assert part_of(0, labelled) is Part.UNKNOWN
    assert part_of(0, None) is Part.UNKNOWN
    assert part_of(None, BASE) is Part.UNKNOWN
