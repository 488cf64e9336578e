"""A notice names a licence with its version; words that point at a text do not."""

import pytest

from pratique.licences._notices import MOST, notices
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


def test_a_flood_of_notices_is_bounded() -> None:
    """And read in time that grows with the text."""
    assert len(notices("gnu general public license version 2 or later. " * 20_000)) <= MOST
