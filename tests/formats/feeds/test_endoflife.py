"""Cycles of endoflife.date have dates, or say why not."""

from pathlib import Path

import pytest
from hypothesis import given

from pratique.formats.feeds.endoflife import Cycle, cycles, products
from pratique.model.errors import FormatError
from tests.makers.feed_samples import as_json
from tests.makers.mutations import mutated, only_format_errors

SAMPLE = as_json(
    [
        {"cycle": "3.20", "eol": "2026-04-01", "latest": "3.20.1", "extendedSupport": False},
        {"cycle": 9, "eol": False, "extendedSupport": "2039-05-31"},
        {"cycle": "8", "eol": True, "latestReleaseDate": "2024-05-22", "releaseDate": "2019-05-07"},
        {"cycle": "7", "eol": True},
    ]
)


def test_dates_and_truth_values() -> None:
    """False is "not ended"; true is a day before the end, so that it reads as ended."""
    assert list(cycles(SAMPLE)) == [
        Cycle(cycle="3.20", eol="2026-04-01", latest="3.20.1"),
        Cycle(cycle="9", extended="2039-05-31"),
        Cycle(cycle="8", eol="2024-05-22"),
        Cycle(cycle="7", eol="1970-01-01"),
    ]


def test_another_shape_is_refused() -> None:
    """What is no list of cycles or names is an error."""
    for content in (b"{}", b'[{"eol": 1}]', b'[{"cycle": []}]'):
        with pytest.raises(FormatError):
            list(cycles(content))
    with pytest.raises(FormatError):
        products(b"[1]")


@given(mutated(SAMPLE))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(cycles, content)
    only_format_errors(products, content)


def test_the_mirror(shared: Path) -> None:
    """61 products are read; the site names 464."""
    folder = shared / "mirror/endoflife.date/api"
    files = [file for file in folder.glob("*.json") if file.stem != "all"]

    assert len(files) == 61
    assert all(list(cycles(file.read_bytes())) for file in files)
    assert len(products((folder / "all.json").read_bytes())) == 464
