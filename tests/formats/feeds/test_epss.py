"""The EPSS table is read in its old and new form."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given

from pratique.formats.feeds.epss import predictions
from pratique.model.advisory import Epss
from pratique.model.errors import FormatError
from tests.makers.mutations import mutated, only_format_errors

SAMPLE = (
    b"#model_version:v2023.03.01,score_date:2024-10-25T00:00:00+0000\n"
    b"cve,epss,percentile\nCVE-1999-0001,0.5,0.99\nCVE-1999-0002,0,1\n"
)


def test_with_model_line_and_percentile() -> None:
    """The date of the model line stands in every row."""
    assert list(predictions(io.BytesIO(SAMPLE))) == [
        ("CVE-1999-0001", Epss(probability=0.5, percentile=0.99, date="2024-10-25")),
        ("CVE-1999-0002", Epss(probability=0.0, percentile=1.0, date="2024-10-25")),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"#only a comment\n",
        b"cve,score\nCVE-1999-0001,0.5\n",
        b"cve,epss\nCVE-1999-0001,1.5\n",
        b"cve,epss\nCVE-1999-0001,nan\n",
        b"cve,epss\nCVE-1999-0001\n",
        b"cve,epss\nGHSA-1,0.5\n",
    ],
)
def test_damage_is_an_error(content: bytes) -> None:
    """A line that is no CVE with shares of 1 is never skipped."""
    with pytest.raises(FormatError):
        list(predictions(io.BytesIO(content)))


@given(mutated(SAMPLE))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: predictions(io.BytesIO(c)), content)


@pytest.mark.parametrize(("day", "rows"), [("current", 29), ("2021-08-31", 72_272)])
def test_the_mirror(shared: Path, day: str, rows: int) -> None:
    """Both files are read whole."""
    with gzip.open(shared / f"mirror/epss/epss_scores-{day}.csv.gz") as stream:
        found = dict(predictions(stream))

    assert len(found) == rows
    assert all((epss.percentile is None) == (day != "current") for epss in found.values())
