"""Findings keep to the official schema of OCSF 1.5.0, by facts taken from it."""

import json

import pytest
from hypothesis import given, settings

from pratique.model.alert import Priority
from pratique.outputs import ocsf
from tests.makers.alerts import alert, anything, incident
from tests.outputs.ocsf_facts import OBJECTS

INSIDE = {
    ("detection_finding", "device"): "device",
    ("detection_finding", "evidences"): "evidences",
    ("detection_finding", "finding_info"): "finding_info",
    ("detection_finding", "metadata"): "metadata",
    ("detection_finding", "resources"): "resource_details",
    ("evidences", "process"): "process",
    ("evidences", "container"): "container",
    ("evidences", "dst_endpoint"): "network_endpoint",
    ("process", "ancestry"): "process_entity",
    ("container", "image"): "image",
    ("container", "hash"): "fingerprint",
    ("finding_info", "analytic"): "analytic",
    ("finding_info", "attacks"): "attack",
    ("finding_info", "related_events"): "related_event",
    ("attack", "technique"): "technique",
    ("attack", "sub_technique"): "technique",
    ("attack", "tactic"): "tactic",
    ("metadata", "product"): "product",
}
TIMES = ("time", "start_time", "end_time", "created_time", "first_seen_time", "last_seen_time")


def problems(kind, value):
    """Yield what the schema does not allow in an object."""
    required, others, one_of = (set(words.split()) for words in OBJECTS[kind])
    for name in required - set(value):
        yield f"{kind} lacks {name}"
    for name in set(value) - required - others:
        yield f"{kind} has no {name}"
    if one_of and not one_of & set(value):
        yield f"{kind} has none of {sorted(one_of)}"
    for name, inside in value.items():
        if name in TIMES and not isinstance(inside, int):
            yield f"{kind}.{name} is no number"
        below = INSIDE.get((kind, name))
        for item in (inside if isinstance(inside, list) else [inside]) if below else []:
            yield from problems(below, item)


@given(anything)
@settings(max_examples=60)
def test_the_schema_holds(told) -> None:
    """Required attributes are there, no other than the schema's are, at every depth."""
    found = json.loads(ocsf.written(told))

    assert list(problems("detection_finding", found)) == []
    assert found["type_uid"] == found["class_uid"] * 100 + found["activity_id"]
    assert found["class_uid"] == 2004
    assert found["category_uid"] == 2


@pytest.mark.parametrize("priority", Priority)
def test_severity(priority) -> None:
    """The graver the priority, the higher the number; 6 is fatal, 1 informational."""
    found = json.loads(ocsf.written(alert(priority=priority)))

    assert 1 <= found["severity_id"] <= 6
    assert found["severity_id"] == 6 or priority is not Priority.EMERGENCY


def test_a_higher_count_updates_the_same_finding() -> None:
    """The finding keeps its id, the record does not."""
    first, then = (json.loads(ocsf.written(alert(count=count))) for count in (1, 9))

    assert first["finding_info"]["uid"] == then["finding_info"]["uid"]
    assert first["metadata"]["uid"] != then["metadata"]["uid"]
    assert (first["activity_id"], then["activity_id"]) == (1, 2)


def test_techniques_and_story() -> None:
    """Sub-techniques stand below their technique; the alerts of an incident are related events."""
    attack = json.loads(ocsf.written(alert()))["finding_info"]["attacks"][0]
    info = json.loads(ocsf.written(incident(dropped=3)))["finding_info"]

    assert attack["technique"] == {"uid": "T1059"}
    assert attack["sub_technique"] == {"uid": "T1059.004"}
    assert [one["title"] for one in info["related_events"]][1] == "Drifted executable"
    assert info["related_events_count"] == 5
