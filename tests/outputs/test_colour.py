"""Only the word of the priority is coloured, and colour ends where it began."""

import pytest

from pratique.model.alert import Priority
from pratique.outputs import text
from pratique.outputs.colour import coloured
from tests.makers.alerts import alert


@pytest.mark.parametrize("priority", Priority)
def test_the_words_stay(priority) -> None:
    """Without the colours the line is as it was."""
    line = text.written(alert(priority=priority)).decode()
    shown = coloured(line, priority)

    assert shown != line
    assert shown.count("\x1b[") == 2
    stripped = shown.replace("\x1b[0m", "").split("\x1b[")
    assert stripped[0] + stripped[1].partition("m")[2] == line
