"""Read CVSS vectors of every version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.cvss import (
    best,
    completed,
    in_order,
    score,
    severity_of_v2,
    severity_of_value,
)
from pratique.model.errors import FormatError
from pratique.model.severity import Score, Severity

# Values as on the calculators of first.org and in NVD for the CVE named.
KNOWN = [
    ("AV:N/AC:L/Au:N/C:P/I:P/A:P", "CVSS:2.0", 7.5, Severity.HIGH),
    ("AV:N/AC:L/Au:N/C:C/I:C/A:C", "CVSS:2.0", 10.0, Severity.HIGH),
    ("(AV:L/AC:H/Au:N/C:N/I:P/A:N)", "CVSS:2.0", 1.2, Severity.LOW),
    ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:3.0", 9.8, Severity.CRITICAL),
    ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "CVSS:3.1", 10.0, Severity.CRITICAL),
    ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", "CVSS:3.1", 0.0, Severity.NEGLIGIBLE),
    (
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
        "CVSS:4.0",
        9.3,
        Severity.CRITICAL,
    ),
]


@pytest.mark.parametrize(("vector", "kind", "value", "grade"), KNOWN)
def test_a_vector_gives_the_published_score(
    vector: str, kind: str, value: float, grade: Severity
) -> None:
    """Kind, base score and grade of each CVSS version."""
    found = score("nvd", vector)
    assert (found.kind, found.value, found.severity, found.source) == (kind, value, grade, "nvd")


@given(text=st.one_of(st.text(max_size=60), st.text(max_size=60).map("CVSS:3.1/".__add__)))
def test_any_text_is_a_score_or_a_format_error(text: str) -> None:
    """Nothing but FormatError escapes, and a score lies in 0–10."""
    try:
        found = score("x", text)
    except FormatError:
        return
    assert found.value is not None
    assert 0.0 <= found.value <= 10.0


@pytest.mark.parametrize(
    "vector", ["", "CVSS:3.1/AV:N", "CVSS:4.0/", "CVSS:9.9/AV:N", "9.8", "A" * 999]
)
def test_what_is_no_vector_is_refused(vector: str) -> None:
    """A cut or foreign vector gives no score."""
    with pytest.raises(FormatError):
        score("x", vector)


def test_grades_have_the_bounds_of_the_specification() -> None:
    """CVSS v3.1 table 14, at each bound."""
    grades = [severity_of_value(value) for value in (0.0, 0.1, 3.9, 4.0, 6.9, 7.0, 8.9, 9.0)]
    assert [grade.rank for grade in grades] == [1, 2, 2, 3, 3, 4, 4, 5]
    assert [severity_of_v2(value).rank for value in (0.0, 3.9, 4.0, 7.0, 10.0)] == [2, 2, 3, 4, 4]


def test_an_unreadable_vector_stays_as_it_is() -> None:
    """A feed's score is never lost, and a vendor's word is no vector."""
    damaged = Score("ghsa", "CVSS:3.1", "CVSS:3.1/AV:?")
    word = Score("redhat", "vendor", "important", None, Severity.HIGH)
    assert completed(damaged) == damaged
    assert completed(word) == word
    assert best([damaged, word]) is None
    assert in_order([word, damaged, word]) == (damaged, word)
