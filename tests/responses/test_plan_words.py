"""A plan is told in words that leave nothing out."""

from pratique.responses.plan import Match, read_plan
from pratique.responses.plan_words import _WORDS, describe_plan
from tests.responses.test_plan import PLAN


def test_a_plan() -> None:
    """Each response, what it asks, whether it is for real; exemptions, rates, laws."""
    text = "\n".join(describe_plan(read_plan(PLAN, "x")))

    assert "miners: when it has the tag mitre_impact and it is critical or graver and" in text
    assert "watch-all: when anything is told, alert, kill.\n  Dry run" in text
    assert "Never touched: namespace kube-* (the cluster stops without it)." in text
    assert "At most 2 measures for one container and 9 on the node in 30 s." in text
    assert "pid 1" in text


def test_a_plan_without_responses() -> None:
    """It says that nothing happens."""
    assert "nothing is done" in next(describe_plan(read_plan(b"pratique-responses: 1", "x")))


def test_every_field_of_a_match_has_words() -> None:
    """A new field is not left out of the description."""
    assert set(_WORDS) == set(Match.__struct_fields__)
