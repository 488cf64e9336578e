"""Requests keep to the JSON of OTLP's protocol buffers."""

import json

import pytest
from hypothesis import given, settings

from pratique.model.alert import Priority
from pratique.outputs import otlp
from tests.makers.alerts import alert, anything, incident

# opentelemetry-proto v1.5.0: logs/v1/logs.proto, common/v1/common.proto, in lower camel case.
RECORD = {
    *("timeUnixNano", "observedTimeUnixNano", "severityNumber", "severityText", "body"),
    *("attributes", "droppedAttributesCount", "flags", "traceId", "spanId", "eventName"),
}
VALUES = {"stringValue": str, "boolValue": bool, "intValue": str, "arrayValue": dict}


def check_attributes(attributes) -> None:
    """Each has a key and one value of a kind that there is."""
    for one in attributes:
        assert set(one) == {"key", "value"}
        check_value(one["value"])


def check_value(value) -> None:
    """Exactly one of the kinds; numbers of 64 bits are text."""
    ((kind, inside),) = value.items()
    assert isinstance(inside, VALUES[kind])
    if kind == "intValue":
        assert -(1 << 63) <= int(inside) < 1 << 63
    for item in inside["values"] if kind == "arrayValue" else []:
        check_value(item)


@given(anything)
@settings(max_examples=60)
def test_the_shape_holds(told) -> None:
    """Resource, scope and record have the fields of the protocol and no others."""
    request = json.loads(otlp.written(told))

    assert set(request) == {"resourceLogs"}
    (resource,) = request["resourceLogs"]
    assert set(resource) == {"resource", "scopeLogs"}
    check_attributes(resource["resource"]["attributes"])
    (scope,) = resource["scopeLogs"]
    assert set(scope) == {"scope", "logRecords"}
    (record,) = scope["logRecords"]
    assert set(record) <= RECORD
    assert 0 <= int(record["timeUnixNano"]) < 1 << 64
    check_value(record["body"])
    check_attributes(record["attributes"])


@pytest.mark.parametrize("priority", Priority)
def test_severity(priority) -> None:
    """A number from 1 to 24, in the range of the data model's word."""
    record = json.loads(otlp.written(alert(priority=priority)))
    number = record["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0]["severityNumber"]
    ranges = {21: "Emergency Alert Critical", 17: "Error", 13: "Warning", 5: "Debug"}
    words = ranges.get((number - 1) // 4 * 4 + 1, "Notice Informational")

    assert priority.value in words.split()


def test_several_records_are_one_request() -> None:
    """Each keeps its resource."""
    records = [otlp.written(alert()), otlp.written(incident()), otlp.written(alert(node="b"))]

    request = json.loads(otlp.joined(records))

    assert len(request["resourceLogs"]) == 3
