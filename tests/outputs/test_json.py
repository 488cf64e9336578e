"""JSON of our own names everything that the issue of an alert asks for."""

import json

import msgspec
from hypothesis import given

from pratique.model.alert import Incident
from pratique.outputs import json as form
from pratique.outputs._json import line
from tests.makers.alerts import CONTAINER, DIGEST, alert, anything, incident, texts


def test_an_alert_names_what_happened_where_and_by_whom() -> None:
    """Rule, time, priority, tags, fields, container, digest, verdict, node, ancestry."""
    told = json.loads(form.written(alert()))

    assert told["schema"] == "pratique.alert/1"
    assert told["time"] == "2027-01-15T08:00:00.123456789Z"
    assert told["container"]["id"] == CONTAINER
    assert told["container"]["digest"] == DIGEST
    assert told["verdict"]["answer"] == "deny"
    assert told["verdict"]["flaws"] == {"critical": 2}
    assert told["output_fields"]["proc.name"] == "sh"
    assert [one["name"] for one in told["ancestry"]] == ["runc", "init"]
    assert told["node"] == "worker-1"


def test_an_incident_holds_its_alerts() -> None:
    """Each alert of a story names the incident; the ids of the alerts are their own."""
    story = incident()
    told = json.loads(form.written(story))

    assert [one["incident"] for one in told["story"]] == [story.id] * 2
    assert told["story"][0]["id"] == json.loads(form.written(alert()))["id"]


def test_a_record_of_the_node_has_no_container() -> None:
    """What is not known is null or empty, never left out."""
    told = json.loads(form.written(alert(workload=None, pid=0)))

    assert told["container"] is None
    assert told["verdict"] is None
    assert told["process"] is None
    assert set(told) == set(json.loads(form.written(alert())))


@given(texts)
def test_a_line_says_the_text(text) -> None:
    """Escaping changes no text but lone surrogates."""
    read = json.loads(line({"x": text}))["x"]

    assert read == text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@given(anything)
def test_the_schema_holds(told) -> None:
    """What is written is what the published schema says, by the types that it is made from."""
    record = form.written(told)
    kind = form.IncidentOut if isinstance(told, Incident) else form.AlertOut
    # Numbers outside of 64 bits are written as text: no sensor has such.
    msgspec.json.decode(record, type=kind, strict=False)
    assert json.loads(form.json_schema())["$defs"]
