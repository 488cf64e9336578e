"""Every rule has words, tags and an urgency; a doubt lowers it."""

from itertools import product

from pratique.detections.drift import saying
from pratique.detections.drift.judging import Judgement, Kind
from pratique.detections.drift.saying import RULES, Use, said, said_inline
from tests.makers.happenings import executed

SEEN = executed("/opt/x")


def test_every_rule_can_be_said_and_nothing_else() -> None:
    kinds = [kind for kind in Kind if kind is not Kind.NONE]
    told = {
        one.rule
        for use, kind in product(Use, kinds)
        if (one := said(SEEN, "/opt/x", use, Judgement(kind))) is not None
    }
    assert told | {said_inline(SEEN, "python").rule} == set(RULES)
    assert set(saying._TAGS) == set(saying._URGENCY) == set(RULES)


def test_a_doubt_makes_it_less_urgent() -> None:
    sure = said(SEEN, "/opt/x", Use.EXECUTED, Judgement(Kind.ADDED))
    unsure = said(SEEN, "/opt/x", Use.EXECUTED, Judgement(Kind.ADDED, doubt="nobody knows"))
    assert sure is not None
    assert unsure is not None
    assert sure.priority.rank < unsure.priority.rank
    assert "nobody knows" in unsure.output
