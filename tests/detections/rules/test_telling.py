"""The sentence of an alert is the rule's output, filled in."""

from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.interpreting import event_reader
from pratique.detections.rules.loading import load
from pratique.detections.rules.rule import Rule, RuleFile
from pratique.detections.rules.telling import MAX_CHARS, alert_of, filled, text_of
from pratique.model.alert import Detector, Priority
from tests.makers.happenings import executed

FIELDS = all_fields()


def _rule(output: str) -> Rule:
    text = f"- rule: r\n  desc: d\n  condition: evt.type = execve\n  output: '{output}'\n  priority: warning\n  tags: [T1059]\n"
    return load([RuleFile("mine.yaml", text.encode())]).rules[0]


def test_fields_are_filled_in_and_named() -> None:
    """In the sentence, and apart from it under the names of the rule."""
    alert = alert_of(
        _rule("Ran %proc.name %toupper(proc.name) by %proc.pname (%fd.name)"),
        executed("/bin/cat", "/etc/shadow"),
        FIELDS,
    )

    assert alert.output == "Ran cat CAT by sh (<NA>)"
    said = {"proc.name": "cat", "toupper(proc.name)": "CAT", "proc.pname": "sh", "fd.name": "<NA>"}
    assert said.items() <= dict(alert.fields).items()
    assert (alert.rule, alert.priority, alert.tags) == ("r", Priority.WARNING, ("T1059",))
    assert alert.detector is Detector.RULES


def test_a_sentence_is_bounded() -> None:
    """Arguments of attackers are as long as they like."""
    alert = alert_of(_rule("%proc.args"), executed("/bin/x", "a" * 50_000), FIELDS)

    assert len(alert.output) == MAX_CHARS


def test_values_are_said_as_falco_says_them() -> None:
    """Lists with commas, flags as words."""
    assert text_of(("a", "b")) == "a,b"
    assert text_of(False) == "false"
    assert text_of(7) == "7"


def test_a_rule_without_fields_has_none() -> None:
    """Words alone are a sentence, too."""
    assert filled(_rule("words"), event_reader(executed("/bin/x"), FIELDS), FIELDS) == {}
