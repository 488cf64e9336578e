from pratique.model.severity import Severity
from pratique.reports._ansi import STYLES, ink


def test_every_severity_has_a_style():
    """No severity is painted by accident in the colour of another kind."""
    assert all(severity in STYLES for severity in Severity)


def test_without_colour_nothing_is_added():
    """The plain painter returns what it was given."""
    assert ink(colour=False)("text", "bad badge") == "text"


def test_empty_text_is_not_painted():
    """No escape sequence stands around nothing, so no line ends in one."""
    assert ink(colour=True)("", "bad") == ""
