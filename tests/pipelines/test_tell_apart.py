from pratique.model.finding import Finding, FindingKind
from pratique.pipelines.tell_apart import told_apart


def test_the_second_of_one_id_has_a_number():
    """The first keeps its id, so that one more finding changes nobody else's."""
    found = [Finding(id=name, kind=FindingKind.TAMPER, rule="x") for name in "aabab"]
    assert [one.id for one in told_apart(found)] == ["a", "a#2", "b", "a#3", "b#2"]
