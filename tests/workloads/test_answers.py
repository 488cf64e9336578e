"""What was said of a group is remembered until it may be wrong, and no longer."""

import pytest

from pratique.model.workload import Workload
from pratique.workloads.answers import Answers

WEB, DB = Workload(id="web", engine="podman"), Workload(id="db", engine="podman")
DOUBT = Workload(id="", engine="", complete=False)


@pytest.fixture
def answers() -> Answers:
    """Return what was said of two containers, of the node, and of a group in doubt."""
    made = Answers()
    for number, said in enumerate((WEB, DB, None, DOUBT), 1):
        made.keep(number, 10 * number, said)
    return made


def test_a_change_of_one_container_leaves_the_others(answers: Answers) -> None:
    """The empty id is what is in doubt."""
    answers.forget({"web", "gone"})
    assert [*answers.said.values()] == [DB, None, DOUBT]

    answers.forget({""})
    assert [*answers.said.values()] == [DB, None]


def test_groups_are_forgotten_by_their_number_in_one_hierarchy(answers: Answers) -> None:
    """Equal numbers of the other hierarchy are other groups."""
    answers.forget(set(), two={1, 20}, one={30, 2})

    assert [*answers.said] == [(2, 20), (4, 40)]


def test_a_number_that_is_used_again_is_asked_for_anew(answers: Answers) -> None:
    """In the hierarchy of the birth, however the other one calls it."""
    answers.born(1, old=True)
    answers.born(20, old=False)
    assert len(answers.said) == 4

    answers.born(1, old=False)
    answers.born(20, old=True)
    assert [*answers.said] == [(3, 30), (4, 40)]


class Watched(dict[tuple[int, int], Workload | None]):
    """Count how often all of what was said is walked."""

    walks = 0

    def items(self):  # type: ignore[no-untyped-def]
        """Return the items, and note it."""
        self.walks += 1
        return super().items()


def test_births_of_numbers_that_nobody_asked_for_cost_nothing() -> None:
    """However many groups a container makes; a number that was asked for costs one walk, once."""
    answers = Answers()
    answers.said = watched = Watched()
    answers.keep(7, 0, WEB)
    for number in range(100, 400):
        answers.born(number, old=False)
    assert watched.walks == 0

    answers.born(7, old=False)
    answers.born(7, old=False)
    assert (watched.walks, len(watched)) == (1, 0)


def test_it_is_bounded_and_stays_the_same_table() -> None:
    """Who reads it at each event holds it in hand; numbers asked for count, too."""
    answers = Answers(most=10)
    said = answers.said
    for number in range(100):
        answers.keep(number, 0, WEB)
        assert answers.said is said
        assert 0 < len(said) <= 10
        assert said[number, 0] is WEB
    answers.clear()
    assert said == {}
