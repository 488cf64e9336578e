"""A notice names a licence with its version; words that point at a text do not."""

import re

import pytest

from pratique.licences._notices import _PHRASES, MOST, notices
from pratique.model.finding import Confidence


def test_a_notice_is_sure_and_stands_where_it_stands() -> None:
    """A phrase without legal form is less so."""
    text = "\n\n * gnu general public license, version 3 or later"
    (found,) = notices(text)

    assert (found.expression, found.confidence) == ("GPL-3.0-or-later", Confidence.HIGH)
    assert text[found.at :].startswith("gnu")
    assert notices("apache license 2.0")[0].confidence is Confidence.MEDIUM


@pytest.mark.parametrize(
    "text",
    [
        "you should have received a copy of the gnu general public license along with this",
        "the full text of the gnu general public license version 2 can be found in",
        "see the gnu general public license for more details. a copy of the gpl version 2",
        "as a special exception to the gnu general public license, if you distribute this",
        "under section 7 of the gnu general public license, version 3 (gplv3)",
    ],
)
def test_pointers_name_no_licence(text: str) -> None:
    """Else "version 2 or later" would also read as "version 2"."""
    assert notices(text) == []


def test_the_versions_of_two_licences_are_not_mixed_up() -> None:
    """What follows the second name is about the second."""
    text = "the gnu lesser general public license, or the gnu general public license version 3"

    assert [one.expression for one in notices(text)] == ["GPL-3.0-only"]


@pytest.mark.parametrize(
    "text",
    [
        "llvm exception to the apache 2.0 license",
        "llvm exceptions to the apache 2.0 licence",
        "apache license 2",
        "apache software licence version 2",
        "apache 2.0",
        "apache.org licenses license 2.0",
        "mozilla public license version 2",
        "mozilla public licence 1.1",
        *(f"mpl{gap}2.0" for gap in ("", " ", "v", " v")),
        "boost software licence version 1",
        "eclipse public license 1",
        "eclipse public license v. 2",
        "common development and distribution license version 1.0",
        "common development and distribution licence version 1.1",
        "same terms as perl",
        "same terms as the perl",
        "creative commons attribution 4.0",
        "creativecommons.org licenses by 4.0",
        "creative commons attribution sharealike 4.0",
        "creativecommons.org licenses by sa 4.0",
        "creative commons attribution sharealike 3.0",
        "creativecommons.org licenses by sa 3.0",
        "creativecommons.org publicdomain zero 1.0",
        "cc0 1.0",
        "into the public domain",
        "is public domain",
        "license public domain",
        "under the mit license",
        "with the terms of the mit x11 licence",
        "under the expat license",
        "mit licensed",
        "under the isc license",
        "isc licensed",
        "under the same zlib license",
        "under the terms of the zlib libpng licence",
        "under the python software foundation license",
        "under the psf licence",
        "under the sil open font license",
        "server side public license",
        "business source license 1.1",
        "elastic license 2.0",
        "elastic licence version 2.0",
    ],
)
def test_no_phrase_is_passed_over_for_its_words(text: str) -> None:
    """Each way to say a phrase holds one of the words that are looked for before it."""
    said = [words for words, phrase, _ in _PHRASES if re.search(phrase, text)]

    assert said
    assert all(any(word in text for word in words) for words in said)


def test_a_flood_of_notices_is_bounded() -> None:
    """And read in time that grows with the text."""
    assert len(notices("gnu general public license version 2 or later. " * 20_000)) <= MOST
