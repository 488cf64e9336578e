"""Law: of several answers the gravest prevails, and a definite deny prevails over a doubt."""

from itertools import combinations

import pytest

from pratique.model.verdict import Answer, gravest


def test_no_answer_at_all_allows() -> None:
    assert gravest([]) is Answer.ALLOW


@pytest.mark.parametrize(("milder", "graver"), list(combinations(Answer, 2)))
def test_the_graver_prevails_in_either_order(milder: Answer, graver: Answer) -> None:
    assert gravest([milder, graver]) is graver
    assert gravest([graver, milder]) is graver


def test_only_allow_and_warn_pass() -> None:
    assert [one for one in Answer if one.passes] == [Answer.ALLOW, Answer.WARN]


def test_a_definite_deny_is_graver_than_a_doubt() -> None:
    assert Answer.DENY.rank > Answer.UNDECIDED.rank > Answer.WARN.rank
