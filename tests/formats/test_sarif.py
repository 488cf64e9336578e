import msgspec

from pratique.formats.sarif import Fingerprints, Log, RuleProperties, Suppression


def test_field_names_are_those_of_the_specification():
    """Camel case, but for the properties that GitHub spells otherwise."""
    properties = RuleProperties(
        tags=(), precision="high", problem_severity="error", security_severity="9.8"
    )
    assert list(msgspec.to_builtins(properties)) == [
        "tags",
        "precision",
        "problem.severity",
        "security-severity",
    ]
    assert Log.__struct_encode_fields__ == ("version", "$schema", "runs")
    assert Fingerprints.__struct_encode_fields__ == ("primaryLocationLineHash",)


def test_no_suppression_is_not_an_unsaid_one():
    """An empty list of suppressions is written: it says that the result counts."""
    assert Suppression.__struct_encode_fields__ == ("kind", "status", "justification")
