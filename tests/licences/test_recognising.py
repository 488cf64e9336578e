"""Texts, notices and Debian's copyright files say their licences; the unrecognised is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.licences.recognising import UNRECOGNISED, licences_in
from pratique.model.finding import Confidence
from tests.licences.texts import BSD_2, BSD_3RD, BSD_END, DEP5, GPL_NOTICE, MIT


def said(text: str) -> list[str]:
    return [one.expression for one in licences_in(text)]


def test_a_whole_text_is_recognised_with_its_line() -> None:
    """Below a title and a copyright line that do not count."""
    (found,) = licences_in("The Frob Library\n\nCopyright (c) 2020 Somebody\n\n" + MIT)

    assert (found.expression, found.confidence, found.line) == ("MIT", Confidence.HIGH, 5)
    assert found.share > 0.95


def test_a_text_seen_before_is_told_where_it_stands_now() -> None:
    """Under another copyright line, and in a file of several paragraphs."""
    first, second = (f"Copyright (c) {year} Somebody\n\n{MIT}" for year in (2020, 2021))

    assert licences_in(first) == licences_in(second)
    assert [one.line for one in licences_in(f"\n\n{second}")] == [5]


@pytest.mark.parametrize("mark", ["# ", " * ", "// ", "> "])
def test_marks_of_comments_and_broken_lines_do_not_matter(mark: str) -> None:
    """Nor does how long the lines are."""
    words = MIT.split()
    lines = [mark + " ".join(words[at : at + 7]) for at in range(0, len(words), 7)]

    assert said("\n".join(lines)) == ["MIT"]


def test_a_longer_sibling_is_told_from_its_part() -> None:
    """BSD-2-Clause stands in BSD-3-Clause whole."""
    assert said(BSD_2 + BSD_END) == ["BSD-2-Clause"]
    assert said(BSD_2 + BSD_3RD + BSD_END) == ["BSD-3-Clause"]


def test_several_texts_in_one_file_are_all_told_each_once() -> None:
    """As in a file of third-party notices; copies do not look like cousins of the licence."""
    text = f"zlib-ng\n{MIT}\n{'-' * 70}\nlibfoo\n{BSD_2 + BSD_END}\n{MIT}\n{MIT}"

    assert said(text) == ["MIT", "BSD-2-Clause"]


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        (GPL_NOTICE, ["GPL-2.0-or-later"]),
        ("under version 2 of the GNU General Public License as published", ["GPL-2.0-only"]),
        ("GNU Lesser General Public License, version 2.1 or later", ["LGPL-2.1-or-later"]),
        ("GNU Affero General Public License v3.0", ["AGPL-3.0-only"]),
        ("Licensed under the Apache License, Version 2.0 (the 'License')", ["Apache-2.0"]),
        ("SPDX-License-Identifier: MIT OR Apache-2.0", ["MIT OR Apache-2.0"]),
        ("subject to the terms of the Mozilla Public\n# License, v. 2.0.", ["MPL-2.0"]),
        ("This library is in the public domain.", ["LicenseRef-public-domain"]),
        ("under the same terms as Perl itself", ["Artistic-1.0-Perl OR GPL-1.0-or-later"]),
        ("See /usr/share/common-licenses/Apache-2.0.", ["Apache-2.0"]),
    ],
)
def test_notices(text: str, expressions: list[str]) -> None:
    """A pointer to a text says nothing that the notice did not say."""
    assert said(text) == expressions


def test_a_debian_copyright_file_is_read_by_its_fields() -> None:
    """Known names stand for themselves, unknown ones for the text below them."""
    found = {one.expression: one for one in licences_in(DEP5)}

    assert set(found) == {"GPL-2.0-or-later", "MIT", "LicenseRef-Unheard-of"}
    assert found["GPL-2.0-or-later"].line == 5
    assert found["LicenseRef-Unheard-of"].confidence is Confidence.LOW


def test_what_is_not_recognised_is_told() -> None:
    """A text is never passed over in silence."""
    (found,) = licences_in("You may use this on Tuesdays.")

    assert (found.expression, found.confidence) == (UNRECOGNISED, Confidence.LOW)
    assert licences_in(" \n ") == []


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("Apache-2.0", "Apache-2.0"),
        ("Artistic", "Artistic-1.0-Perl"),
        ("BSD", "BSD-3-Clause"),
        ("CC0-1.0", "CC0-1.0"),
        ("GFDL-1.3", "GFDL-1.3-only"),
        ("GPL-1", "GPL-1.0-only"),
        ("GPL-2", "GPL-2.0-only"),
        ("GPL-3", "GPL-3.0-only"),
        ("LGPL-2", "LGPL-2.0-only"),
        ("LGPL-2.1", "LGPL-2.1-only"),
        ("LGPL-3", "LGPL-3.0-only"),
        ("MPL-1.1", "MPL-1.1"),
        ("MPL-2.0", "MPL-2.0"),
    ],
)
def test_the_texts_that_debian_installs(name: str, expression: str) -> None:
    """Whole, without what their own "how to apply" names."""
    place = Path("/usr/share/common-licenses", name)
    if not place.is_file():
        pytest.skip(f"no {place} here")
    found = licences_in(place.read_text(errors="replace"))

    assert [one.expression for one in found if one.share > 0.9] == [expression]


_PIECES = [
    *MIT.split(),
    *GPL_NOTICE.split(),
    "\n",
    "License:",
    "Format: copyright-format",
    "(c) 2020",
]


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_PIECES)).map(" ".join)))
def test_any_text_is_read_to_its_end(text: str) -> None:
    """And every licence stands on a line of it."""
    for one in licences_in(text):
        assert one.expression
        assert 1 <= one.line <= text.count("\n") + 2
