"""A comparison becomes an expression of our own words, and nothing else of a rule stands in it."""

import keyword
import re
from random import Random

import pytest
from hypothesis import given

from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.folding import Folder, Term
from pratique.detections.rules.spelling import Spelling
from pratique.formats.falco.parsing import parse_condition
from pratique.formats.falco.syntax import Check
from pratique.model.observation import Opened
from tests.makers import judging

FIELDS = all_fields()
_OURS = re.compile(r"[eoapwU]|[Kvnt][0-9]+|None")


def checked(text: str) -> Check:
    """Return a comparison that is not decided before any event is seen."""
    folded = Folder("openat", Opened, FIELDS).folded(parse_condition(text))
    assert isinstance(folded, Term)
    assert folded.check is not None
    return folded.check


def spelt(*texts: str) -> tuple[list[str], Spelling]:
    """Return the expressions of comparisons, and what they have in common."""
    spelling = Spelling(Folder("openat", Opened, FIELDS), FIELDS)
    checks = [checked(text) for text in texts]
    for check in checks:
        spelling.meet(check)
    return [spelling.compared(check) for check in checks], spelling


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("proc.name = sh", "p.name == K0"),
        ("proc.name in (sh, bash)", "p.name in K0"),
        (
            "fd.name startswith /etc",
            "(n1 := (a.path or None)) is not None and n1.startswith(K0)",
        ),
    ],
)
def test_python_has_an_operator_for_most(text: str, expression: str) -> None:
    """Constants are values of the namespace; what may be missing is asked for first."""
    (found,), spelling = spelt(text)

    assert re.sub("K[0-9]+", "K0", found) == expression
    assert spelling.space


def test_equal_values_are_one_name_and_equal_looking_ones_are_not() -> None:
    """``1`` and ``True`` are equal to Python, and not the same answer to a rule."""
    (one, other, third), spelling = spelt("proc.name = sh", "proc.pname = sh", "proc.pid = 1")

    assert one.rpartition(" ")[2] == other.rpartition(" ")[2] != third.rpartition(" ")[2]
    assert {*spelling.space.values()} >= {"sh", 1}


def test_a_value_that_takes_a_call_and_is_asked_for_twice_is_held() -> None:
    """The second time it is there."""
    (once,), alone = spelt("fd.directory = /etc")
    (first, second), both = spelt("fd.directory = /etc", "fd.directory = /usr")

    assert not alone.held
    assert "v0" not in once
    assert [*both.held.values()] == ["v0"]
    assert "v0 if v0 is not U else (v0 :=" in first
    assert "v0 if v0 is not U else (v0 :=" in second


@given(judging.seeds)
def test_no_word_of_a_rule_stands_in_an_expression(random: Random) -> None:
    """Every name is a variable of ours, an attribute, or a word of Python's."""
    folder = Folder("openat", Opened, FIELDS)
    spelling = Spelling(folder, FIELDS)
    folded = folder.folded(judging.check(random))
    if isinstance(folded, bool) or folded.check is None:
        return
    spelling.meet(folded.check)
    text = spelling.compared(folded.check)
    compile(text, "<made>", "eval")

    sources = {word for field in FIELDS.values() for word in _words(field)}
    for word in re.findall(r"(?<![.\w])[A-Za-z_]\w*", text):
        assert _OURS.fullmatch(word) or keyword.iskeyword(word) or word in sources, text


def _words(field: object) -> list[str]:
    """Return the words of our own tables that say where a field is read."""
    return re.findall(r"[A-Za-z_]\w*", repr(field))
