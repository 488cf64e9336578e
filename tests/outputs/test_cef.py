"""Events follow CEF: the head has eight parts, values hold no bare sign."""

import re

from hypothesis import given

from pratique.outputs import cef
from tests.makers.alerts import anything

PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
PAIR = re.compile(r"(\w+)=((?:[^=\\]|\\[=\\])*)(?: (?=\w+=)|$)")


@given(anything)
def test_the_form_holds(told) -> None:
    """Seven bars that are not escaped, a severity of 0 to 10, and pairs to the end."""
    line = cef.written(told).decode()
    ends = [found.end() for found in PIPE.finditer(line)][:7]
    parts = [line[start : end - 1] for start, end in zip([0, *ends], ends, strict=False)]

    assert len(parts) == 7
    assert parts[0] == "CEF:0"
    assert 0 <= int(parts[6]) <= 10
    rest = line[ends[-1] :]
    assert "".join(found[0] for found in PAIR.finditer(rest)) == rest
