"""Receivers that know Falco read this form without noticing."""

import json

from pratique.outputs import falco_json
from tests.makers.alerts import alert, incident

KEYS = ["hostname", "output", "output_fields", "priority", "rule", "source", "tags", "time"]


def test_the_object_is_falcos() -> None:
    """Exactly Falco's keys, sorted; nothing besides."""
    told = json.loads(falco_json.written(alert()))

    assert list(told) == KEYS
    assert told["time"] == "2027-01-15T08:00:00.123456789Z"
    assert told["output"].startswith("08:00:00.123456789: Notice A shell was spawned")
    assert told["tags"] == sorted(told["tags"])
    assert list(told["output_fields"]) == sorted(told["output_fields"])


def test_fields_have_falcos_types() -> None:
    """Numbers are numbers, truth values such, what is absent null."""
    fields = json.loads(falco_json.written(alert()))["output_fields"]

    assert fields["proc.pid"] == 4711
    assert fields["user.loginuid"] == -1
    assert fields["fd.name"] is None
    assert fields["proc.is_exe_upper_layer"] is True
    assert fields["proc.name"] == "sh"
    assert fields["evt.time"] == alert().time_ns


def test_a_number_that_is_none_stays_text() -> None:
    """A field that should be a number but holds text does not break the record."""
    fields = json.loads(falco_json.written(alert(fields=(("proc.pid", "x"),))))["output_fields"]

    assert fields["proc.pid"] == "x"


def test_an_incident_is_one_alert() -> None:
    """Its story stands among the fields."""
    told = json.loads(falco_json.written(incident()))

    assert list(told) == KEYS
    assert len(told["output_fields"]["pratique.story"]) == 2
