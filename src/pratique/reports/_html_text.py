"""
Write the small pieces of the HTML report: text, links, marks, tables. All text is escaped here.

Law: every string becomes text or a quoted attribute by ``text``; the only addresses are web
addresses that ``links`` let through.
"""

from collections.abc import Iterable, Sequence
from html import escape

from msgspec import Struct

from pratique.formats.text import printable
from pratique.model.finding import Finding
from pratique.model.severity import Severity
from pratique.reports._flaws import links

_TEXT_CHARS = 2000


class Cell(Struct, frozen=True):
    """
    One cell: its HTML, its label on narrow screens and what it sorts by.

    ``look`` is its class (``number``), ``heads`` says that it names its row.
    """

    content: str
    label: str = ""
    key: str = ""
    look: str = ""
    heads: bool = False


class Row(Struct, frozen=True):
    """One row: its cells, and the words by which the script filters it."""

    cells: tuple[Cell, ...]
    facts: dict[str, str] = {}


def text(value: str) -> str:
    """
    Return a string as harmless text, fit for an attribute in double quotes too.

    >>> text('<img src=x onerror="a">')
    '&lt;img src=x onerror=&quot;a&quot;&gt;'
    """
    return escape(printable(value)[:_TEXT_CHARS])


def code(value: str) -> str:
    """Return a string as code, nothing for an empty one."""
    return f"<code>{text(value)}</code>" if value else ""


def grade(severity: Severity, words: str = "") -> str:
    """Return a severity, or words on it, in its colour."""
    return f'<span class="grade {severity.value}">{text(words or severity.value)}</span>'


def mark(words: str, look: str) -> str:
    """Return a word in a frame."""
    return f'<span class="mark {look}">{text(words)}</span>'


def linked(finding: Finding) -> str:
    """Return the name of a finding, linked to where it is described."""
    urls = links([*(one.url for one in finding.evidence), *finding.references])
    name = f'<span class="mono">{text(finding.rule)}</span>'
    if not urls:
        return name
    return f'<a href="{escape(urls[0])}" rel="noopener noreferrer">{name}</a>'


def table(
    caption: str, head: Sequence[str], rows: Iterable[Row], *, sortable: str = ""
) -> list[str]:
    """
    Return a table. ``sortable`` is what the script makes of it: ``findings``, ``plain``, nothing.

    A title that ends in ``#`` stands over numbers.
    """
    titles = "".join(
        f'<th scope="col"{_look("number" if title.endswith("#") else "")}>'
        f"{title.removesuffix('#')}</th>"
        for title in head
    )
    kind = f' data-sort="{sortable}"' if sortable else ""
    lines = [f'<table class="rows"{kind} aria-label="{text(caption)}">']
    lines.append(f"<thead><tr>{titles}</tr></thead><tbody>")
    lines += [_row(row) for row in rows]
    return [*lines, "</tbody></table>"]


def _row(row: Row) -> str:
    facts = "".join(f' data-{name}="{text(value)}"' for name, value in row.facts.items() if value)
    return f"<tr{facts}>" + "".join(map(_cell, row.cells)) + "</tr>"


def _cell(cell: Cell) -> str:
    label = f' data-label="{text(cell.label)}"' if cell.label else ""
    key = f' data-key="{text(cell.key)}"' if cell.key else ""
    tag, scope = ("th", ' scope="row"') if cell.heads else ("td", "")
    return f"<{tag}{scope}{label}{key}{_look(cell.look)}>{cell.content}</{tag}>"


def _look(name: str) -> str:
    return f' class="{name}"' if name else ""
