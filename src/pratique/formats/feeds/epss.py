"""
Read FIRST's table of exploit predictions (EPSS).

A CSV file: a comment line with model version and date (since 2022), a header, one line per CVE.
Older files have neither comment nor percentile. Law: both figures are between 0 and 1; a line that
says otherwise is damage.

Source: https://www.first.org/epss/data_stats.
"""

import io
from collections.abc import Iterator
from typing import IO

from pratique.formats.feeds.feed_text import is_cve
from pratique.formats.feeds.iso_dates import iso_date
from pratique.model.advisory import Epss
from pratique.model.errors import FormatError

_LINE_CHARS = 1000
_MISSING = -1


def predictions(stream: IO[bytes]) -> Iterator[tuple[str, Epss]]:
    """
    Yield CVE and prediction, in the order of the file.

    Raises:
        FormatError: it is not the table.

    >>> list(predictions(io.BytesIO(b"cve,epss\\nCVE-2017-0001,0.04847\\n")))
    [('CVE-2017-0001', Epss(probability=0.04847, percentile=None, date=''))]
    """
    lines = io.TextIOWrapper(stream, "ascii", "replace")
    date, header = "", lines.readline(_LINE_CHARS)
    while header.startswith("#"):
        date = date or _date(header)
        header = lines.readline(_LINE_CHARS)
    columns = header.strip().split(",")
    if "cve" not in columns or "epss" not in columns:
        raise FormatError("not the EPSS table: its header names no cve and epss")
    where = columns.index("cve"), columns.index("epss")
    rank = columns.index("percentile") if "percentile" in columns else _MISSING
    while line := lines.readline(_LINE_CHARS):
        cells = line.strip().split(",")
        if len(cells) != len(columns) or not is_cve(cells[where[0]]):
            raise FormatError(f"not a line of the EPSS table: {line[:60]!r}")
        percentile = None if rank == _MISSING else _share(cells[rank])
        probability = _share(cells[where[1]])
        yield cells[where[0]], Epss(probability=probability, percentile=percentile, date=date)


def _date(comment: str) -> str:
    """Return the day from ``#model_version:v2023.03.01,score_date:2024-10-25T00:00:00+0000``."""
    return iso_date(comment.partition("score_date:")[2].strip()[:10])


def _share(cell: str) -> float:
    try:
        share = float(cell)
    except ValueError:
        share = -1.0
    if not 0.0 <= share <= 1.0:
        raise FormatError(f"not a share of 1 in the EPSS table: {cell[:40]!r}")
    return share
