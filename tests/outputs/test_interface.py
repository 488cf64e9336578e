"""Every form keeps the laws of its interface, whatever stands in the texts of an alert."""

import json

import pytest
from hypothesis import given, settings

from pratique.kit import registry
from tests.makers.alerts import alert, anything, incident
from tests.outputs.golden import golden

FORMS = registry.load("outputs")
JSON = {name for name, form in FORMS.items() if form.TYPE == "application/json"}
FORBIDDEN = frozenset(range(32)) | {0x7F}


def test_the_forms() -> None:
    """These are the forms; a new one is noticed here."""
    assert set(FORMS) == {
        *("json", "falco-json", "text", "ocsf", "otlp", "cef"),
        *("syslog", "syslog-bsd", "syslog-local"),
    }


@pytest.mark.parametrize("name", FORMS)
@given(told=anything)
@settings(max_examples=60)
def test_a_record_is_one_harmless_line(name, told) -> None:
    """No control byte leaves, the bytes are UTF-8, the same value gives the same bytes."""
    record = FORMS[name].written(told)

    assert not FORBIDDEN & set(record)
    text = record.decode()
    assert not any("\x80" <= char <= "\x9f" or char in "\u2028\u2029\u202e" for char in text)
    assert record == FORMS[name].written(told)


@pytest.mark.parametrize("name", sorted(JSON))
@given(told=anything)
@settings(max_examples=60)
def test_json_is_json(name, told) -> None:
    """What says that it is JSON can be read, alone and joined."""
    form = FORMS[name]
    record = form.written(told)

    assert isinstance(json.loads(record), dict)
    json.loads(form.joined([record] * min(form.TOGETHER, 2)))


@pytest.mark.parametrize("name", FORMS)
def test_goldens(name) -> None:
    """What an alert and an incident look like is reviewed."""
    lines = [FORMS[name].written(told) for told in (alert(), alert(count=12), incident())]

    golden(f"{name}.txt", b"\n".join(lines) + b"\n")


@pytest.mark.parametrize("name", FORMS)
def test_joined_holds_every_record(name) -> None:
    """Nothing is left out of a request."""
    form = FORMS[name]
    told = [alert(sequence=number, output=f"number-{number}") for number in range(3)]
    some = told[: form.TOGETHER]

    body = form.joined([form.written(one) for one in some]).decode()

    assert all(one.output in body for one in some)
