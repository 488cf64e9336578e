import re

from pratique.reports._html_style import STYLE


def test_nothing_closes_the_element_early():
    """The constant holds no end tag and asks for nothing outside."""
    assert "</" not in STYLE
    assert not re.search(r"https?:|url\(|@import", STYLE)


def test_every_scheme_names_the_same_colours():
    """Every colour of the light scheme has its twin in the dark one and on paper."""
    light, dark = (set(re.findall(r"(--[a-z]+):", part)) for part in STYLE.split("@media", 2)[:2])
    paper = set(re.findall(r"(--[a-z]+):", STYLE.partition("@media print")[2]))
    assert light == dark == paper
