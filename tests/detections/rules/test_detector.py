"""The detector fires what interpreting would, whatever the type and act of an event."""

from random import Random

from hypothesis import given, settings
from msgspec.structs import replace

from pratique.detections.rules.detector import MAX_TYPES, RuleDetector
from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.interpreting import event_reader, interpreted
from pratique.detections.rules.rule import RuleSet
from pratique.detections.whole_path import from_outside
from pratique.formats.falco.printing import printed
from pratique.model.alert import Detector
from pratique.model.observation import Called, Executed, Opened
from tests.makers import judging
from tests.makers.happenings import event, executed

FIELDS = all_fields()


@settings(max_examples=60)
@given(judging.seeds)
def test_the_detector_fires_what_interpreting_would(random: Random) -> None:
    """Also where the act is not the one that the type promises."""
    conditions = [judging.condition(random) for _ in range(4)]
    rules = [
        replace(judging.rule_set("evt.type = open").rules[0], name=str(at), condition=tree)
        for at, tree in enumerate(conditions)
    ]
    detector = RuleDetector(RuleSet(rules=tuple(rules)))
    for _ in range(4):
        seen = judging.event(random)
        # Whoever changed its root is judged by both names of a file.
        act = seen.observation.act
        rooted = isinstance(act, Opened | Executed) and act.root
        views = (seen, from_outside(seen)) if rooted else (seen,)
        reads = [event_reader(one, FIELDS) for one in views]
        expected = [
            str(at)
            for at, one in enumerate(conditions)
            if any(interpreted(one, FIELDS)(read) for read in reads)
        ]

        found = [alert.rule for alert in detector.see(seen)]

        assert found == expected, [printed(one) for one in conditions]


def test_all_rules_fire_or_the_first_alone() -> None:
    """In the order of the files, as Falco does by default; ours tell all."""
    rules = judging.rule_set("evt.type = execve", "evt.type = execve and proc.name = sh")

    assert [one.rule for one in RuleDetector(rules).see(executed("/bin/sh"))] == ["r0", "r1"]
    assert [one.rule for one in RuleDetector(rules, first=True).see(executed("/bin/sh"))] == ["r0"]


def test_the_first_rule_is_that_of_the_files_not_the_one_asked_first() -> None:
    """What several rules have in common is asked before what stands alone."""
    shared = "evt.type = execve and proc.name = sh and proc.exepath"
    rules = judging.rule_set(
        "evt.type = execve and proc.exepath glob */sh",
        f"{shared} startswith /bin",
        f"{shared} endswith sh",
    )

    assert [one.rule for one in RuleDetector(rules, first=True).see(executed("/bin/sh"))] == ["r0"]
    assert [one.rule for one in RuleDetector(rules).see(executed("/bin/sh"))] == ["r0", "r1", "r2"]


def test_a_changed_root_hides_no_file() -> None:
    """A file is judged by the name inside the root and by the one that the container has for it."""
    rules = judging.rule_set(
        "evt.type = openat and fd.name = /etc/shadow", "evt.type = openat and fd.name = /shadow"
    )
    detector = RuleDetector(rules)
    seen = event("openat", Opened("/shadow", fd=3, given="/shadow", root="/etc"))

    outside, inside = detector.see(seen)
    assert (outside.rule, inside.rule) == ("r0", "r1")
    assert [one.rule for one in RuleDetector(rules, first=True).see(seen)] == ["r0"]


def test_a_program_below_a_changed_root_is_where_it_lies() -> None:
    """``chroot /tmp/x /sh`` runs a program of /tmp."""
    detector = RuleDetector(judging.rule_set("evt.type = execve and proc.exepath startswith /tmp"))
    seen = executed("/sh")
    act = replace(seen.observation.act, root="/tmp/x")

    (alert,) = detector.see(replace(seen, observation=replace(seen.observation, act=act)))
    assert alert.process_path == "/tmp/x/sh"


def test_a_type_that_nobody_knows_is_judged_all_the_same() -> None:
    """A newer sensor may tell more."""
    detector = RuleDetector(judging.rule_set("evt.type = new_call and proc.name = sh"))

    assert [one.rule for one in detector.see(event("new_call", Called()))] == ["r0"]
    assert detector.see(event("other_call", Called())) == ()


def test_a_rule_that_is_off_does_not_fire() -> None:
    """It is known, and that is all."""
    (rule,) = judging.rule_set("evt.type = execve").rules

    assert RuleDetector(RuleSet(rules=(replace(rule, enabled=False),))).see(executed("/x")) == ()


def test_functions_that_were_made_before_any_event_judge_the_same() -> None:
    """A type is ready then, and what no rule is about needs none."""
    detector = RuleDetector(judging.rule_set("evt.type = execve and proc.name = sh"))
    detector.prepare()

    assert "execve" in detector._judges
    assert [one.rule for one in detector.see(executed("/bin/sh"))] == ["r0"]
    assert detector.see(executed("/bin/ls")) == ()


def test_functions_for_types_are_bounded() -> None:
    """A recording may hold any text as a type; what is over the bound is judged, not kept."""
    detector = RuleDetector(judging.rule_set("proc.name = sh"))
    for number in range(MAX_TYPES + 5):
        assert detector.see(event(f"type{number}", Called()))

    assert len(detector._judges) == MAX_TYPES


def test_it_asks_for_what_its_rules_need() -> None:
    """Nothing is opened for a rule about executions."""
    asked = RuleDetector(judging.rule_set("evt.type = execve")).interest()

    assert asked.types == {"execve", "lost"}
    assert not RuleDetector(judging.rule_set("evt.type = execve")).see(
        event("openat", Opened("/x"))
    )


def test_only_its_own_alerts_are_told_anew() -> None:
    """A rule that is gone says nothing, nor does one for another detector."""
    detector = RuleDetector(judging.rule_set("evt.type = execve"))
    seen = executed("/bin/sh")
    (alert,) = detector.see(seen)

    assert detector.anew(alert, seen, seen) == alert
    assert detector.anew(replace(alert, rule="gone"), seen, seen) is None
    assert detector.anew(replace(alert, detector=Detector.DRIFT), seen, seen) is None
