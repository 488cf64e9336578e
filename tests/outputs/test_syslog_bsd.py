"""Messages follow RFC 3164 and stay under its length."""

import re

from hypothesis import given

from pratique.outputs import syslog_bsd
from tests.makers.alerts import alert, anything

MESSAGE = re.compile(r"<\d{1,3}>[A-Z][a-z]{2} [ 123]\d \d\d:\d\d:\d\d [!-~]+ pratique: .*")


@given(anything)
def test_the_form_holds(told) -> None:
    """Priority, time, host, tag, text; at most 1024 bytes, cut at a character."""
    record = syslog_bsd.written(told)

    assert MESSAGE.fullmatch(record.decode())
    assert len(record) <= 1024


def test_long_texts_are_cut_at_a_character() -> None:
    """A character of several bytes is never halved."""
    syslog_bsd.written(alert(output="ü" * 2000)).decode()
