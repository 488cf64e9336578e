import pytest
from msgspec.structs import replace

from pratique.formats.text import columns
from pratique.reports._ansi import ink
from pratique.reports._others import contraband, settings, weaknesses
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.makers.application import weaknesses_of_an_application

PLAIN = ink(colour=False)


def test_contraband_is_folded_and_never_silent():
    """The gravest kinds come first, and how many more there are is said."""
    many = made.others() * 4
    lines = contraband(many, Style(width=120), PLAIN)
    assert lines[1].startswith(" MALWARE  usr/local/bin/kworkerds: ")
    assert lines[-1] == "  … 11 more: --full"
    assert "more" not in contraband(many, Style(width=120, full=True), PLAIN)[-1]


def test_mild_settings_are_counted_only():
    """What is medium or worse is listed; the rest is a number, all of it when full."""
    found = made.others()
    lines = settings(found, Style(width=100), PLAIN, 20)
    assert [line.split()[1] for line in lines[2:4]] == ["root-user", "network-copyleft-licence"]
    assert lines[4] == "  … 1 more: --full"
    assert "setuid-program" in "".join(settings(found, Style(width=100, full=True), PLAIN, 0))
    assert settings(made.findings(), Style(), PLAIN, 20) == []


def test_weaknesses_of_the_application_say_where():
    """What was met in the flesh and what stands in the code, by its place; mild ones are counted."""
    found = weaknesses_of_an_application()
    lines = weaknesses(found, Style(width=100), PLAIN)
    assert lines[1].startswith("APPLICATION")
    assert lines[2].split() == [
        *("critical", "wapiti:sql", "GET", "/items:", "SQL", "Injection"),
        *("via", "injection", "in", "the", "parameter", "name"),
    ]
    assert "app/shop.py:48: Starting a process" in lines[3]
    assert lines[4:] == ["  … 1 more: --full"]
    assert weaknesses(made.others(), Style(), PLAIN) == []


@pytest.mark.parametrize("width", [60, 80, 132])
def test_lines_fit(width: int):
    """Even a name of a thousand letters leaves no line too wide."""
    long = tuple(replace(one, title="x " * 900, location="y" * 900) for one in made.others())
    style = Style(width=width, full=True)
    weak = tuple(
        replace(one, title="x " * 900, location="y" * 900) for one in weaknesses_of_an_application()
    )
    blocks = contraband(long, style, PLAIN), settings(long, style, PLAIN, 9)
    for lines in (*blocks, weaknesses(weak, style, PLAIN)):
        assert all(columns(line) <= width for line in lines)
