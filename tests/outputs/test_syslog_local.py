"""Messages for /dev/log are what syslog(3) would send."""

import re

from hypothesis import given

from pratique.outputs import syslog_local
from tests.makers.alerts import anything

MESSAGE = re.compile(r"<\d{1,3}>[A-Z][a-z]{2} [ 123]\d \d\d:\d\d:\d\d pratique: .*")


@given(anything)
def test_the_form_holds(told) -> None:
    """Priority, time, tag, text, and no host."""
    assert MESSAGE.fullmatch(syslog_local.written(told).decode())
