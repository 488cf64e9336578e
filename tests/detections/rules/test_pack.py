"""Our own rules do what their samples say, and are about what sensors tell."""

import re
from collections import Counter
from functools import cache

import pytest

from pratique.detections.rules.checking import fields_read
from pratique.detections.rules.fields.registry import all_fields, resolved
from pratique.detections.rules.interpreting import interpreted, sample_reader
from pratique.detections.rules.loading import load_default
from pratique.detections.rules.rule import Rule
from pratique.detections.rules.types import EVENT_TYPES, types_of
from pratique.formats.falco.document import Sample
from pratique.formats.falco.syntax import FieldRef
from pratique.formats.kernel_events.calls import TYPES
from pratique.model.alert import Priority

_OWN = {"lost", "syscalls", "login", "sudo", "unit_started", "unit_stopped", "host_package"}
"""What other parts of a sensor tell than the kernel's programs."""
_TECHNIQUE = re.compile(r"T1\d{3}(\.\d{3})?")
RULES = {rule.name: rule for rule in load_default().rules}
FIELDS = all_fields()


@cache
def _samples() -> dict[str, tuple[Rule, Sample, bool]]:
    return {
        f"{rule.name}-{word}-{at}": (rule, sample, word == "fires")
        for rule in RULES.values()
        for word, samples in (("fires", rule.fires), ("silent", rule.silent))
        for at, sample in enumerate(samples)
    }


@pytest.mark.parametrize("name", sorted(_samples()))
def test_a_sample_does_what_it_says(name: str) -> None:
    """A rule fires on what it is for, and is silent on what only looks like it."""
    rule, sample, fires = _samples()[name]

    assert interpreted(rule.condition, FIELDS)(sample_reader(dict(sample.fields), FIELDS)) is fires


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_is_whole(name: str) -> None:
    """A technique, both kinds of samples, a description, a source; nothing that nobody tells."""
    rule = RULES[name]

    assert rule.path == f"pack/{name}.yaml"
    assert any(_TECHNIQUE.fullmatch(tag) for tag in rule.tags)
    assert len(rule.fires) >= 2
    assert len(rule.silent) >= 2
    assert rule.desc.strip().endswith(".")
    assert rule.references
    assert not types_of(rule.condition).all_but
    assert types_of(rule.condition).names <= {*TYPES.values(), *_OWN}
    assert types_of(rule.condition).names <= set(EVENT_TYPES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_asks_for_fields_that_events_answer(name: str) -> None:
    """In its condition, its output and its samples."""
    rule = RULES[name]
    printed = [one for one in rule.output if isinstance(one, FieldRef)]
    sampled = [
        FieldRef(field.partition("[")[0], field.partition("[")[2].rstrip("]") or None)
        for sample in (*rule.fires, *rule.silent)
        for field, _ in sample.fields
    ]
    for reference in (*fields_read(rule.condition), *printed, *sampled):
        found = resolved(reference, FIELDS)
        assert found is not None, reference
        assert not found[0].unavailable, reference


def test_nothing_is_remarked_on_our_own_rules() -> None:
    """They are held to what `pratique rules check` says."""
    loaded = load_default()

    assert loaded.notices == ()
    assert loaded.unavailable == ()


def test_our_rules_cover_attacks_on_containers() -> None:
    """At least forty rules, each enabled, most of them of a priority that alarms."""
    priorities = Counter(rule.priority for rule in RULES.values())

    assert len(RULES) >= 40
    assert all(rule.enabled for rule in RULES.values())
    assert priorities[Priority.CRITICAL] + priorities[Priority.ERROR] > len(RULES) // 3
