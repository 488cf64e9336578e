import pytest
from msgspec.structs import replace

from pratique.formats.text import columns
from pratique.model.verdict import Answer
from pratique.reports._ansi import ink
from pratique.reports._table_verdict import outcome, verdict
from pratique.reports.interface import Style
from tests.makers import contraband
from tests.makers import report as made

PLAIN = ink(colour=False)


@pytest.mark.parametrize("answer", list(Answer))
def test_the_first_word_is_the_answer(answer: Answer):
    """Whoever reads one word knows whether it may pass."""
    assert verdict(contraband.verdict(answer), Style(), PLAIN)[0].split()[0] == answer.name


def test_reasons_are_one_line_each_until_full():
    """The default is short; full cuts nothing."""
    found = contraband.verdict()
    short = verdict(found, Style(width=60), PLAIN)
    assert sum(line.startswith("  deny ") for line in short) == 2
    assert any(line.endswith("…") for line in short)
    whole = verdict(found, Style(width=60, full=True), PLAIN)
    assert not any(line.endswith("…") for line in whole)
    assert all(columns(line) <= 60 for line in (*short, *whole))


def test_many_reasons_are_folded():
    """What is left out is counted."""
    found = contraband.verdict()
    many = replace(found, reasons=found.reasons[:1] * 9)
    assert "  … 3 more: --full" in verdict(many, Style(height=60), PLAIN)
    assert "  … 6 more: --full" in verdict(many, Style(height=24), PLAIN)


def test_a_verdict_stands_instead_of_an_outcome():
    """FAIL beside DENY would be two answers to one question."""
    assert outcome(made.every_kind()["contraband"], Style(), PLAIN) == []
    assert outcome(made.every_kind()["typical"], Style(), PLAIN)[0].startswith(" FAIL ")
