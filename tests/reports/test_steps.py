from msgspec.structs import replace

from pratique.model.finding import Confidence, Finding, FindingKind
from pratique.reports._steps import step
from tests.makers import report as made


def test_every_kind_has_a_step():
    """Nobody is left with a finding and nothing to do."""
    for kind in FindingKind:
        assert step(Finding(id="1", kind=kind, rule="a-rule"))


def test_a_version_wins():
    """Where an upgrade ends it, that is the step, and what must be bought is said."""
    assert step(made.findings()[0]) == "upgrade to 3.0.15-1~deb12u1"
    assert step(made.findings()[5]) == "no fix yet"
    assert step(made.others()[1]) == "revoke it, then build without it"


def test_a_kind_of_secret_knows_where_it_is_revoked():
    """What its own rule says is told with the general advice."""
    secret = made.others()[1]
    note = replace(secret.evidence[0], note="in the console.")
    assert (
        step(replace(secret, evidence=(note,)))
        == "revoke it, then build without it: in the console"
    )


def test_what_may_be_an_example_is_looked_at_first():
    """Nobody can revoke what a package's documentation shows."""
    secret = replace(made.others()[1], confidence=Confidence.LOW)
    assert step(secret) == "look at the line if the file is yours"
