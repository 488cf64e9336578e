"""Messages follow RFC 5424: a parser of its grammar takes them apart."""

import re

from hypothesis import given

from pratique.outputs import syslog
from tests.makers.alerts import alert, anything

# RFC 5424, section 6, as one expression: header fields, structured data, message with its mark.
MESSAGE = re.compile(
    r"<(?P<pri>\d{1,3})>1 (?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z) "
    r"(?P<host>[!-~]{1,255}) (?P<app>[!-~]{1,48}) (?P<proc>[!-~]{1,128}) (?P<id>[!-~]{1,32}) "
    r'\[(?P<sd>[!#-<>-\\^-~]{1,32}(?: [!#-<>-\\^-~]{1,32}="(?:[^"\\\]]|\\["\\\]])*")*)\] '
    "\ufeff(?P<message>.*)"
)


@given(anything)
def test_the_grammar_holds(told) -> None:
    """Whatever stands in the texts, no field leaks into the next."""
    found = MESSAGE.fullmatch(syslog.written(told).decode())

    assert found
    assert found["app"] == "pratique"
    assert int(found["pri"]) == 80 + told.priority.rank


def test_structured_data() -> None:
    """Container, image and verdict can be filtered by."""
    line = syslog.written(alert(node="wörk er")).decode()

    assert ' container.name="web" ' in line
    assert ' verdict="deny" ' in line
    assert " w_rk_er pratique - execve [" in line
