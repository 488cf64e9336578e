"""Law: a sample is the same each time and another for each kind; its value stands at its line."""

from pratique.secrets.samples import LINES, PLACES, lookalikes, placed, seeded, text
from pratique.secrets.shapes import shape

SHAPE = shape("tok_{alnum:20}")


def test_samples_are_repeatable_and_differ_between_kinds():
    assert seeded("a", 1).random() == seeded("a", 1).random() != seeded("b", 1).random()


def test_the_value_stands_at_the_line_that_is_said():
    for place, line in zip(PLACES, LINES, strict=True):
        assert "HERE" in place.format(name="n", value="HERE").split("\n")[line - 1]
    for sample in placed("some-kind", "NAME", SHAPE.fill):
        assert "tok_" in sample.make().split("\n")[sample.line - 1]


def test_lookalikes_are_too_short_or_filled_up():
    short, blank = (sample.make() for sample in lookalikes("some-kind", "NAME", SHAPE, "a.txt"))
    assert len(short) == len(blank) - 1
    assert "x" * 20 in blank


def test_templates_take_values_in_order():
    first, second = text("{0} {1}", "k", shape("{digit:4}"), shape("{az:4}"))().split()
    assert first.isdigit()
    assert second.isalpha()
