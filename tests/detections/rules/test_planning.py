"""What rules have in common is asked once, around them; no rule is lost or told on less."""

from collections.abc import Iterator
from random import Random

from hypothesis import given

from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.folding import Folder, Term
from pratique.detections.rules.planning import MAX_NESTED, Pending, Step, planned
from pratique.detections.rules.remembering import OfProcess
from pratique.detections.rules.weighing import Weights
from pratique.formats.falco.parsing import parse_condition
from pratique.formats.falco.syntax import And, Condition
from pratique.model.observation import Opened
from tests.makers import judging


def pending(folder: Folder, *trees: Condition) -> list[Pending]:
    """Return rules of conditions, as far as they can hold."""
    rules = []
    for number, tree in enumerate(trees):
        folded = folder.folded(tree)
        if isinstance(folded, Term):
            parts = folded.parts if folded.word == "and" else (folded,)
            rules.append(Pending(number, {part.number: part for part in parts}))
    return rules


def asked(
    steps: list[Step], around: frozenset[int] = frozenset()
) -> Iterator[tuple[int, set[int]]]:
    """Yield each rule and what was asked when it is told."""
    for step in steps:
        here = around | {term.number for term in step.terms}
        if step.number is not None:
            yield step.number, set(here)
        yield from asked(list(step.inside), here)


def depth(steps: list[Step]) -> int:
    """Return how deep the steps are nested."""
    return 1 + max((depth(list(step.inside)) for step in steps), default=-1)


@given(judging.seeds)
def test_each_rule_is_told_once_on_all_of_its_terms_and_no_others(random: Random) -> None:
    """However much rules have in common."""
    folder = Folder("openat", Opened, all_fields())
    shared = [judging.condition(random, depth=1) for _ in range(3)]
    made = [And((random.choice(shared), judging.condition(random))) for _ in range(8)]
    rules = pending(folder, *made)
    steps = planned(rules, Weights(folder, OfProcess(folder, Opened)))

    assert sorted(asked(steps)) == sorted((rule.number, {*rule.terms}) for rule in rules)
    assert depth(steps) <= MAX_NESTED + 1


def plan(*texts: str) -> list[Step]:
    """Return the plan for conditions about opens."""
    folder = Folder("openat", Opened, all_fields())
    return planned(
        pending(folder, *map(parse_condition, texts)), Weights(folder, OfProcess(folder, Opened))
    )


def test_what_several_ask_is_asked_around_them() -> None:
    """The process is looked at once for two rules; the third has nothing in common with them."""
    both, alone = plan(
        "proc.name = sh and fd.name = /a", "proc.name = sh and fd.name = /b", "proc.pname = cron"
    )

    assert both.number is None
    assert len(both.terms) == 1
    assert [step.number for step in both.inside] == [0, 1]
    assert (alone.number, list(alone.inside)) == (2, [])


def test_what_nearly_always_holds_is_not_asked_around_rules() -> None:
    """It would spare none of them anything, and hide what does."""
    steps = plan("proc.name != sh and fd.name = /a", "proc.name != sh and fd.name = /b")

    assert [step.number for step in steps] == [0, 1]


def test_nesting_is_bounded() -> None:
    """Rules that each add a part to the one before end in plain ones."""
    parts = [f"proc.aname[{n}] = x" for n in range(1, 40)]
    texts = [" and ".join(parts[:n]) for n in range(1, 40)]

    assert depth(plan(*texts)) == MAX_NESTED + 1
