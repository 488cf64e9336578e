import pytest
from msgspec import UNSET
from msgspec.structs import replace

from pratique.model.advisory import FixState
from pratique.model.finding import Fix
from pratique.model.severity import Score, Severity
from pratique.reports._trivy_flaws import layer, severity, vulnerability
from tests.makers import report as made

FLAW = made.findings()[5]


@pytest.mark.parametrize("state", list(FixState))
def test_every_state_has_its_word(state: FixState):
    """No word of a publisher is lost; what is not said counts as affected."""
    told = vulnerability(replace(FLAW, fix=Fix(state=state)), None, "")
    assert told.status in (state.value.replace("-", "_"), "affected", "fix_deferred")
    assert told.status != "unknown"


def test_of_two_versions_of_one_number_the_newer_wins():
    """CVSS 3.0 and 3.1 share a field."""
    scores = (
        Score("nvd", "CVSS:3.1", "CVSS:3.1/new", 5.0),
        Score("nvd", "CVSS:3.0", "CVSS:3.0/old", 4.0),
        Score("", "CVSS:3.1", "CVSS:3.1/nobody", 9.0),
    )
    told = vulnerability(replace(FLAW, scores=scores), None, "")
    assert list(told.cvss) == ["nvd"]
    assert (told.cvss["nvd"].v3_vector, told.cvss["nvd"].v3_score) == ("CVSS:3.1/new", 5.0)


def test_severities_are_trivys():
    """What Trivy has no word for is low, and unknown stays unknown."""
    words = {severity(grade) for grade in Severity}
    assert words == {"CRITICAL", "HIGH", "MEDIUM", "LOW", "UNKNOWN"}
    assert layer(None) is UNSET
