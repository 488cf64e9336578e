from msgspec.structs import replace

from pratique.model.verdict import Answer
from pratique.reports import _html_head as head
from tests.makers import report as made
from tests.makers.application import weaknesses_of_an_application
from tests.makers.contraband import verdict


def test_a_verdict_names_rule_fix_waiver_and_data():
    """Each reason has its rule, what to do, the exception considered and the data's day."""
    shown = "".join(head.verdict(verdict(Answer.DENY)))
    assert "<b>DENY</b><span>2 reasons against it</span>" in shown
    assert "To do: upgrade openssl to 3.0.15-1~deb12u1" in shown
    assert "Exception .pratique.yaml:9 expired: expired 51 days ago" in shown
    assert "Rests on advisory data: Debian of 2026-11-20" in shown
    assert "Exceptions: 1 expired, 1 applied" in shown


def test_many_reasons_are_counted():
    """The gravest are listed, the others counted."""
    reason = verdict(Answer.DENY).reasons[0]
    many = replace(verdict(Answer.DENY), reasons=(reason,) * 20)
    assert "and 8 more reasons" in "".join(head.verdict(many))


def test_a_verdict_stands_instead_of_an_outcome():
    """Two answers to one question would confuse."""
    assert head.outcome(made.every_kind()["contraband"]) == []
    assert "FAIL" in "".join(head.outcome(made.every_kind()["typical"]))


def test_contraband_is_told_by_kind_gravest_first():
    """Malware, secrets, tampering; of flaws and configuration nothing."""
    shown = "".join(head.contraband(made.others()))
    places = [shown.index(word) for word in ("coin-miner", "aws-access-key", "ambiguous-layer")]
    assert places == sorted(places)
    assert "root-user" not in shown
    assert "A secret that was in an image counts as known" in shown
    assert head.contraband(made.findings()) == []


def test_weaknesses_of_the_application_are_told():
    """Each with the request or the line it was met at."""
    shown = "".join(head.weaknesses(weaknesses_of_an_application()))
    assert shown.index("GET /items") < shown.index("app/shop.py:48")
    assert head.weaknesses(made.others()) == []
