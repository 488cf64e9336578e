"""What is cheap and likely to fail is asked first."""

from itertools import pairwise

import pytest

from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.folding import Folder, Term
from pratique.detections.rules.remembering import OfProcess
from pratique.detections.rules.weighing import Weights
from pratique.formats.falco.parsing import parse_condition
from pratique.model.observation import Opened

FOLDER = Folder("openat", Opened, all_fields())
WEIGHTS = Weights(FOLDER, OfProcess(FOLDER, Opened))


def term(text: str) -> Term:
    """Return the condition as it is for opens."""
    folded = FOLDER.folded(parse_condition(text))
    assert isinstance(folded, Term)
    return folded


@pytest.mark.parametrize(
    "dearer",
    [
        ("fd.name = /a", "fd.name icontains a", "fd.name pmatch (/a)", "fd.name glob /a*"),
        ("fd.name = a", "fd.name regex s.*", "tolower(fd.name) regex s.*"),
        ("fd.directory = /a", "fd.directory exists and fd.name = /a"),
        ("fd.name = /a", "fd.name = /a or proc.pname = sh"),
    ],
)
def test_what_does_more_costs_more(dearer: tuple[str, ...]) -> None:
    """A comparison of a text, a search in it, a pattern; one value, a walk of all ancestors."""
    costs = [WEIGHTS.cost(term(text)) for text in dearer]

    assert all(less < more for less, more in pairwise(costs)), costs


def test_a_comparison_mostly_fails_and_its_opposite_mostly_holds() -> None:
    """Each rule names one of thousands of things."""
    equal, other = term("proc.name = sh"), term("not proc.name = sh")

    assert WEIGHTS.fails(equal) > 0.5 > WEIGHTS.fails(other) > 0
    assert WEIGHTS.fails(term("proc.name = sh and fd.name = /a")) > WEIGHTS.fails(equal)
    assert WEIGHTS.fails(term("proc.name = sh or fd.name = /a")) < WEIGHTS.fails(equal)


def test_alternatives_fail_together_and_one_of_many_demands_does() -> None:
    """Two exceptions that nearly always hold fail nearly never."""
    usual = term("not proc.name in (sh, bash) or pratique.chosen_name = true")

    assert WEIGHTS.fails(usual) < WEIGHTS.fails(term("not proc.name in (sh, bash)"))
    assert WEIGHTS.fails(term("fd.num < 0")) > 0.5 > WEIGHTS.fails(term("fd.num >= 0"))
    assert WEIGHTS.fails(term("proc.name = sh and fd.name = /a and fd.num < 0")) < 1


def test_what_is_remembered_costs_a_look() -> None:
    """However much the process is asked for the first time."""
    dear = term("proc.name regex s.* and proc.aname in (a, b) and proc.cmdline contains x")

    assert WEIGHTS.remembers(dear)
    assert not WEIGHTS.remembers(term("proc.name = sh"))
    assert WEIGHTS.cost(dear) < WEIGHTS.cost(term("fd.name = /a"))


def test_what_decides_cheaply_comes_first_and_the_order_is_always_the_same() -> None:
    """A pattern is asked last, a comparison that nearly always holds after one that nearly never does."""
    names = ("proc.name = sh", "proc.name != sh", "fd.name regex .*/a")
    first, second, third = (term(text) for text in names)

    assert WEIGHTS.ordered([third, second, first]) == [first, second, third]
    assert WEIGHTS.ordered([second, first, third]) == [first, second, third]


def test_a_part_is_worth_more_the_more_rules_have_it() -> None:
    """And less the dearer it is."""
    cheap, dear = term("proc.name = sh"), term("fd.name regex .*/a")

    assert WEIGHTS.worth(cheap, 3) > WEIGHTS.worth(cheap, 2) > WEIGHTS.worth(dear, 2)
