"""The sentence of an alert is the rule's output, filled in."""

from random import Random

from hypothesis import given
from msgspec.structs import replace

from pratique.detections.rules.fields.field import Takes
from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.interpreting import event_reader, operand_value
from pratique.detections.rules.loading import load
from pratique.detections.rules.rule import Rule, RuleFile
from pratique.detections.rules.telling import MAX_CHARS, Telling, text_of
from pratique.model.alert import Alert, Detector, Priority
from pratique.model.event import Event
from pratique.model.workload import Workload
from tests.makers import judging
from tests.makers.happenings import WEB, executed

FIELDS = all_fields()
NAMES = [
    *(one.name for one in FIELDS.values() if one.takes is Takes.NOTHING and not one.unavailable),
    *("proc.aname[2]", "evt.arg.flags", "toupper(proc.name)", "k8s.pod.label[a]"),
]


def alert_of(rule: Rule, event: Event) -> Alert:
    """Return what a rule says of an event."""
    return Telling(rule, FIELDS).alert(event)


def _rule(output: str) -> Rule:
    text = f"- rule: r\n  desc: d\n  condition: evt.type = execve\n  output: '{output}'\n  priority: warning\n  tags: [T1059]\n"
    return load([RuleFile("mine.yaml", text.encode())]).rules[0]


def test_fields_are_filled_in_and_named() -> None:
    """In the sentence, and apart from it under the names of the rule."""
    alert = alert_of(
        _rule("Ran %proc.name %toupper(proc.name) by %proc.pname (%fd.name)"),
        executed("/bin/cat", "/etc/shadow"),
    )

    assert alert.output == "Ran cat CAT by sh (<NA>)"
    said = {"proc.name": "cat", "toupper(proc.name)": "CAT", "proc.pname": "sh", "fd.name": "<NA>"}
    assert said.items() <= dict(alert.fields).items()
    assert (alert.rule, alert.priority, alert.tags) == ("r", Priority.WARNING, ("T1059",))
    assert alert.detector is Detector.RULES


def test_a_sentence_is_bounded() -> None:
    """Arguments of attackers are as long as they like."""
    alert = alert_of(_rule("%proc.args"), executed("/bin/x", "a" * 50_000))

    assert len(alert.output) == MAX_CHARS


def test_values_are_said_as_falco_says_them() -> None:
    """Lists with commas, flags as words."""
    assert text_of(("a", "b")) == "a,b"
    assert text_of(False) == "false"
    assert text_of(7) == "7"


def test_a_rule_without_fields_has_none() -> None:
    """Words alone are a sentence, too."""
    assert alert_of(_rule("words"), executed("/bin/x")).output == "words"


@given(judging.seeds)
def test_what_was_prepared_says_what_is_asked_anew(random: Random) -> None:
    """Of every field, for any event, whatever act came before it."""
    rule = _rule(" ".join(f"%{name}" for name in NAMES))
    telling = Telling(rule, FIELDS)
    for _ in range(3):
        event = judging.event(random)
        read = event_reader(event, FIELDS)
        asked = [one for one in rule.output if not isinstance(one, str)]
        wanted = " ".join(text_of(operand_value(one, read, FIELDS)) for one in asked)

        assert telling.alert(event).output == wanted[:MAX_CHARS]


def test_words_of_what_is_known_now() -> None:
    """An alert told anew is the alert that the event would have raised, had all been known."""
    rule = _rule(" ".join(f"%{name}" for name in NAMES))
    known = executed("/bin/cat", "/etc/shadow")
    known = replace(known, user="ann")
    before = replace(known, user="", workload=Workload(id=WEB.id, engine="podman", complete=False))
    telling = Telling(rule, FIELDS)

    assert telling.anew(telling.alert(before), before, known) == telling.alert(known)


def test_a_rule_that_was_read_again_puts_no_words_into_the_old_ones_mouth() -> None:
    """Its sentence asks for other fields now."""
    seen = executed("/bin/cat")
    alert = alert_of(_rule("%container.name"), seen)

    assert Telling(_rule("%container.name %proc.name"), FIELDS).anew(alert, seen, seen) is None
