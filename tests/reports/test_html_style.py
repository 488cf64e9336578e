import re

from pratique.reports._html_style import SCRIPT, STYLE


def test_nothing_closes_the_element_early():
    """Neither constant holds an end tag, nor asks for anything outside."""
    for content in (STYLE, SCRIPT):
        assert "</" not in content
        assert not re.search(r"https?:|url\(|@import|fetch|eval|innerHTML", content)


def test_both_schemes_name_the_same_colours():
    """Every colour of the light scheme has its twin in the dark one."""
    light, dark = (set(re.findall(r"(--[a-z]+):", part)) for part in STYLE.split("@media", 2)[:2])
    assert light == dark
