"""Places in folded text are those of the file."""

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.tree import Folded, Span


def test_a_place_after_a_seam() -> None:
    """A gap (the continuation mark) belongs to neither side."""
    folded = Folded("ab cd", ((0, 10), (3, 20)))

    assert folded.span(0, 3) == Span(10, 13)
    assert folded.span(3, 5) == Span(20, 22)
    assert folded.span(1, 4) == Span(11, 21)
    assert folded.span(2, 2) == Span(12, 12)


def test_a_part_knows_its_places() -> None:
    part = Folded("ab cd", ((0, 10), (3, 20))).cut(2, 5)

    assert part.text == " cd"
    assert part.at(0) == 12
    assert part.at(1) == 20


def test_places_are_bytes_not_characters() -> None:
    content = ("RUN " + "é" * 700 + " x\n").encode()
    (one,) = parse(content).instructions
    at = one.text.index("x")

    assert one.arguments.span(at, at + 1).of(content) == b"x"


def test_the_last_flag_counts() -> None:
    (one,) = parse(b"FROM --platform=a --platform=b x").instructions
    assert one.flag("platform") == "b"
    assert one.flag("other") is None
