"""Spellings of one name fold alike; what makes a difference stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.licences._folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPLv2+", "GPL 2.0 or later"),
        ("GPL-2.0-or-later", "GPL (>= 2)"),
        ("The BSD 3-Clause Licence", "BSD three clause"),
        ("Apache License, Version 2.0", "Apache-2.0"),
    ],
)
def test_alike(one: str, other: str) -> None:
    """Whatever stands between the words."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("GPL-2", "GPL-2+"), ("BSD-2", "BSD-3"), ("MPL 1.1", "MPL 1.0")]
)
def test_apart(one: str, other: str) -> None:
    """Versions, clauses and "or later" are not spelling."""
    assert fold(one) != fold(other)


@given(st.text(max_size=200))
def test_any_text_folds_to_plain_words(text: str) -> None:
    """Lower case, single spaces."""
    assert fold(text) == " ".join(fold(text).lower().split())
