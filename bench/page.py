"""Put what was measured into the page of benchmarks, between the marks of its part."""

from collections.abc import Sequence
from pathlib import Path

PAGE = Path("docs/benchmarks.md")


def put(part: str, lines: Sequence[str]) -> None:
    """Replace what stands between ``<!-- part: begin -->`` and ``<!-- part: end -->``."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    page = PAGE.read_text()
    start, stop = page.index(begin) + len(begin), page.index(end)
    PAGE.write_text(page[:start] + "\n" + "\n".join(lines) + "\n" + page[stop:])
