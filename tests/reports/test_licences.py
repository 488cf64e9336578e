import json
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from license_expression import get_spdx_licensing

from pratique.reports._licences import is_single, spdx_expression


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("MIT", "MIT"),
        ("mit", "MIT"),
        ("GPL-2.0+", "GPL-2.0-or-later"),
        ("(MIT OR Apache-2.0) AND Zlib", "(MIT OR Apache-2.0) AND Zlib"),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
        ("GPLv2+", ""),
        ("MIT MIT", ""),
        ("MIT/X11", ""),
        ("AND", ""),
        ("", ""),
        ("( AND MIT", ""),
        ("LicenseRef-scancode-public-domain", ""),
        ("(" * 9 + "MIT" + ")" * 9, ""),
        ("MIT AND " * 60 + "MIT", ""),
    ],
)  # fmt: skip
def test_only_names_of_the_list_make_an_expression(text: str, expression: str):
    """Words of distributions, damage and what is too long stay words."""
    assert spdx_expression(text) == expression


TOKENS = st.sampled_from(
    ["MIT", "Zlib", "AND", "OR", "WITH", "(", ")", "GPL-2.0+", "x", "-", "+", ""]
)


@settings(max_examples=200)
@given(st.lists(TOKENS, max_size=8).map(" ".join) | st.text(max_size=30))
def test_any_text_is_an_expression_or_words(text: str):
    """Nothing raises, and an expression is its own normal form."""
    expression = spdx_expression(text)
    assert expression == "" or spdx_expression(expression) == expression


def test_single_licences_are_on_the_list_of_cyclonedx():
    """Every id that we may write as ``license.id`` is one that CycloneDX's schema lists."""
    schema = files("cyclonedx.schema") / "_res" / "spdx.SNAPSHOT.schema.json"
    listed = set(json.loads(schema.read_text())["enum"])
    ours = {spdx_expression(key) for key in get_spdx_licensing().known_symbols}
    assert {text for text in ours if text and is_single(text)} <= listed
